package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// stepFields are what the forms of a step send besides a version and a reason.
var stepFields = []string{"evidence", "due", "authority", "document"}

func typedStep(c *gin.Context) map[string]string {
	typed := make(map[string]string)
	for _, name := range stepFields {
		typed[name] = strings.TrimSpace(c.PostForm(name))
	}
	return typed
}

// confirm completes the duty whose submission waits.
func (s *Server) confirm(c *gin.Context, actor tasks.Person) error {
	in := tasks.ConfirmInput{Evidence: tasks.EvidenceState(c.PostForm("evidence"))}
	return s.step(c, actor, tasks.StepConfirm, "decide.confirmed", func(ctx context.Context, id, version int64, _ string) error {
		in.Version = version
		return s.Assignments.ConfirmWith(ctx, actor, id, in)
	})
}

// returnReport sends the submission back with a reason, perhaps with a new deadline.
func (s *Server) returnReport(c *gin.Context, actor tasks.Person) error {
	typed := typedStep(c)
	due, ok := formDate(typed["due"])
	return s.step(c, actor, tasks.StepReturn, "decide.returned", func(ctx context.Context, id, version int64, reason string) error {
		if !ok {
			due = calendar.Date{Year: 1, Month: 1, Day: 1} // before every deadline: refused where it matters
		}
		return s.Assignments.ReturnWith(ctx, actor, id, tasks.ReturnInput{
			Reason: reason, Due: due, Authority: typed["authority"], Document: typed["document"], Version: version,
		})
	})
}

// waive says that a duty needs no confirmation, or needs it again.
func (s *Server) waive(c *gin.Context, actor tasks.Person) error {
	on := c.PostForm("waive") == "1"
	done := "confirm.required"
	if on {
		done = "confirm.waived"
	}
	return s.step(c, actor, "waive", done, func(ctx context.Context, id, version int64, _ string) error {
		return s.Assignments.WaiveConfirmation(ctx, actor, id, version, on)
	})
}

// waiveForm is the secretariat's, of a duty that has not ended and on which the person has not reported himself.
func (b *assignmentBuilder) waiveForm() *templates.ConfirmForm {
	a, w := b.v.Assignment, b.w
	if !b.v.MayDecide || a.State == tasks.StateCompleted || !a.State.Counted() {
		return nil
	}
	for _, r := range b.v.Reports {
		if r.By(b.actor) {
			return nil
		}
	}
	key, value := "confirm.waive", "1"
	if a.UnconfirmedBy != 0 {
		key, value = "confirm.require", "0"
	}
	return &templates.ConfirmForm{
		Summary: w.T(key), Action: b.href("/confirmation"), Button: w.T(key), Text: w.T(key + "_hint"),
		Hidden: []templates.Hidden{{Name: "version", Value: idText(a.Version)}, {Name: "waive", Value: value}},
	}
}

// evidenceChoice asks for a word on evidence that was not accepted yet.
func (b *assignmentBuilder) evidenceChoice(r tasks.Report) []templates.Field {
	state := r.EvidenceState()
	if state == "" || state == tasks.EvidenceAccepted {
		return nil
	}
	f := evidenceField(b.w)
	f.Hint = b.w.T("confirm.evidence_is", "evidence_state."+string(state))
	if b.try.step == tasks.StepConfirm {
		f.Value = b.try.typed["evidence"]
		f = b.errors.on(f)
		b.problems = append(b.problems, b.errors.problems(f)...)
	}
	return []templates.Field{f}
}

func evidenceField(w *templates.Words) templates.Field {
	return templates.Field{Name: "evidence", Type: "radio", Label: w.T("evidence.title"), Required: true, Options: []templates.Option{
		{Value: string(tasks.EvidenceAccepted), Label: w.T("confirm.evidence_accepted")},
		{Value: string(tasks.EvidencePending), Label: w.T("confirm.evidence_later")},
	}}
}

