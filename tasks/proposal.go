package tasks

import (
	"slices"
	"time"
)

// Proposal is what extraction proposed for one document. It is kept as long as the document, however often people correct the drafts:
// what they left, held against it, says what was read wrongly.
type Proposal struct {
	DocumentID int64
	At         time.Time // business time of the import
	Head       Head      // as read, before what was typed at the import
	Drafts     []ProposedDraft
}

// ProposedDraft is one duty as it was read. A draft, and the task that it became, are traced to it by Source and Ref.
type ProposedDraft struct {
	Ref         string     `json:"ref"`
	Section     string     `json:"section,omitempty"`
	Text        string     `json:"text"`
	Deliverable string     `json:"deliverable,omitempty"`
	Criteria    []string   `json:"criteria,omitempty"`
	Written     WrittenDue `json:"due"`
	// Leads and Cooperating are the names as read; LeadParties and CooperatingParties what the directory of that day took them for.
	Leads              []string `json:"leads,omitempty"`
	LeadParties        []Party  `json:"lead_parties,omitempty"`
	Cooperating        []string `json:"cooperating,omitempty"`
	CooperatingParties []Party  `json:"cooperating_parties,omitempty"`
	Source             Place    `json:"source"`
	Doubts             []Doubt  `json:"doubts,omitempty"`
}

// proposed keeps what was read of one duty; mapped is the same with its parties mapped.
func proposed(read, mapped Draft) ProposedDraft {
	return ProposedDraft{
		Ref: read.Ref, Section: read.Section, Text: read.Text, Deliverable: read.Deliverable, Criteria: slices.Clone(read.Criteria), Written: read.Written,
		Leads: writtenNames(read.Leads), LeadParties: mapped.Leads,
		Cooperating: writtenNames(read.Cooperating), CooperatingParties: mapped.Cooperating,
		Source: read.Source, Doubts: slices.Clone(read.Doubts),
	}
}

// writtenNames lists the parties as the document words them.
func writtenNames(parties []Party) []string {
	var names []string
	for _, p := range parties {
		names = append(names, p.Written)
	}
	return names
}
