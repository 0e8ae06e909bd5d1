package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// maxSpan is how many days one form names at most.
const maxSpan = 31

// recheckEvery is how old what a page reckons by may be: another instance may have changed the calendar.
const recheckEvery = 3 * time.Second

type daysPreviewPage struct {
	templates.Layout
	Headline string
	Figures  []templates.Figure
	Days     []dayChangeLine
	Moves    []dayMoveLine
	More     string
	Told     bool
	Hidden   []templates.Field
	Document templates.Field
	Back     string
	Nothing  bool
}

type dayChangeLine struct {
	Text, Before, After, Name string
}

type dayMoveLine struct {
	Href, Text, Agency string
	Was, Due           calendar.Date
	Restricted         bool
}

// recheckDays brings the calendar up to what other instances have made of it. A page is answered all the same when that fails.
func (s *Server) recheckDays(ctx context.Context) {
	if s.Days == nil {
		return
	}
	if err := s.Days.Recheck(ctx, recheckEvery); err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "working days", "error", err)
	}
}

// previewWorkingDays shows what a change would do: of the form, or of a file.
func (s *Server) previewWorkingDays(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	if !actor.Can(tasks.ActionWorkingDays) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	files, err := uploads(c, "file")
	if err != nil {
		return err
	}
	in := typedDays(c)
	var change tasks.DayChange
	ofFile := c.PostForm("source") == "file"
	if ofFile {
		change, err = fileDays(files, c.PostForm("whole") != "")
	} else {
		change, err = in.change()
	}
	var v tasks.DayPreview
	if err == nil {
		change.Document = in.document
		v, err = s.Days.Preview(ctx, actor, change)
	}
	if fe, ok := s.invalid(actor, err); ok {
		note(c, err)
		if ofFile && fe.byField["days"] != "" {
			fe.byField = map[string]string{"file": fe.byField["days"]}
		}
		return s.showWorkingDays(c, actor, http.StatusUnprocessableEntity, in, fe)
	}
	if err != nil {
		return err
	}
	return s.showDaysPreview(c, actor, http.StatusOK, v, "")
}

func typedDays(c *gin.Context) daysTyped {
	return daysTyped{
		from: typedDay(c.PostForm("from")), to: typedDay(c.PostForm("to")), kind: c.PostForm("kind"), name: c.PostForm("name"),
		document: c.PostForm("document"), pending: c.PostForm("pending") != "",
	}
}

// change reads the form. Of several days off those of weekends are left out: they are off anyway.
func (in daysTyped) change() (tasks.DayChange, error) {
	var wrong []tasks.FieldError
	add := func(field, key string, args ...string) {
		wrong = append(wrong, tasks.FieldError{Field: field, Key: key, Args: args})
	}
	from, ok := formDate(in.from)
	if !ok {
		add("from", "field.bad_date")
	} else if from.IsZero() {
		add("from", "field.required")
	}
	to, ok := formDate(in.to)
	if !ok {
		add("to", "field.bad_date")
	}
	if to.IsZero() {
		to = from
	}
	if len(wrong) == 0 {
		switch days := from.DaysUntil(to); {
		case days < 0:
			add("to", "days.backwards")
		case days >= maxSpan:
			add("to", "days.too_long", strconv.Itoa(maxSpan))
		case from.Year < 2000 || to.Year > 2199:
			add("from", "field.bad_date")
		}
	}
	if in.kind != "off" && in.kind != "working" && in.kind != "usual" {
		add("kind", "field.required")
	}
	if in.kind != "usual" && strings.TrimSpace(in.name) == "" {
		add("name", "field.required")
	}
	if len(wrong) > 0 {
		return tasks.DayChange{}, tasks.Invalid(wrong...)
	}
	var c tasks.DayChange
	for d := from; !d.After(to); d = d.AddDays(1) {
		switch {
		case in.kind == "usual":
			c.Clear = append(c.Clear, d)
		case in.kind == "off" && from != to && !calendar.IsWeekday(d):
		default:
			c.Set = append(c.Set, calendar.Exception{Date: d, Working: in.kind == "working", Name: in.name, Pending: in.pending})
		}
	}
	if len(c.Set)+len(c.Clear) == 0 {
		return c, tasks.Invalid(tasks.FieldError{Field: "from", Key: "days.empty"})
	}
	return c, nil
}

// fileDays reads a file of days.
func fileDays(files []tasks.Upload, whole bool) (tasks.DayChange, error) {
	refuse := func(key string) (tasks.DayChange, error) {
		return tasks.DayChange{}, tasks.Invalid(tasks.FieldError{Field: "file", Key: key})
	}
	if len(files) == 0 {
		return refuse("working_days.choose_file")
	}
	if !utf8.Valid(files[0].Data) || strings.ContainsRune(string(files[0].Data), 0) {
		return refuse("days.not_text")
	}
	change, err := tasks.ReadDays("file", string(files[0].Data))
	if err == nil && whole {
		change = change.Whole()
	}
	return change, err
}

