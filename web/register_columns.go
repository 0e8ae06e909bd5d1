package web

import (
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates/office"
)

type registerRow = tasks.RegisterRow

// dutyColumn is the place of the duty's words among the columns.
const dutyColumn = 1

// columns are those of the follow-up book.
func (b registerBook) columns() []office.Column[registerRow] {
	w := b.w
	return []office.Column[registerRow]{
		{Head: w.T("register.document"), Width: 19, Value: func(r registerRow) any { return b.document(r) }},
		{Head: w.T("export.duty_words"), Width: 46, Value: func(r registerRow) any { return r.Text }},
		{Head: w.T("register.lead"), Width: 18, Value: func(r registerRow) any { return manyAgencies(w, b.agencies, r.Leads) }},
		{Head: w.T("register.cooperating"), Width: 18, Value: func(r registerRow) any { return manyAgencies(w, b.agencies, r.Cooperating) }},
		{Head: w.T("export.first_due"), Value: func(r registerRow) any { return r.First() }},
		{Head: w.T("export.due"), Value: func(r registerRow) any { return r.Due }},
		{Head: w.T("export.extended"), Width: 7, Value: func(r registerRow) any { return someCount(r.Extended) }},
		{Head: w.T("register.state"), Width: 13, Center: true, Value: func(r registerRow) any { return b.state(r) }},
		{Head: w.T("register.done_on"), Value: func(r registerRow) any { return doneOn(r) }},
		{Head: w.T("export.note"), Width: 18, Value: func(r registerRow) any { return b.note(r) }},
	}
}

// annexColumns are those of the annex, in which each agency has its own part.
func (b registerBook) annexColumns() []office.Column[annexRow] {
	w := b.w
	return []office.Column[annexRow]{
		{Head: w.T("export.duty_words"), Width: 48, Value: func(r annexRow) any { return b.annexWords(r.registerRow) }},
		{Head: w.T("register.document"), Width: 22, Value: func(r annexRow) any { return b.document(r.registerRow) }},
		{Head: w.T("export.first_due"), Value: func(r annexRow) any { return r.First() }},
		{Head: w.T("export.due"), Value: func(r annexRow) any { return r.Due }},
		{Head: w.T("register.state"), Width: 15, Center: true, Value: func(r annexRow) any { return b.state(r.registerRow) }},
		{Head: w.T("register.result"), Width: 44, Value: func(r annexRow) any { return b.result(r.registerRow) }},
		{Head: w.T("export.note"), Width: 20, Value: func(r annexRow) any { return b.annexNote(r.registerRow) }},
	}
}

// document is number and date of the document that gave the duty, with the item.
func (b registerBook) document(r registerRow) string {
	text := strings.Join(dutyRef(b.w, r.DocumentKind, r.DocumentNumber, r.Ref)[:1], "")
	if !r.DocumentDate.IsZero() {
		text += "\n" + b.w.T("document_word.dated", r.DocumentDate)
	}
	if r.Ref != "" {
		text += "\n" + b.w.T("duty.item", spokenRef(b.w, r.Ref))
	}
	return text
}

// state is where the duty stands, with its timeliness where that says more.
func (b registerBook) state(r registerRow) string {
	text := b.w.T("state." + string(r.State))
	switch r.Timeliness {
	case tasks.Overdue, tasks.DueSoon, tasks.OnTime, tasks.Late:
		text += "\n" + lowered(b.w.T("timeliness."+string(r.Timeliness)))
	}
	return text
}

// doneOn is the day of the report of completion: by it timeliness is judged.
func doneOn(r registerRow) calendar.Date {
	if r.SubmittedOn.IsZero() {
		return r.CompletedOn
	}
	return r.SubmittedOn
}

func (b registerBook) note(r registerRow) string { return joinNotes(b.notes(r)) }

// notes are what else there is to say: the rule of reports, progress, what was given before the span.
func (b registerBook) notes(r registerRow) []string {
	var notes []string
	if r.Cadence != "" {
		notes = append(notes, b.w.T("register.cadence", cadenceWords(b.w, r.Cadence)))
	}
	if r.State.Open() && r.Percent > 0 {
		notes = append(notes, b.w.T("duty.reported", r.Percent))
	}
	if len(r.Leads) > 1 {
		notes = append(notes, b.w.T("register.joint"))
	}
	if !r.Given {
		notes = append(notes, b.w.T("register.carried"))
	}
	return notes
}

func (b registerBook) annexNote(r registerRow) string {
	var notes []string
	if r.Extended > 0 {
		notes = append(notes, b.w.T("deadline.extended", r.Extended))
	}
	if len(r.Cooperating) > 0 {
		notes = append(notes, b.w.T("duty.with", manyAgencies(b.w, b.agencies, r.Cooperating)))
	}
	return joinNotes(append(notes, b.notes(r)...))
}

// joinNotes makes one sentence's worth of several.
func joinNotes(notes []string) string {
	if len(notes) == 0 {
		return ""
	}
	return capitalised(strings.Join(notes, "; "))
}

// longestResult is how many characters of a report an annex quotes.
const longestResult = 600

// result is what the agency reported last, with its day.
func (b registerBook) result(r registerRow) string {
	if r.Last.ID == 0 {
		return ""
	}
	text := b.w.T("register.reported_on", r.Last.On)
	if r.Last.Text != "" {
		text += " " + excerpt(r.Last.Text, longestResult)
	}
	if r.Last.Documents != "" {
		text += " (" + excerpt(r.Last.Documents, longestResult/3) + ")"
	}
	return text
}

// asOf says of when the states of a register are, and what of it is as of today.
func (b registerBook) asOf(on calendar.Date) string {
	if on == b.today {
		return b.w.T("register.as_of_today", on)
	}
	return b.w.T("register.as_of", on, b.today)
}
