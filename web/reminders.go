package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// remindersPath is where those who may set when the province's deadlines are reminded of do.
const remindersPath = "/settings/reminders"

// remindersPage is the ladder of the province, a document or a duty, with what it does to a deadline.
type remindersPage struct {
	templates.Layout
	Crumbs               []templates.Action
	Headline, Lede, Note string
	Quotes               bool // the lede is the document's or duty's own words
	// Plan is what the ladder does to the deadline that PlanTitle names.
	PlanTitle string
	Plan      []templates.Fact
	PlanNote  string
	Action    string
	Version   int64
	Fields    []templates.Field
	Back      string
}

// remindersTried is the form as it came back: refused, or only to be looked at.
type remindersTried struct {
	typed   bool
	err     error
	in      tasks.LadderInput
	example string // the deadline to show
}

// remindersFor is the page of what the address names.
func (s *Server) remindersFor(kind tasks.SubjectKind) func(*gin.Context, tasks.Person) error {
	return func(c *gin.Context, actor tasks.Person) error {
		of, err := ladderSubject(c, kind)
		if err != nil {
			return err
		}
		return s.showReminders(c, actor, http.StatusOK, of, remindersTried{})
	}
}

// setReminders keeps what was typed there, or shows what it would do.
func (s *Server) setReminders(kind tasks.SubjectKind) func(*gin.Context, tasks.Person) error {
	return func(c *gin.Context, actor tasks.Person) error {
		of, err := ladderSubject(c, kind)
		if err != nil {
			return err
		}
		try := remindersTried{typed: true, in: postedLadder(c), example: c.PostForm("example")}
		if c.PostForm("preview") != "" {
			return s.showReminders(c, actor, http.StatusOK, of, try)
		}
		if try.err = s.untaken(c, actor, of, try.in); try.err == nil {
			try.err = s.Reminders.Set(c.Request.Context(), actor, of, try.in)
		}
		if status, ok := refusedStatus(try.err); ok {
			note(c, try.err)
			return s.showReminders(c, actor, status, of, try)
		}
		if try.err != nil {
			return try.err
		}
		return s.redirect(c, actor, remindersHref(of), "reminders.saved")
	}
}

// untaken refuses a form whose fields were changed while the choice says that they are not to hold.
func (s *Server) untaken(c *gin.Context, actor tasks.Person, of tasks.Subject, in tasks.LadderInput) error {
	if in.Own || in == (tasks.LadderInput{Version: in.Version}) {
		return nil
	}
	v, err := s.Reminders.Get(c.Request.Context(), actor, of)
	if err != nil {
		return err
	}
	if l, err := in.Ladder(); err == nil && (l.Input() == v.Holds.Input() || l.Input() == v.Above.Input()) {
		return nil
	}
	return tasks.Invalid(tasks.FieldError{Field: "own", Key: "ladder.untaken"})
}

func ladderSubject(c *gin.Context, kind tasks.SubjectKind) (tasks.Subject, error) {
	if kind == tasks.SubjectProvince {
		return tasks.Subject{Kind: kind}, nil
	}
	id, err := pathID(c, "id")
	return tasks.Subject{Kind: kind, ID: id}, err
}

func remindersHref(of tasks.Subject) string {
	switch of.Kind {
	case tasks.SubjectDocument:
		return documentHref(of.ID, "/reminders")
	case tasks.SubjectTask:
		return dutyHref(of.ID, "/reminders")
	}
	return remindersPath
}

// postedLadder is what was typed.
func postedLadder(c *gin.Context) tasks.LadderInput {
	return tasks.LadderInput{
		Own: c.PostForm("own") == "1", Before: c.PostForm("before"), OnDay: c.PostForm("on_day") == "1",
		AfterFirst: c.PostForm("after_first"), Every: c.PostForm("every"), Head: c.PostForm("head"), Specialist: c.PostForm("specialist"),
		Leaders: c.PostForm("leaders"), Cooperating: c.PostForm("cooperating"), Version: formID(c.PostForm("version")),
	}
}

