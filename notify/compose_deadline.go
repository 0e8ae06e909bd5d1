package notify

import (
	"fmt"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// deadlineEvents tell that a deadline was moved, or that it was not. That a request was refused stays true beside a later move.
var deadlineEvents = []*event{
	{
		name: tasks.EventExtensionGranted, class: "deadline", section: "mail.deadline.granted", count: "mail.deadline.n_granted",
		kicker: "mail.deadline.kicker", button: "mail.deadline.button", holds: concernsPart, note: (*pass).deadlineNote,
	},
	{
		name: tasks.EventDeadlineCorrected, class: "deadline", section: "mail.deadline.corrected", count: "mail.deadline.n_corrected",
		kicker: "mail.deadline.kicker", button: "mail.deadline.button", holds: concernsPart, note: (*pass).deadlineNote,
	},
	{
		name: tasks.EventExtensionRefused, class: "refused", section: "mail.deadline.refused", count: "mail.deadline.n_refused",
		kicker: "mail.deadline.kicker", button: "mail.deadline.button", holds: concernsPart, note: (*pass).deadlineNote,
	},
}

// deadlineChange is what a notice about a deadline tells.
type deadlineChange struct {
	was, due                  calendar.Date // due is what was asked for when that was refused
	authority, number, reason string
}

// deadlineChange reads the extension ("x12") or correction ("c7") that the notice's occurrence names.
func (p *pass) deadlineChange(tx ComposeReader, n tasks.Notice) (deadlineChange, error) {
	kind, number := n.Occurrence[:min(1, len(n.Occurrence))], strings.TrimLeft(n.Occurrence, "xc")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return deadlineChange{}, fmt.Errorf("notice %d: no change of a deadline is named %q", n.ID, n.Occurrence)
	}
	if kind == "c" {
		c, err := tx.DeadlineCorrection(id)
		if err != nil {
			return deadlineChange{}, fmt.Errorf("deadline correction %d: %w", id, err)
		}
		return deadlineChange{was: c.Was, due: c.Due, number: c.Document, reason: c.Reason}, nil
	}
	x, err := tx.Extension(id)
	if err != nil {
		return deadlineChange{}, fmt.Errorf("extension %d: %w", id, err)
	}
	change := deadlineChange{was: x.Was, due: x.Granted, authority: x.Authority, number: x.Decision, reason: x.Answer}
	if x.Outcome == tasks.ExtensionRefused {
		change.due = x.Asked
	}
	return change, nil
}

// deadlineNote says what moved the deadline, by whose word, on what document and why.
func (p *pass) deadlineNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	n := l.notice
	c, err := p.deadlineChange(tx, n)
	if err != nil {
		return "", err
	}
	was, due := written(w.Date(c.was)), written(w.Date(c.due))
	said := []string{w.T("mail.deadline."+n.Event, was, due)}
	if c.authority != "" {
		said = append(said, w.T("mail.deadline.authority", c.authority))
	}
	if c.number != "" {
		said = append(said, w.T("mail.deadline.document", c.number))
	}
	note := parts(said...)
	if c.reason != "" {
		key := "mail.deadline.reason"
		if n.Event == tasks.EventExtensionGranted {
			key = "mail.deadline.remark"
		}
		note = w.T(key, note, excerpt(c.reason, maxWords))
	}
	return note, nil
}
