package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// otherPeriod is the choice of days that are no month, quarter or year.
const otherPeriod = "span"

// registerFilter is which register is asked for, as typed.
type registerFilter struct {
	Period           string // "2026-10", "2026-q3", "2026", or otherPeriod
	From, To         string
	Document, Agency int64
}

func readRegisterFilter(get func(string) string, today calendar.Date) registerFilter {
	f := registerFilter{
		Period: get("period"), From: strings.TrimSpace(get("from")), To: strings.TrimSpace(get("to")), Document: formID(get("document")), Agency: formID(get("agency")),
	}
	if _, _, ok := periodDays(f.Period); !ok && f.Period != otherPeriod {
		f.Period = fmt.Sprintf("%04d-%02d", today.Year, int(today.Month))
	}
	if f.Period != otherPeriod {
		f.From, f.To = "", ""
	}
	return f
}

// periodDays are the first and last day of a month, quarter or year.
func periodDays(period string) (from, to calendar.Date, ok bool) {
	year, rest, some := strings.Cut(period, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || y < 2000 || y > 2100 {
		return from, to, false
	}
	if !some {
		return calendar.NewDate(y, time.January, 1), calendar.NewDate(y, time.December, 31), true
	}
	if quarter, is := strings.CutPrefix(rest, "q"); is {
		q, err := strconv.Atoi(quarter)
		if err != nil || q < 1 || q > 4 {
			return from, to, false
		}
		return calendar.NewDate(y, time.Month(3*q-2), 1), calendar.EndOfQuarter(y, q), true
	}
	m, err := strconv.Atoi(rest)
	if err != nil || m < 1 || m > 12 || len(rest) != 2 {
		return from, to, false
	}
	return calendar.NewDate(y, time.Month(m), 1), calendar.EndOfMonth(y, time.Month(m)), true
}

// query asks for the register. Days that are none come back as a refused form.
func (f registerFilter) query() (tasks.RegisterQuery, error) {
	q := tasks.RegisterQuery{DocumentID: f.Document, AgencyID: f.Agency}
	if f.Period != otherPeriod {
		q.From, q.To, _ = periodDays(f.Period)
		return q, nil
	}
	var wrong []tasks.FieldError
	for _, day := range []struct {
		name, typed string
		to          *calendar.Date
	}{{"from", f.From, &q.From}, {"to", f.To, &q.To}} {
		var ok bool
		if *day.to, ok = formDate(day.typed); !ok {
			wrong = append(wrong, tasks.FieldError{Field: day.name, Key: "assignment_list.bad_date"})
		} else if day.typed == "" {
			wrong = append(wrong, tasks.FieldError{Field: day.name, Key: "field.required"})
		}
	}
	if len(wrong) > 0 {
		return q, tasks.Invalid(wrong...)
	}
	return q, nil
}

// periodWords says the period: "Tháng 10 năm 2026".
func periodWords(w *templates.Words, f registerFilter, q tasks.RegisterQuery) string {
	year := strconv.Itoa(q.From.Year)
	switch {
	case f.Period == otherPeriod:
		return w.T("register.span", q.From, q.To)
	case len(f.Period) == 4:
		return w.T("register.year", year)
	case strings.Contains(f.Period, "q"):
		return w.T("register.quarter", []string{"I", "II", "III", "IV"}[(int(q.From.Month)-1)/3], year)
	}
	return w.T("register.month", strconv.Itoa(int(q.From.Month)), year)
}

// periodOptions are the last months, quarters and years, the newest first, and the chosen one.
func periodOptions(w *templates.Words, today calendar.Date, chosen string) []templates.Option {
	var options []templates.Option
	add := func(period string) {
		for _, o := range options {
			if o.Value == period {
				return
			}
		}
		f := registerFilter{Period: period}
		if q, err := f.query(); err == nil && !q.From.IsZero() {
			options = append(options, templates.Option{Value: period, Label: periodWords(w, f, q)})
		}
	}
	first := calendar.NewDate(today.Year, today.Month, 1)
	for i := range 6 {
		m := first.AddMonths(-i)
		add(fmt.Sprintf("%04d-%02d", m.Year, int(m.Month)))
	}
	for i := range 5 {
		m := first.AddMonths(-3 * i)
		add(fmt.Sprintf("%04d-q%d", m.Year, (int(m.Month)+2)/3))
	}
	for i := range 2 {
		add(fmt.Sprintf("%04d", today.Year-i))
	}
	if chosen != otherPeriod {
		add(chosen)
	}
	return append(options, templates.Option{Value: otherPeriod, Label: w.T("register.other_period")})
}

// href is the address of the register or of what is made of it.
func (f registerFilter) href(path, after string) string {
	list := listHref("period", f.Period, "from", f.From, "to", f.To, "document", idText(f.Document), "agency", idText(f.Agency), "after", after)
	return path + strings.TrimPrefix(list, "/assignments")
}

// hidden carries the filter through a form.
func (f registerFilter) hidden() []templates.Hidden {
	var out []templates.Hidden
	for _, p := range [][2]string{{"period", f.Period}, {"from", f.From}, {"to", f.To}, {"document", idText(f.Document)}, {"agency", idText(f.Agency)}} {
		if p[1] != "" {
			out = append(out, templates.Hidden{Name: p[0], Value: p[1]})
		}
	}
	return out
}

func (f registerFilter) form(w *templates.Words, fe fieldErrors, today calendar.Date, documents, agencies []templates.Option) templates.FilterForm {
	any := w.T("assignment_list.any")
	fields := []templates.Field{
		{Name: "period", Type: "select", Label: w.T("register.period"), Value: f.Period, Options: periodOptions(w, today, f.Period)},
		dayControl(templates.Field{Name: "from", Label: w.T("register.from")}, f.From), dayControl(templates.Field{Name: "to", Label: w.T("register.to")}, f.To),
		{Name: "document", Type: "select", Label: w.T("assignment_list.document"), Blank: any, Value: idText(f.Document), Options: documents},
	}
	if len(agencies) > 0 {
		fields = append(fields, templates.Field{Name: "agency", Type: "select", Label: w.T("assignment_list.agency"), Blank: any, Value: idText(f.Agency), Options: agencies})
	}
	form := templates.FilterForm{Action: "/register", ClearHref: "/register", Active: f.Document != 0 || f.Agency != 0 || f.Period == otherPeriod}
	if len(agencies) == 0 && f.Agency != 0 {
		form.Hidden = []templates.Hidden{{Name: "agency", Value: idText(f.Agency)}}
	}
	for _, field := range fields {
		field.Required = true // none has to be chosen; the form need not say so at each
		form.Fields = append(form.Fields, fe.on(field))
	}
	return form
}

// queried reads a filter from the address.
func (s *Server) queried(c *gin.Context) registerFilter {
	return readRegisterFilter(c.Query, s.Rules.Day(s.Now()))
}
