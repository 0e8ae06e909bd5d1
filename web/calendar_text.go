package web

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"tiendo/notify/icalendar"
	"tiendo/tasks"
)

// calendarRefresh is how often programs are asked to look again.
const calendarRefresh = "PT6H"

// calendarText is an iCalendar file (RFC 5545) of days on which something falls due. made is when the address was made: it stands for what
// has no instant of its own, so that the same content is always the same text.
func (s *Server) calendarText(rows dutyRows, days []tasks.CalendarDay, made time.Time) string {
	f := icalendar.File{
		Language: rows.actor.Language, Host: s.BaseURL.Hostname(), Name: rows.w.T("calendar_feed.name", s.Province), Refresh: calendarRefresh,
	}
	for _, d := range days {
		f.Days = append(f.Days, s.calendarEntry(rows, d, made))
	}
	return f.Text()
}

func (s *Server) calendarEntry(rows dutyRows, d tasks.CalendarDay, made time.Time) icalendar.Day {
	w, a := rows.w, d.Row
	changed := d.ChangedAt
	if changed.IsZero() {
		changed = made
	}
	ref := strings.Join(dutyRef(w, a.DocumentKind, a.DocumentNumber, a.Ref), ", ")
	return icalendar.Day{
		Kind: d.Kind, ID: d.ID, On: d.Day, Sequence: d.Sequence, ChangedAt: changed, Status: calendarStatus(d),
		Summary:    w.T("calendar_feed.summary_"+string(d.Kind), calendarTitle(w, a), ref),
		Lines:      calendarLines(rows, d),
		Href:       s.BaseURL.JoinPath("assignments", strconv.FormatInt(a.ID, 10)).String(),
		Categories: []string{w.T("part." + string(d.Part)), w.T("calendar_feed.category_" + string(d.Kind))},
	}
}

// calendarStatus is what the entry's day is worth.
func calendarStatus(d tasks.CalendarDay) icalendar.Status {
	switch {
	case d.Ended:
		return icalendar.Cancelled
	case d.Resting:
		return icalendar.Tentative
	}
	return icalendar.Confirmed
}

// calendarLines say what the entry is about.
func calendarLines(rows dutyRows, d tasks.CalendarDay) []string {
	w, a := rows.w, d.Row
	if a.Hidden {
		return []string{calendarTitle(w, a)}
	}
	lines := []string{oneLine(a.Text)}
	add := func(label, text string) {
		if text = oneLine(text); text != "" {
			lines = append(lines, label+": "+text)
		}
	}
	add(w.T("calendar_feed.asked"), d.Words)
	add(w.T("duty.deliverable"), a.Deliverable)
	add(w.T("part.lead"), manyAgencies(w, rows.agencies, a.Leads))
	add(w.T("part.cooperating"), manyAgencies(w, rows.agencies, a.Cooperating))
	add(w.T("calendar_feed.as_written"), a.DuePhrase)
	if a.Cadence != "" {
		add(w.T("export.cadence"), cadenceWords(w, a.Cadence))
	}
	add(w.T("assignment_list.state"), w.T("state."+string(a.State)))
	add(w.T("assignment_list.document"), cmp.Or(a.DocumentNumber, documentLabel(w, a.DocumentKind, a.DocumentNumber)))
	return lines
}
