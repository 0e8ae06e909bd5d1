package tasks

import (
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// Deputation lets somebody act for another (phân công thay) on a span of days in the province's time zone, both ends included. While it
// lasts the deputy has the other's rights by role and agency, but for those of an admin, beside his own, and gets the other's mails. It
// ends by itself behind its last day, and when either of the two is disabled.
type Deputation struct {
	ID       int64
	PersonID int64 // who is away
	DeputyID int64 // who acts for him
	From, To calendar.Date
	Reason   string
	// KeepsMails tells that the person himself gets his mails too.
	KeepsMails bool
	MadeBy     int64 // 0: the program itself
	MadeAt     time.Time
	EndedBy    int64
	EndedAt    time.Time // zero: nobody has ended it early
	Version    int64
}

// On tells whether the day is one of its days, as long as nobody has ended it.
func (d Deputation) On(day calendar.Date) bool {
	return d.EndedAt.IsZero() && !day.Before(d.From) && !day.After(d.To)
}

// overlaps tells whether the two have a day in common.
func (d Deputation) overlaps(o Deputation) bool { return !d.From.After(o.To) && !o.From.After(d.To) }

// Stand is a deputation in force as its deputy has it: for whom he acts, with that one's own rights.
type Stand struct {
	Deputation
	Person Person
}

// DeputyReader reads who acts for whom. A missing row is ErrNotFound.
type DeputyReader interface {
	// StandsFor lists for whom the person acts on the day, the earliest made first.
	StandsFor(deputyID int64, on calendar.Date) ([]Stand, error)
	Deputation(id int64) (Deputation, error)
	// DeputationsOf lists those in which the person is on either side, also past ones, the last to end first.
	DeputationsOf(personID int64, limit int) ([]Deputation, error)
}

// DeputyTx changes who acts for whom.
type DeputyTx interface {
	DeputyReader
	// DeputationsToCome lists those in which the person is on either side and that nobody has ended, from the day on. Nobody else adds one
	// before the transaction's end.
	DeputationsToCome(personID int64, from calendar.Date) ([]Deputation, error)
	InsertDeputation(d Deputation) (int64, error)
	// EndDeputation writes by whom and when it was ended; where id and version.
	EndDeputation(d Deputation) error
}

// handedOver are the person's grants that a deputy has: administration is nobody's to hand on.
func (p Person) handedOver() []Grant {
	return slices.DeleteFunc(slices.Clone(p.Grants), func(g Grant) bool { return g.Role == RoleAdmin })
}

// standing gives the person the rights of those for whom he acts beside his own. Theirs of others they have not: stands hold what each
// was granted himself.
func (p Person) standing(stands []Stand) Person {
	if len(stands) == 0 {
		return p
	}
	p.own, p.Stands = p.Grants, stands
	p.Grants = slices.Clone(p.Grants)
	for _, s := range stands {
		for _, g := range s.Person.handedOver() {
			if !slices.Contains(p.Grants, g) {
				p.Grants = append(p.Grants, g)
			}
		}
	}
	return p
}

// Own is the person with nothing but what was granted to himself.
func (p Person) Own() Person {
	if len(p.Stands) == 0 {
		return p
	}
	p.Grants, p.own, p.Stands = p.own, nil, nil
	return p
}

// Is tells whether the identifier is the person's, or that of somebody for whom he acts: nobody decides on what either reported or asked
// for.
func (p Person) Is(id int64) bool {
	return id != 0 && (p.ID == id || slices.ContainsFunc(p.Stands, func(s Stand) bool { return s.PersonID == id }))
}

// selves are the person and those for whom he acts.
func (p Person) selves() []int64 {
	ids := []int64{p.ID}
	for _, s := range p.Stands {
		ids = append(ids, s.PersonID)
	}
	return ids
}

// reportsAsHead tells whether what the person reports for the agency needs nobody's approval: as its head, or in the place of its head for
// an agency that is not his. Who reports as a focal point of his own does not let his report go by a right that he only stands in with.
func (p Person) reportsAsHead(agencyID int64) bool {
	own := p.Own()
	return slices.Contains(own.AgencyIDs(RoleHead), agencyID) ||
		!slices.Contains(own.AgencyIDs(RoleFocal), agencyID) && slices.Contains(p.AgencyIDs(RoleHead), agencyID)
}

// MayApprove tells whether the person may let the report go as a head: who only stands in for the head not one of his own, nor of those
// for whom he acts.
func (p Person) MayApprove(r Report) bool {
	return slices.Contains(p.Own().AgencyIDs(RoleHead), r.AgencyID) || !p.Is(r.PersonID)
}

// wholeTrail is more than any assignment has rows in its trail.
const wholeTrail = 100_000

// ownReport tells whether the report is the person's own, or that of somebody for whom he acts or who acted for him: he does not decide on it.
func ownReport(tx AssignmentReader, person Person, r Report) (bool, error) {
	if r.By(person) {
		return true, nil
	}
	return representedOn(tx, person, r.AssignmentID)
}

// representedOn tells whether somebody has acted for an agency on the assignment in the person's place: what he reported or asked for then
// counts as the person's own.
func representedOn(tx AssignmentReader, person Person, assignmentID int64) (bool, error) {
	if person.ID == 0 || len(person.Own().AgencyIDs(RoleFocal, RoleHead)) == 0 {
		return false, nil
	}
	trail, err := tx.Trail(Subject{SubjectAssignment, assignmentID}, wholeTrail)
	return slices.ContainsFunc(trail, func(e AuditEntry) bool { return e.AgencyID != 0 && e.insteadOfID() == person.ID }), err
}