func (s *Server) showReminders(c *gin.Context, actor tasks.Person, status int, of tasks.Subject, try remindersTried) error {
	v, err := s.Reminders.Get(c.Request.Context(), actor, of)
	if err != nil {
		return err
	}
	w := s.words(actor)
	in := v.Holds.Input()
	in.Own = v.Own.Ladder != nil
	if try.typed {
		in = try.in
	}
	fe, _ := s.invalid(actor, try.err)
	shown, example := s.shownLadder(v, in, try)
	if try.typed && try.err == nil {
		fe, _ = s.invalid(actor, example.err)
	}
	p := remindersPage{
		Headline: w.T("reminders.headline"), Lede: w.T("reminders.lede"), Action: remindersHref(of), Version: v.Own.Version, Back: "/outbox",
		Fields: ladderFields(w, fe, v, in),
	}
	s.remindersOf(w, &p, v)
	if of.Kind == tasks.SubjectProvince {
		day := fe.on(templates.Field{Name: "example", Type: "date", Label: w.T("reminders.example"), Hint: w.T("reminders.example_hint"), Value: example.text, Narrow: true})
		if day.Error != "" {
			day.Type = "" // a control of days would show nothing of what was typed
		}
		p.Fields = append(p.Fields, day)
	}
	if example.err == nil && !example.due.IsZero() {
		p.PlanTitle = w.T("reminders.plan", longDate(w, example.due))
		p.Plan = s.planLines(w, shown, example)
		if example.due.Before(s.Rules.Day(s.Now())) {
			p.PlanNote = w.T("reminders.plan_past")
		}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Fields...)
	if status == http.StatusConflict {
		p.Problems = append(p.Problems, templates.Problem{Text: w.T("reminders.stale")})
	}
	return s.render(c, status, "reminders", p)
}

// ladderExample is the deadline by which the page shows what a ladder does.
type ladderExample struct {
	due, setOn calendar.Date
	text       string // as it was typed
	err        error
}

// shownLadder is the ladder that the page shows at work: the one in force, or the one that was typed.
func (s *Server) shownLadder(v tasks.LadderView, in tasks.LadderInput, try remindersTried) (tasks.SetLadder, ladderExample) {
	today := s.Rules.Day(s.Now())
	example := ladderExample{due: v.Due, setOn: v.SetOn}
	if v.Due.IsZero() {
		// A deadline far enough for every step to be before it, set today.
		example.due, example.setOn = s.Rules.Calendar.Add(today, max(v.Holds.Reach(), 10)+5), today
	}
	if v.Subject.Kind == tasks.SubjectProvince {
		if d, ok := formDate(try.example); try.example != "" && (!ok || d.IsZero()) {
			example.err = tasks.Invalid(tasks.FieldError{Field: "example", Key: "deadline.bad_date"})
		} else if !d.IsZero() {
			example.due = d
		}
		example.text = example.due.String()
		if example.err != nil {
			example.text = try.example
		}
	}
	shown := v.Holds
	if try.typed {
		shown = v.Above
		if in.Own {
			l, err := in.Ladder()
			if err != nil && example.err == nil {
				example.err = err
			}
			shown = tasks.SetLadder{Ladder: l, SetOn: today}
		}
	}
	return shown, example
}

// plannedLate is how many days after a deadline a line names.
const plannedLate = 3

// planLines say, in a line a role, on which days it is told of the deadline.
func (s *Server) planLines(w *templates.Words, l tasks.SetLadder, example ladderExample) []templates.Fact {
	plan := l.Plan(s.Rules.Calendar, example.due, example.setOn)
	days := func(list []calendar.Date, every int) string {
		if len(list) == 0 {
			return w.T("reminders.nobody")
		}
		var words []string
		late := 0
		for _, d := range list {
			if d.After(example.due) {
				late++
			}
			if late > plannedLate {
				break
			}
			words = append(words, dayMonth(w, d))
		}
		text := strings.Join(words, ", ")
		if every > 0 && late > 0 {
			return w.T("reminders.and_every", text, every)
		}
		return text
	}
	lines := []templates.Fact{
		{Label: w.T("reminders.who_focal"), Text: days(plan.Focal, l.Every)},
		{Label: w.T("reminders.who_head"), Text: days(plan.Head, l.Every)},
		{Label: w.T("reminders.who_specialist"), Text: days(plan.Specialist, l.Every)},
		{Label: w.T("reminders.who_cooperating"), Text: days(plan.Cooperating, 0)},
		{Label: w.T("reminders.who_leaders"), Text: w.T("reminders.nobody")},
	}
	if !plan.Leaders.IsZero() {
		lines[len(lines)-1].Text = w.T("reminders.from_day", plan.Leaders)
	} else if l.Leaders > 0 {
		lines[len(lines)-1].Text = w.T("reminders.after_days", l.Leaders)
	}
	return lines
}

// dayMonth is a day without its year.
func dayMonth(w *templates.Words, d calendar.Date) string {
	text, err := w.DayMonth(d)
	if err != nil {
		return d.String()
	}
	return text
}

