package web

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates/office"
)

// yearEndReport gives what a document leaves open at the end of its year, by its page's filter, as a report with an annex of the duties
// (Nghị định 30/2020/NĐ-CP). It leaves the house: of a restricted duty it names the number alone.
func (s *Server) yearEndReport(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	v, err := s.Assignments.YearEnd(ctx, actor, id)
	if err != nil {
		return err
	}
	d, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	w := d.w
	l := s.letterOf(w, actor, v.Agencies)
	filter := yearEndFilters(w, v, c.Query, "")
	r := newUnfinishedReport(d, v, s.yearEndFilter(c.Query, v.Rows), filtersChosen(w, filter))
	l.About = w.T("year_end_report.about", documentLabel(w, v.Document.Kind, v.Document.Number))
	return s.sendDocument(c, actor, w.T("year_end_report.file"), office.Properties{Title: w.T("register.kind") + " " + l.About, Language: language(w.Lang())},
		func(doc *office.Document) {
			writeHead(doc, w, l, 0.4)
			doc.Text(upper(w.T("register.kind")), office.Style{Bold: true, Align: office.Center, Before: 10})
			doc.Text(l.About, office.Style{Bold: true, Align: office.Center, After: 12, Rule: 0.3})
			for _, text := range r.paragraphs(l) {
				doc.Text(text, office.Style{Align: office.Justify, Indent: true, Before: 3, After: 3})
			}
			if len(r.agencies) > 1 {
				doc.Text(w.T("year_end_report.by_agency"), office.Style{Align: office.Justify, Indent: true, Before: 3, After: 6, KeepNext: true})
				office.WriteTable(doc, office.Table[agencyUnfinished]{Columns: withNumbers(w, r.agencyColumns()), Rows: listed(r.agencies)})
			}
			doc.Text(w.T("year_end_report.closing"), office.Style{Align: office.Justify, Indent: true, Before: 8, After: 3})
			writeFoot(doc, w, l)
			doc.Section(true)
			r.writeAnnex(doc, l)
		})
}

// agencyUnfinished is what an agency leads of it.
type agencyUnfinished struct {
	name                         string
	all, carried, overdue, stays int
}

// unfinishedReport is what that report says.
type unfinishedReport struct {
	dutyRows
	view     tasks.YearEndView
	rows     []tasks.Unfinished
	chosen   []string // of the filter, in words
	agencies []agencyUnfinished
	total    agencyUnfinished
}

func newUnfinishedReport(d dutyRows, v tasks.YearEndView, rows []tasks.Unfinished, chosen []string) unfinishedReport {
	r := unfinishedReport{dutyRows: d, view: v, chosen: chosen}
	byLead := make(map[int64]*agencyUnfinished)
	for _, u := range rows {
		if u.Restricted {
			u.AssignmentRow = u.AssignmentRow.Sealed()
		}
		r.rows = append(r.rows, u)
		late := u.Timeliness(d.today, d.soon) == tasks.Overdue
		r.total.add(u, late)
		for _, lead := range u.Leads {
			if byLead[lead] == nil {
				byLead[lead] = &agencyUnfinished{name: agencyName(d.w, v.Agencies, lead)}
			}
			byLead[lead].add(u, late)
		}
	}
	for _, a := range byLead {
		r.agencies = append(r.agencies, *a)
	}
	slices.SortFunc(r.agencies, func(x, y agencyUnfinished) int { return strings.Compare(x.name, y.name) })
	return r
}

func (a *agencyUnfinished) add(u tasks.Unfinished, late bool) {
	a.all++
	if u.Carried {
		a.carried++
	} else {
		a.stays++
	}
	if late {
		a.overdue++
	}
}

// paragraphs are the report's words.
func (r unfinishedReport) paragraphs(l letter) []string {
	w, v := r.w, r.view
	issuer := l.Issuer
	if issuer == "" {
		issuer = w.T("register.we")
	}
	label := documentLabel(w, v.Document.Kind, v.Document.Number)
	if v.Document.Title != "" {
		label += " (" + v.Document.Title + ")"
	}
	out := []string{
		w.T("year_end_report.opening", issuer, label, r.today),
		w.T("year_end_report.total", v.Completed+v.Cancelled+len(v.Rows), v.Completed, v.Cancelled, len(v.Rows)),
	}
	if len(r.chosen) > 0 {
		out = append(out, w.T("year_end_report.filtered", len(r.rows), strings.Join(r.chosen, "; ")))
	}
	return append(out, w.T("year_end_report.open", r.total.all, r.total.carried, r.total.stays, r.total.overdue))
}

