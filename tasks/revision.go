package tasks

import (
	"slices"

	"tiendo/tasks/calendar"
)

// RevisionKind is what a document does to an earlier one.
type RevisionKind string

const (
	RevisionReplaces RevisionKind = "replaces" // thay thế
	RevisionAmends   RevisionKind = "amends"   // sửa đổi, bổ sung
	RevisionRepeals  RevisionKind = "repeals"  // bãi bỏ
)

// RevisionKinds lists every kind in the order in which forms offer them.
var RevisionKinds = []RevisionKind{RevisionReplaces, RevisionAmends, RevisionRepeals}

// ends tells whether the earlier document is no longer in force: duties of it that the new one does not repeat end.
func (k RevisionKind) ends() bool { return k != RevisionAmends }

// NamedRevision is an earlier document that a document says it revises.
type NamedRevision struct {
	Kind   RevisionKind
	Number string
	Date   calendar.Date // zero when it is not told
}

// Revises is the earlier document that a document replaces or amends; DocumentID is 0 when there is none.
type Revises struct {
	DocumentID int64
	Kind       RevisionKind
	Choices    []DutyChoice // what a person decided about the earlier document's duties
}

// EventEnded is the event of a notice that tells a lead that a duty has ended with its document.
const EventEnded = "ended"

// Fate is what becomes of a duty of the earlier document.
type Fate string

const (
	FateGoesOn Fate = "goes_on" // its open assignments are carried on under a duty of the new document
	FateEnds   Fate = "ends"    // its open assignments end
	FateStays  Fate = "stays"   // untouched
)

// DutyChoice is what a person decided about one duty of the earlier document.
type DutyChoice struct {
	TaskID  int64 `json:"task"`
	DraftID int64 `json:"draft,omitempty"` // with FateGoesOn: in which duty of the new document
	Fate    Fate  `json:"fate"`
}

// RevisionRow is a duty of the earlier document beside the one that takes its place. Old is nil of a new duty; New is nil of one that
// the new document has no more.
type RevisionRow struct {
	Old         *Task
	New         *Draft
	Assignments []Assignment // of Old
	Likeness    int          // of the words in per cent
	Fate        Fate         // "" of a new duty
	Decided     bool         // by a person; else it is what the program proposes
}

// sureLikeness is the likeness from which the pair of a duty and its successor needs nobody's decision.
const sureLikeness = 75

// Doubtful tells whether a person must decide before the document can be issued: work is under way, and the words differ so much that
// the two may be different duties.
func (r RevisionRow) Doubtful() bool {
	return r.Old != nil && r.New != nil && !r.Decided && r.Likeness < sureLikeness && len(r.Live()) > 0
}

// Live lists the assignments of the earlier duty that have not ended.
func (r RevisionRow) Live() []Assignment {
	return slices.DeleteFunc(slices.Clone(r.Assignments), Assignment.ended)
}

// mayStay tells whether the duty may be left untouched: its document stays in force, or nothing of it is under way.
func (r RevisionRow) mayStay(kind RevisionKind) bool { return !kind.ends() || len(r.Live()) == 0 }

// Fates lists what may be chosen for the row's earlier duty.
func (r RevisionRow) Fates(kind RevisionKind) []Fate {
	if r.mayStay(kind) {
		return []Fate{FateGoesOn, FateEnds, FateStays}
	}
	return []Fate{FateGoesOn, FateEnds}
}

// reviseRows puts the duties of the earlier document beside those of the new one: as a person chose, else as their words propose. The
// doubtful come first, then the new document's order; what it has no more stands at the end.
func reviseRows(r Revises, old []Task, assignments []Assignment, drafts []Draft) []RevisionRow {
	of := make(map[int64][]Assignment)
	for _, a := range assignments {
		of[a.TaskID] = append(of[a.TaskID], a)
	}
	draftAt := make(map[int64]int, len(drafts))
	for i, d := range drafts {
		draftAt[d.ID] = i
	}
	duties := make([]OldDuty, len(old))
	rows := make([]RevisionRow, len(old))
	for i, t := range old {
		duties[i] = OldDuty{TaskID: t.ID, Ref: t.Ref, Text: t.Text}
		for _, a := range of[t.ID] {
			duties[i].Leads = append(duties[i].Leads, a.Leads...)
		}
		rows[i] = RevisionRow{Old: &old[i], Assignments: of[t.ID]}
	}
	oldOf := make(map[int]int) // of each of the new duties that has one
	place := func(o, n int) { rows[o].New, oldOf[n] = &drafts[n], o }
	for o := range rows {
		i := slices.IndexFunc(r.Choices, func(c DutyChoice) bool { return c.TaskID == old[o].ID })
		if i < 0 {
			continue
		}
		c := r.Choices[i]
		n, there := draftAt[c.DraftID]
		_, taken := oldOf[n]
		if c.Fate == FateGoesOn && (!there || taken) || c.Fate == FateStays && !rows[o].mayStay(r.Kind) {
			continue // decided for what is there no more: to be decided anew
		}
		rows[o].Fate, rows[o].Decided = c.Fate, true
		if c.Fate == FateGoesOn {
			place(o, n)
		}
	}
	for _, p := range MatchDuties(duties, drafts) {
		if p.Old < 0 || p.New < 0 {
			continue
		}
		if rows[p.Old].New == &drafts[p.New] {
			rows[p.Old].Likeness = p.Likeness
		}
		if _, taken := oldOf[p.New]; taken || rows[p.Old].New != nil {
			continue
		}
		place(p.Old, p.New)
		rows[p.Old].Likeness = p.Likeness
	}
	for o := range rows {
		if !rows[o].Decided {
			rows[o].Fate = rows[o].proposed(r.Kind)
		}
	}
	var doubtful, paired, gone []RevisionRow
	for n := range drafts {
		o, has := oldOf[n]
		switch {
		case !has:
			paired = append(paired, RevisionRow{New: &drafts[n]})
		case rows[o].Doubtful():
			doubtful = append(doubtful, rows[o])
		default:
			paired = append(paired, rows[o])
		}
	}
	for _, row := range rows {
		if row.New == nil {
			gone = append(gone, row)
		}
	}
	return slices.Concat(doubtful, paired, gone)
}