// remindersOf words the page for what the ladder is of.
func (s *Server) remindersOf(w *templates.Words, p *remindersPage, v tasks.LadderView) {
	switch v.Subject.Kind {
	case tasks.SubjectProvince:
		p.Note = w.T("reminders.note_default")
		if v.Own.Ladder != nil {
			p.Note = w.T("reminders.note_set", v.Own.SetOn)
		}
		p.Crumbs = []templates.Action{{Href: p.Back, Label: w.T("nav.outbox")}, {Label: w.T("reminders.crumb")}}
		return
	case tasks.SubjectDocument:
		p.Headline, p.Back = w.T("reminders.headline_document", documentLabel(w, v.Document.Kind, v.Document.Number)), documentHref(v.Document.ID)
		p.Crumbs = []templates.Action{{Href: "/documents", Label: w.T("nav.documents")}, {Href: p.Back, Label: documentLabel(w, v.Document.Kind, v.Document.Number)}}
		p.Lede = v.Document.Title
	case tasks.SubjectTask:
		p.Headline, p.Back = w.T("reminders.headline_task"), dutyHref(v.Task.ID)
		p.Crumbs = s.dutyCrumbs(w, tasks.DutyView{Task: v.Task, Document: v.Document})
		p.Lede = oneLine(v.Task.Text)
	}
	p.Crumbs, p.Quotes = append(p.Crumbs, templates.Action{Label: w.T("reminders.crumb")}), true
	p.Note = w.T("reminders.note_above_" + string(v.Subject.Kind))
	if v.Own.Ladder != nil {
		p.Note = w.T("reminders.note_own", v.Own.SetOn)
	}
}

func ladderFields(w *templates.Words, fe fieldErrors, v tasks.LadderView, in tasks.LadderInput) []templates.Field {
	own := "0"
	if in.Own {
		own = "1"
	}
	onDay := templates.Field{Name: "on_day", Type: "checkbox", Label: w.T("reminders.on_day"), Options: []templates.Option{{Value: "1"}}}
	if in.OnDay {
		onDay.Value = "1"
	}
	number := func(name, value string) templates.Field {
		return templates.Field{Name: name, Label: w.T("reminders." + name), Hint: w.T("reminders." + name + "_hint"), Value: value, InputMode: "numeric", Narrow: true, MaxLength: 3}
	}
	list := func(name, value string) templates.Field {
		return templates.Field{Name: name, Label: w.T("reminders." + name), Hint: w.T("reminders." + name + "_hint"), Value: value, Narrow: true, MaxLength: 60}
	}
	fields := []templates.Field{
		{Name: "own", Type: "radio", Label: w.T("reminders.own"), Value: own, Required: true, Options: []templates.Option{
			{Value: "0", Label: w.T("reminders.own_no_" + string(v.Subject.Kind)), Hint: ladderLine(w, v.Above.Ladder)},
			{Value: "1", Label: w.T("reminders.own_yes")},
		}},
		list("before", in.Before), onDay, number("after_first", in.AfterFirst), number("every", in.Every),
		number("head", in.Head), number("specialist", in.Specialist), number("leaders", in.Leaders), list("cooperating", in.Cooperating),
	}
	for i, f := range fields {
		fields[i] = fe.on(f)
	}
	return fields
}

// ladderLine is a ladder in one line.
func ladderLine(w *templates.Words, l tasks.Ladder) string {
	in := l.Input()
	before := in.Before
	if before == "" {
		before = w.T("reminders.never")
	}
	parts := []string{w.T("reminders.line_before", before)}
	if l.OnDay {
		parts = append(parts, w.T("reminders.line_on_day"))
	}
	for _, x := range []struct {
		key string
		n   int
	}{{"after", l.AfterFirst}, {"every", l.Every}, {"head", l.Head}, {"specialist", l.Specialist}, {"leaders", l.Leaders}} {
		if x.n > 0 {
			parts = append(parts, w.T("reminders.line_"+x.key, x.n))
		}
	}
	if len(l.Cooperating) > 0 {
		parts = append(parts, w.T("reminders.line_cooperating", in.Cooperating))
	}
	return strings.Join(parts, "; ") + "."
}

// reminderFacts lead those who may to where it is set when a document or duty is reminded of.
func reminderFacts(w *templates.Words, may bool, of tasks.Subject) []templates.Fact {
	if !may {
		return nil
	}
	return []templates.Fact{{Label: w.T("reminders.fact"), Text: w.T("reminders.fact_do"), Href: remindersHref(of)}}
}