func (r unfinishedReport) agencyColumns() []office.Column[agencyUnfinished] {
	w := r.w
	return []office.Column[agencyUnfinished]{
		{Head: w.T("year_end_report.agency"), Width: 34, Value: func(a agencyUnfinished) any { return a.name }},
		{Head: w.T("year_end_report.left"), Width: 13, Value: func(a agencyUnfinished) any { return a.all }},
		{Head: w.T("year_end_report.carried"), Width: 13, Value: func(a agencyUnfinished) any { return a.carried }},
		{Head: w.T("year_end_report.still_open"), Width: 13, Value: func(a agencyUnfinished) any { return a.stays }},
		{Head: w.T("year_end_report.overdue"), Width: 13, Value: func(a agencyUnfinished) any { return a.overdue }},
	}
}

// writeAnnex writes the duties, by lead.
func (r unfinishedReport) writeAnnex(d *office.Document, l letter) {
	w := r.w
	d.Text(w.T("register.annex"), office.Style{Bold: true, Align: office.Center})
	d.Text(upper(w.T("year_end_report.annex_title")), office.Style{Bold: true, Align: office.Center})
	issuer := l.Issuer
	if issuer == "" {
		issuer = "……"
	}
	d.Text(w.T("register.annex_of", l.numberText(w, "register.number_inline"), l.dayText(w), issuer), office.Style{Italic: true, Align: office.Center, Rule: 0.25, After: 8})
	type row = tasks.Unfinished
	rows := slices.Clone(r.rows)
	lead := func(u row) string { return leadNames(w, r.view.Agencies, u.Leads) }
	slices.SortStableFunc(rows, func(x, y row) int { return strings.Compare(lead(x), lead(y)) })
	var more bool
	office.WriteTable(d, office.Table[row]{
		Columns: withNumbers(w, []office.Column[row]{
			{Head: w.T("export.duty_words"), Width: 46, Value: func(u row) any { return r.words(u) }},
			{Head: w.T("register.cooperating"), Width: 22, Value: func(u row) any { return manyAgencies(w, r.view.Agencies, u.Cooperating) }},
			{Head: w.T("export.first_due"), Value: func(u row) any { return u.First() }},
			{Head: w.T("export.due"), Value: func(u row) any { return u.Due }},
			{Head: w.T("register.state"), Width: 16, Center: true, Value: func(u row) any { return r.state(u) }},
			{Head: w.T("year_end_report.course"), Width: 22, Value: func(u row) any { return r.course(u) }},
		}),
		Group: lead, Rows: allPages(maxDocumentRows, &more, onePage(rows)), Empty: w.T("year_end_report.none"),
	})
	if more {
		d.Text(w.T("register.cut", maxDocumentRows), office.Style{Italic: true, Size: 12, Before: 6})
	}
}

// words are the duty's, under its number in the document.
func (r unfinishedReport) words(u tasks.Unfinished) string {
	text := u.Text
	if u.Hidden {
		text = r.w.T("restricted.title")
	}
	if u.Ref != "" {
		text = capitalised(r.w.T("duty.item", spokenRef(r.w, u.Ref))) + ". " + text
	}
	return text
}

func (r unfinishedReport) state(u tasks.Unfinished) string {
	text := r.w.T("state." + string(u.State))
	if t := u.Timeliness(r.today, r.soon); t == tasks.Overdue || t == tasks.DueSoon {
		text += "\n" + lowered(r.w.T("timeliness."+string(t)))
	}
	if u.State.Open() && u.Percent > 0 {
		text += "\n" + r.w.T("duty.reported", u.Percent)
	}
	return text
}

// course is what becomes of the duty.
func (r unfinishedReport) course(u tasks.Unfinished) string {
	switch {
	case u.Carried:
		return r.w.T("year_end_report.course_carried", u.Due)
	case u.State == tasks.StateSubmitted:
		return r.w.T("year_end_report.course_waits")
	case u.State == tasks.StateOnHold:
		return r.w.T("year_end_report.course_held")
	}
	return r.w.T("year_end_report.course_open")
}
