package notify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

// lifeEvents tell that a duty rests, goes on, is taken back or gets other agencies. Of those of a class only the newest is true.
var lifeEvents = []*event{
	lifeEvent(tasks.EventGiven, "parts", concernsPart, (*pass).partsNote),
	lifeEvent(tasks.EventInherited, "parts", concernsPart, (*pass).partsNote),
	lifeEvent(tasks.EventPartners, "parts", concernsPart, (*pass).partsNote),
	lifeEvent(tasks.EventDeclineRefused, "decline", leadsStill, (*pass).declineNote),
	lifeEvent(tasks.EventCarriedOver, "deadline", concernsPart, (*pass).carriedNote),
	lifeEvent(tasks.EventHeld, "pause", inState(tasks.StateOnHold), (*pass).pauseNote),
	lifeEvent(tasks.EventResumed, "pause", goesOn, (*pass).pauseNote),
	lifeEvent(tasks.EventRestored, "pause", goesOn, (*pass).pauseNote),
	lifeEvent(tasks.EventCancelled, "pause", inState(tasks.StateCancelled), (*pass).pauseNote),
	lifeEvent(tasks.EventTakenAway, "parts", takenAway, (*pass).partsNote),
}

// lifeEvent is the row of an event whose words are under its name.
func lifeEvent(name, class string, holds func(tasks.Notice, tasks.AssignmentRow) bool,
	note func(*pass, ComposeReader, *templates.Words, eventLine) (string, error),
) *event {
	return &event{
		name: name, class: class, section: "mail.life." + name, count: "mail.life.n_" + name, kicker: "mail.life.kicker",
		button: "mail.deadline.button", holds: holds, note: note, away: name == tasks.EventTakenAway,
	}
}

func inState(s tasks.State) func(tasks.Notice, tasks.AssignmentRow) bool {
	return func(n tasks.Notice, row tasks.AssignmentRow) bool { return row.State == s && row.HasPart(n.AgencyID) }
}

func goesOn(n tasks.Notice, row tasks.AssignmentRow) bool {
	return concernsPart(n, row) && row.State != tasks.StateOnHold
}

func leadsStill(n tasks.Notice, row tasks.AssignmentRow) bool {
	return concernsPart(n, row) && row.LedBy(n.AgencyID)
}

// takenAway holds as long as the agency has no part in it, and the duty has not ended.
func takenAway(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.ID != 0 && row.State != tasks.StateCompleted && row.State != tasks.StateCancelled && !row.HasPart(n.AgencyID)
}

// named reads the identifier behind the letter of a notice's occurrence: "p12".
func named(n tasks.Notice) (int64, error) {
	id, err := strconv.ParseInt(strings.TrimLeft(n.Occurrence, "pldrx"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("notice %d: nothing is named %q", n.ID, n.Occurrence)
	}
	return id, nil
}

// decision is by whose word, on what document and why something was decided.
type decision struct{ authority, number, reason string }

// note puts the decision behind what it did.
func (d decision) note(w *templates.Words, said ...string) string {
	if d.authority != "" {
		said = append(said, w.T("mail.deadline.authority", d.authority))
	}
	if d.number != "" {
		said = append(said, w.T("mail.deadline.document", d.number))
	}
	note := parts(said...)
	if d.reason == "" {
		return note
	}
	return w.T("mail.deadline.reason", note, excerpt(d.reason, maxWords))
}

// pauseNote says from when a duty rests or goes on, by whose word, on what document and why.
func (p *pass) pauseNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	id, err := named(l.notice)
	if err != nil {
		return "", err
	}
	x, err := tx.Pause(id)
	if err != nil {
		return "", fmt.Errorf("pause %d: %w", id, err)
	}
	day, d := x.Since, decision{x.Authority, x.Document, x.Reason}
	if l.notice.Event == tasks.EventResumed || l.notice.Event == tasks.EventRestored {
		day, d = x.Lifted.On, decision{x.Lifted.Authority, x.Lifted.Document, x.Lifted.Reason}
	}
	return d.note(w, w.T("mail.life.did_"+l.notice.Event, written(w.Date(day)))), nil
}

// partsNote says who leads a duty now, and who did before.
func (p *pass) partsNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	id, err := named(l.notice)
	if err != nil {
		return "", err
	}
	x, err := tx.Reassignment(id)
	if err != nil {
		return "", fmt.Errorf("reassignment %d: %w", id, err)
	}
	now, err := p.bodyNames(tx, w, l.row.Leads)
	if err != nil {
		return "", err
	}
	said := []string{w.T("mail.life.leads", now)}
	if len(l.row.Cooperating) > 0 && l.notice.Event != tasks.EventTakenAway {
		with, err := p.bodyNames(tx, w, l.row.Cooperating)
		if err != nil {
			return "", err
		}
		said = append(said, w.T("mail.life.with", with))
	}
	if gone := apart(x.LeadsBefore, x.LeadsAfter); len(gone) > 0 && l.notice.Event != tasks.EventTakenAway {
		before, err := p.bodyNames(tx, w, gone)
		if err != nil {
			return "", err
		}
		said = append(said, w.T("mail.life.instead", before))
	}
	return decision{x.Authority, x.Document, x.Reason}.note(w, said...), nil
}

// apart lists those of the agencies that are not among the others.
func apart(ids, others []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return slices.Contains(others, id) })
}

// bodyNames joins the names of agencies, the first few of many.
func (p *pass) bodyNames(tx ComposeReader, w *templates.Words, ids []int64) (string, error) {
	return p.names(tx, addressee{words: w}, ids)
}

func (p *pass) declineNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	id, err := named(l.notice)
	if err != nil {
		return "", err
	}
	x, err := tx.Decline(id)
	if err != nil {
		return "", fmt.Errorf("request for another lead %d: %w", id, err)
	}
	return decision{x.Authority, x.Decision, x.Answer}.note(w, w.T("mail.life.did_decline_refused")), nil
}

func (p *pass) carriedNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	id, err := named(l.notice)
	if err != nil {
		return "", err
	}
	x, err := tx.Extension(id)
	if err != nil {
		return "", fmt.Errorf("extension %d: %w", id, err)
	}
	said := w.T("mail.life.did_carried_over", written(w.Date(x.Granted)))
	if !x.Was.IsZero() {
		said = w.T("mail.life.did_carried_over_from", written(w.Date(x.Was)), written(w.Date(x.Granted)))
	}
	return decision{x.Authority, x.Decision, x.Answer}.note(w, said), nil
}
