package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
	"tiendo/templates/office"
)

// matrixPage is one duty with the agencies that have it.
type matrixPage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	Restricted     bool
	Figures        []templates.Figure
	Views, Orders  []templates.NavItem
	Periods        *periodTable // of a recurring duty
	Period         string       // the period that is shown, as the form that urges all sends it; "" for all
	Rows           []matrixRow
	Empty          templates.Empty
	Pager          templates.Pager
	// Nudge is where chosen agencies are urged, NudgeAll the button that urges all that are silent; "" for who may not.
	Nudge, NudgeAll string
	// Release is where the chosen are shown before the duty is taken back from them.
	Release string
	Facts   []templates.Fact
}

// matrixRow is one agency's line.
type matrixRow struct {
	Href, Name string
	Choice     string // "" where nothing can be done to it
	State      tasks.State
	Timeliness tasks.Timeliness
	Percent    int
	Reported   string // the day of the newest report
	Report     string
	Due        string
	Notes      []string
}

// dutyHref is the address of the page of a duty that many agencies have.
func dutyHref(task int64, rest ...string) string {
	return "/tasks/" + idText(task) + strings.Join(rest, "")
}

// matrixFilter is what the page shows of the duty, from its address.
type matrixFilter struct {
	task   int64
	filter tasks.DutyFilter
	byName bool
	// period is the day on which the period ends that is shown, allPeriods for all of them, "" for the newest.
	period string
}

// query is what the service is asked for.
func (f matrixFilter) query() tasks.DutyQuery {
	q := tasks.DutyQuery{TaskID: f.task, Filter: f.filter, ByName: f.byName, Newest: f.period == ""}
	if f.period != "" && f.period != allPeriods {
		q.Period, _ = formDate(f.period) // what is no day was left out
	}
	return q
}

func (f matrixFilter) href(after string) string {
	v := url.Values{}
	if f.filter != "" {
		v.Set("show", string(f.filter))
	}
	if f.byName {
		v.Set("sort", "name")
	}
	if f.period != "" {
		v.Set("period", f.period)
	}
	if after != "" {
		v.Set("after", after)
	}
	if len(v) == 0 {
		return dutyHref(f.task)
	}
	return dutyHref(f.task) + "?" + v.Encode()
}

func (s *Server) matrixFilter(c *gin.Context) (matrixFilter, error) {
	id, err := pathID(c, "id")
	return matrixFilter{task: id, filter: known(tasks.DutyFilters, c.Query("show")), byName: c.Query("sort") == "name", period: knownPeriod(c.Query("period"))}, err
}

// duty shows one duty with all agencies that have it. Who may see one of its assignments alone is led to that.
func (s *Server) duty(c *gin.Context, actor tasks.Person) error {
	f, err := s.matrixFilter(c)
	if err != nil {
		return err
	}
	return s.showDuty(c, actor, f, http.StatusOK, nil)
}

