package tasks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tiendo/tasks/directory"
)

// BookPlan is what loading a setup workbook would do, or why it cannot be loaded: nothing is ever half-loaded.
type BookPlan struct {
	NewAgencies, ChangedAgencies int
	NewGroups, ChangedGroups     int
	NewPeople, ChangedPeople     int
	Errors                       []directory.CellError
}

// PlanBook reads a setup workbook and says what loading it would do.
func (s *Directory) PlanBook(ctx context.Context, actor Person, data []byte) (BookPlan, error) {
	return s.book(ctx, actor, data, false)
}

// LoadBook loads a setup workbook whole: agencies and groups are known by their codes, people by their addresses; what is there
// already is changed, what the workbook does not name stays. With errors nothing is loaded.
func (s *Directory) LoadBook(ctx context.Context, actor Person, data []byte) (BookPlan, error) {
	return s.book(ctx, actor, data, true)
}

// errPlanOnly rolls a trial load back.
var errPlanOnly = errors.New("plan only")

func (s *Directory) book(ctx context.Context, actor Person, data []byte, keep bool) (BookPlan, error) {
	if err := may(actor, ActionDirectoryWrite); err != nil {
		return BookPlan{}, err
	}
	if len(data) > MaxUpload {
		return BookPlan{}, E(CodeTooLarge, "upload.too_large", "", fmt.Sprint(MaxUpload>>20))
	}
	book, cellErrors, err := directory.ReadBook(data)
	if err != nil {
		return BookPlan{}, unreadableBook(err)
	}
	plan := BookPlan{Errors: cellErrors}
	if len(cellErrors) > 0 {
		return plan, nil
	}
	if len(book.People) > 0 {
		if err := may(actor, ActionPeopleManage); err != nil {
			return BookPlan{}, E(CodeForbidden, "book.people_forbidden")
		}
	}
	err = s.Store.Update(ctx, func(tx DirectoryTx) error {
		plan = BookPlan{}
		l := bookLoad{s: s, tx: tx, actor: actor, plan: &plan, agencyID: make(map[string]int64), groupID: make(map[string]int64)}
		if err := l.run(book); err != nil {
			return err
		}
		if !keep || len(plan.Errors) > 0 {
			return errPlanOnly
		}
		return nil
	})
	if err != nil && !errors.Is(err, errPlanOnly) {
		return BookPlan{}, fmt.Errorf("load workbook: %w", err)
	}
	return plan, nil
}

// unreadableBook says why a file is no workbook, as far as that is known.
func unreadableBook(err error) error {
	key := "book.unreadable"
	switch {
	case errors.Is(err, directory.ErrEmptyFile):
		key = "file.empty"
	case errors.Is(err, directory.ErrPassword):
		key = "file.password"
	case errors.Is(err, directory.ErrOldWorkbook):
		key = "file.old_xls"
	}
	return &Error{Code: CodeInvalid, Key: key, Err: err}
}

// bookLoad is one loading of a workbook.
type bookLoad struct {
	s        *Directory
	tx       DirectoryTx
	actor    Person
	plan     *BookPlan
	agencyID map[string]int64 // by folded code
	groupID  map[string]int64
}

func codeKey(code string) string { return strings.ToLower(code) }

func (l *bookLoad) run(book *directory.Book) error {
	if err := l.agencies(book.Agencies); err != nil {
		return err
	}
	if err := l.groups(book.Groups); err != nil {
		return err
	}
	return l.people(book.People)
}

func (l *bookLoad) audit(action string, s Subject, before, after any) error {
	_, err := l.tx.Audit(entry(l.s.Now(), l.actor, action, s).with(before, after))
	return err
}

func (l *bookLoad) agencies(rows []directory.BookAgency) error {
	known, err := l.tx.Agencies()
	if err != nil {
		return err
	}
	byID := make(map[int64]Agency)
	counted := make(map[int64]bool) // those that are new or changed already
	for _, a := range known {
		byID[a.ID] = a
		l.agencyID[codeKey(a.Code)] = a.ID
	}
	for _, r := range rows {
		a := Agency{ID: l.agencyID[codeKey(r.Code)], Code: r.Code, Name: r.Name, ShortName: r.ShortName, Kind: r.Kind, From: r.From, To: r.To}
		before, exists := byID[a.ID]
		a.SuccessorID, a.Version = before.SuccessorID, before.Version
		switch {
		case !exists:
			if a.ID, err = l.tx.InsertAgency(a); err == nil {
				a.Version = 1
				err = l.audit("agency.added", Subject{SubjectAgency, a.ID}, nil, a)
			}
			l.plan.NewAgencies++
			counted[a.ID] = true
		case before != a:
			if err = l.tx.UpdateAgency(a); err == nil {
				a.Version++
				err = l.audit("agency.changed", Subject{SubjectAgency, a.ID}, before, a)
			}
			l.plan.ChangedAgencies++
			counted[a.ID] = true
		}
		if err != nil {
			return err
		}
		l.agencyID[codeKey(r.Code)], byID[a.ID] = a.ID, a
	}
	for _, r := range rows {
		if r.Successor == "" {
			continue
		}
		before := byID[l.agencyID[codeKey(r.Code)]]
		after := before
		after.SuccessorID = l.agencyID[codeKey(r.Successor)]
		if after == before {
			continue
		}
		if err := l.tx.UpdateAgency(after); err != nil {
			return err
		}
		after.Version++
		byID[after.ID] = after
		if err := l.audit("agency.changed", Subject{SubjectAgency, after.ID}, before, after); err != nil {
			return err
		}
		if !counted[after.ID] {
			l.plan.ChangedAgencies++
		}
	}
	for _, r := range rows {
		if err := l.aliases(r.Aliases, Alias{AgencyID: l.agencyID[codeKey(r.Code)]}); err != nil {
			return err
		}
	}
	return nil
}

