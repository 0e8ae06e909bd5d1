package web

import (
	"context"
	"net/url"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// assignmentHref is the address of an assignment's page.
func assignmentHref(id int64) string { return "/assignments/" + strconv.FormatInt(id, 10) }

// listHref is the list of assignments, filtered by pairs of name and value; empty values are left out.
func listHref(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return "/assignments"
	}
	return "/assignments?" + v.Encode()
}

func idText(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// dutyRows makes the lines of lists of assignments for one person on one day.
type dutyRows struct {
	w        *templates.Words
	actor    tasks.Person
	rules    tasks.Rules
	today    calendar.Date
	soon     calendar.Date
	agencies map[int64]tasks.Agency // shared by pages: never changed
	options  []templates.Option     // of a select, by name; shared too
	// self is the agency whose page it is: rows do not say that it leads.
	self int64
}

func (s *Server) dutyRows(ctx context.Context, actor tasks.Person) (dutyRows, error) {
	ordered, err := s.Directory.List(ctx)
	if err != nil {
		return dutyRows{}, err
	}
	made := s.agencies.of(ordered)
	today := s.Rules.Day(s.Now())
	return dutyRows{
		w: s.words(actor), actor: actor, rules: s.Rules, today: today, soon: s.Rules.SoonUntil(today), agencies: made.byID, options: made.options,
	}, nil
}

// row is the line of an assignment, with what the person can do next.
func (d dutyRows) row(a tasks.AssignmentRow) templates.TaskRow {
	t := a.Timeliness(d.today, d.soon)
	row := templates.TaskRow{
		Href: assignmentHref(a.ID), Text: dutyTitle(a.Text), State: string(a.State), Timeliness: string(t), Restricted: a.Restricted,
		Meta: d.meta(a), Action: d.action(a.Assignment),
	}
	switch {
	case !a.Due.IsZero():
		row.Due = a.Due
		if row.Running() {
			row.When = distanceWords(d.w, d.rules.Calendar, d.today, a.Due)
		}
	case a.State.Open() && !a.NextReport.IsZero():
		row.Due, row.When = a.NextReport, d.w.T("duty.next_report")
	}
	if t == tasks.NoDeadline {
		row.Timeliness = ""
	}
	switch {
	case a.State == tasks.StateReturned && a.LastReason != "":
		row.Note = d.w.T("duty.returned_for", excerpt(a.LastReason, 200))
	case a.State.Open() && !a.NextReport.IsZero() && a.NextReport.Before(d.today):
		row.When = distanceWords(d.w, d.rules.Calendar, d.today, a.NextReport)
		row.Note = d.w.T("duty.missed", a.NextReport)
	}
	return row
}

func (d dutyRows) meta(a tasks.AssignmentRow) []string {
	meta := dutyRef(d.w, a.DocumentKind, a.DocumentNumber, a.Ref)
	if len(a.Leads) != 1 || a.Leads[0] != d.self {
		meta = append(meta, leadNames(d.w, d.agencies, a.Leads))
	}
	if len(a.Cooperating) > 0 {
		meta = append(meta, d.w.T("duty.with", someAgencies(d.w, d.agencies, a.Cooperating)))
	}
	if a.Cadence != "" {
		meta = append(meta, cadenceWords(d.w, a.Cadence))
	}
	if !a.Period.IsZero() {
		meta = append(meta, d.w.T("period.label", periodName(d.w, a.Period)))
	}
	if a.Extended > 0 {
		meta = append(meta, d.w.T("deadline.extended", a.Extended))
	}
	if a.State.Open() && a.Percent > 0 {
		meta = append(meta, d.w.T("duty.reported", a.Percent))
	}
	return meta
}

// action is the next thing the person can do to the assignment; opening it is always possible.
func (d dutyRows) action(a tasks.Assignment) *templates.Action {
	href := assignmentHref(a.ID)
	switch {
	case a.State.Open() && d.actor.CanOn(tasks.ActionReport, a.Leads, a.Cooperating):
		key := "duty.do_report"
		if a.State == tasks.StateReturned {
			key = "duty.do_complete"
		}
		return &templates.Action{Href: href + "#report", Label: d.w.T(key)}
	case a.State == tasks.StateSubmitted && d.actor.CanOn(tasks.ActionDecide, a.Leads, a.Cooperating):
		return &templates.Action{Href: href + "#waiting", Label: d.w.T("duty.do_decide")}
	}
	return &templates.Action{Href: href, Label: d.w.T("duty.do_view"), Quiet: true}
}
