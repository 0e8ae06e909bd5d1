package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// seriesPage shows when a duty recurs, with the forms by which that is changed or ended.
type seriesPage struct {
	templates.Layout
	Crumbs            []templates.Action
	Headline, Lede    string
	Facts             []templates.Fact
	Upcoming, Preview []seriesLine
	Previewed         bool
	Opened            []seriesLine
	Trail             []templates.TrailItem
	// Action is where the form goes; "" where nothing can be changed.
	Action, Heading, Hint, Cancel, Button string
	Version                               int64
	Fields                                []templates.Field
	End                                   *templates.ConfirmForm
}

// seriesLine is one period.
type seriesLine struct{ Name, Due, Opens string }

// seriesHref is the address of the page on which a duty's recurrence is seen to.
func seriesHref(task int64, rest ...string) string {
	return dutyHref(task, "/series") + strings.Join(rest, "")
}

// periodName is how a period is called.
func periodName(w *templates.Words, p tasks.Period) string {
	key, args := p.Name()
	return w.T(key, args...)
}

// recursField asks at review whether each period of a cadence is a duty of its own. A refused form shows the number that was sent.
func recursField(w *templates.Words, fe fieldErrors, opens int) templates.Field {
	ahead := tasks.DefaultAhead
	f := templates.Field{Name: "opens", Type: "radio", Label: w.T("series.choice"), Value: "0"}
	if opens > 0 {
		ahead, f.Value = opens, strconv.Itoa(opens)
	}
	f.Options = []templates.Option{
		{Value: "0", Label: w.T("series.choice_note")},
		{Value: strconv.Itoa(ahead), Label: w.T("series.choice_each"), Hint: w.T("series.choice_each_hint", ahead)},
	}
	return fe.on(f)
}

// seriesFact leads from a duty to its recurrence, who may change it.
func seriesFact(w *templates.Words, may bool, task int64) templates.Fact {
	f := templates.Fact{Label: w.T("series.fact"), Text: w.T("series.choice_each")}
	if may {
		f.Text, f.Href = w.T("series.open"), seriesHref(task)
	}
	return f
}

// seriesFacts say which period it is, and when the duty recurs.
func (b *assignmentBuilder) seriesFacts() []templates.Fact {
	a, x, w := b.v.Assignment, b.v.Series, b.w
	if a.Period.IsZero() {
		if a.Cadence != "" && a.State != tasks.StateCompleted && a.State != tasks.StateCancelled && b.v.Document.State == tasks.DocumentIssued && b.actor.Can(tasks.ActionSeries) {
			return []templates.Fact{beginFact(w, a.TaskID)}
		}
		return nil
	}
	facts := []templates.Fact{{Label: w.T("series.period_fact"), Text: w.T("series.period_words", periodName(w, a.Period), a.Period.Since, a.Period.Due)}}
	if x == nil || x.TaskID != a.TaskID {
		return facts
	}
	again := templates.Fact{Label: w.T("series.fact"), Text: w.T("series.fact_words", cadenceWords(w, x.Rule))}
	if x.Ended() {
		again.Note = w.T("series.headline_ended", x.EndedOn)
	}
	if b.actor.Can(tasks.ActionSeries) {
		again.Href = seriesHref(a.TaskID)
	}
	return append(facts, again)
}

// seriesTyped is the form as it was typed, and why it was refused.
type seriesTyped struct {
	time                           timeForm
	ahead, until, document, reason string
	from                           string // of one that begins
	version                        int64
	err                            error
	preview                        *tasks.SeriesInput
	ending                         bool // it was the form that ends it
}

// series shows when a duty recurs.
func (s *Server) series(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showSeries(c, actor, id, http.StatusOK, nil)
}

