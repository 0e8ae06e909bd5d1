package tasks

import (
	"slices"
	"strings"

	"tiendo/tasks/calendar"
)

// ChangeInput is what the secretariat types to prepare a change.
type ChangeInput struct {
	Kind         ChangeKind
	Day          calendar.Date
	Document     string
	Reason       string
	Predecessors []int64
	Successors   []int64           // that exist
	Founded      []SuccessorAgency // that the change founds; they are of the first predecessor's kind
}

// change checks the input against the directory and makes the change of it.
func (in ChangeInput) change(tx AgencyChangeReader, today calendar.Date) (AgencyChange, error) {
	var f fields
	c := AgencyChange{Kind: in.Kind, State: ChangeDraft, Day: in.Day, Fold: in.Kind == ChangeMerge}
	c.Document = f.line("document", in.Document, true, MaxDocumentNumber)
	c.Reason = f.text("reason", in.Reason, false, MaxReasonText)
	if !slices.Contains(ChangeKinds, in.Kind) {
		f.add("kind", "field.required")
	}
	switch {
	case in.Day.IsZero():
		f.add("day", "field.required")
	case in.Day.Before(today.AddDays(-maxChangeBack)), in.Day.After(today.AddDays(maxChangeAhead)):
		f.add("day", "agency_change.far")
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return c, err
	}
	for _, id := range distinctIDs(in.Successors) {
		c.Successors = append(c.Successors, SuccessorAgency{AgencyID: id})
		if a, ok := agencies[id]; !ok {
			f.add("successors", "party.unknown_agency")
		} else if !a.ValidOn(c.dueDay()) {
			f.add("successors", "agency_change.not_then", a.Name)
		}
	}
	c.Predecessors = without(distinctIDs(in.Predecessors), in.Successors)
	for _, id := range c.Predecessors {
		a, ok := agencies[id]
		switch {
		case !ok:
			f.add("predecessors", "party.unknown_agency")
		case !a.ValidOn(c.lastDay()):
			f.add("predecessors", "agency_change.not_before", a.Name)
		case a.To != "" && a.SuccessorID != 0 && !slices.Contains(in.Successors, a.SuccessorID):
			f.add("predecessors", "agency_change.ends_otherwise", a.Name, agencies[a.SuccessorID].Name)
		}
	}
	c.Successors = append(c.Successors, f.founded(in, agencies, c)...)
	f.numbers(c)
	return c, f.err()
}

// founded checks the agencies that a change founds.
func (f *fields) founded(in ChangeInput, agencies map[int64]Agency, c AgencyChange) []SuccessorAgency {
	var out []SuccessorAgency
	for _, x := range in.Founded {
		x.AgencyID = 0
		x.Code = f.line("founded", x.Code, true, 30)
		x.Name = f.line("founded", x.Name, true, 200)
		x.ShortName = f.line("founded", x.ShortName, false, 100)
		if len(c.Predecessors) > 0 {
			x.Kind = agencies[c.Predecessors[0]].Kind
		}
		for _, a := range agencies {
			if strings.EqualFold(a.Code, x.Code) {
				f.add("founded", "directory.code_taken", x.Code)
			}
			if sameName(a.Name, x.Name) && a.ValidOn(c.dueDay()) && !slices.Contains(c.Predecessors, a.ID) {
				f.add("founded", "directory.name_taken", x.Name, a.Code)
			}
		}
		if slices.ContainsFunc(out, func(o SuccessorAgency) bool { return strings.EqualFold(o.Code, x.Code) }) {
			f.add("founded", "directory.code_taken", x.Code)
		}
		out = append(out, x)
	}
	return out
}

// numbers notes when the kind of change asks for more or fewer agencies.
func (f *fields) numbers(c AgencyChange) {
	from, to := len(c.Predecessors), len(c.Successors)
	field := "successors"
	if to > 0 && c.Successors[0].AgencyID == 0 {
		field = "founded"
	}
	switch {
	case from == 0:
		f.add("predecessors", "field.required")
	case to == 0:
		f.add("successors", "agency_change.no_successor")
	case to > maxSuccessors:
		f.add(field, "agency_change.too_many")
	case c.Kind == ChangeMerge && to > 1:
		f.add(field, "agency_change.merge_one")
	case c.Kind == ChangeMerge && from == 1 && c.Successors[0].AgencyID == 0:
		f.add("predecessors", "agency_change.merge_several")
	case c.Kind == ChangeSplit && from > 1:
		f.add("predecessors", "agency_change.one_before")
	case c.Kind == ChangeSplit && to < 2:
		f.add(field, "agency_change.split_several")
	case c.Kind == ChangeRename && from > 1:
		f.add("predecessors", "agency_change.one_before")
	case c.Kind == ChangeRename && (to > 1 || c.Successors[0].AgencyID != 0):
		f.add(field, "agency_change.rename_new")
	}
}

// clashes refuses a change of what another, planned one ends, and one that ends who is to take over then or later.
func (c AgencyChange) clashes(tx AgencyChangeReader) error {
	others, err := tx.AgencyChanges(ChangePlanned)
	if err != nil {
		return err
	}
	agencies, err := agencyMap(tx)
	if err != nil {
		return err
	}
	var f fields
	for _, o := range others {
		if o.ID == c.ID {
			continue
		}
		for _, id := range c.Predecessors {
			takesOver := slices.ContainsFunc(o.Successors, func(x SuccessorAgency) bool { return x.AgencyID == id })
			if slices.Contains(o.Predecessors, id) || takesOver && !o.Day.Before(c.Day) {
				f.add("predecessors", "agency_change.planned_already", agencies[id].Name, o.Day.String())
			}
		}
		for _, x := range c.Successors {
			if x.AgencyID != 0 && slices.Contains(o.Predecessors, x.AgencyID) && !c.Day.Before(o.Day) {
				f.add("successors", "agency_change.planned_already", agencies[x.AgencyID].Name, o.Day.String())
			}
		}
	}
	return f.err()
}
