package tasks

import "tiendo/tasks/calendar"

// DueKind says what the words of a deadline amount to.
type DueKind string

const (
	DueDate        DueKind = "date"
	DueRecurring   DueKind = "recurring"
	DueOngoing     DueKind = "ongoing"     // thường xuyên
	DueConditional DueKind = "conditional" // hangs on an event
	DueNone        DueKind = "none"
)

// WrittenDue is a deadline as the document words it, and what was read from the words.
type WrittenDue struct {
	Phrase string
	Kind   DueKind
	Date   calendar.Date
	Time   string // "10:00" when the words name an hour
	RRule  string // RFC 5545, of recurring ones
}

// Place is where a duty stands in its document: File counts the document's files from 0, Block is 1-based, Row is 0 in text.
type Place struct {
	File  int    `json:"file"`
	Part  string `json:"part"` // "text" or "table"
	Block int    `json:"block"`
	Row   int    `json:"row"`
}

// Doubt is something that the reader of a file was not sure of: a key and the words it hesitated over.
type Doubt struct {
	Key  string   `json:"key"`
	Args []string `json:"args,omitempty"`
}

// Party is an agency or group as a draft names it.
type Party struct {
	Written  string  `json:"written"` // as the document words it; "" when a person added it
	AgencyID int64   `json:"agency,omitempty"`
	GroupID  int64   `json:"group,omitempty"`
	Members  []int64 `json:"members,omitempty"` // of a group: the agencies ticked at review
}

// Mapped tells whether the party stands for at least one agency.
func (p Party) Mapped() bool { return p.AgencyID != 0 || p.GroupID != 0 && len(p.Members) > 0 }

// Agencies lists the agencies for which the party stands.
func (p Party) Agencies() []int64 {
	if p.AgencyID != 0 {
		return []int64{p.AgencyID}
	}
	return p.Members
}

// Draft is a duty that extraction proposes and a person checks before the document is issued.
type Draft struct {
	ID          int64
	DocumentID  int64
	Position    int
	Ref         string // the item's path as numbered: "II.3.a"
	Section     string // the heading above
	Text        string
	Deliverable string
	Criteria    []string
	Written     WrittenDue // as the document has it, or as a person corrected the words
	Deadline    calendar.Date
	Cadence     string // RFC 5545; only one of Deadline and Cadence is set; neither: the document's default holds
	Leads       []Party
	Joint       bool // several leads answer together in one assignment; else one assignment each
	Cooperating []Party
	Source      Place
	Doubts      []Doubt
	Checked     bool // a person has accepted it
	Removed     bool // a person has said that it is no duty; it may be brought back until the document is issued
	// UnconfirmedBy is who said that the duty needs no confirmation; 0: it needs one.
	UnconfirmedBy int64
	// Opens is how many working days ahead the periods of the cadence are opened, each an assignment of its own; 0: one assignment for all,
	// with a note a period.
	Opens int
	// Restricted (hạn chế): the duty's words are for those who will have a part in it.
	Restricted bool
	// Taken is what an office's own tracker told of the duty; nil when it does not come from one.
	Taken   *TakenOver
	Version int64
}

// LeadAgencies lists every agency that the draft's leads stand for, each once, in order.
func (d Draft) LeadAgencies() []int64 { return agenciesOf(d.Leads) }

// CooperatingAgencies lists the cooperating agencies, each once; one that also leads is left out.
func (d Draft) CooperatingAgencies() []int64 {
	leads := make(map[int64]bool)
	for _, id := range d.LeadAgencies() {
		leads[id] = true
	}
	var out []int64
	for _, id := range agenciesOf(d.Cooperating) {
		if !leads[id] {
			out = append(out, id)
		}
	}
	return out
}

func agenciesOf(parties []Party) []int64 {
	var out []int64
	seen := make(map[int64]bool)
	for _, p := range parties {
		for _, id := range p.Agencies() {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// Unmapped lists the written names for which no agency is known yet.
func (d Draft) Unmapped() []string {
	var out []string
	for _, parties := range [][]Party{d.Leads, d.Cooperating} {
		for _, p := range parties {
			if !p.Mapped() {
				out = append(out, p.Written)
			}
		}
	}
	return out
}