// showDuty shows the page; refused is why a form of it was not accepted.
func (s *Server) showDuty(c *gin.Context, actor tasks.Person, f matrixFilter, status int, refused error) error {
	after := c.Query("after")
	q := f.query()
	q.After = after
	v, err := s.Assignments.Duty(c.Request.Context(), actor, q)
	if err != nil {
		return err
	}
	if v.Only != 0 {
		return s.redirect(c, actor, assignmentHref(v.Only), "")
	}
	w := s.words(actor)
	p := matrixPage{
		Crumbs: s.dutyCrumbs(w, v), Headline: matrixHeadline(w, v), Lede: oneLine(v.Task.Text), Figures: f.figures(w, v.Figures),
		Periods: f.periods(w, v), Period: dayText(v.Period.Due),
		Empty: templates.Empty{Text: w.T("duty_matrix.empty"), Hint: w.T("duty_matrix.empty_hint")},
	}
	for _, show := range append([]tasks.DutyFilter{""}, tasks.DutyFilters...) {
		other := matrixFilter{f.task, show, f.byName, f.period}
		p.Views = append(p.Views, templates.NavItem{Href: other.href(""), Label: w.T("duty_matrix.show_" + cmp.Or(string(show), "all")), Current: f.filter == show})
	}
	for _, byName := range []bool{false, true} {
		other, key := matrixFilter{f.task, f.filter, byName, f.period}, "duty_matrix.sort_urgent"
		if byName {
			key = "duty_matrix.sort_name"
		}
		p.Orders = append(p.Orders, templates.NavItem{Href: other.href(""), Label: w.T(key), Current: f.byName == byName})
	}
	rows := matrixRows{Server: s, w: w, agencies: v.Agencies, today: s.Rules.Day(s.Now()), period: v.Period}
	for _, r := range v.Rows {
		row := rows.row(r)
		if (v.MayNudge || v.MayRelease) && r.State != tasks.StateCompleted && r.State != tasks.StateCancelled {
			row.Choice = chosenValue(r.Assignment)
		}
		p.Rows = append(p.Rows, row)
	}
	if after != "" {
		p.Pager.PrevHref = f.href("")
	}
	if v.Next != "" {
		p.Pager.NextHref = f.href(v.Next)
	}
	p.Pager.ExportHref = dutyHref(f.task, "/list.xlsx") + strings.TrimPrefix(f.href(""), dutyHref(f.task))
	s.dutyActions(w, &p, v, f.task)
	if refused != nil {
		p.Problems = append(p.Problems, templates.Problem{Text: s.explain(actor, refused)})
		if e, ok := invalidOf(refused); ok && len(e.Fields) > 0 {
			p.Problems = []templates.Problem{{Text: w.T(e.Fields[0].Key, args(e.Fields[0].Args)...)}}
		}
	}
	problems := p.Problems
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = problems
	return s.render(c, status, "duty_matrix", p)
}

// dutyCrumbs lead to the duty's document.
func (s *Server) dutyCrumbs(w *templates.Words, v tasks.DutyView) []templates.Action {
	d := v.Document
	crumbs := []templates.Action{{Href: listHref("group", groupByTask), Label: w.T("nav.assignments")}, {Href: documentHref(d.ID), Label: documentLabel(w, d.Kind, d.Number)}}
	if v.Task.Ref != "" {
		crumbs = append(crumbs, templates.Action{Label: w.T("duty.item", spokenRef(w, v.Task.Ref))})
	}
	return crumbs
}

// dutyActions offers what can be done to several agencies together.
func (s *Server) dutyActions(w *templates.Words, p *matrixPage, v tasks.DutyView, task int64) {
	if v.MayNudge {
		p.Nudge = dutyHref(task, "/nudge")
		if v.Figures.Silent > 0 {
			p.NudgeAll = w.T("duty_matrix.nudge_all", v.Figures.Silent)
		}
	}
	if v.MayRelease {
		p.Release = dutyHref(task, "/release")
	}
	d := v.Document
	p.Restricted = v.Task.Restricted
	p.Facts = []templates.Fact{{Label: w.T("duty.document"), Text: documentLabel(w, d.Kind, d.Number), Href: documentHref(d.ID)}}
	if time := dueText(w, v.Due, v.Cadence); time != "" {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("duty_matrix.usual"), Text: time})
	}
	if v.Recurs {
		p.Facts = append(p.Facts, seriesFact(w, v.MayAdd, task))
	} else if v.Cadence != "" && v.MayAdd {
		p.Facts = append(p.Facts, beginFact(w, task))
	}
	if v.MayRestrict || v.Task.Restricted {
		p.Facts = append(p.Facts, restrictedFact(w, v.MayRestrict, v.Task))
	}
	p.Facts = append(p.Facts, reminderFacts(w, v.MayRestrict, tasks.Subject{Kind: tasks.SubjectTask, ID: task})...)
	if v.Task.Deliverable != "" {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("duty.deliverable"), Text: v.Task.Deliverable})
	}
	if v.Figures.Resting > 0 {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("state.on_hold"), Text: w.T("duty_matrix.agencies", v.Figures.Resting)})
	}
	if v.Figures.Released > 0 {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("state.cancelled"), Text: w.T("duty_matrix.agencies", v.Figures.Released)})
	}
	if v.MayAdd {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("duty_matrix.members"), Text: w.T("duty_matrix.do_add"), Href: dutyHref(task, "/add")})
	}
}

