package notify

import (
	"fmt"

	"tiendo/tasks"
	"tiendo/templates"
)

// seriesEvents tell that a period of a recurring duty has begun, and what becomes of its periods to come.
var seriesEvents = []*event{
	seriesEvent(tasks.EventSeriesBegun), seriesEvent(tasks.EventSeriesChanged), seriesEvent(tasks.EventSeriesEnded),
	{
		name: tasks.EventOpened, class: "opened", section: "mail.period.section", count: "mail.period.n_opened",
		kicker: "mail.period.kicker", button: "mail.deadline.button", holds: concernsPart, note: openedNote,
	},
}

func seriesEvent(name string) *event {
	return &event{
		name: name, class: "series", section: "mail.series." + name, count: "mail.series.n_" + name, kicker: "mail.series.kicker",
		button: "mail.deadline.button", holds: concernsSeries, still: (*pass).seriesHolds, note: (*pass).seriesNote,
	}
}

// concernsSeries holds for those who have the newest period, also when it is completed: what is told is of those behind it.
func concernsSeries(n tasks.Notice, row tasks.AssignmentRow) bool {
	return row.ID != 0 && row.SeriesID != 0 && row.State != tasks.StateCancelled && row.HasPart(n.AgencyID)
}

// seriesHolds tells whether the series has ended, or goes on, as the notice says.
func (p *pass) seriesHolds(tx ComposeReader, n tasks.Notice, row tasks.AssignmentRow) (bool, error) {
	x, err := tx.PeekSeries(row.SeriesID)
	if err != nil {
		return false, fmt.Errorf("series %d: %w", row.SeriesID, err)
	}
	return x.Ended() == (n.Event == tasks.EventSeriesEnded), nil
}

// seriesNote says which period comes next and when it is opened, or that none does, and why.
func (p *pass) seriesNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	x, err := tx.PeekSeries(l.row.SeriesID)
	if err != nil {
		return "", fmt.Errorf("series %d: %w", l.row.SeriesID, err)
	}
	said := []string{w.T("mail.series.said_" + l.notice.Event)}
	next, err := p.rules.Upcoming(x, 1)
	if err != nil {
		return "", err
	}
	if len(next) > 0 {
		key, args := next[0].Name()
		said = append(said, w.T("mail.series.next", w.T(key, args...), written(w.Date(next[0].Due)), written(w.Date(next[0].Opens))))
	} else if !x.Ended() {
		said = append(said, w.T("mail.series.none"))
	}
	return decision{reason: x.Reason}.note(w, said...), nil
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
