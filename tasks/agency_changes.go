package tasks

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tiendo/tasks/calendar"
)

// AgencyChanges is the service of agencies that are merged, split or renamed.
type AgencyChanges struct {
	Store  AgencyChangeStore
	Duties *Assignments // with the same database, rules and clock
}

// The most that a change may name, and how far from today its day may lie.
const (
	maxSuccessors  = 20
	maxChangeBack  = 366 // days: a decision is recorded a while after its day
	maxChangeAhead = 732
)

// Prepare keeps a change that is being prepared: nothing happens until it is confirmed.
func (s *AgencyChanges) Prepare(ctx context.Context, actor Person, in ChangeInput) (int64, error) {
	if err := may(actor, ActionAgencyChange); err != nil {
		return 0, err
	}
	var id int64
	err := s.Store.Update(ctx, func(tx AgencyChangeTx) error {
		now := s.Duties.Now()
		c, err := in.change(tx, s.Duties.Rules.Day(now))
		if err != nil {
			return err
		}
		if err := c.clashes(tx); err != nil {
			return err
		}
		c.MadeBy, c.MadeAt = actor.ID, now
		id, err = tx.InsertAgencyChange(c)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("prepare change of agencies: %w", err)
	}
	return id, nil
}

// List lists all changes, the newest first, with the agencies by identifier.
func (s *AgencyChanges) List(ctx context.Context, actor Person) (list []AgencyChange, agencies map[int64]Agency, err error) {
	if err := may(actor, ActionAgencyChange); err != nil {
		return nil, nil, err
	}
	err = s.Store.View(ctx, func(tx AgencyChangeReader) (err error) {
		if agencies, err = agencyMap(tx); err != nil {
			return err
		}
		list, err = tx.AgencyChanges()
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("changes of agencies: %w", err)
	}
	return list, agencies, nil
}

// ChangeRow is one assignment that a change moves.
type ChangeRow struct {
	AssignmentRow
	Place    int   // of the successor that was chosen for it
	FoldedIn int64 // the assignment that goes on in its stead; 0: it goes on
}

// ChangeView is what the page of a change shows.
type ChangeView struct {
	Change   AgencyChange
	Agencies map[int64]Agency
	Counts   ChangeCounts // as things stand; of an applied one what it moved
	Names    []string     // by which those that take over are known too
	// Rows are a page of what moves, by identifier; Total counts all. Empty of what was applied or dropped.
	Rows  []ChangeRow
	Total int
	// Obstacle is what the directory says by now against a planned change, an error of fields as of a form; nil: nothing.
	Obstacle error
	// People are those whose rights go over.
	People []Person
	// Unreached tells that nobody of the first that takes over gets mail afterwards.
	Unreached bool
	Made      Person
	Decided   Person
}

// ChangePage is how many assignments a page of a change lists.
const ChangePage = 50

// Get reads a change with the given page, from 0, of what it moves.
func (s *AgencyChanges) Get(ctx context.Context, actor Person, id int64, page int) (ChangeView, error) {
	if err := may(actor, ActionAgencyChange); err != nil {
		return ChangeView{}, err
	}
	var v ChangeView
	err := s.Store.View(ctx, func(tx AgencyChangeReader) error {
		c, err := tx.AgencyChange(id)
		if err != nil {
			return err
		}
		v = ChangeView{Change: c, Counts: c.Moved}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		people, err := tx.PeopleByID([]int64{c.MadeBy, c.DecidedBy})
		if err != nil {
			return err
		}
		v.Made, v.Decided = people[c.MadeBy], people[c.DecidedBy]
		if c.State != ChangeDraft && c.State != ChangePlanned {
			return nil
		}
		if c.State == ChangePlanned {
			if v.Obstacle, err = c.obstacle(tx, s.Duties.Rules.Day(s.Duties.Now())); err != nil {
				return err
			}
		}
		return s.preview(tx, &v, page)
	})
	if err != nil {
		return ChangeView{}, fmt.Errorf("change of agencies %d: %w", id, err)
	}
	return v, nil
}

func (s *AgencyChanges) preview(tx AgencyChangeReader, v *ChangeView, page int) error {
	c := v.Change
	successors := c.placeholders()
	p, err := plan(tx, c, successors)
	if err != nil {
		return err
	}
	v.Counts, v.Total = p.counts, len(p.takeovers)
	for _, a := range p.aliases {
		v.Names = append(v.Names, a.Name)
	}
	if v.People, err = grantedPeople(tx, c.Predecessors); err != nil {
		return err
	}
	reached, err := tx.ReachableAgencies()
	if err != nil {
		return err
	}
	v.Unreached = !reached[successors[0]] && !slices.ContainsFunc(p.people, func(who Person) bool {
		return slices.Contains(who.Grants, Grant{Role: RoleFocal, AgencyID: successors[0]})
	})
	from := min(max(page, 0)*ChangePage, len(p.takeovers))
	shown := p.takeovers[from:min(from+ChangePage, len(p.takeovers))]
	ids := make([]int64, len(shown))
	for i, t := range shown {
		ids[i] = t.a.ID
	}
	rows, err := rowsOf(tx, ids)
	if err != nil {
		return err
	}
	for _, t := range shown {
		found, ok := rows[t.a.ID]
		if !ok {
			continue
		}
		row := ChangeRow{AssignmentRow: found, FoldedIn: t.folded}
		for _, heir := range t.heirs {
			row.Place = slices.Index(successors, heir)
		}
		v.Rows = append(v.Rows, row)
	}
	return nil
}

// ChangeChoice is what is chosen while a change waits: which successor gets which assignments, and whose rights go where. What is not named
// stays as it was chosen.
type ChangeChoice struct {
	Assignments map[int64]int // by identifier the place of the successor
	People      map[int64]int // by identifier the place, negative for none
	Fold        bool
	Version     int64
}

// Choose keeps choices of a change that was not carried out yet.
func (s *AgencyChanges) Choose(ctx context.Context, actor Person, id int64, in ChangeChoice) error {
	return s.decide(ctx, actor, id, in.Version, func(tx AgencyChangeTx, c *AgencyChange) error {
		for assignment, place := range in.Assignments {
			if place < 0 || place >= len(c.Successors) {
				return Invalid(FieldError{Field: "choice", Key: "agency_change.no_successor"})
			}
			a, err := tx.Assignment(assignment)
			if err != nil {
				return err
			}
			if !a.HasPart(c.Predecessors...) {
				return ErrNotFound
			}
		}
		c.People = slices.Clone(c.People)
		for person, place := range in.People {
			c.People = slices.DeleteFunc(c.People, func(h Heir) bool { return h.PersonID == person })
			switch {
			case place >= len(c.Successors):
				return Invalid(FieldError{Field: "people", Key: "agency_change.no_successor"})
			case place != 0:
				c.People = append(c.People, Heir{PersonID: person, Successor: max(place, -1)})
			}
		}
		slices.SortFunc(c.People, func(a, b Heir) int { return int(a.PersonID - b.PersonID) })
		c.Fold = in.Fold && c.Kind == ChangeMerge
		if err := tx.SetChangeChoices(c.ID, in.Assignments); err != nil {
			return err
		}
		return tx.UpdateAgencyChange(*c)
	})
}

// Stuck lists by day the changes whose day has come and that wait nevertheless: mostly because the directory has overtaken them since they were
// confirmed, which ChangeView.Obstacle tells. Those whom changes do not concern are told of none.
func (s *AgencyChanges) Stuck(ctx context.Context, actor Person) ([]AgencyChange, error) {
	if !actor.Can(ActionAgencyChange) {
		return nil, nil
	}
	var list []AgencyChange
	err := s.Store.View(ctx, func(tx AgencyChangeReader) error {
		ids, err := tx.PlannedChanges(s.Duties.Rules.Day(s.Duties.Now()))
		list = make([]AgencyChange, len(ids))
		for i := 0; i < len(ids) && err == nil; i++ {
			list[i], err = tx.AgencyChange(ids[i])
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("changes of agencies that are stuck: %w", err)
	}
	return list, nil
}

// Confirm lets a change that was prepared be carried out: at once when its day has come, else on its day. One that was planned and got stuck is
// tried at once.
func (s *AgencyChanges) Confirm(ctx context.Context, actor Person, id, version int64) error {
	return s.decide(ctx, actor, id, version, func(tx AgencyChangeTx, c *AgencyChange) error {
		now := s.Duties.Now()
		today := s.Duties.Rules.Day(now)
		if c.State == ChangePlanned && c.Day.After(today) {
			return E(CodeConflict, "agency_change.confirmed")
		}
		if err := c.stillRight(tx, today); err != nil {
			return err
		}
		if err := c.clashes(tx); err != nil {
			return err
		}
		c.DecidedBy, c.DecidedAt = actor.ID, now
		if c.Day.After(today) {
			c.State = ChangePlanned
			if err := s.told(tx, actor, *c, "agency.change_planned"); err != nil {
				return err
			}
			return tx.UpdateAgencyChange(*c)
		}
		return s.carryOut(tx, actor, *c)
	})
}

// Drop gives a change up that was not carried out.
func (s *AgencyChanges) Drop(ctx context.Context, actor Person, id, version int64) error {
	return s.decide(ctx, actor, id, version, func(tx AgencyChangeTx, c *AgencyChange) error {
		if c.State == ChangePlanned {
			if err := s.told(tx, actor, *c, "agency.change_dropped"); err != nil {
				return err
			}
		}
		c.State, c.DecidedBy, c.DecidedAt = ChangeDropped, actor.ID, s.Duties.Now()
		return tx.UpdateAgencyChange(*c)
	})
}

func (s *AgencyChanges) decide(ctx context.Context, actor Person, id, version int64, fn func(tx AgencyChangeTx, c *AgencyChange) error) error {
	if err := may(actor, ActionAgencyChange); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx AgencyChangeTx) error {
		c, err := tx.AgencyChange(id)
		if err != nil {
			return err
		}
		if version != 0 && c.Version != version {
			return ErrConflict
		}
		if c.State != ChangeDraft && c.State != ChangePlanned {
			return E(CodeConflict, "agency_change.over")
		}
		return fn(tx, &c)
	})
	if err != nil {
		return fmt.Errorf("change of agencies %d: %w", id, err)
	}
	return nil
}

// stillRight checks once more what was typed: the directory may have changed since. A code that was taken meanwhile is none the matter: see found.
func (c AgencyChange) stillRight(tx AgencyChangeReader, today calendar.Date) error {
	agencies, err := tx.Agencies()
	if err != nil {
		return err
	}
	in := ChangeInput{Kind: c.Kind, Day: c.Day, Document: c.Document, Reason: c.Reason, Predecessors: c.Predecessors}
	for _, x := range c.Successors {
		if x.AgencyID != 0 {
			in.Successors = append(in.Successors, x.AgencyID)
			continue
		}
		x.Code = freeCode(agencies, x.Code)
		in.Founded = append(in.Founded, x)
	}
	_, err = in.change(tx, today)
	return err
}

// obstacle is what stillRight has against the change; err tells that it could not be asked.
func (c AgencyChange) obstacle(tx AgencyChangeReader, today calendar.Date) (obstacle, err error) {
	if err = c.stillRight(tx, today); CodeOf(err) == CodeInvalid {
		return err, nil
	}
	return nil, err
}

// told writes into the trail of each predecessor what was decided about it.
func (s *AgencyChanges) told(tx AgencyChangeTx, actor Person, c AgencyChange, action string) error {
	agencies, err := agencyMap(tx)
	if err != nil {
		return err
	}
	var names []string
	for _, x := range c.Successors {
		name := x.Name
		if x.AgencyID != 0 {
			name = agencies[x.AgencyID].Name
		}
		names = append(names, name)
	}
	for _, id := range c.Predecessors {
		_, err := tx.Audit(entry(s.Duties.Now(), actor, action, Subject{SubjectAgency, id}).with(nil, map[string]any{
			"to": c.lastDay(), "successor": strings.Join(names, ", "), "document": c.Document, "reason": c.Reason,
		}))
		if err != nil {
			return err
		}
	}
	return nil
}
