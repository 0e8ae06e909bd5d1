package notify

import (
	"tiendo/tasks"
	"tiendo/templates"
)

// seriesEvents tell that a period of a recurring duty has begun.
var seriesEvents = []*event{
	{
		name: tasks.EventOpened, class: "opened", section: "mail.period.section", count: "mail.period.n_opened",
		kicker: "mail.period.kicker", button: "mail.deadline.button", holds: concernsPart, note: openedNote,
	},
}

// openedNote says to an agency that does not lead who does.
func openedNote(p *pass, tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	if l.row.LedBy(l.notice.AgencyID) {
		return "", nil
	}
	lead, err := p.bodyNames(tx, w, l.row.Leads)
	if err != nil {
		return "", err
	}
	return w.T("mail.life.leads", lead), nil
}

// period is how the period of a recurring duty is called; "" of one that does not recur.
func period(w *templates.Words, row tasks.AssignmentRow) string {
	if row.Period.IsZero() {
		return ""
	}
	key, args := row.Period.Name()
	return w.T(key, args...)
}