// aliases adds the names that the agency or group does not have yet.
func (l *bookLoad) aliases(names []string, of Alias) error {
	known, err := l.tx.Aliases()
	if err != nil {
		return err
	}
	for _, name := range names {
		a := Alias{Name: name, AgencyID: of.AgencyID, GroupID: of.GroupID}
		if knows(known, a) {
			continue
		}
		if a.ID, err = l.tx.InsertAlias(a); err != nil {
			return err
		}
		if err := l.tx.SetAliasOrigin(a.ID, AliasOrigin{At: l.s.Now(), PersonID: l.actor.ID}); err != nil {
			return err
		}
		if err := l.audit("alias.added", Subject{SubjectAlias, a.ID}, nil, aliasValues(a)); err != nil {
			return err
		}
		known = append(known, a)
	}
	return nil
}

func (l *bookLoad) groups(rows []directory.BookGroup) error {
	known, err := l.tx.Groups()
	if err != nil {
		return err
	}
	for _, r := range rows {
		g := Group{Code: r.Code, Name: r.Name}
		for _, m := range r.Members {
			g.Members = append(g.Members, Membership{AgencyID: l.agencyID[codeKey(m.Agency)], From: m.From, To: m.To})
		}
		i := slices.IndexFunc(known, func(o Group) bool { return codeKey(o.Code) == codeKey(r.Code) })
		switch {
		case i < 0:
			if g.ID, err = l.tx.InsertGroup(g); err == nil {
				err = l.audit("group.added", Subject{SubjectGroup, g.ID}, nil, g)
			}
			l.plan.NewGroups++
		default:
			g.ID, g.Version = known[i].ID, known[i].Version
			if g.Name != known[i].Name || !slices.Equal(g.Members, known[i].Members) {
				if err = l.tx.UpdateGroup(g); err == nil {
					err = l.audit("group.changed", Subject{SubjectGroup, g.ID}, known[i], g)
				}
				l.plan.ChangedGroups++
			}
		}
		if err != nil {
			return err
		}
		l.groupID[codeKey(r.Code)] = g.ID
		if err := l.aliases(r.Aliases, Alias{GroupID: g.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (l *bookLoad) people(rows []directory.BookPerson) error {
	for _, r := range rows {
		p := Person{Email: r.Email, Name: r.Name, Position: r.Title, Phone: r.Phone, Active: true}
		for _, g := range r.Grants {
			grant := Grant{Role: Role(g.Role)}
			if grant.Role.PerAgency() {
				grant.AgencyID = l.agencyID[codeKey(g.Agency)]
			}
			p.Grants = append(p.Grants, grant)
		}
		p, err := checkPerson(p)
		if err != nil {
			l.plan.Errors = append(l.plan.Errors, personErrors(r, err)...)
			continue
		}
		before, err := l.tx.PersonByEmail(p.Email)
		switch {
		case errors.Is(err, ErrNotFound):
			p.CreatedAt, p.Version = l.s.Now(), 1
			if p.ID, err = l.tx.InsertPerson(p); err == nil {
				err = l.audit("person.added", Subject{SubjectPerson, p.ID}, nil, personValues(p))
			}
			l.plan.NewPeople++
		case err == nil:
			err = l.changePerson(before, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// changePerson takes name, position, phone and further grants from the workbook; an empty cell takes nothing away, and it never
// takes a grant away.
func (l *bookLoad) changePerson(before, p Person) error {
	after := before
	after.Name = p.Name
	after.Position, after.Phone = cmp.Or(p.Position, before.Position), cmp.Or(p.Phone, before.Phone)
	after.Grants = slices.Clone(before.Grants)
	for _, g := range p.Grants {
		if !slices.Contains(after.Grants, g) {
			after.Grants = append(after.Grants, g)
		}
	}
	if after.Name == before.Name && after.Position == before.Position && after.Phone == before.Phone && len(after.Grants) == len(before.Grants) {
		return nil
	}
	if len(after.Grants) != len(before.Grants) {
		after.Epoch++
	}
	l.plan.ChangedPeople++
	if err := l.tx.UpdatePerson(after); err != nil {
		return err
	}
	return l.audit("person.changed", Subject{SubjectPerson, after.ID}, personValues(before), personValues(after))
}

func personErrors(r directory.BookPerson, err error) []directory.CellError {
	var e *Error
	if !errors.As(err, &e) {
		return []directory.CellError{{Sheet: directory.PeopleSheet, Row: r.Row, Key: "error.invalid"}}
	}
	var out []directory.CellError
	for _, f := range e.Fields {
		out = append(out, directory.CellError{Sheet: directory.PeopleSheet, Row: r.Row, Column: directory.PersonColumns[f.Field], Key: f.Key, Args: f.Args})
	}
	return out
}
