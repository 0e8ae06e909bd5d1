package web

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// allPeriods is the choice of every period of a recurring duty.
const allPeriods = "all"

// knownPeriod is the period of an address; "", the newest, for what names none.
func knownPeriod(text string) string {
	if day, ok := formDate(text); text == allPeriods || ok && !day.IsZero() {
		return text
	}
	return ""
}

// dayText is a day as addresses and forms carry it; "" for none.
func dayText(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// periodTable lists the periods of a recurring duty with how they ended; each leads to its agencies.
type periodTable struct {
	Rows []periodLine
	All  templates.NavItem // leads to the agencies of all periods
}

type periodLine struct {
	Href, Name, Due                     string
	Current                             bool
	Reported, Completed, OnTime, Silent string
	Overdue                             int
}

// matrixHeadline says how the period that is shown stands, or the duty as a whole.
func matrixHeadline(w *templates.Words, v tasks.DutyView) string {
	if v.Period.IsZero() {
		return dutyHeadline(w, v.Figures)
	}
	return w.T("duty_period.headline", capitalised(w.T("period.label", periodName(w, v.Period))), dutyHeadline(w, v.Figures))
}

// periods are the lines of the table; nil of a duty that does not recur.
func (f matrixFilter) periods(w *templates.Words, v tasks.DutyView) *periodTable {
	if len(v.Periods) == 0 {
		return nil
	}
	t := &periodTable{All: templates.NavItem{
		Href: matrixFilter{f.task, f.filter, f.byName, allPeriods}.href(""), Label: w.T("duty_period.all"), Current: v.Period.IsZero(),
	}}
	of := func(n, all int) string { return w.T("duty_period.of", n, all) }
	for i, r := range v.Periods {
		other := matrixFilter{f.task, "", f.byName, r.Due.String()}
		if i == 0 {
			other.period = ""
		}
		t.Rows = append(t.Rows, periodLine{
			Href: other.href(""), Name: capitalised(periodName(w, r.Period)), Due: w.T("duty.day", r.Due), Current: r.Due == v.Period.Due,
			Reported: of(r.Reported(), r.All), Completed: of(r.Completed, r.All), OnTime: of(r.OnTime, r.Completed), Overdue: r.Overdue,
			Silent: numberWords(w, r.Silent),
		})
	}
	return t
}