func (s *Server) showSeries(c *gin.Context, actor tasks.Person, id int64, status int, try *seriesTyped) error {
	var preview *tasks.SeriesInput
	if try != nil {
		preview = try.preview
	}
	v, err := s.Assignments.Recurring(c.Request.Context(), actor, id, preview)
	if err != nil {
		return err
	}
	w := s.words(actor)
	if try == nil {
		typed := s.storedSeries(w, v)
		try = &typed
	}
	crumbs := s.dutyCrumbs(w, tasks.DutyView{Task: v.Task, Document: v.Document})
	p := seriesPage{
		Crumbs: append(crumbs[1:2:2], templates.Action{Href: dutyHref(id), Label: w.T("duty_matrix.duty")}, templates.Action{Label: w.T("series.title")}),
		Lede:   oneLine(v.Task.Text), Headline: seriesHeadline(w, v), Facts: seriesPageFacts(w, v), Cancel: dutyHref(id),
		Upcoming: upcomingLines(w, v.Upcoming), Preview: upcomingLines(w, v.Preview), Previewed: preview != nil,
	}
	if list, err := s.Assignments.Duty(c.Request.Context(), actor, tasks.DutyQuery{TaskID: id, Limit: 1}); err == nil && list.Only != 0 {
		p.Crumbs[1], p.Cancel = templates.Action{Href: assignmentHref(list.Only), Label: excerpt(oneLine(v.Task.Text), 60)}, assignmentHref(list.Only)
	}
	for _, period := range v.Opened {
		p.Opened = append(p.Opened, seriesLine{Name: capitalised(periodName(w, period)), Due: w.T("duty.day", period.Due)})
	}
	fe, _ := s.invalid(actor, try.err)
	if v.MayChange {
		p.Action, p.Heading, p.Hint = seriesHref(id), w.T("series.change"), w.T("series.change_hint")
		if v.Series.Ended() {
			p.Heading = w.T("series.resume")
		}
		p.Version, p.Button = v.Series.Version, w.T("series.save")
		p.Fields = s.seriesFields(w, fe, *try)
		if v.Begins {
			p.begins(w, fe, v, *try)
		} else if !v.Series.Ended() {
			p.End = &templates.ConfirmForm{
				Action: seriesHref(id, "/end"), Summary: w.T("series.end"), Text: w.T("series.end_text"), Button: w.T("series.end"), Open: try.ending,
				Hidden: []templates.Hidden{{Name: "version", Value: versionText(v.Series.Version)}},
				Fields: []templates.Field{{ID: "end-reason", Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Required: true, MaxLength: tasks.MaxReasonText}},
			}
			if try.ending {
				p.End.Fields[0].Value = try.reason
				p.End.Fields[0] = fe.on(p.End.Fields[0])
			}
		}
	}
	p.Layout = s.layout(c, actor, w.T("series.title"))
	if try.ending && p.End != nil {
		p.Problems = fe.problems(p.End.Fields...)
	} else {
		p.Problems = fe.problems(p.Fields...)
	}
	switch tasks.CodeOf(try.err) {
	case tasks.CodeConflict:
		text := w.T("series.conflict")
		if v.Begins {
			text = w.T("series.begin_conflict")
		}
		if key := keyOf(try.err); key != tasks.ErrConflict.Key {
			text = s.explain(actor, try.err)
		}
		p.Problems = append(p.Problems, templates.Problem{Text: text})
	case tasks.CodeStorageFull, tasks.CodeUnavailable:
		p.Problems = append(p.Problems, templates.Problem{Text: s.explain(actor, try.err)})
	}
	return s.render(c, status, "series", p)
}

func seriesHeadline(w *templates.Words, v tasks.SeriesView) string {
	switch {
	case v.Begins:
		return w.T("series.begin_headline")
	case v.Series.Ended():
		return w.T("series.headline_ended", v.Series.EndedOn)
	case v.Document.State != tasks.DocumentIssued:
		return w.T("series.headline_closed")
	case len(v.Upcoming) == 0:
		return w.T("series.headline_last")
	}
	next := v.Upcoming[0]
	return w.T("series.headline", periodName(w, next.Period), next.Opens)
}

func seriesPageFacts(w *templates.Words, v tasks.SeriesView) []templates.Fact {
	x := v.Series
	facts := []templates.Fact{
		{Label: w.T("series.rule"), Text: capitalised(cadenceWords(w, x.Rule))},
		{Label: w.T("series.ahead_fact"), Text: w.T("series.ahead_words", x.Ahead)},
	}
	if !x.Until.IsZero() {
		facts = append(facts, templates.Fact{Label: w.T("series.until_fact"), Text: w.T("duty.day", x.Until)})
	}
	var ids []int64
	for _, a := range v.Newest {
		if a.State != tasks.StateCancelled {
			ids = append(ids, a.Leads...)
		}
	}
	who := templates.Fact{Label: w.T("series.who"), Text: w.T("series.nobody")}
	if len(ids) > 0 {
		who.Text, who.Note = someAgencies(w, v.Agencies, ids), w.T("series.who_note")
	}
	if v.Begins {
		who.Label, who.Note = w.T("series.begin_who"), ""
		return append(facts[:1], who)
	}
	facts = append(facts, who)
	if x.Reason != "" {
		facts = append(facts, templates.Fact{Label: w.T("series.why"), Text: x.Reason})
	}
	return facts
}

func upcomingLines(w *templates.Words, periods []tasks.UpcomingPeriod) []seriesLine {
	var lines []seriesLine
	for _, p := range periods {
		lines = append(lines, seriesLine{Name: capitalised(periodName(w, p.Period)), Due: longDate(w, p.Due), Opens: w.T("duty.day", p.Opens)})
	}
	return lines
}