// returnForm is the reason, with a new deadline for those who give one.
func (b *assignmentBuilder) returnForm() *templates.ConfirmForm {
	w, a := b.w, b.v.Assignment
	form := b.reasonForm(tasks.StepReturn, "/return", "decide.return", "decide.return_hint")
	if a.Due.IsZero() {
		return form
	}
	fields := []templates.Field{
		{Name: "due", Type: "date", Label: w.T("confirm.return_due"), Hint: w.T("confirm.return_due_hint", a.Due), Narrow: true},
		{Name: "authority", Label: w.T("deadline.authority"), Hint: w.T("confirm.authority_hint"), MaxLength: tasks.MaxAuthority},
		{Name: "document", Label: w.T("deadline.decision_document"), MaxLength: tasks.MaxDocumentNumber},
	}
	tried := b.try.step == tasks.StepReturn
	for i, f := range fields {
		if tried {
			f = b.errors.on(f)
			typed := b.try.typed[f.Name]
			if _, ok := formDate(typed); f.Name == "due" && !ok {
				f.Error = w.T("deadline.bad_date")
			}
			if f.Value = typed; f.Name == "due" {
				f = dayControl(f, typed)
			}
		}
		fields[i] = f
	}
	if tried {
		b.problems = append(b.problems, b.errors.problems(fields...)...)
	}
	form.Fields = append(form.Fields, fields...)
	return form
}

type decidePage struct {
	templates.Layout
	Headline, Lede string
	Done           []templates.Action
	DoneTitle      string
	Left           []leftLine
	LeftTitle      string
	// Chosen are the submissions of a refused form, to be chosen again.
	Chosen []chosenLine
	Bulk   *bulkForm
	Back   templates.Action
}

// leftLine is a submission on which nothing was decided, and why.
// Value and ID are those of its box, where the same form may be sent again.
type leftLine struct{ Href, Text, Lead, Why, Value, ID string }

// chosenLine is a submission with its box.
type chosenLine struct{ Href, Text, Lead, Value, ID string }

// bulkForm decides on the submissions that are ticked.
type bulkForm struct {
	Evidence templates.Field
	Reason   templates.Field
	From     string
	Hint     string
	Open     bool
}

func newBulkForm(w *templates.Words, from string) *bulkForm {
	f := &bulkForm{
		From: from, Hint: w.T("confirm.bulk_hint", tasks.MaxChoices), Evidence: evidenceField(w),
		Reason: templates.Field{Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Hint: w.T("confirm.bulk_reason_hint"), MaxLength: tasks.MaxReasonText},
	}
	f.Evidence.Label, f.Evidence.Hint = w.T("confirm.bulk_evidence"), w.T("confirm.bulk_evidence_hint")
	f.Evidence.Required, f.Reason.Required = true, true
	f.Evidence.Options[0].Label = w.T("confirm.bulk_evidence_accepted")
	f.Evidence.Options = append([]templates.Option{{Value: "none", Label: w.T("confirm.bulk_evidence_none")}}, f.Evidence.Options...)
	f.Evidence.Value = "none"
	return f
}

// choiceValue names an assignment with its version, as a box of a list sends it.
func choiceValue(a tasks.Assignment) string { return idText(a.ID) + "." + idText(a.Version) }

func choices(values []string) []tasks.Choice {
	var out []tasks.Choice
	for _, v := range values {
		id, version, _ := strings.Cut(v, ".")
		if c := (tasks.Choice{ID: formID(id), Version: formID(version)}); c.ID != 0 && c.Version != 0 {
			out = append(out, c)
		}
	}
	return out
}

