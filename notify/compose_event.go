package notify

import (
	"cmp"
	"fmt"
	"slices"

	"tiendo/tasks"
	"tiendo/templates"
)

// The events that a mail can tell of: the steps after which the agency must report again.
const (
	eventReturned = string(tasks.StepReturn)
	eventReopened = string(tasks.StepReopen)
)

// eventKind makes one mail a person of all that happened within a window of time; of each duty the newest event only, and only
// while it is true.
func eventKind(p *pass) kind {
	return kind{
		kind: tasks.NoticeEvent,
		newest: func(n tasks.Notice) any {
			return eventKey{noticeKey{n.Subject, n.AgencyID, n.Role}, eventClass(n.Event)}
		},
		renew:  true,
		void:   p.voidEvents,
		bundle: func(tasks.Notice) any { return nil },
		ready: func(notices []tasks.Notice) bool {
			return slices.ContainsFunc(notices, func(n tasks.Notice) bool { return !p.now.Before(n.At.Add(p.settings.Window)) })
		},
		letter: p.events,
	}
}

// eventKey names what an event tells of: see eventClass.
type eventKey struct {
	noticeKey
	class string
}

// noticeKey names what a notice tells of and to whom.
type noticeKey struct {
	subject  tasks.Subject
	agencyID int64
	role     tasks.Role
}

// voidEvents lists the events that something later has undone: the duty is no longer sent back, or no longer the agency's.
func (p *pass) voidEvents(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	var ids []int64
	for _, n := range notices {
		if eventClass(n.Event) == "" || n.Subject.Kind != tasks.SubjectAssignment {
			return nil, fmt.Errorf("notice %d: no words for the event %q of %s", n.ID, n.Event, n.Subject.Kind)
		}
		ids = append(ids, n.Subject.ID)
	}
	rows, err := rowsByID(tx, ids)
	if err != nil {
		return nil, err
	}
	var void []int64
	for _, n := range notices {
		row := rows[n.Subject.ID]
		isTrue := row.State == tasks.StateReturned && row.LedBy(n.AgencyID)
		switch {
		case n.Event == tasks.EventEnded:
			isTrue = row.State == tasks.StateCancelled && row.LedBy(n.AgencyID)
		case aboutDeadline(n.Event):
			isTrue = stillTells(n, row)
		}
		if !isTrue {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

// The sections of an event mail, in order.
var eventSections = []string{
	eventReturned, eventReopened, tasks.EventExtensionGranted, tasks.EventDeadlineCorrected, tasks.EventExtensionRefused,
	tasks.EventEnded,
}

// eventWords are the keys of an event's section and of its part of the headline.
var eventWords = map[string][2]string{
	eventReturned:                {"mail.event.returned", "mail.event.n_returned"},
	eventReopened:                {"mail.event.reopened", "mail.event.n_reopened"},
	tasks.EventExtensionGranted:  {"mail.deadline.granted", "mail.deadline.n_granted"},
	tasks.EventDeadlineCorrected: {"mail.deadline.corrected", "mail.deadline.n_corrected"},
	tasks.EventExtensionRefused:  {"mail.deadline.refused", "mail.deadline.n_refused"},
	tasks.EventEnded:             {"mail.ended.section", "mail.ended.n_ended"},
}

// eventLine is one duty of an event mail: of two agencies of the person that are told the same, one line.
type eventLine struct {
	row    tasks.AssignmentRow
	notice tasks.Notice
}

// eventLines lists what the notices tell, by deadline.
func eventLines(tx ComposeReader, notices []tasks.Notice) ([]eventLine, error) {
	type key struct {
		assignment int64
		class      string
	}
	newest := make(map[key]tasks.Notice)
	var ids []int64
	for _, n := range notices {
		newest[key{n.Subject.ID, eventClass(n.Event)}] = n
		ids = append(ids, n.Subject.ID)
	}
	byID, err := rowsByID(tx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]eventLine, 0, len(newest))
	for _, n := range newest {
		lines = append(lines, eventLine{byID[n.Subject.ID], n})
	}
	slices.SortFunc(lines, func(a, b eventLine) int { return cmp.Or(byDue(a.row, b.row), cmp.Compare(a.notice.ID, b.notice.ID)) })
	return lines, nil
}

// eventTask is the line of one event: why a report came back, or what moved the deadline.
func (p *pass) eventTask(tx ComposeReader, to addressee, l eventLine, agencies []int64) (templates.LetterTask, error) {
	w := to.words
	name, err := p.ownNames(tx, to, l.row, agencies)
	if err != nil {
		return templates.LetterTask{}, err
	}
	line, err := p.task(tx, to, l.row, name, document(w, l.row.DocumentKind, l.row.DocumentNumber))
	if err != nil {
		return templates.LetterTask{}, err
	}
	switch {
	case aboutDeadline(l.notice.Event):
		line.Note, err = p.deadlineNote(tx, w, l.notice)
	case l.notice.Event == eventReopened && l.row.LastReason != "":
		line.Note = w.T("mail.reopened_for", excerpt(l.row.LastReason, maxWords))
	}
	return line, err
}

func (p *pass) events(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	agencies := agenciesOf(notices)
	lines, err := eventLines(tx, notices)
	if err != nil {
		return nil, err
	}
	sections := make([]Section, len(eventSections))
	onlyDeadlines, onlyEnded := true, true
	for _, l := range lines {
		line, err := p.eventTask(tx, to, l, agencies)
		if err != nil {
			return nil, err
		}
		i := slices.Index(eventSections, l.notice.Event)
		sections[i].Tasks = append(sections[i].Tasks, line)
		onlyDeadlines = onlyDeadlines && aboutDeadline(l.notice.Event)
		onlyEnded = onlyEnded && l.notice.Event == tasks.EventEnded
	}
	var counts []string
	for i, event := range eventSections {
		n := len(sections[i].Tasks)
		sections[i].Title = w.T(eventWords[event][0], n)
		counts = append(counts, counted(w, eventWords[event][1], n))
	}
	names, err := p.names(tx, to, agencies)
	if err != nil {
		return nil, err
	}
	headline, kicker, button := w.T("mail.event.headline", names, parts(counts...)), "mail.event.kicker", "mail.button.report"
	if onlyDeadlines {
		kicker, button = "mail.deadline.kicker", "mail.deadline.button"
	}
	if onlyEnded {
		kicker, button = "mail.ended.kicker", "mail.deadline.button"
	}
	var data EventMail
	data.Letter = p.frame(to, w.T(kicker, p.dateLine(w)), headline, excerpt(lines[0].row.Text, 120), w.T("mail.why.focal", names))
	data.Subject = headline
	var left int
	data.Sections, left = limit(sections)
	data.More = p.more(to, left, "/mine")
	data.Button = p.mine(to)
	if len(lines) == 1 {
		data.Button = templates.LetterButton{Href: p.assignmentLink(lines[0].row.ID), Label: w.T(button)}
	}
	return &letter{data: data}, nil
}

// ownNames names the person's agencies that lead the duty, when he has several in this mail.
func (p *pass) ownNames(tx ComposeReader, to addressee, row tasks.AssignmentRow, agencies []int64) (string, error) {
	if len(agencies) < 2 {
		return "", nil
	}
	return p.names(tx, to, own(row.Leads, agencies))
}

// dateLine is the day of the pass: "Thứ Hai 5/10/2026".
func (p *pass) dateLine(w *templates.Words) string { return weekdayDate(w, p.today) }