func dutyHeadline(w *templates.Words, f tasks.DutyFigures) string {
	switch {
	case f.All == 0:
		return w.T("duty_matrix.headline_none")
	case f.Completed == f.All:
		return w.T("duty_matrix.headline_done", f.All)
	}
	return w.T("duty_matrix.headline", f.Reported(), f.All, f.Overdue, f.Silent)
}

func (f matrixFilter) figures(w *templates.Words, n tasks.DutyFigures) []templates.Figure {
	href := func(show tasks.DutyFilter) string { return matrixFilter{f.task, show, f.byName, f.period}.href("") }
	return []templates.Figure{
		{Value: n.Silent, Text: w.T("duty_matrix.figure_silent"), Href: href(tasks.DutySilent)},
		{Value: n.Overdue, Text: w.T("duty_matrix.figure_late"), Late: n.Overdue > 0, Href: href(tasks.DutyLate)},
		{Value: n.Waiting, Text: w.T("duty_matrix.figure_waiting"), Href: href(tasks.DutyWaiting)},
		{Value: n.Completed, Text: w.T("duty_matrix.figure_completed", n.All)},
	}
}

// matrixRows puts the lines of a duty into words.
type matrixRows struct {
	*Server
	w        *templates.Words
	agencies map[int64]tasks.Agency
	today    calendar.Date
	period   tasks.Period // that of every row, which need not say it
}

func (m matrixRows) row(r tasks.DutyRow) matrixRow {
	w := m.w
	row := matrixRow{
		Href: assignmentHref(r.ID), Name: agencyNames(w, m.agencies, r.Leads), State: r.State, Percent: r.Percent,
		Timeliness: r.Timeliness(m.today, m.Rules.SoonUntil(m.today)), Report: excerpt(r.Report, 160), Due: dueText(w, r.Due, r.Cadence),
	}
	if r.Due.IsZero() {
		row.Timeliness = ""
	}
	if !r.Period.IsZero() && r.Period.Due != m.period.Due {
		row.Notes = append(row.Notes, w.T("period.label", periodName(w, r.Period)))
	}
	if !r.ReportedOn.IsZero() {
		row.Reported = w.T("duty.day", r.ReportedOn)
	}
	if r.Extended > 0 {
		row.Notes = append(row.Notes, w.T("deadline.extended", r.Extended))
	}
	if r.Asks {
		row.Notes = append(row.Notes, w.T("duty_matrix.asks"))
	}
	if !r.NudgedOn.IsZero() {
		row.Notes = append(row.Notes, w.T("duty_matrix.nudged_on", r.NudgedOn))
	}
	return row
}

// dueText is a deadline as a date, or a cadence in words.
func dueText(w *templates.Words, due calendar.Date, cadence string) string {
	if !due.IsZero() {
		return w.T("duty.day", due)
	}
	return timeWords(w, due, cadence)
}

