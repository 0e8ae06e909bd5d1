package notify

import (
	"fmt"
	"slices"
	"strings"

	"tiendo/notify/icalendar"
	"tiendo/notify/message"
	"tiendo/tasks"
	"tiendo/templates"
)

// newDays are the events after which a duty is due on a day that is new to the agencies that lead it.
var newDays = []string{
	tasks.EventExtensionGranted, tasks.EventDeadlineCorrected, tasks.EventCarriedOver, tasks.EventDeadlineReckoned, tasks.EventOpened,
	tasks.EventGiven, tasks.EventInherited, tasks.EventResumed, tasks.EventRestored,
}

// calendarEntries is how many days a mail's calendar file has at most: it stays below 100 KB with the longest words.
const calendarEntries = 60

// calendarFile is what a person's calendar program takes in of the duties that his agencies lead: the day on which each is due, or its next
// report. There is none when nothing has a day, nor for an address that several people read. data is the mail, which then says that it comes
// with a file.
func (p *pass) calendarFile(tx ComposeReader, to addressee, data *Duties, rows []tasks.AssignmentRow, agencies []int64) ([]message.Attachment, error) {
	if to.isMailbox() {
		return nil, nil
	}
	w := to.words
	file := icalendar.File{Language: w.Lang(), Host: p.settings.host}
	for _, row := range rows {
		if !row.LedBy(agencies...) || !row.State.Open() {
			continue
		}
		day, ok, err := p.calendarDay(tx, w, row)
		if err != nil {
			return nil, err
		}
		same := func(d icalendar.Day) bool { return d.Kind == day.Kind && d.ID == day.ID }
		if ok && !slices.ContainsFunc(file.Days, same) {
			file.Days = append(file.Days, day)
		}
		if len(file.Days) == calendarEntries {
			break
		}
	}
	if len(file.Days) == 0 {
		return nil, nil
	}
	data.File = w.T("mail.file.calendar", len(file.Days))
	return []message.Attachment{{
		Name: w.T("mail.file.calendar_name") + ".ics", ContentType: "text/calendar; method=PUBLISH; charset=utf-8", Content: []byte(file.Text()),
	}}, nil
}

// calendarDay is the entry of a duty: of its deadline, else of the next report that nobody has made. Of a restricted duty it has the number
// alone.
func (p *pass) calendarDay(tx ComposeReader, w *templates.Words, row tasks.AssignmentRow) (icalendar.Day, bool, error) {
	d := icalendar.Day{
		Kind: tasks.CalendarDue, ID: row.ID, On: row.Due, Sequence: max(0, row.DueVersion-1), ChangedAt: p.now,
		Href: p.assignmentLink(row.ID), Categories: []string{w.T("part.lead")},
	}
	if row.Due.IsZero() {
		notes, err := tx.CadenceNotes(row.ID)
		if err != nil {
			return d, false, fmt.Errorf("periodic reports of assignment %d: %w", row.ID, err)
		}
		i := slices.IndexFunc(notes, func(n tasks.CadenceNote) bool { return n.ReportID == 0 })
		if i < 0 {
			return d, false, nil
		}
		d.Kind, d.ID, d.On, d.Sequence = tasks.CalendarReport, notes[i].ID, notes[i].Due, 0
	}
	d.Categories = append(d.Categories, w.T("calendar_feed.category_"+string(d.Kind)))
	words := dutyWords(w, row, 120)
	d.Summary = w.T("mail.file.sealed_"+string(d.Kind), words)
	d.Lines = []string{words}
	if row.Hidden {
		return d, true, nil
	}
	d.Summary = w.T("calendar_feed.summary_"+string(d.Kind), words, document(w, row.DocumentKind, row.DocumentNumber))
	d.Lines = []string{dutyWords(w, row, 2*maxWords)}
	for _, said := range []struct{ key, text string }{{"duty.deliverable", row.Deliverable}, {"calendar_feed.as_written", row.DuePhrase}} {
		if said.text = strings.TrimSpace(said.text); said.text != "" {
			d.Lines = append(d.Lines, w.T(said.key)+": "+excerpt(said.text, maxWords))
		}
	}
	return d, true, nil
}

// datedRows are the duties of an event mail that are due on a new day, in the order of the mail.
func datedRows(lines []eventLine) (rows []tasks.AssignmentRow) {
	for _, l := range lines {
		if slices.Contains(newDays, l.notice.Event) {
			rows = append(rows, l.row)
		}
	}
	return rows
}
