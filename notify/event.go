package notify

import (
	"slices"

	"tiendo/tasks"
	"tiendo/templates"
)

// event is something that happens to a duty and of which a mail tells agencies.
type event struct {
	name string // of tasks.Notice.Event
	// class puts together the events about one duty of which a later one makes the earlier untrue: only the newest is told.
	class string
	// section and count are the keys of its heading in the mail and of its part of the headline; both take the number of duties.
	section, count string
	// kicker and button are the keys of the line above the headline and of the button of a mail that tells of nothing else.
	kicker, button string
	// holds tells whether it is still true, and still of use to the agency of the notice. The row is zero when the duty is gone.
	holds func(n tasks.Notice, row tasks.AssignmentRow) bool
	// note is what stands beside the duty; nil: what any mail says of it.
	note func(p *pass, tx ComposeReader, w *templates.Words, l eventLine) (string, error)
	// rests tells that it is told when a duty that rests goes on, if it is still true then: it asks for something that nobody is to do now.
	rests bool
	// away tells that the duty is no longer the agency's, so that the mail leads to its others instead.
	away bool
	// apart names what of its class a notice tells of, where a duty may have several at once. nil: one.
	apart func(n tasks.Notice) string
	// still tells the same as holds of what is read besides the row. nil: as long as it holds.
	still func(p *pass, tx ComposeReader, n tasks.Notice, row tasks.AssignmentRow) (bool, error)
	// headline is that of a mail that tells of nothing else. nil: a count.
	headline func(p *pass, tx ComposeReader, w *templates.Words, l eventLine) (string, error)
}

// classOf is what the notice tells of: see event.class.
func classOf(n tasks.Notice) string {
	e := eventNamed(n.Event)
	if e.apart == nil {
		return e.class
	}
	return e.class + " " + e.apart(n)
}

// events lists what mails tell of, in the order of a mail's sections. Each subject keeps its own beside the words that it needs.
var events = slices.Concat(reportEvents, deadlineEvents, daysEvents, lifeEvents, endedEvents, remarkEvents, contributionEvents, nudgeEvents, confirmEvents, seriesEvents)

// eventNamed finds an event; nil when mails cannot tell of it.
func eventNamed(name string) *event {
	if i := slices.IndexFunc(events, func(e *event) bool { return e.name == name }); i >= 0 {
		return events[i]
	}
	return nil
}

// eventFrame answers the keys of a mail's kicker and button: those of its events when they agree, else those of news of any sort.
func eventFrame(told map[*event]bool) (kicker, button string) {
	kicker, button = "", ""
	for e := range told {
		if kicker != "" && kicker != e.kicker {
			return "mail.event.kicker_many", "mail.deadline.button"
		}
		kicker, button = e.kicker, e.button
	}
	return kicker, button
}

// concernsPart holds for a duty that has not ended, as long as the agency has a part in it.
func concernsPart(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.ID != 0 && row.State != tasks.StateCompleted && row.State != tasks.StateCancelled && row.HasPart(n.AgencyID)
}

// reportEvents tell that a report came back: the agency must report again.
var reportEvents = []*event{
	{
		name: string(tasks.StepReturn), class: "report", section: "mail.event.returned", count: "mail.event.n_returned",
		kicker: "mail.event.kicker", button: "mail.button.report", holds: sentBack, rests: true,
	},
	{
		name: string(tasks.StepReopen), class: "report", section: "mail.event.reopened", count: "mail.event.n_reopened",
		kicker: "mail.event.kicker", button: "mail.button.report", holds: sentBack, rests: true, note: reopenedNote,
	},
}

// sentBack holds as long as the duty is sent back and the agency's to lead.
func sentBack(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.State == tasks.StateReturned && row.LedBy(n.AgencyID)
}

func reopenedNote(_ *pass, _ ComposeReader, w *templates.Words, l eventLine) (string, error) {
	if l.row.LastReason == "" {
		return "", nil
	}
	return w.T("mail.reopened_for", excerpt(l.row.LastReason, maxWords)), nil
}

// endedEvents tell that a duty has ended without being done.
var endedEvents = []*event{
	{
		name: tasks.EventEnded, class: "ended", section: "mail.ended.section", count: "mail.ended.n_ended",
		kicker: "mail.ended.kicker", button: "mail.deadline.button", holds: endedForLead,
	},
}

func endedForLead(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.State == tasks.StateCancelled && row.LedBy(n.AgencyID)
}
