package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type weekPage struct {
	templates.Layout
	Headline, Lede     string
	PrevHref, NextHref string
	Figures            []templates.Figure
	// Rates say of what each is a share.
	Rates  []string
	Worst  []lateLine
	Legend templates.Bar
	// Late are the agencies with something overdue, Others the rest.
	Late, Others []agencyBar
	OthersText   string
	Empty        *templates.Empty
	LateHref     string
	// LinksNow says that links lead to lists as they are now; empty when the figures are of now too.
	LinksNow string
	// ExportHref leads to the agencies' figures as a workbook.
	ExportHref string
	// WithHref leads to the figures with those of predecessors, or back; empty where there is nothing to choose.
	WithHref, WithText, WithNow string
	// Decisions are what waits for this leader; they stand on the latest week only.
	Decisions decisions
	// Foreword is what the secretariat said in the week's digest, Lists what the week keeps beside its figures.
	Foreword []string
	Lists    []weekList
	// Form takes the secretariat's words for the next digest; on the latest week only.
	Form *forewordForm
	// MonthHref leads to the month that the week is a part of.
	MonthHref, MonthText string
	// Own is what this leader is in charge of; it stands on the latest week only.
	Own *ownField
}

// lateLine is one of the worst late duties.
type lateLine struct {
	Href, Text, Ref, Agency, Distance string
	// State is what became of it since the Monday; empty while it is still owed.
	State      tasks.State
	Restricted bool
}

// agencyBar is one agency's bar.
type agencyBar struct {
	Href, Name, OverdueHref string
	Bar                     templates.Bar
	Overdue, All            int
}

// week shows a week's figures as they were frozen on its Monday, the latest when the address names none.
func (s *Server) week(c *gin.Context, actor tasks.Person) error {
	return s.showWeek(c, actor, http.StatusOK, remarkAttempt{}, nil)
}

// showWeek shows it with a form of its decisions, or that of the words for the digest, that was refused.
func (s *Server) showWeek(c *gin.Context, actor tasks.Person, status int, try remarkAttempt, foreword *forewordTry) error {
	ctx := c.Request.Context()
	var monday calendar.Date
	latest := c.Param("monday") == ""
	if !latest {
		var err error
		if monday, err = calendar.ParseDate(c.Param("monday")); err != nil {
			return tasks.ErrNotFound
		}
	}
	v, err := s.Weeks.Get(ctx, actor, monday)
	if err != nil {
		return err
	}
	names, err := s.Directory.Names(ctx)
	if err != nil {
		return err
	}
	w := s.words(actor)
	p := weekPage{Headline: weekHeadline(w, v), Lede: s.weekLede(w, v), Figures: weekFigures(w, v), Rates: weekRates(w, v.Province)}
	for _, row := range v.Worst {
		p.Worst = append(p.Worst, lateDutyLine(w, names, row))
	}
	if v.Province.Overdue > len(v.Worst) {
		p.LateHref = listHref("timeliness", string(tasks.Overdue))
	}
	lines, err := s.agencyLines(c, actor, v, names, &p)
	if err != nil {
		return err
	}
	p.agencies(w, lines)
	if v.Frozen {
		p.LinksNow = w.T("week.links_now")
		month := tasks.MonthOf(v.Monday)
		p.MonthHref, p.MonthText = monthHref(month), nameOfMonth(w, month)
	}
	p.Foreword = paragraphs(v.Foreword.Text)
	p.Lists = weekLists(w, names, v, !latest || !actor.Has(tasks.RoleLeader))
	if v.Province.All == 0 {
		p.Empty = &templates.Empty{Text: w.T("week.empty"), Hint: w.T("week.empty_hint")}
	}
	var problems []templates.Problem
	if latest {
		long, err := s.waitingLong(ctx, actor, s.Rules.Day(s.Now()))
		if err != nil {
			return err
		}
		if long > 0 {
			p.Figures = append(p.Figures, s.longFigure(w, long))
		}
	}
	if latest && actor.Has(tasks.RoleLeader) {
		if p.Own, err = s.ownField(ctx, actor, names); err != nil {
			return err
		}
		rows, err := s.dutyRows(ctx, actor)
		if err != nil {
			return err
		}
		if p.Decisions, problems, err = s.decisions(c, actor, rows, try); err != nil {
			return err
		}
	}
	if latest {
		form, wrong, err := s.forewordForm(ctx, actor, foreword)
		if err != nil {
			return err
		}
		p.Form, problems = form, append(problems, wrong...)
	}
	if len(v.Agencies) > 0 {
		p.ExportHref = exportHref("/week?monday=" + v.Monday.String())
		if !v.Frozen {
			p.ExportHref = exportHref("/week")
		}
		if p.WithNow != "" {
			p.ExportHref = exportHref("/week?" + withPredecessors)
		}
	}
	if err := s.weekLinks(ctx, actor, v, &p); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = problems
	return s.render(c, status, "week", p)
}

// weekNumber is the number of the week as ISO 8601 counts.
func weekNumber(w *templates.Words, monday calendar.Date) string {
	_, week := monday.ISOWeek()
	return numberWords(w, week)
}

func weekHeadline(w *templates.Words, v tasks.Week) string {
	number, late := weekNumber(w, v.Monday), v.Province.Overdue
	overdue := w.T("week.overdue", late)
	if late == 0 {
		overdue = w.T("week.overdue_none")
	}
	if v.Before == nil {
		return w.T("week.headline", number, overdue)
	}
	switch change := late - v.Before.Overdue; {
	case change < 0:
		return w.T("week.headline_less", number, overdue, -change)
	case change > 0:
		return w.T("week.headline_more", number, overdue, change)
	}
	return w.T("week.headline_same", number, overdue)
}