// proposed is what becomes of the duty unless a person decides otherwise. Where nothing is under way nothing is touched, and the new
// duty is given to everybody anew: the same words may ask for next year's work.
func (r RevisionRow) proposed(kind RevisionKind) Fate {
	switch {
	case len(r.Live()) == 0:
		return FateStays
	case r.New != nil:
		return FateGoesOn
	case kind.ends():
		return FateEnds
	}
	return FateStays
}

// Carry is what issuing does with a duty that goes on.
type Carry struct {
	On    []Assignment // go on under the new duty: the same leads
	Fresh [][]int64    // leads of the new assignments
	Ended []Assignment // of leads that have the duty no more
	Done  []Assignment // were completed: their leads are not asked again
}

// Carry works out what issuing does with the row's assignments.
func (r RevisionRow) Carry() Carry {
	var c Carry
	var shares [][]int64
	if r.New != nil {
		shares = r.New.shares()
	}
	if r.Fate != FateGoesOn {
		c.Fresh = shares
		if r.Fate == FateEnds {
			c.Ended = r.Live()
		}
		return c
	}
	left := slices.Clone(r.Assignments)
	for _, leads := range shares {
		i := slices.IndexFunc(left, func(a Assignment) bool { return !a.ended() && sameIDs(a.Leads, leads) })
		if i < 0 {
			i = slices.IndexFunc(left, func(a Assignment) bool { return a.State == StateCompleted && sameIDs(a.Leads, leads) })
		}
		switch {
		case i < 0:
			c.Fresh = append(c.Fresh, leads)
			continue
		case left[i].ended():
			c.Done = append(c.Done, left[i])
		default:
			c.On = append(c.On, left[i])
		}
		left = slices.Delete(left, i, i+1)
	}
	// Of a recurring duty several periods may be under way.
	left = slices.DeleteFunc(left, func(a Assignment) bool {
		goesOn := a.SeriesID != 0 && !a.ended() && slices.ContainsFunc(shares, func(leads []int64) bool { return sameIDs(a.Leads, leads) })
		if goesOn {
			c.On = append(c.On, a)
		}
		return goesOn
	})
	c.Ended = slices.DeleteFunc(left, Assignment.ended)
	return c
}

func sameIDs(a, b []int64) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// RevisionPlan counts what issuing would do to the earlier document's duties; zero when there is none.
type RevisionPlan struct {
	GoOn     int // duties of which an assignment is carried on
	Ended    int // duties of which all or some assignments end
	Stay     int // duties that stay as they are
	New      int
	Doubtful int     // nobody has decided, and somebody must
	CarryOn  int     // assignments
	End      int     // assignments
	Done     int     // assignments that were completed and are not given again
	Leaves   []int64 // agencies of which an assignment ends
}

func planRevision(rows []RevisionRow) RevisionPlan {
	var p RevisionPlan
	for _, r := range rows {
		c := r.Carry()
		p.CarryOn, p.End, p.Done = p.CarryOn+len(c.On), p.End+len(c.Ended), p.Done+len(c.Done)
		switch {
		case r.Old == nil:
			p.New++
		case len(c.On) > 0:
			p.GoOn++
		case r.Fate == FateStays:
			p.Stay++
		}
		if len(c.Ended) > 0 {
			p.Ended++
		}
		if r.Doubtful() {
			p.Doubtful++
		}
		for _, a := range c.Ended {
			for _, id := range a.Leads {
				if !slices.Contains(p.Leaves, id) {
					p.Leaves = append(p.Leaves, id)
				}
			}
		}
	}
	return p
}
