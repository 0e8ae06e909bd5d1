package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// daysPath is where the province's calendar is kept.
const daysPath = notify.WorkingDaysPath

type workingDaysPage struct {
	templates.Layout
	Headline, Lede string
	Years          []templates.NavItem
	Rows           []dayLine
	Empty          *templates.Empty
	FormTitle      string
	Form           []templates.Field
	File           []templates.Field
}

// dayLine is one day of the table.
type dayLine struct {
	Day        calendar.Date
	Text, Kind string
	Name       string
	Edit       string
	// Accept are the values of the form by which a pending day is taken; nil: it is in force.
	Accept []templates.Field
}

// daysTyped is the form of days as it was typed.
type daysTyped struct {
	from, to, kind, name, document string
	pending                        bool
}

func daysHref(year int) string { return daysPath + "?year=" + strconv.Itoa(year) }

// workingDays shows a year of the province's calendar.
func (s *Server) workingDays(c *gin.Context, actor tasks.Person) error {
	return s.showWorkingDays(c, actor, http.StatusOK, daysTyped{kind: "off"}, fieldErrors{})
}

// shownYear is the year that an address names; 0: the present one.
func shownYear(text string) int {
	year := formID(text)
	if year < 2000 || year > 2199 {
		return 0
	}
	return int(year)
}

// showWorkingDays shows the page with what was typed into its forms.
func (s *Server) showWorkingDays(c *gin.Context, actor tasks.Person, status int, in daysTyped, fe fieldErrors) error {
	year := shownYear(c.Query("year"))
	if day, ok := formDate(in.from); ok && !day.IsZero() && year == 0 {
		year = shownYear(strconv.Itoa(day.Year))
	}
	v, err := s.Days.Year(c.Request.Context(), actor, year)
	if err != nil {
		return err
	}
	w := s.words(actor)
	name := strconv.Itoa(v.Year)
	p := workingDaysPage{Headline: w.T("working_days.headline", name, v.Known, v.Made), Lede: w.T("working_days.lede"), FormTitle: w.T("working_days.add_title")}
	if v.Lacks() {
		p.Headline, p.Lede = w.T("working_days.headline_lacks", name, v.Known, calendar.LawDaysOff), w.T("working_days.lede_lacks", name)
	}
	for _, y := range v.Years {
		p.Years = append(p.Years, templates.NavItem{Href: daysHref(y), Label: w.T("working_days.year", strconv.Itoa(y)), Current: y == v.Year})
	}
	edited := isoDay(c.Query("day"))
	for _, e := range v.Days {
		p.Rows = append(p.Rows, newDayLine(w, e))
		if edited == e.Date.String() && status == http.StatusOK {
			in = daysTyped{from: edited, kind: kindName(e.Working), name: e.Name, pending: e.Pending}
			p.FormTitle = w.T("working_days.edit_title", longDate(w, e.Date))
		}
	}
	if len(p.Rows) == 0 {
		p.Empty = &templates.Empty{Text: w.T("working_days.empty", name), Hint: w.T("working_days.empty_hint")}
	}
	p.Form, p.File = dayFields(w, in, fe), fileFields(w, fe)
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = append(fe.problems(p.Form...), fe.problems(p.File...)...)
	return s.render(c, status, "working_days", p)
}

func kindName(working bool) string { return orWords(working, "working", "off") }

func hiddenField(name, value string) templates.Field {
	return templates.Field{Name: name, Type: "hidden", Value: value}
}

func newDayLine(w *templates.Words, e calendar.Exception) dayLine {
	l := dayLine{Day: e.Date, Text: shortDay(w, e.Date), Name: e.Name, Kind: dayWords(w, &e, e.Date), Edit: daysHref(e.Date.Year) + "&day=" + e.Date.String() + "#form"}
	if e.Pending {
		l.Accept = []templates.Field{hiddenField("from", e.Date.String()), hiddenField("kind", kindName(e.Working)), hiddenField("name", e.Name)}
	}
	return l
}

