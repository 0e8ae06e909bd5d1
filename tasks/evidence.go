package tasks

import (
	"slices"
	"time"
)

// EvidenceState is what the secretariat says of the evidence of a report: its files and document numbers.
type EvidenceState string

const (
	EvidencePending  EvidenceState = "pending"  // chờ thẩm định
	EvidenceAccepted EvidenceState = "accepted" // đã nghiệm thu
	EvidenceWanting  EvidenceState = "wanting"  // cần bổ sung, with what is wanting
)

// EvidenceStates lists every state in the order in which lists offer them.
var EvidenceStates = []EvidenceState{EvidencePending, EvidenceWanting, EvidenceAccepted}

// Valid tells whether the state exists.
func (s EvidenceState) Valid() bool { return slices.Contains(EvidenceStates, s) }

// Judgement is a state of evidence with who gave it. The zero value is that of evidence that nobody has looked at.
type Judgement struct {
	State EvidenceState
	Words string // what is wanting
	By    int64
	At    time.Time
}

// EventEvidenceWanting tells the lead that evidence has to be added.
const EventEvidenceWanting = "evidence_wanting"

// Counts tells whether the report was given to the secretariat and not taken back.
func (r Report) Counts() bool {
	return r.Outcome != OutcomeWithdrawn && !r.Internal()
}

// By tells whether the person wrote the report, or let it go as the head of his agency: he stands for it and does not decide on it.
func (r Report) By(person Person) bool {
	return person.Is(r.PersonID) || person.Is(r.ApprovedBy)
}

// hiddenFrom tells whether the report has not left an agency for which the person does not speak.
func (r Report) hiddenFrom(person Person) bool {
	return r.Internal() && !slices.Contains(person.AgencyIDs(RoleFocal, RoleHead), r.AgencyID)
}

// Internal tells whether the report has not left the agency: its head has yet to approve it, or did not.
func (r Report) Internal() bool {
	return r.Outcome == OutcomeAtHead || r.Outcome == OutcomeSentBack || r.Outcome == OutcomeLapsed
}

// EvidenceState is the state of the report's evidence; "" of a report without any.
func (r Report) EvidenceState() EvidenceState {
	switch {
	case len(r.Evidence) == 0 && r.Documents == "":
		return ""
	case r.Judged.State == "":
		return EvidencePending
	}
	return r.Judged.State
}

// evidenceOf is the state of the evidence of the newest report with any; the reports come the newest first.
func evidenceOf(reports []Report) EvidenceState {
	for _, r := range reports {
		if state := r.EvidenceState(); state != "" && r.Counts() {
			return state
		}
	}
	return ""
}

// keepEvidenceState brings the assignment's copy up to date.
func keepEvidenceState(tx AssignmentReader, a *Assignment) error {
	reports, err := tx.Reports(a.ID)
	a.Evidence = evidenceOf(reports)
	return err
}
