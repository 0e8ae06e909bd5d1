package web

import (
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// takeoverRowOf is one row of a tracker with what was read of it.
func takeoverRowOf(w *templates.Words, book nameBook, v tasks.TakeoverView, d tasks.Draft, in rowInput) takeoverRow {
	doc := v.Documents[d.DocumentID]
	base := documentHref(d.DocumentID, "/drafts/", d.ID)
	row := takeoverRow{
		ID: d.ID, Ref: d.Ref, Document: documentLabel(w, doc.Kind, doc.Number), Href: documentHref(d.DocumentID, "/review#draft-", d.ID), Text: d.Text,
		Leads: takenParties(book, d.Leads), Cooperating: takenParties(book, d.Cooperating), Doubts: doubtWords(w, d), Checked: d.Checked,
		Due: timeWords(w, d.Deadline, d.Cadence), Action: base + "/taken", Remove: base + "/leave", EditHref: base, Version: d.Version,
	}
	for _, p := range v.Problems[d.ID] {
		row.Problems = append(row.Problems, w.T(p.Key, args(p.Args)...))
	}
	row.Open = len(row.Problems) > 0 || in.draft == d.ID
	t := d.Taken
	if t == nil { // added by hand
		return row
	}
	row.State = t.State
	row.Place = w.T("takeover.place", t.Sheet, t.Row)
	if !t.FirstDue.IsZero() {
		row.First = w.T("document_word.day", t.FirstDue)
	}
	if !t.CompletedOn.IsZero() {
		row.Done = w.T("document_word.day", t.CompletedOn)
	}
	for _, l := range []struct{ key, text string }{
		{"takeover.status", t.Status}, {"takeover.progress", t.Progress}, {"takeover.moved", t.Moved}, {"takeover.note", t.Note}, {"takeover.written", d.Written.Phrase},
	} {
		if l.text != "" {
			row.Words = append(row.Words, w.T(l.key, l.text))
		}
	}
	row.Fields = rowFields(w, d, in)
	return row
}

// takenParties names the parties; one that stands for nobody yet goes by its own name.
func takenParties(book nameBook, parties []tasks.Party) string {
	names := make([]string, len(parties))
	for i, p := range parties {
		if names[i] = book.party(p); !p.Mapped() {
			names[i] = "“" + p.Written + "”"
		}
	}
	return strings.Join(names, ", ")
}

// rowFields are the controls that correct where a duty stands: what is stored, or what was typed and refused.
func rowFields(w *templates.Words, d tasks.Draft, in rowInput) []templates.Field {
	t := d.Taken
	first := t.FirstDue
	if first.IsZero() {
		first = d.Deadline
	}
	stored := map[string]string{
		"state": string(t.State), "first_due": first.String(), "due": d.Deadline.String(), "completed_on": t.CompletedOn.String(), "percent": strconv.Itoa(t.Percent),
	}
	var fe fieldErrors
	if in.draft == d.ID {
		stored, fe = in.fields, in.fieldErrors
	}
	states := make([]templates.Option, len(tasks.States))
	for i, s := range tasks.States {
		states[i] = templates.Option{Value: string(s), Label: w.T("state." + string(s))}
	}
	fields := []templates.Field{
		{Name: "state", Type: "select", Label: w.T("takeover.state"), Options: states, Blank: w.T("takeover.choose"), Required: true, Narrow: true},
		{Name: "first_due", Type: "date", Label: w.T("takeover.first_due"), Narrow: true},
		{Name: "due", Type: "date", Label: w.T("takeover.due"), Narrow: true},
		{Name: "completed_on", Type: "date", Label: w.T("takeover.completed_on"), Narrow: true},
		{Name: "percent", Label: w.T("takeover.percent"), InputMode: "numeric", MaxLength: 3, Narrow: true},
	}
	for i := range fields {
		f := &fields[i]
		f.ID, f.Value = "r"+idText(d.ID)+"-"+f.Name, stored[f.Name]
		if f.Type == "date" {
			*f = dayControl(*f, stored[f.Name])
		}
		*f = fe.on(*f)
	}
	return fields
}

// typedRow reads a correction of a row; what is no day or number comes back as a refused form.
func typedRow(form func(string) string) (tasks.TakenInput, map[string]string, error) {
	typed := make(map[string]string)
	for _, name := range []string{"state", "first_due", "due", "completed_on", "percent"} {
		typed[name] = strings.TrimSpace(form(name))
	}
	in := tasks.TakenInput{State: tasks.State(typed["state"]), Version: formID(form("version"))}
	var wrong []tasks.FieldError
	for name, to := range map[string]*calendar.Date{"first_due": &in.FirstDue, "due": &in.Due, "completed_on": &in.CompletedOn} {
		var ok bool
		if *to, ok = formDate(typed[name]); !ok {
			wrong = append(wrong, tasks.FieldError{Field: name, Key: "document_form.bad_date"})
		}
	}
	if typed["percent"] != "" {
		n, err := strconv.Atoi(typed["percent"])
		if in.Percent = n; err != nil {
			wrong = append(wrong, tasks.FieldError{Field: "percent", Key: "field.percent"})
		}
	}
	if len(wrong) > 0 {
		return in, typed, tasks.Invalid(wrong...)
	}
	return in, typed, nil
}
