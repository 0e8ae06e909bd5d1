package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Directory is the service of agencies, groups and aliases.
type Directory struct {
	Store DirectoryStore
	Rules Rules
	Now   Clock // business
}

// Entries is the whole directory as it stands.
type Entries struct {
	Agencies []Agency
	Groups   []Group
	Aliases  []Alias
}

// Agency finds one by its identifier; a name that is unknown is empty.
func (e Entries) Agency(id int64) Agency {
	i := slices.IndexFunc(e.Agencies, func(a Agency) bool { return a.ID == id })
	if i < 0 {
		return Agency{}
	}
	return e.Agencies[i]
}

// All reads the directory for those who may.
func (s *Directory) All(ctx context.Context, actor Person) (Entries, error) {
	if err := may(actor, ActionDirectoryRead); err != nil {
		return Entries{}, err
	}
	return s.entries(ctx)
}

// Choices reads the directory for those who choose agencies from it.
func (s *Directory) Choices(ctx context.Context, actor Person) (Entries, error) {
	if actor.Can(ActionReassign) {
		return s.entries(ctx)
	}
	return s.All(ctx, actor)
}

// Names reads every agency by its identifier. Names of agencies are no secret to anybody who is signed in.
func (s *Directory) Names(ctx context.Context) (map[int64]Agency, error) {
	var names map[int64]Agency
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		names, err = agencyMap(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read agencies: %w", err)
	}
	return names, nil
}

// List reads every agency in the order of names. Names of agencies are no secret to anybody who is signed in.
func (s *Directory) List(ctx context.Context) ([]Agency, error) {
	var agencies []Agency
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		agencies, err = tx.Agencies()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read agencies: %w", err)
	}
	return agencies, nil
}

// Reachable tells which agencies have somebody whom mails of issue reach: an active focal point.
func (s *Directory) Reachable(ctx context.Context, actor Person) (map[int64]bool, error) {
	if err := may(actor, ActionDirectoryRead); err != nil {
		return nil, err
	}
	var reachable map[int64]bool
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		reachable, err = tx.ReachableAgencies()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reachable agencies: %w", err)
	}
	return reachable, nil
}

func (s *Directory) entries(ctx context.Context) (Entries, error) {
	var e Entries
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		if e.Agencies, err = tx.Agencies(); err != nil {
			return err
		}
		if e.Groups, err = tx.Groups(); err != nil {
			return err
		}
		e.Aliases, err = tx.Aliases()
		return err
	})
	if err != nil {
		return Entries{}, fmt.Errorf("read directory: %w", err)
	}
	return e, nil
}

// Suggest completes what is being typed, without tone marks, to agencies and groups valid today.
func (s *Directory) Suggest(ctx context.Context, actor Person, typed string, limit int) ([]directory.Suggestion, error) {
	e, err := s.All(ctx, actor)
	if err != nil {
		return nil, err
	}
	return directory.New(e.Agencies, e.Groups, e.Aliases).Suggest(typed, s.Rules.Day(s.Now()).String(), limit), nil
}

// SaveAgency adds an agency (ID 0) or changes the one of that version (0: whichever it has).
func (s *Directory) SaveAgency(ctx context.Context, actor Person, a Agency) (Agency, error) {
	if err := may(actor, ActionDirectoryWrite); err != nil {
		return Agency{}, err
	}
	var f fields
	a.Code = f.line("code", a.Code, true, 30)
	a.Name = f.line("name", a.Name, true, 200)
	a.ShortName = f.line("short_name", a.ShortName, false, 100)
	f.days(a.From, a.To)
	if !a.Kind.Valid() {
		f.add("kind", "field.required")
	}
	if err := f.err(); err != nil {
		return Agency{}, err
	}
	given := a
	err := s.Store.Update(ctx, func(tx DirectoryTx) error {
		a = given
		agencies, err := tx.Agencies()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(agencies, func(o Agency) bool { return o.ID != a.ID && strings.EqualFold(o.Code, a.Code) }) {
			return Invalid(FieldError{Field: "code", Key: "directory.code_taken", Args: []string{a.Code}})
		}
		if i := slices.IndexFunc(agencies, func(o Agency) bool { return o.ID != a.ID && sameName(o.Name, a.Name) && sameTime(o, a) }); i >= 0 {
			return Invalid(FieldError{Field: "name", Key: "directory.name_taken", Args: []string{a.Name, agencies[i].Code}})
		}
		if err := checkSuccessor(agencies, a); err != nil {
			return err
		}
		if err := checkEnd(tx, agencies, a); err != nil {
			return err
		}
		i := slices.IndexFunc(agencies, func(o Agency) bool { return o.ID == a.ID })
		e := entry(s.Now(), actor, "agency.added", Subject{SubjectAgency, 0})
		switch {
		case a.ID == 0:
			a.ID, err = tx.InsertAgency(a)
			a.Version = 1
			e = e.with(nil, a)
		case i < 0:
			return ErrNotFound
		default:
			if a.Version == 0 {
				a.Version = agencies[i].Version
			}
			err = tx.UpdateAgency(a)
			a.Version++
			e.Action = "agency.changed"
			e = e.with(agencies[i], a)
		}
		if err != nil {
			return err
		}
		e.Subject.ID = a.ID
		_, err = tx.Audit(e)
		return err
	})
	if err != nil {
		return Agency{}, fmt.Errorf("save agency %d: %w", a.ID, err)
	}
	return a, nil
}