// decideMany confirms or sends back the submissions that were ticked, each for itself, and says what was done and what was not.
func (s *Server) decideMany(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	chosen := choices(c.PostFormArray("choice"))
	returns := c.PostForm("do") == "return"
	var done []tasks.Decided
	var err error
	if returns {
		done, err = s.Assignments.ReturnMany(ctx, actor, chosen, c.PostForm("reason"))
	} else {
		done, err = s.Assignments.ConfirmMany(ctx, actor, chosen, tasks.ConfirmInput{Evidence: tasks.EvidenceState(c.PostForm("evidence"))})
	}
	if err != nil && tasks.CodeOf(err) != tasks.CodeInvalid {
		return err
	}
	rows, readErr := s.Assignments.Chosen(ctx, actor, chosen)
	if readErr != nil {
		return readErr
	}
	byID := make(map[int64]tasks.AssignmentRow, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	names, readErr := s.Directory.Names(ctx)
	if readErr != nil {
		return readErr
	}
	w := s.words(actor)
	p := decidePage{Back: templates.Action{Href: "/inbox", Label: w.T("nav.inbox")}}
	if from := c.PostForm("from"); strings.HasPrefix(from, "/assignments?") {
		p.Back = templates.Action{Href: from, Label: w.T("nav.assignments")}
	}
	fe, refused := s.invalid(actor, err)
	if refused {
		note(c, err)
		p.again(w, chosen, byID, names, c, fe)
		if p.Bulk != nil {
			p.Problems = fe.problems(p.Bulk.Reason)
		}
		p.Layout = s.layout(c, actor, p.Headline)
		return s.render(c, http.StatusUnprocessableEntity, "decide", p)
	}
	for _, d := range done {
		row := byID[d.ID]
		title := dutyTitle(row.Text)
		if row.ID == 0 {
			title = w.T("confirm.gone", d.ID)
		}
		if d.Err == nil {
			p.Done = append(p.Done, templates.Action{Href: assignmentHref(d.ID), Label: title + " · " + leadNames(w, names, row.Leads)})
			continue
		}
		note(c, d.Err)
		line := leftLine{Href: assignmentHref(d.ID), Text: title, Lead: leadNames(w, names, row.Leads), Why: s.whyLeft(actor, row, d.Err)}
		if tasks.CodeOf(d.Err) == tasks.CodeInvalid {
			line.Value, line.ID = choiceValue(row.Assignment), "choice-"+idText(d.ID)
			p.Bulk = newBulkForm(w, c.PostForm("from"))
		}
		p.Left = append(p.Left, line)
	}
	verb := "confirmed"
	if returns {
		verb = "returned"
	}
	switch {
	case len(p.Left) == 0:
		p.Headline = w.T("confirm.headline_"+verb, len(p.Done))
	case len(p.Done) == 0:
		p.Headline = w.T("confirm.headline_"+verb+"_none", len(p.Left))
	default:
		p.Headline = w.T("confirm.headline_"+verb+"_left", len(p.Done), len(p.Left))
	}
	p.DoneTitle, p.LeftTitle = w.T("confirm.done_"+verb), w.T("confirm.left")
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "decide", p)
}

// whyLeft says why nothing was decided on a submission.
func (s *Server) whyLeft(actor tasks.Person, row tasks.AssignmentRow, err error) string {
	w := s.words(actor)
	var e *tasks.Error
	switch {
	case row.ID == 0:
		return w.T("error.not_found")
	case errors.Is(err, tasks.ErrConflict):
		return w.T("confirm.changed", "state."+string(row.State))
	case errors.As(err, &e) && e.Code == tasks.CodeInvalid && len(e.Fields) > 0:
		return w.T(e.Fields[0].Key, args(e.Fields[0].Args)...)
	}
	return s.explain(actor, err)
}

// again shows a refused form with everything that was chosen and typed.
func (p *decidePage) again(w *templates.Words, chosen []tasks.Choice, rows map[int64]tasks.AssignmentRow, names map[int64]tasks.Agency, c *gin.Context, fe fieldErrors) {
	p.Headline = w.T("confirm.headline_again")
	p.Bulk = newBulkForm(w, c.PostForm("from"))
	p.Bulk.Reason.Value, p.Bulk.Open = c.PostForm("reason"), true
	p.Bulk.Reason = fe.on(p.Bulk.Reason)
	if v := c.PostForm("evidence"); v != "" {
		p.Bulk.Evidence.Value = v
	}
	for _, x := range chosen {
		if row, ok := rows[x.ID]; ok {
			p.Chosen = append(p.Chosen, chosenLine{
				Href: assignmentHref(x.ID), Text: dutyTitle(row.Text), Lead: leadNames(w, names, row.Leads),
				Value: idText(x.ID) + "." + idText(x.Version), ID: "choice-" + idText(x.ID),
			})
		}
	}
	p.Lede = fe.byField["choice"]
	if len(p.Chosen) == 0 {
		p.Bulk = nil
	}
}
