package templates

import (
	"fmt"
	"time"
)

// Action is a link that looks like a button.
type Action struct {
	Href, Label string
	// Quiet is for all but the one main action.
	Quiet bool
}

// Chip is a state in a word, with a mark and a colour beside it; the word is
// always there.
type Chip struct{ Text, Class, Mark string }

// chips gives states and timeliness their class and mark; red (late) is for
// what is overdue and nothing else.
var chips = map[string]Chip{
	"state.assigned":    {Mark: "○"},
	"state.in_progress": {Class: "go", Mark: "◔"},
	"state.submitted":   {Class: "wait", Mark: "◷"},
	"state.completed":   {Class: "ok", Mark: "✓"},
	"state.returned":    {Class: "back", Mark: "↩"},
	"state.on_hold":     {Mark: "‖"},
	"state.cancelled":   {Mark: "–"},

	"timeliness.no_deadline": {Mark: "○"},
	"timeliness.on_track":    {Class: "go", Mark: "○"},
	"timeliness.due_soon":    {Class: "soon", Mark: "◐"},
	"timeliness.overdue":     {Class: "late", Mark: "●"},
	"timeliness.on_time":     {Class: "ok", Mark: "✓"},
	"timeliness.late":        {Class: "back", Mark: "◑"},

	"evidence_state.pending":  {Class: "wait", Mark: "◷"},
	"evidence_state.accepted": {Class: "ok", Mark: "✓"},
	"evidence_state.wanting":  {Class: "back", Mark: "↩"},

	"restricted.chip": {Class: "back"},

	"document_state.draft":  {Class: "wait", Mark: "○"},
	"document_state.issued": {Class: "go", Mark: "◔"},
	"document_state.closed": {Mark: "✓"},
}

// chip is the template function: chip "state" .State.
func (w *Words) chip(kind string, key any) Chip {
	name := kind + "." + fmt.Sprint(key)
	c := chips[name]
	c.Text = w.T(name)
	return c
}

// Figure is one of the large numbers at the head of a page.
type Figure struct {
	// Value is a number, or text that is already written.
	Value any
	// Text says what it is a number of.
	Text string
	// Change against last time; nil when there is none to compare with.
	Change *int
	// Late marks the figure of what is overdue.
	Late bool
	// Href leads to the list behind the number; may be empty.
	Href string
}

// TaskRow is one assignment or duty in a list.
type TaskRow struct {
	Href, Text string
	// Due is nil or zero without a deadline.
	Due Date
	// DaysLeft is the distance in working days, negative past the deadline;
	// shown while the clock runs (on_track, due_soon, overdue).
	DaysLeft int
	// When stands in place of the distance, in words; empty leaves the distance.
	When string
	// State and Timeliness are codes; an empty one is not shown.
	State, Timeliness string
	// Meta is the small line: document, section, cooperating agencies.
	Meta []string
	// Note stands out on the small line: why it was returned.
	Note   string
	Action *Action
	// Restricted tells that the duty is for those who have a part in it.
	Restricted bool
	// Choice is what a box sends by which the row is chosen for the form "decide"; ChoiceLabel names the box. Empty: no box.
	Choice, ChoiceLabel string
}

// Late says whether the row is shown as overdue.
func (r TaskRow) Late() bool { return r.Timeliness == "overdue" }

// Running says whether the distance to the deadline still matters.
func (r TaskRow) Running() bool {
	return r.Timeliness == "on_track" || r.Timeliness == "due_soon" || r.Timeliness == "overdue"
}

// Pager links to the pages before and after; an empty one is not shown.
type Pager struct {
	PrevHref, NextHref string
	// Text says what is shown: "41–80 trong hơn 1.000".
	Text string
	// ExportHref leads to the whole list as a workbook; may be empty.
	ExportHref string
}

// Empty stands where a list would be: what would be here and how it comes.
type Empty struct {
	Text, Hint string
	Action     *Action
}

// TrailItem is one thing that happened.
type TrailItem struct {
	At        time.Time
	Who, Text string
	// Quote is what a person wrote: a reason, a remark.
	Quote string
	// Href leads to what it is about; may be empty.
	Href string
	// Changes are what was changed, field by field.
	Changes []Change
}

// Change is a field with what it was before and is after; one of the two may be empty.
type Change struct{ Label, Before, After string }

// Fact is a name and its value in a list of facts.
type Fact struct{ Label, Text, Note, Href string }

// Bar shows the parts of a whole in one line.
type Bar struct{ Parts []BarPart }

// BarPart is a part of a Bar. Class is done, going, soon or late; Text says what
// N counts.
type BarPart struct {
	Class, Text string
	N           int
}

// BarSegment is a part with its place, in percent of the bar's width.
type BarSegment struct {
	BarPart
	X, Width float64
}

// Total is the sum of the parts.
func (b Bar) Total() int {
	total := 0
	for _, part := range b.Parts {
		total += part.N
	}
	return total
}

// Segments gives the parts that are not zero, side by side.
func (b Bar) Segments() []BarSegment {
	total, before := b.Total(), 0
	var segments []BarSegment
	for _, part := range b.Parts {
		if part.N <= 0 {
			continue
		}
		segments = append(segments, BarSegment{
			BarPart: part,
			X:       100 * float64(before) / float64(total),
			Width:   100 * float64(part.N) / float64(total),
		})
		before += part.N
	}
	return segments
}