// checkSuccessor refuses an agency that took over from itself, at once or in a circle, and one that does not exist.
func checkSuccessor(agencies []Agency, a Agency) error {
	next := make(map[int64]int64, len(agencies))
	for _, o := range agencies {
		next[o.ID] = o.SuccessorID
	}
	for id, steps := a.SuccessorID, 0; id != 0 && steps <= len(agencies); id, steps = next[id], steps+1 {
		if id == a.ID {
			return Invalid(FieldError{Field: "successor", Key: directory.BookOwnSuccessor, Args: []string{a.Code}})
		}
		if _, ok := next[id]; !ok {
			return Invalid(FieldError{Field: "successor", Key: "party.unknown_agency"})
		}
	}
	return nil
}

// checkEnd refuses that an agency ends while it leads duties that are not done and nobody takes over from it: they would be followed up by
// nobody. What was stored so before may be saved again.
func checkEnd(tx DirectoryReader, agencies []Agency, a Agency) error {
	if a.ID == 0 || a.To == "" || a.SuccessorID != 0 {
		return nil
	}
	if slices.ContainsFunc(agencies, func(o Agency) bool { return o.ID == a.ID && o.To == a.To && o.SuccessorID == 0 }) {
		return nil
	}
	open, err := tx.OpenDuties(a.ID)
	if err != nil || open == 0 {
		return err
	}
	return Invalid(FieldError{Field: "successor", Key: "directory.open_duties", Args: []string{strconv.Itoa(open)}})
}

// sameTime tells whether there is a day on which both exist; "" is an open end.
func sameTime(a, b Agency) bool {
	return (a.To == "" || b.From <= a.To) && (b.To == "" || a.From <= b.To)
}

// days checks a span of validity: ISO text, "" for open.
func (f *fields) days(from, to string) {
	for _, day := range []struct{ name, text string }{{"from", from}, {"to", to}} {
		if day.text == "" {
			continue
		}
		if _, err := calendar.ParseDate(day.text); err != nil {
			f.add(day.name, "field.bad_date")
		}
	}
	if from != "" && to != "" && to < from {
		f.add("to", "field.before_from")
	}
}

// SaveGroup adds a group (ID 0) or changes the one of that version (0: whichever it has) with its members. What is issued already does not change.
func (s *Directory) SaveGroup(ctx context.Context, actor Person, g Group) (Group, error) {
	if err := may(actor, ActionDirectoryWrite); err != nil {
		return Group{}, err
	}
	var f fields
	g.Code = f.line("code", g.Code, true, 30)
	g.Name = f.line("name", g.Name, true, 200)
	for _, m := range g.Members {
		f.days(m.From, m.To)
	}
	if err := f.err(); err != nil {
		return Group{}, err
	}
	given := g
	err := s.Store.Update(ctx, func(tx DirectoryTx) error {
		g = given
		groups, err := tx.Groups()
		if err != nil {
			return err
		}
		if slices.ContainsFunc(groups, func(o Group) bool { return o.ID != g.ID && strings.EqualFold(o.Code, g.Code) }) {
			return Invalid(FieldError{Field: "code", Key: "directory.code_taken", Args: []string{g.Code}})
		}
		agencies, err := agencyMap(tx)
		if err != nil {
			return err
		}
		for _, m := range g.Members {
			if _, ok := agencies[m.AgencyID]; !ok {
				return Invalid(FieldError{Field: "members", Key: "party.unknown_agency"})
			}
		}
		i := slices.IndexFunc(groups, func(o Group) bool { return o.ID == g.ID })
		e := entry(s.Now(), actor, "group.added", Subject{SubjectGroup, 0})
		switch {
		case g.ID == 0:
			g.ID, err = tx.InsertGroup(g)
			g.Version = 1
			e = e.with(nil, g)
		case i < 0:
			return ErrNotFound
		default:
			if g.Version == 0 {
				g.Version = groups[i].Version
			}
			err = tx.UpdateGroup(g)
			g.Version++
			e.Action = "group.changed"
			e = e.with(groups[i], g)
		}
		if err != nil {
			return err
		}
		e.Subject.ID = g.ID
		_, err = tx.Audit(e)
		return err
	})
	if err != nil {
		return Group{}, fmt.Errorf("save group %d: %w", g.ID, err)
	}
	return g, nil
}

// AddAlias keeps another name of an agency or group.
func (s *Directory) AddAlias(ctx context.Context, actor Person, a Alias) error {
	if err := may(actor, ActionDirectoryWrite); err != nil {
		return err
	}
	var f fields
	a.Name = f.line("name", a.Name, true, 200)
	if (a.AgencyID == 0) == (a.GroupID == 0) {
		f.add("party", "party.choose")
	}
	if a.Name != "" && directory.Fold(a.Name) == "" {
		f.add("name", "field.required") // marks alone are no name
	}
	if err := f.err(); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx DirectoryTx) error {
		if err := checkParties(tx, []Party{{AgencyID: a.AgencyID, GroupID: a.GroupID}}); err != nil {
			return err
		}
		return addAlias(tx, s.Now(), actor, a)
	})
	if err != nil {
		return fmt.Errorf("add alias %q: %w", a.Name, err)
	}
	return nil
}

// RemoveAlias forgets another name; what was mapped by it stays mapped.
func (s *Directory) RemoveAlias(ctx context.Context, actor Person, id int64) error {
	if err := may(actor, ActionDirectoryWrite); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx DirectoryTx) error {
		aliases, err := tx.Aliases()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(aliases, func(a Alias) bool { return a.ID == id })
		if i < 0 {
			return ErrNotFound
		}
		if err := tx.DeleteAlias(id); err != nil {
			return err
		}
		_, err = tx.Audit(entry(s.Now(), actor, "alias.removed", Subject{SubjectAlias, id}).with(aliasValues(aliases[i]), nil))
		return err
	})
	if err != nil {
		return fmt.Errorf("remove alias %d: %w", id, err)
	}
	return nil
}
