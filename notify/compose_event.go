package notify

import (
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
			return noticeKey{n.Subject, n.AgencyID, n.Role}
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
		if n.Event != eventReturned && n.Event != eventReopened || n.Subject.Kind != tasks.SubjectAssignment {
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
		if row := rows[n.Subject.ID]; row.State != tasks.StateReturned || !row.LedBy(n.AgencyID) {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

func (p *pass) events(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	agencies := agenciesOf(notices)
	events := make(map[int64]string) // by assignment
	var ids []int64
	for _, n := range notices {
		events[n.Subject.ID] = n.Event
		ids = append(ids, n.Subject.ID)
	}
	byID, err := rowsByID(tx, ids)
	if err != nil {
		return nil, err
	}
	var rows []tasks.AssignmentRow
	for id := range events {
		rows = append(rows, byID[id])
	}
	slices.SortFunc(rows, byDue)
	sections := []Section{{}, {}}
	for _, row := range rows {
		name, err := p.ownNames(tx, to, row, agencies)
		if err != nil {
			return nil, err
		}
		line, err := p.task(tx, to, row, name, document(w, row.DocumentKind, row.DocumentNumber))
		if err != nil {
			return nil, err
		}
		i := 0
		if events[row.ID] == eventReopened {
			i = 1
			if row.LastReason != "" {
				line.Note = w.T("mail.reopened_for", excerpt(row.LastReason, maxWords))
			}
		}
		sections[i].Tasks = append(sections[i].Tasks, line)
	}
	returned, reopened := len(sections[0].Tasks), len(sections[1].Tasks)
	sections[0].Title, sections[1].Title = w.T("mail.event.returned", returned), w.T("mail.event.reopened", reopened)
	names, err := p.names(tx, to, agencies)
	if err != nil {
		return nil, err
	}
	headline := w.T("mail.event.headline", names, parts(counted(w, "mail.event.n_returned", returned), counted(w, "mail.event.n_reopened", reopened)))
	var data EventMail
	data.Letter = p.frame(to, w.T("mail.event.kicker", p.dateLine(w)), headline, excerpt(rows[0].Text, 120), w.T("mail.why.focal", names))
	data.Subject = headline
	var left int
	data.Sections, left = limit(sections)
	data.More = p.more(to, left, "/mine")
	data.Button = p.mine(to)
	if len(rows) == 1 {
		data.Button = templates.LetterButton{Href: p.assignmentLink(rows[0].ID), Label: w.T("mail.button.report")}
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