// changeWorkingDays makes a change that was previewed.
func (s *Server) changeWorkingDays(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	if !actor.Can(tasks.ActionWorkingDays) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	change, err := tasks.ReadDays("days", c.PostForm("lines"))
	for text := range strings.FieldsSeq(c.PostForm("years")) {
		change.Years = append(change.Years, shownYear(text))
	}
	change.Document = c.PostForm("document")
	var v tasks.DayPreview
	if err == nil {
		v, err = s.Days.Apply(ctx, actor, change, formID(c.PostForm("version")))
	}
	if fe, ok := s.invalid(actor, err); ok {
		note(c, err)
		return s.showWorkingDays(c, actor, http.StatusUnprocessableEntity, daysTyped{kind: "off", document: change.Document}, fe)
	}
	if tasks.CodeOf(err) == tasks.CodeConflict {
		note(c, err)
		if v, err = s.Days.Preview(ctx, actor, change); err != nil {
			return err
		}
		return s.showDaysPreview(c, actor, http.StatusConflict, v, s.words(actor).T("working_days.stale"))
	}
	if err != nil {
		return err
	}
	if v.Moved == 0 {
		return s.redirect(c, actor, daysHref(v.Changes[0].Date.Year), "working_days.saved_still", strconv.Itoa(len(v.Changes)))
	}
	return s.redirect(c, actor, daysHref(v.Changes[0].Date.Year), "working_days.saved", strconv.Itoa(len(v.Changes)), strconv.Itoa(v.Moved))
}

// showDaysPreview shows what a change does, and asks for a yes.
func (s *Server) showDaysPreview(c *gin.Context, actor tasks.Person, status int, v tasks.DayPreview, problem string) error {
	w := s.words(actor)
	p := daysPreviewPage{Nothing: len(v.Changes) == 0, Back: daysPath, Told: v.Moved > 0}
	switch {
	case p.Nothing:
		p.Headline = w.T("working_days.headline_nothing")
	case v.Moved > 0:
		p.Headline = w.T("working_days.headline_moves", len(v.Changes), v.Moved)
	default:
		p.Headline = w.T("working_days.headline_still", len(v.Changes))
	}
	if !p.Nothing {
		p.Back = daysHref(v.Changes[0].Date.Year)
	}
	for _, f := range []struct {
		n   int
		key string
	}{{v.Moved, "moved"}, {v.Overdue, "overdue"}, {v.Recovered, "recovered"}, {v.Drafts, "drafts"}, {v.Notes, "notes"}, {v.Stay, "stay"}} {
		if f.n > 0 {
			p.Figures = append(p.Figures, templates.Figure{Value: f.n, Text: w.T("working_days." + f.key), Late: f.key == "overdue"})
		}
	}
	for _, x := range v.Changes {
		l := dayChangeLine{Text: shortDay(w, x.Date), Before: dayWords(w, x.Before, x.Date), After: dayWords(w, x.After, x.Date)}
		for _, e := range []*calendar.Exception{x.Before, x.After} {
			if e != nil {
				l.Name = e.Name
			}
		}
		p.Days = append(p.Days, l)
	}
	if err := s.dayMoves(c, actor, v, &p); err != nil {
		return err
	}
	years := make([]string, len(v.Change.Years))
	for i, y := range v.Change.Years {
		years[i] = strconv.Itoa(y)
	}
	p.Hidden = []templates.Field{
		hiddenField("lines", v.Change.Text()), hiddenField("years", strings.Join(years, " ")), hiddenField("version", strconv.FormatInt(v.Version, 10)),
	}
	p.Document = templates.Field{
		Name: "document", Label: w.T("working_days.document"), Hint: w.T("working_days.document_hint"), Value: v.Change.Document, MaxLength: tasks.MaxDocumentNumber,
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if problem != "" {
		p.Problems = []templates.Problem{{Text: problem}}
	}
	return s.render(c, status, "working_days_preview", p)
}

// dayMoves lists the deadlines that move, for those who see duties.
func (s *Server) dayMoves(c *gin.Context, actor tasks.Person, v tasks.DayPreview, p *daysPreviewPage) error {
	if len(v.Deadlines) == 0 {
		return nil
	}
	w := s.words(actor)
	agencies, err := s.Directory.Names(c.Request.Context())
	if err != nil {
		return err
	}
	for _, m := range v.Deadlines {
		p.Moves = append(p.Moves, dayMoveLine{
			Href: assignmentHref(m.Row.ID), Text: dutyTitle(m.Row.Text), Agency: agencyNames(w, agencies, m.Row.Leads), Was: m.Was, Due: m.Due, Restricted: m.Row.Restricted,
		})
	}
	if left := v.Moved - len(v.Deadlines); left > 0 {
		p.More = w.T("working_days.more", left)
	}
	return nil
}
