package tasks

import (
	"context"
	"slices"
	"time"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// ChangeKind is what happens to agencies.
type ChangeKind string

const (
	ChangeMerge  ChangeKind = "merge"  // several go on as one, be it new or one that exists
	ChangeSplit  ChangeKind = "split"  // one goes on as several
	ChangeRename ChangeKind = "rename" // one goes on under another name: another agency in the directory
)

// ChangeKinds lists every kind in the order in which forms offer them.
var ChangeKinds = []ChangeKind{ChangeMerge, ChangeSplit, ChangeRename}

// ChangeState is how far a change is.
type ChangeState string

const (
	ChangeDraft   ChangeState = "draft"   // is being prepared: nothing happens by itself
	ChangePlanned ChangeState = "planned" // confirmed, to be carried out on its day
	ChangeApplied ChangeState = "applied"
	ChangeDropped ChangeState = "dropped"
)

// SuccessorAgency is an agency that takes over: one that exists, or one that the change founds.
type SuccessorAgency struct {
	AgencyID  int64          `json:"agency,omitempty"` // 0: not founded yet
	Code      string         `json:"code,omitempty"`
	Name      string         `json:"name,omitempty"`
	ShortName string         `json:"short,omitempty"`
	Kind      directory.Kind `json:"kind,omitempty"`
}

// Heir says to which of those that take over a person's rights for a predecessor are given.
type Heir struct {
	PersonID  int64 `json:"person"`
	Successor int   `json:"to"` // its place; negative: to none
}

// AgencyChange (sáp nhập, chia tách, đổi tên) is a change of agencies on a day. What has not ended goes over to those that take over; what
// has ended stays under the name under which it was done.
type AgencyChange struct {
	ID           int64
	Kind         ChangeKind
	State        ChangeState
	Day          calendar.Date // the first day of those that take over; the others exist up to the day before
	Document     string        // number of the decision
	Reason       string
	Predecessors []int64
	Successors   []SuccessorAgency // the first gets what nothing was chosen for, and is who the directory names
	People       []Heir            // whose rights do not go to the first
	// Fold lets of a duty that one would have in several assignments only one go on; the others are taken back.
	Fold      bool
	Moved     ChangeCounts // what it moved; zero before it was applied
	MadeBy    int64
	MadeAt    time.Time
	DecidedBy int64 // who confirmed or dropped it
	DecidedAt time.Time
	AppliedAt time.Time
	Version   int64
}

// heir is the place of the successor to which the person's rights go; ok is false when they go to none.
func (c AgencyChange) heir(person int64) (place int, ok bool) {
	i := slices.IndexFunc(c.People, func(h Heir) bool { return h.PersonID == person })
	if i < 0 {
		return 0, true
	}
	place = c.People[i].Successor
	return place, place >= 0 && place < len(c.Successors)
}

// Chosen is the place of the successor to which the person's rights go, negative when to none.
func (c AgencyChange) Chosen(person int64) int {
	if place, ok := c.heir(person); ok {
		return place
	}
	return -1
}

// WaitingCounts count requests that wait on assignments that have not ended.
type WaitingCounts struct {
	Extensions    int `json:"extensions,omitempty"`
	Declines      int `json:"declines,omitempty"`
	AtHead        int `json:"at_head,omitempty"` // reports that wait for the approval of a predecessor's head
	Contributions int `json:"contributions,omitempty"`
	Remarks       int `json:"remarks,omitempty"` // leaders' words that wait for an answer
}

// ChangeCounts count what a change moves.
type ChangeCounts struct {
	Led         int `json:"led"`         // assignments in which a predecessor leads
	Cooperating int `json:"cooperating"` // those in which predecessors only cooperate
	Submitted   int `json:"submitted,omitempty"`
	Held        int `json:"held,omitempty"`
	Folded      int `json:"folded,omitempty"` // that are taken back because the successor has the same duty in another
	WaitingCounts
	Drafts        int `json:"drafts,omitempty"`        // duties at review that name a predecessor
	Consultations int `json:"consultations,omitempty"` // opinions that are still to be given
	Groups        int `json:"groups,omitempty"`
	Names         int `json:"names,omitempty"`
	People        int `json:"people,omitempty"`
	Mailboxes     int `json:"mailboxes,omitempty"`
	Stay          int `json:"stay"` // ended assignments, which stay under the old names
}

// AgencyChangeStore opens transactions on changes of agencies.
type AgencyChangeStore interface {
	View(ctx context.Context, fn func(AgencyChangeReader) error) error
	Update(ctx context.Context, fn func(AgencyChangeTx) error) error
}

// AgencyChangeReader reads changes of agencies and what they would move.
type AgencyChangeReader interface {
	AssignmentReader
	AgencyChange(id int64) (AgencyChange, error)
	// AgencyChanges lists those in any of the states, all when none is named, the newest first.
	AgencyChanges(states ...ChangeState) ([]AgencyChange, error)
	// PlannedChanges lists those that are to be carried out up to the day, by day.
	PlannedChanges(upTo calendar.Date) ([]int64, error)
	// ChangeChoices answers which successor was chosen for which assignment.
	ChangeChoices(id int64) (map[int64]int, error)
	// UnendedOf lists the assignments that are neither completed nor cancelled and in which any of the agencies has a part, by identifier.
	UnendedOf(agencies []int64) ([]Assignment, error)
	// CountWaiting counts the requests of the agencies on those.
	CountWaiting(agencies []int64) (WaitingCounts, error)
	// CountEnded counts the others in which any of the agencies has a part.
	CountEnded(agencies []int64) (int, error)
	// UnissuedDrafts lists the drafts of every document that is not issued, also those taken out.
	UnissuedDrafts() ([]Draft, error)
	Consultations(q ConsultationQuery) ([]ConsultationRow, error)
}

// InheritanceWriter gives requests that wait to those that take over.
type InheritanceWriter interface {
	SetExtensionAgency(id, agencyID int64) error
	SetDeclineAgencies(id, agencyID, proposedID int64) error
	SetReportAgency(id, agencyID int64) error
	SetContributionAgencies(id, agencyID, askedFor int64) error
}

// AgencyChangeTx carries changes of agencies out.
type AgencyChangeTx interface {
	AgencyChangeReader
	AssignmentTx
	InheritanceWriter
	AliasWriter
	InsertAgency(a Agency) (int64, error)
	UpdateAgency(a Agency) error
	UpdateGroup(g Group) error
	SetHeadApproves(agencyID int64, on bool) error
	SetMailbox(m Mailbox) error
	UpdatePerson(p Person) error
	UpdateDraft(d Draft) error
	AddAskedAgencies(id int64, agencies []int64, on calendar.Date, why string) error
	// DropAskedAgency takes an agency that has neither begun nor sent its answer out of a consultation.
	DropAskedAgency(consultationID, agencyID int64) error
	// NameInItems lets the successor read, and be asked about, what a consultation asks its predecessor about.
	NameInItems(consultationID, predecessor, successor int64) error
	InsertAgencyChange(c AgencyChange) (int64, error)
	UpdateAgencyChange(c AgencyChange) error // where id and version
	SetChangeChoices(id int64, choices map[int64]int) error
}

// heirs are the agencies that take over, by whom they take over from.
type heirs map[int64]int64

// of puts those that take over in the place of those that they take over from, each once.
func (h heirs) of(ids []int64) []int64 {
	out := make([]int64, 0, len(ids))
	for _, id := range ids {
		if next, ok := h[id]; ok {
			id = next
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// parts are the agencies of an assignment after the change.
func (h heirs) parts(a Assignment) (leads, cooperating []int64) {
	leads = h.of(a.Leads)
	return leads, without(h.of(a.Cooperating), leads)
}
