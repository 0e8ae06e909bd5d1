package web

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"tiendo/tasks"
)

// calendarRefresh is how often programs are asked to look again.
const calendarRefresh = "PT6H"

// calendarText is an iCalendar file (RFC 5545) of days on which something falls due: entries of whole days that block no time, without
// alarms, since tiendo reminds by mail. made is when the address was made: it stands for what has no instant of its own, so that the
// same content is always the same text.
func (s *Server) calendarText(rows dutyRows, days []tasks.CalendarDay, made time.Time) string {
	w := rows.w
	cal := ics.NewCalendar()
	cal.SetProductId("-//tiendo//tiendo//" + strings.ToUpper(rows.actor.Language))
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(w.T("calendar_feed.name", s.Province))
	cal.SetXWRCalName(w.T("calendar_feed.name", s.Province))
	cal.SetXPublishedTTL(calendarRefresh)
	cal.SetRefreshInterval(calendarRefresh)
	for _, d := range days {
		s.calendarEvent(cal, rows, d, made)
	}
	return cal.Serialize(ics.WithNewLineWindows)
}

func (s *Server) calendarEvent(cal *ics.Calendar, rows dutyRows, d tasks.CalendarDay, made time.Time) {
	w, a := rows.w, d.Row
	changed := d.ChangedAt
	if changed.IsZero() {
		changed = made
	}
	href := s.BaseURL.JoinPath("assignments", strconv.FormatInt(a.ID, 10)).String()
	e := cal.AddEvent(string(d.Kind) + "-" + strconv.FormatInt(d.ID, 10) + "@" + s.BaseURL.Hostname())
	e.SetDtStampTime(changed)
	e.SetLastModifiedAt(changed)
	e.SetSequence(d.Sequence)
	e.SetAllDayStartAt(d.Day.Start(time.UTC))
	e.SetAllDayEndAt(d.Day.AddDays(1).Start(time.UTC)) // the first day that is not in it
	e.SetTimeTransparency(ics.TransparencyTransparent)
	e.SetStatus(calendarStatus(d))
	ref := strings.Join(dutyRef(w, a.DocumentKind, a.DocumentNumber, a.Ref), ", ")
	e.SetSummary(w.T("calendar_feed.summary_"+string(d.Kind), calendarTitle(w, a), ref))
	e.SetDescription(strings.Join(calendarLines(rows, d, href), "\n"))
	e.SetURL(href)
	e.AddCategory(w.T("part." + string(d.Part)))
	e.AddCategory(w.T("calendar_feed.category_" + string(d.Kind)))
}

// calendarStatus is the entry's STATUS: what has ended is cancelled, so that programs strike it out or drop it.
func calendarStatus(d tasks.CalendarDay) ics.ObjectStatus {
	switch {
	case d.Ended:
		return ics.ObjectStatusCancelled
	case d.Resting:
		return ics.ObjectStatusTentative
	}
	return ics.ObjectStatusConfirmed
}

// calendarLines say what the entry is about.
func calendarLines(rows dutyRows, d tasks.CalendarDay, href string) []string {
	w, a := rows.w, d.Row
	if a.Hidden {
		return []string{calendarTitle(w, a), href}
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
	return append(lines, href)
}
