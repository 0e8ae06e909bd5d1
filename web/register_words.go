package web

import (
	"tiendo/tasks"
	"tiendo/templates/office"
)

// paragraphs are the words of the periodic report. Each rate names what it is a share of.
func (b registerBook) paragraphs(l letter, sum tasks.RegisterSummary) []string {
	w, f := b.w, sum.All
	n := func(v int) string { return numberWords(w, v) }
	issuer := l.Issuer
	if issuer == "" {
		issuer = w.T("register.we")
	}
	out := []string{w.T("register.opening", issuer, lowered(periodWords(w, b.filter, b.query))+b.scope())}
	out = append(out, w.T("register.total", n(f.All), n(f.Given), n(f.Carried)))
	if f.Aside > 0 {
		out = append(out, w.T("register.aside", n(f.Aside)))
	}
	out = append(out, b.asOf(sum.On))
	if f.All == 0 {
		return out
	}
	done := w.T("register.completed", n(f.Completed), n(f.All), w.Rate(f.Completed, f.All))
	if f.Completed > 0 {
		done += " " + w.T("register.on_time", n(f.OnTime), n(f.Completed), w.Rate(f.OnTime, f.Completed), n(f.Late))
	}
	if f.FirstDated > 0 {
		done += " " + w.T("register.first_on_time", n(f.FirstOnTime), n(f.FirstDated), w.Rate(f.FirstOnTime, f.FirstDated))
	}
	out = append(out, done, w.T("register.waiting", n(f.Waiting)))
	open := w.T("register.open", n(f.Open()), n(f.Open()-f.Overdue), n(f.NoDeadline))
	out = append(out, open)
	if f.Passed > 0 {
		out = append(out, w.T("register.overdue", n(f.Overdue), n(f.Passed), w.Rate(f.Overdue, f.Passed)))
	} else {
		out = append(out, w.T("register.none_passed"))
	}
	return out
}

// agencyColumns are those of the table of agencies in the report.
func (b registerBook) agencyColumns() []office.Column[tasks.AgencyRegister] {
	w := b.w
	type row = tasks.AgencyRegister
	count := func(key string, value func(row) int) office.Column[row] {
		return office.Column[row]{Head: w.T(key), Width: 10, Value: func(r row) any { return value(r) }}
	}
	return []office.Column[row]{
		{Head: w.T("week.agency"), Width: 34, Value: func(r row) any { return r.Agency.Name }},
		count("export.all", func(r row) int { return r.RegisterFigures.All }),
		count("state.completed", func(r row) int { return r.Completed }),
		count("export.on_time", func(r row) int { return r.OnTime }),
		count("state.submitted", func(r row) int { return r.Waiting }),
		count("register.working", func(r row) int { return r.Open() - r.Overdue }),
		count("timeliness.overdue", func(r row) int { return r.Overdue }),
	}
}
