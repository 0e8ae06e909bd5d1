package web

import (
	"strconv"

	"tiendo/tasks"
	"tiendo/templates"
)

// placeDuties sorts the duties: for an agency's people those in which it has a part come first.
func (s *Server) placeDuties(p *documentPage, actor tasks.Person, v tasks.DocumentView) {
	w := s.words(actor)
	shares := make(map[int64][]tasks.Assignment)
	for _, a := range v.Assignments {
		shares[a.TaskID] = append(shares[a.TaskID], a)
	}
	own, all := actor.Scope(tasks.ActionAssignmentRead)
	var mine, others []dutyRow
	var mySection, section string
	for _, t := range v.Tasks {
		row := s.dutyRow(w, v, t, shares[t.ID], own)
		list, last := &others, &section
		if len(shares[t.ID]) > 0 && !all {
			list, last = &mine, &mySection
		}
		if t.Section != *last {
			row.Section, *last = t.Section, t.Section
		}
		*list = append(*list, row)
	}
	p.Own, p.Duties = mine, others
	p.OwnTitle = w.T("document_page.own_duties", len(mine))
	p.DutiesTitle = w.T("document_page.all_duties", len(others))
	if len(mine) > 0 {
		p.DutiesTitle = w.T("document_page.other_duties", len(others))
	}
}

func (s *Server) dutyRow(w *templates.Words, v tasks.DocumentView, t tasks.Task, shares []tasks.Assignment, own []int64) dutyRow {
	row := dutyRow{
		ID: t.ID, Ref: refWords(w, t.Ref, t.Position), Text: t.Text, Deliverable: t.Deliverable, Phrase: t.Written.Phrase,
		SourceHref: sourceHref("", t.Source), Restricted: t.Restricted, Hidden: t.Hidden,
	}
	if t.Hidden {
		row.Text = w.T("restricted.title")
	}
	if v.FilesClosed {
		row.SourceHref = "" // the text to which it leads is not on the page
	}
	today := s.Rules.Day(s.Now())
	soon := s.Rules.SoonUntil(today)
	for i, a := range shares {
		share := dutyShare{
			Href: "/assignments/" + strconv.FormatInt(a.ID, 10), Names: agencyNames(w, v.Agencies, a.Leads), State: a.State,
			Timeliness: a.Timeliness(today, soon),
		}
		if !a.Due.IsZero() && a.State == tasks.StateCompleted && share.Timeliness == tasks.OnTime {
			share.Timeliness = "" // the state says enough
		}
		if a.Due.IsZero() {
			share.Timeliness = "" // a cadence stands in its place
		}
		if len(own) > 0 && !a.LedBy(own...) {
			share.Part = w.T("part.cooperating")
		}
		row.Assignments = append(row.Assignments, share)
		switch time := timeWords(w, a.Due, a.Cadence); {
		case i == 0:
			row.Time = time
		case row.Time != time:
			row.Time = w.T("document_page.several_times")
		}
	}
	if len(shares) > 1 && len(own) == 0 {
		row.MatrixHref = dutyHref(t.ID)
	}
	if len(shares) > unfolded {
		n := s.count(shares)
		row.Summary = w.T("document_page.shares", n.all, n.completed)
		if n.overdue > 0 {
			row.Summary = w.T("document_page.shares_late", n.all, n.completed, n.overdue)
		}
	}
	return row
}

// taskSources places each duty in the text. Whose names are marked follows from the words alone, so that nothing is told of other
// agencies' assignments.
func taskSources(w *templates.Words, v tasks.DocumentView) []sourceDuty {
	out := make([]sourceDuty, len(v.Tasks))
	for i, t := range v.Tasks {
		out[i] = sourceDuty{
			Place: t.Source, Words: dutyWords(t.Written),
			Link: sourceLink{Href: "#task-" + strconv.FormatInt(t.ID, 10), Text: refWords(w, t.Ref, t.Position)},
		}
	}
	return out
}
