package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type minePage struct {
	templates.Layout
	Headline, Lede string
	// Agencies are those the person works for, when there are several.
	Agencies []templates.NavItem
	Figures  []templates.Figure
	Sections []dutySection
	// Consultations are drafts about which the agency is asked.
	Consultations     []consultationLine
	ConsultationTitle string
	Empty             *templates.Empty
	// Approval leads to whether the head approves reports first.
	Approval *templates.Action
	// SkipHref leads by keyboard to what the agency leads, past figures and what is asked of it besides; "" without any.
	SkipHref string
	// ExportHref leads to all that is still to be done as a workbook.
	ExportHref string
	// Letters are those of reminder and criticism to the agency.
	Letters *agencyLetters
}

// dutySection is one heading of a page with its rows, at most sectionRows of them.
type dutySection struct {
	ID, Title, Hint string // ID is what links lead to; may be ""
	Rows            []templates.TaskRow
	More            *templates.Action
}

// sectionRows is how many rows a section shows before it links to the whole list.
const sectionRows = 20

// mine shows what the person's agency owes, most urgent first.
func (s *Server) mine(c *gin.Context, actor tasks.Person) error {
	own := actor.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)
	if len(own) == 0 {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	ctx := c.Request.Context()
	rows, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	own = operatingFirst(own, rows.agencies, rows.today.String())
	agency, err := ownAgency(c, own)
	if err != nil {
		return err
	}
	rows.self = agency
	f, err := s.Assignments.Figures(ctx, actor, agency)
	if err != nil {
		return err
	}
	w, name := rows.w, agencyName(rows.w, rows.agencies, agency)
	p := minePage{Headline: mineHeadline(w, name, f), Figures: s.mineFigures(w, agency, f)}
	p.Lede = w.T("mine.lede", longDate(w, rows.today), name)
	if f.DueWeek > 0 {
		p.Lede = w.T("mine.lede_week", longDate(w, rows.today), f.DueWeek, name)
	}
	if p.Sections, err = s.mineSections(ctx, actor, rows); err != nil {
		return err
	}
	if len(p.Sections) > 0 {
		p.Sections[0].ID, p.SkipHref = "duties", "#duties"
	}
	asked, err := s.Documents.AskedOf(ctx, actor, agency, sectionRows)
	if err != nil {
		return err
	}
	p.Consultations, p.ConsultationTitle = rows.mineConsultations(asked), w.T("consultation.mine", len(asked))
	if section, ok, err := s.mineRemarks(ctx, actor, rows); err != nil {
		return err
	} else if ok {
		p.Sections = append([]dutySection{section}, p.Sections...)
	}
	if section, ok, err := s.mineApprovals(ctx, actor, rows); err != nil {
		return err
	} else if ok {
		p.Sections = append([]dutySection{section}, p.Sections...)
	}
	if p.Approval, err = s.approvalNote(ctx, actor, rows); err != nil {
		return err
	}
	if p.Letters, err = s.lettersTo(ctx, actor, agency); err != nil {
		return err
	}
	if section, ok, err := s.mineContributions(ctx, actor, rows); err != nil {
		return err
	} else if ok {
		p.Sections = append([]dutySection{section}, p.Sections...)
	}
	if len(p.Sections) == 0 {
		p.Empty = &templates.Empty{Text: w.T("mine.nothing", name), Hint: w.T("mine.nothing_hint")}
		if f.All > 0 {
			p.Empty = &templates.Empty{
				Text: w.T("mine.all_done", name), Hint: w.T("mine.nothing_hint"),
				Action: &templates.Action{Href: listHref("agency", idText(agency), "state", string(tasks.StateCompleted)), Label: w.T("mine.see_completed"), Quiet: true},
			}
		}
	}
	if len(p.Sections) > 0 {
		p.ExportHref = exportOf(c)
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if len(own) > 1 {
		for _, id := range own {
			p.Agencies = append(p.Agencies, templates.NavItem{
				Href: "/mine?agency=" + strconv.FormatInt(id, 10), Label: agencyName(w, rows.agencies, id), Current: id == agency,
			})
		}
	}
	return s.render(c, http.StatusOK, "mine", p)
}

func mineHeadline(w *templates.Words, name string, f tasks.Figures) string {
	switch {
	case f.All == 0:
		return w.T("mine.headline_none", name)
	case f.Open() == 0:
		return w.T("mine.headline_done", name)
	case f.Overdue == 0:
		return w.T("mine.headline_in_time", name, f.Open())
	}
	return w.T("mine.headline", name, f.Open(), f.Overdue)
}

// operatingFirst puts agencies that were merged, split or renamed away by the day after those that operate: work goes on with these.
func operatingFirst(own []int64, agencies map[int64]tasks.Agency, day string) []int64 {
	gone := func(id int64) bool { return !agencies[id].ValidOn(day) }
	return append(slices.DeleteFunc(slices.Clone(own), gone), slices.DeleteFunc(slices.Clone(own), func(id int64) bool { return !gone(id) })...)
}

// ownAgency is the one of the person's own agencies that the address names, else the first.
func ownAgency(c *gin.Context, own []int64) (int64, error) {
	asked := c.Query("agency")
	if asked == "" {
		return own[0], nil
	}
	agency := formID(asked)
	if !slices.Contains(own, agency) {
		return 0, tasks.ErrNotFound
	}
	return agency, nil
}

// mineFigures counts what the agency leads. Those before the last two add up to what it still owes.
func (s *Server) mineFigures(w *templates.Words, agency int64, f tasks.Figures) []templates.Figure {
	if f.All == 0 {
		return nil
	}
	id := idText(agency)
	href := func(pairs ...string) string {
		return listHref(append(pairs, "agency", id, "part", string(tasks.PartLead))...)
	}
	figures := []templates.Figure{
		{Value: f.Overdue, Text: w.T("mine.overdue"), Late: f.Overdue > 0, Href: href("timeliness", string(tasks.Overdue))},
		{Value: f.DueSoon, Text: w.T("mine.due_soon", s.Rules.DueSoon), Href: href("timeliness", string(tasks.DueSoon))},
		{Value: f.Open() - f.Overdue - f.DueSoon - f.NoDeadline, Text: w.T("mine.on_track"), Href: href("timeliness", string(tasks.OnTrack))},
	}
	if f.NoDeadline > 0 {
		figures = append(figures, templates.Figure{
			Value: f.NoDeadline, Text: w.T("mine.by_cadence"), Href: href("timeliness", string(tasks.NoDeadline), "state", stateOpen),
		})
	}
	completed := w.T("mine.completed")
	if percent, ok := f.OnTimePercent(); ok {
		completed = w.T("mine.completed_on_time", percent)
	}
	return append(figures,
		templates.Figure{Value: f.Waiting, Text: w.T("mine.waiting"), Href: href("state", string(tasks.StateSubmitted))},
		templates.Figure{Value: f.Completed, Text: completed, Href: href("state", string(tasks.StateCompleted))},
	)
}

// mineSection is what a section of the page asks for, and where its whole list is.
type mineSection struct {
	key   string
	query tasks.AssignmentQuery
	more  []string
}

// mineSections lists the sections that have something, most urgent first. No duty that the agency leads stands in two of them.
func (s *Server) mineSections(ctx context.Context, actor tasks.Person, rows dutyRows) ([]dutySection, error) {
	working := []tasks.State{tasks.StateAssigned, tasks.StateInProgress}
	open := append(slices.Clone(working), tasks.StateReturned)
	lead, state, timeliness := string(tasks.PartLead), "state", "timeliness"
	sections := []mineSection{
		{"overdue", tasks.AssignmentQuery{Timeliness: tasks.Overdue}, []string{"part", lead, timeliness, string(tasks.Overdue)}},
		// Of those sent back the ones already overdue stand above, the ones under a cadence below.
		{"returned", tasks.AssignmentQuery{States: []tasks.State{tasks.StateReturned}, DueFrom: rows.today}, []string{
			"part", lead, state, string(tasks.StateReturned), "due_from", rows.today.String(),
		}},
		{"due_soon", tasks.AssignmentQuery{States: working, Timeliness: tasks.DueSoon}, []string{
			"part", lead, state, stateWorking, timeliness, string(tasks.DueSoon),
		}},
		{"on_track", tasks.AssignmentQuery{States: working, Timeliness: tasks.OnTrack}, []string{
			"part", lead, state, stateWorking, timeliness, string(tasks.OnTrack),
		}},
		{"by_cadence", tasks.AssignmentQuery{States: open, Timeliness: tasks.NoDeadline, Sort: tasks.SortReport}, []string{
			"part", lead, state, stateOpen, timeliness, string(tasks.NoDeadline), "sort", string(tasks.SortReport),
		}},
		{"waiting", tasks.AssignmentQuery{States: []tasks.State{tasks.StateSubmitted}, Sort: tasks.SortWaiting}, []string{
			"part", lead, state, string(tasks.StateSubmitted),
		}},
		{"cooperating", tasks.AssignmentQuery{Part: tasks.PartCooperating, States: append(open, tasks.StateSubmitted)}, []string{
			"part", string(tasks.PartCooperating), state, stateUndone,
		}},
	}
	queries := make([]tasks.AssignmentQuery, len(sections))
	for i, sec := range sections {
		q := sec.query
		q.AgencyID, q.Limit = rows.self, sectionRows
		if q.Part == "" {
			q.Part = tasks.PartLead
		}
		queries[i] = q
	}
	pages, err := s.Assignments.Lists(ctx, actor, queries)
	if err != nil {
		return nil, err
	}
	var out []dutySection
	for i, sec := range sections {
		if len(pages[i].Rows) > 0 {
			out = append(out, rows.section(sec, pages[i]))
		}
	}
	return out, nil
}

func (d dutyRows) section(sec mineSection, page tasks.AssignmentPage) dutySection {
	out := dutySection{Title: d.w.T("mine.section_"+sec.key, countWords(d.w, page.Total))}
	if hint := "mine.hint_" + sec.key; d.w.Has(hint) {
		out.Hint = d.w.T(hint)
	}
	for _, a := range page.Rows {
		row := d.row(a)
		// The heading says it already.
		if a.State == tasks.StateAssigned || a.State == tasks.StateInProgress {
			row.State = ""
		}
		// What presses stands out; the rest can be reported on too.
		if row.Action != nil && (sec.key == "on_track" || sec.key == "by_cadence" && row.Note == "") {
			row.Action.Quiet = true
		}
		out.Rows = append(out.Rows, row)
	}
	if page.Next != "" {
		href := listHref(append(sec.more, "agency", idText(d.self))...)
		out.More = &templates.Action{Href: href, Label: d.w.T("mine.more", countWords(d.w, page.Total)), Quiet: true}
	}
	return out
}
