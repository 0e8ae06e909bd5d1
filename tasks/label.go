package tasks

import (
	"slices"
	"strings"

	"tiendo/tasks/directory"
)

// Label says what a careful reader takes one file of a document for, in the format by which extraction is scored.
type Label struct {
	File     string      `json:"file"`
	Document *LabelHead  `json:"document,omitempty"` // of a document's first file alone: the others have no head
	Tasks    []LabelTask `json:"tasks"`
}

// LabelHead is the head of the document; Date is ISO text, "" when it has none.
type LabelHead struct {
	Kind   DocumentKind `json:"kind"`
	Number string       `json:"number"`
	Date   string       `json:"date"`
	Issuer string       `json:"issuer"`
	Title  string       `json:"title"`
}

// LabelTask is one duty. A task that is Ambiguous counts for what it is and who leads it, not for its time.
type LabelTask struct {
	Ref         string   `json:"ref"`
	Start       string   `json:"start"` // its first words, as the document has them
	Lead        []string `json:"lead"`
	Cooperating []string `json:"cooperating"`
	Due         LabelDue `json:"due"`
	Ambiguous   string   `json:"ambiguous,omitempty"`
}

// LabelDue is what the words of a deadline amount to. Date is ISO text; Freq one of DAILY, WEEKLY, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY.
type LabelDue struct {
	Phrase string  `json:"phrase"`
	Kind   DueKind `json:"kind"`
	Date   *string `json:"date"`
	Freq   *string `json:"freq"`
	Time   string  `json:"time,omitempty"`
}

// startWords is how many words of a duty its label gives, and leastWords how many of them must stand in the file for a duty that a
// person added to be the document's own.
const (
	startWords = 14
	leastWords = 5
)

// labeller makes labels of one document.
type labeller struct {
	agencies map[int64]Agency
	groups   []Group
	files    []string // the folded words of each file
}

// foldFiles folds every file's words, with a space at either end, so that whole words can be looked for.
func foldFiles(files []DocumentFile) []string {
	var out []string
	for _, f := range files {
		var b strings.Builder
		add := func(text string) {
			if folded := directory.Fold(text); folded != "" {
				b.WriteString(" " + folded)
			}
		}
		for _, block := range f.Blocks {
			add(block.Text)
			for _, row := range block.Rows {
				for _, cell := range row.Cells {
					add(cell.Text)
				}
			}
		}
		out = append(out, b.String()+" ")
	}
	return out
}

// file finds the file in which the words stand, the given one first; -1 when they stand in none.
func (l labeller) file(first int, words string) int {
	folded := " " + directory.Fold(words) + " "
	if first >= 0 && first < len(l.files) && strings.Contains(l.files[first], folded) {
		return first
	}
	return slices.IndexFunc(l.files, func(text string) bool { return strings.Contains(text, folded) })
}

// opening is a text's first words, at most so many.
func opening(text string, most int) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), most)], " ")
}

// task labels one draft as a person left it. read is what it was proposed as, nil for one that a person added. ok is false for an added
// one whose words are not the document's: a duty of the secretariat's own. file is where it stands.
func (l labeller) task(d Draft, read *ProposedDraft) (t LabelTask, file int, ok bool) {
	t = LabelTask{Ref: d.Ref, Start: opening(d.Text, startWords)}
	file = d.Source.File
	switch {
	case read == nil:
		most := min(startWords, len(strings.Fields(d.Text)))
		for file = -1; file < 0 && most >= min(leastWords, len(strings.Fields(d.Text))) && most > 0; most-- {
			t.Start = opening(d.Text, most)
			file = l.file(d.Source.File, t.Start)
		}
		if file < 0 {
			return t, file, false
		}
		t.Lead, t.Cooperating = l.names(d.Leads, nil), l.names(d.Cooperating, nil)
	default:
		if !sameName(d.Text, read.Text) && l.file(d.Source.File, t.Start) < 0 {
			t.Start = opening(read.Text, startWords) // reworded: the document's words begin otherwise
		}
		known := slices.Concat(read.LeadParties, read.CooperatingParties)
		t.Lead = asRead(d.Leads, read.LeadParties, read.Leads)
		if t.Lead == nil {
			t.Lead = l.names(d.Leads, known)
		}
		t.Cooperating = asRead(d.Cooperating, read.CooperatingParties, read.Cooperating)
		if t.Cooperating == nil {
			t.Cooperating = l.names(d.Cooperating, known)
		}
	}
	t.Due, t.Ambiguous = dueLabel(d, read)
	return t, file, true
}

// asRead are the names as they were read, when every name stayed; nil otherwise.
func asRead(left, parties []Party, names []string) []string {
	if !slices.EqualFunc(left, parties, func(a, b Party) bool { return sameName(a.Written, b.Written) }) {
		return nil
	}
	kept := []string{}
	for _, name := range names {
		if directory.Fold(name) != "" { // the dash of an empty cell
			kept = append(kept, name)
		}
	}
	return kept
}

// names words the parties, each once: as the document does, if its words stayed or it names the same agency in words that were read;
// else by the agency's name.
func (l labeller) names(parties, read []Party) []string {
	out := []string{}
	for _, p := range parties {
		name := p.Written
		if i := slices.IndexFunc(read, func(o Party) bool {
			return o.Written != "" && o.AgencyID == p.AgencyID && o.GroupID == p.GroupID && o.AgencyID+o.GroupID != 0
		}); name == "" && i >= 0 {
			name = read[i].Written
		}
		if name == "" {
			name = l.agencies[p.AgencyID].Name
		}
		if i := slices.IndexFunc(l.groups, func(g Group) bool { return g.ID == p.GroupID }); name == "" && i >= 0 {
			name = l.groups[i].Name
		}
		if name != "" && !slices.ContainsFunc(out, func(o string) bool { return sameName(o, name) }) {
			out = append(out, name)
		}
	}
	return out
}

// head labels the head as a person left it. A number or day that stands nowhere in the files was not there to be read: the document's
// own stays.
func (l labeller) head(left, read Head) *LabelHead {
	h := LabelHead{Kind: left.Kind, Number: left.Number, Date: left.Date.String(), Issuer: left.Issuer, Title: left.Title}
	if !sameName(left.Number, read.Number) && l.file(0, left.Number) < 0 {
		h.Number = read.Number
	}
	if left.Date != read.Date && !slices.ContainsFunc(l.files, func(text string) bool { return saysDay(text, left.Date) }) {
		h.Date = read.Date.String()
	}
	return &h
}

// asDraft is the draft as it stood when the document had just been imported.
func (p ProposedDraft) asDraft() Draft {
	d := Draft{
		Ref: p.Ref, Section: p.Section, Text: p.Text, Deliverable: p.Deliverable, Criteria: p.Criteria, Written: p.Written,
		Leads: p.LeadParties, Cooperating: p.CooperatingParties, Source: p.Source,
	}
	d.Deadline, d.Cadence = p.Written.AsRead()
	return d
}