// storedSeries is the form as the series stands.
func (s *Server) storedSeries(w *templates.Words, v tasks.SeriesView) seriesTyped {
	x := v.Series
	t := seriesTyped{
		time: timeOf(w, s.timesOf(v.Document.Head), "due", calendar.Date{}, x.Rule), ahead: strconv.Itoa(x.Ahead), until: x.Until.String(),
	}
	if v.Begins {
		t.from = v.From.String()
	}
	return t
}

func (s *Server) seriesFields(w *templates.Words, fe fieldErrors, t seriesTyped) []templates.Field {
	fields := t.time.fields(w, fe, "f-", timeLabels{Due: "series.cadence", Cadence: "series.cadence", NoCadence: "series.cadence_choose"})[1:]
	reason := t.reason
	if t.ending {
		reason = "" // it stands in the other form
	}
	return append(fields,
		fe.on(templates.Field{Name: "ahead", Type: "number", Label: w.T("series.ahead"), Narrow: true, Required: true, Min: "1", Max: strconv.Itoa(tasks.MaxAhead), Value: t.ahead}),
		fe.on(dayControl(templates.Field{Name: "until", Label: w.T("series.until"), Hint: w.T("series.until_hint"), Narrow: true}, t.until)),
		fe.on(templates.Field{Name: "document", Label: w.T("deadline.decision_document"), MaxLength: tasks.MaxDocumentNumber, Value: t.document}),
		func() templates.Field {
			f := templates.Field{Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Required: true, MaxLength: tasks.MaxReasonText, Value: reason}
			if t.ending {
				return f
			}
			return fe.on(f)
		}(),
	)
}

// typedSeries reads the form.
func typedSeries(c *gin.Context) seriesTyped {
	text := func(name string) string { return strings.TrimSpace(c.PostForm(name)) }
	return seriesTyped{
		time: typedTime(c, "due"), ahead: text("ahead"), until: text("until"), document: text("document"), reason: text("reason"),
		version: formID(c.PostForm("version")), from: text("from"),
	}
}

// input is the typed form as the service takes it.
func (t seriesTyped) input(read timeReader) (tasks.SeriesInput, error) {
	in := tasks.SeriesInput{Reason: t.reason, Document: t.document, Version: t.version}
	var wrong []error
	_, rule, err := t.time.values(read)
	in.Rule = rule
	wrong = append(wrong, err)
	ahead, err := strconv.Atoi(t.ahead)
	if err != nil {
		ahead = 0 // the service says what it may be
	}
	in.Ahead = ahead
	until, ok := formDate(t.until)
	if in.Until = until; !ok {
		wrong = append(wrong, tasks.Invalid(tasks.FieldError{Field: "until", Key: "deadline.bad_date"}))
	}
	from, ok := formDate(t.from)
	if in.From = from; !ok {
		wrong = append(wrong, tasks.Invalid(tasks.FieldError{Field: "from", Key: "deadline.bad_date"}))
	}
	return in, joinInvalid(wrong...)
}

// changeSeries changes when a duty recurs, or shows which periods that would make.
func (s *Server) changeSeries(c *gin.Context, actor tasks.Person) error {
	return s.postSeries(c, actor, s.Assignments.ChangeSeries, "series.changed")
}

// postSeries takes the form by which a series begins or is changed, or shows which periods that would make.
func (s *Server) postSeries(c *gin.Context, actor tasks.Person, save func(context.Context, tasks.Person, int64, tasks.SeriesInput) error, flash string) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	// Who may not is told so before he is told what is wrong.
	v, err := s.Assignments.Recurring(c.Request.Context(), actor, id, nil)
	if err != nil {
		return err
	}
	try := typedSeries(c)
	in, err := try.input(s.timesOf(v.Document.Head))
	if err == nil {
		try.preview = &in
		if c.PostForm("preview") != "" {
			return s.showSeries(c, actor, id, http.StatusOK, &try)
		}
		err = save(c.Request.Context(), actor, id, in)
	}
	if err == nil {
		return s.redirect(c, actor, seriesHref(id), flash)
	}
	return s.seriesRefused(c, actor, id, try, err)
}

// endSeries ends a recurring duty.
func (s *Server) endSeries(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	reason := strings.TrimSpace(c.PostForm("reason"))
	err = s.Assignments.EndSeries(c.Request.Context(), actor, id, formID(c.PostForm("version")), reason)
	if err == nil {
		return s.redirect(c, actor, seriesHref(id), "series.ended")
	}
	v, seen := s.Assignments.Recurring(c.Request.Context(), actor, id, nil)
	if seen != nil {
		return seen
	}
	try := s.storedSeries(s.words(actor), v)
	try.reason, try.ending = reason, true
	return s.seriesRefused(c, actor, id, try, err)
}

// seriesRefused answers a refused form with the page as it now is and everything that was typed.
func (s *Server) seriesRefused(c *gin.Context, actor tasks.Person, id int64, try seriesTyped, err error) error {
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		try.err = err
		return s.showSeries(c, actor, id, statuses[code], &try)
	}
	return err
}