// weekLede says of when the figures are and what they count.
func (s *Server) weekLede(w *templates.Words, v tasks.Week) string {
	if v.Frozen {
		return w.T("week.frozen", v.Monday, w.T("week.of_frozen", v.Province.All, len(v.Agencies)))
	}
	return w.T("week.current", s.Now(), w.T("week.of", v.Province.All, len(v.Agencies), v.Documents))
}

func weekFigures(w *templates.Words, v tasks.Week) []templates.Figure {
	if v.Province.All == 0 {
		return nil
	}
	f := v.Province
	change := func(now int, before func(tasks.Figures) int) *int {
		if v.Before == nil {
			return nil
		}
		n := now - before(*v.Before)
		return &n
	}
	completed := w.T("week.completed")
	if percent, ok := f.OnTimePercent(); ok {
		completed = w.T("week.completed_on_time", percent)
	}
	return []templates.Figure{
		{
			Value: f.Overdue, Text: w.T("week.figure_overdue"), Late: f.Overdue > 0, Href: listHref("timeliness", string(tasks.Overdue)),
			Change: change(f.Overdue, func(b tasks.Figures) int { return b.Overdue }),
		},
		{
			Value: f.DueWeek, Text: w.T("week.due_week"), Change: change(f.DueWeek, func(b tasks.Figures) int { return b.DueWeek }),
			Href: listHref("state", stateOpen, "due_from", v.Monday.String(), "due_to", v.Monday.AddDays(6).String()),
		},
		{
			Value: f.Completed, Text: completed, Change: change(f.Completed, func(b tasks.Figures) int { return b.Completed }),
			Href: listHref("state", string(tasks.StateCompleted)),
		},
		{
			Value: f.Waiting, Text: w.T("week.waiting"), Change: change(f.Waiting, func(b tasks.Figures) int { return b.Waiting }),
			Href: listHref("state", string(tasks.StateSubmitted)),
		},
	}
}

func weekRates(w *templates.Words, f tasks.Figures) []string {
	var out []string
	if f.Passed > 0 {
		out = append(out, w.T("week.rate_overdue", w.Rate(f.Overdue, f.Passed), f.Overdue, f.Passed))
	}
	if f.Completed > 0 {
		out = append(out, w.T("week.rate_on_time", w.Rate(f.OnTime, f.Completed), f.OnTime, f.Completed))
	}
	if f.All > 0 {
		out = append(out, w.T("week.rate_completed", w.Rate(f.Completed, f.All), f.Completed, f.All))
	}
	return out
}

func lateDutyLine(w *templates.Words, names map[int64]tasks.Agency, row tasks.LateRow) lateLine {
	l := lateLine{
		Href: assignmentHref(row.ID), Text: dutyTitle(row.Text), Agency: leadNames(w, names, row.Leads),
		Distance: w.T("week.days", row.DaysLate), Restricted: row.Restricted,
		Ref: strings.Join(dutyRef(w, row.DocumentKind, row.DocumentNumber, row.Ref), " · "),
	}
	if row.DaysLate == 0 {
		l.Distance = w.T("duty.just_over")
	}
	if !row.State.Open() {
		l.State = row.State
	}
	return l
}

// agencies puts each agency's bar where it belongs.
func (p *weekPage) agencies(w *templates.Words, weeks []tasks.AgencyWeek) {
	for _, a := range weeks {
		line := agencyBar{
			Name: a.Agency.Name, Overdue: a.Overdue, All: a.All, Bar: figureBar(w, a.Figures),
			Href:        listHref("agency", idText(a.Agency.ID), "part", string(tasks.PartLead), "state", stateAll),
			OverdueHref: listHref("agency", idText(a.Agency.ID), "part", string(tasks.PartLead), "timeliness", string(tasks.Overdue)),
		}
		if a.Overdue > 0 {
			p.Late = append(p.Late, line)
		} else {
			p.Others = append(p.Others, line)
		}
	}
	p.Legend = figureBar(w, tasks.Figures{})
	p.OthersText = w.T("week.others", len(p.Others))
}

// figureBar shows an agency's duties as parts of a whole. Going is what is neither done, late nor soon due.
func figureBar(w *templates.Words, f tasks.Figures) templates.Bar {
	return templates.Bar{Parts: []templates.BarPart{
		{Class: "done", Text: w.T("week.bar_done"), N: f.Completed},
		{Class: "going", Text: w.T("week.bar_going"), N: f.All - f.Completed - f.DueSoon - f.Overdue},
		{Class: "soon", Text: w.T("week.bar_soon"), N: f.DueSoon},
		{Class: "late", Text: w.T("week.bar_late"), N: f.Overdue},
	}}
}

// weekLinks leads to the Mondays before and after that were frozen.
func (s *Server) weekLinks(ctx context.Context, actor tasks.Person, v tasks.Week, p *weekPage) error {
	if v.Before != nil {
		p.PrevHref = "/week/" + v.Monday.AddDays(-7).String()
	}
	next := v.Monday.AddDays(7)
	if !v.Frozen || next.After(s.Rules.Day(s.Now())) {
		return nil
	}
	_, err := s.Weeks.Get(ctx, actor, next)
	if tasks.CodeOf(err) == tasks.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	p.NextHref = "/week/" + next.String()
	return nil
}