// exportDuty gives the lines of a duty as a workbook.
func (s *Server) exportDuty(c *gin.Context, actor tasks.Person) error {
	f, err := s.matrixFilter(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	read := func(after string) (tasks.DutyView, error) {
		q := f.query()
		q.After, q.Limit = after, tasks.MaxPage
		return s.Assignments.Duty(ctx, actor, q)
	}
	v, err := read("")
	if err != nil {
		return err
	}
	if v.Only != 0 {
		return s.redirect(c, actor, assignmentHref(v.Only), "")
	}
	w := s.words(actor)
	m := matrixRows{Server: s, w: w, agencies: v.Agencies, today: s.Rules.Day(s.Now()), period: v.Period}
	type row = tasks.DutyRow
	e := exported[row]{
		key: "duty", lines: []string{documentLabel(w, v.Document.Kind, v.Document.Number), oneLine(v.Task.Text), matrixHeadline(w, v)},
		page: func(after string) ([]row, string, error) {
			page, err := read(after)
			return page.Rows, page.Next, err
		},
		columns: []office.Column[row]{
			{Head: w.T("part.lead"), Width: 32, Value: func(r row) any { return agencyNames(w, v.Agencies, r.Leads) }},
			{Head: w.T("assignment_list.state"), Width: 16, Center: true, Value: func(r row) any { return w.T("state." + string(r.State)) }},
			{Head: w.T("assignment_list.timeliness"), Width: 14, Center: true, Value: func(r row) any {
				if t := m.row(r).Timeliness; t != "" {
					return w.T("timeliness." + string(t))
				}
				return ""
			}},
			{Head: w.T("export.percent"), Width: 9, Value: func(r row) any { return r.Percent }},
			{Head: w.T("duty_matrix.reported"), Value: func(r row) any { return r.ReportedOn }},
			{Head: w.T("duty_matrix.report"), Width: 44, Value: func(r row) any { return r.Report }},
			{Head: w.T("export.due"), Value: func(r row) any { return r.Due }},
			{Head: w.T("export.extended"), Width: 9, Value: func(r row) any { return someCount(r.Extended) }},
			{Head: w.T("export.note"), Width: 24, Value: func(r row) any { return strings.Join(m.row(r).Notes, "; ") }},
		},
	}
	return sendList(s, c, actor, e)
}

// dutyGroups are the rows of the list of assignments with one line a duty.
func (s *Server) dutyGroups(ctx context.Context, actor tasks.Person, rows dutyRows, q tasks.AssignmentQuery) (lines []templates.TaskRow, next string, total int, err error) {
	page, err := s.Assignments.Duties(ctx, actor, q)
	if err != nil {
		return nil, "", 0, err
	}
	w := rows.w
	for _, g := range page.Rows {
		if g.All+g.Resting+g.Released < 2 {
			lines = append(lines, rows.row(g.First))
			continue
		}
		row := templates.TaskRow{
			Href: dutyHref(g.TaskID), Text: dutyTitle(g.First.Text), Meta: dutyRef(w, g.First.DocumentKind, g.First.DocumentNumber, g.First.Ref),
			When: w.T("duty_matrix.group", g.All), Note: groupWords(w, g.DutyFigures),
			Action: &templates.Action{Href: dutyHref(g.TaskID), Label: w.T("duty_matrix.open"), Quiet: true},
		}
		if g.Overdue > 0 {
			row.Timeliness = string(tasks.Overdue)
		}
		lines = append(lines, row)
	}
	return lines, page.Next, page.Total, nil
}

// groupWords say how the assignments of a duty stand.
func groupWords(w *templates.Words, f tasks.DutyFigures) string {
	if f.Overdue > 0 {
		return w.T("duty_matrix.group_late", f.All, f.Completed, f.Overdue, f.Silent)
	}
	return w.T("duty_matrix.group_words", f.All, f.Completed, f.Silent)
}

// groupByTask is the view of the list of assignments with one line a duty.
const groupByTask = "task"

// chosenValue is what a box sends by which an assignment is chosen, with the version in which it was shown.
func chosenValue(a tasks.Assignment) string { return idText(a.ID) + "." + versionText(a.Version) }

// chosenOf reads the boxes; what is none is left out.
func chosenOf(values []string) []tasks.Chosen {
	var out []tasks.Chosen
	for _, v := range values {
		id, version, _ := strings.Cut(v, ".")
		c := tasks.Chosen{ID: formID(id), Version: formID(version)}
		if c.ID != 0 && !slices.ContainsFunc(out, func(x tasks.Chosen) bool { return x.ID == c.ID }) {
			out = append(out, c)
		}
	}
	return out
}