// shortDay is a day as a table shows it: "Thứ Ba 24/11/2026".
func shortDay(w *templates.Words, d calendar.Date) string {
	return w.T("weekday."+strconv.Itoa(int(d.Weekday()))) + " " + w.T("duty.day", d)
}

// dayWords say what a day is; nil: as any of its week.
func dayWords(w *templates.Words, e *calendar.Exception, d calendar.Date) string {
	switch {
	case e == nil && calendar.IsWeekday(d):
		return w.T("working_days.usual_weekday")
	case e == nil:
		return w.T("working_days.usual_weekend")
	case e.Pending:
		return w.T("working_days.pending_" + kindName(e.Working))
	case !e.Working && !calendar.IsWeekday(d):
		return w.T("working_days.kind_off") + " (" + w.T("working_days.weekend_off") + ")"
	}
	return w.T("working_days.kind_" + kindName(e.Working))
}

func dayFields(w *templates.Words, in daysTyped, fe fieldErrors) []templates.Field {
	kind := templates.Field{Name: "kind", Type: "radio", Label: w.T("working_days.kind"), Value: in.kind, Required: true}
	for _, k := range []string{"off", "working", "usual"} {
		kind.Options = append(kind.Options, templates.Option{Value: k, Label: w.T("working_days.kind_" + k)})
	}
	pending := templates.Field{Name: "pending", Type: "checkbox", Label: w.T("working_days.pending"), Hint: w.T("working_days.pending_hint")}
	if in.pending {
		pending.Value = "1"
	}
	from := dayField(w, "from", "working_days.from", "", in.from)
	from.Required = true
	fields := []templates.Field{
		from, dayField(w, "to", "working_days.to", "working_days.to_hint", in.to), kind,
		{Name: "name", Label: w.T("working_days.name"), Hint: w.T("working_days.name_hint"), Value: in.name, MaxLength: 200},
		pending,
		{Name: "document", Label: w.T("working_days.document"), Hint: w.T("working_days.document_hint"), Value: in.document, MaxLength: tasks.MaxDocumentNumber},
	}
	for i := range fields {
		fields[i] = fe.on(fields[i])
	}
	if text := fe.byField["days"]; text != "" && fields[0].Error == "" {
		fields[0].Error = text
	}
	return fields
}

func fileFields(w *templates.Words, fe fieldErrors) []templates.Field {
	return []templates.Field{
		fe.on(templates.Field{Name: "file", Type: "file", Label: w.T("working_days.file"), Hint: w.T("working_days.file_hint"), Accept: ".tsv,.txt,text/tab-separated-values", Required: true}),
		{Name: "whole", Type: "checkbox", Label: w.T("working_days.whole_yes")},
	}
}

// exportWorkingDays gives the whole table as it is loaded.
func (s *Server) exportWorkingDays(c *gin.Context, actor tasks.Person) error {
	days, _, err := s.Days.Table(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", attachmentHeader(s.words(actor).T("working_days.file_name")))
	c.Data(http.StatusOK, "text/tab-separated-values; charset=utf-8", []byte(tasks.DaysText(days)))
	return nil
}

// lackingYears are the years that the calendar must be completed for, for those who may.
func (s *Server) lackingYears(actor tasks.Person) []tasks.LackingYear {
	if s.Days == nil {
		return nil
	}
	return s.Days.Lacking(actor)
}

func (s *Server) lackingLines(w *templates.Words, actor tasks.Person) []templates.Action {
	var lines []templates.Action
	for _, l := range s.lackingYears(actor) {
		lines = append(lines, templates.Action{Href: daysHref(l.Year), Label: w.T("working_days.inbox", strconv.Itoa(l.Year), l.Known, calendar.LawDaysOff)})
	}
	return lines
}

func (s *Server) calendarProblems(w *templates.Words, actor tasks.Person) []healthProblem {
	var all []healthProblem
	for _, l := range s.lackingYears(actor) {
		all = append(all, healthProblem{
			Text: w.T("health.lacking_year", strconv.Itoa(l.Year), l.Known, calendar.LawDaysOff), Detail: w.T("health.lacking_hint"),
			Href: daysHref(l.Year), Label: w.T("health.lacking_link"),
		})
	}
	return all
}
