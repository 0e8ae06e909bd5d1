package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// evidenceCard says that the evidence of a report has to be added to.
type evidenceCard struct {
	Words  string
	Action *templates.Action
}

type evidencePage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	Items          []evidenceItem
	Kept           []templates.Field
	Empty          templates.Empty
}

// evidenceItem is a report with evidence, what is said of that, and what the person can do.
type evidenceItem struct {
	ID     string
	Report reportLine
	State  tasks.EvidenceState
	Said   string // who judged it when
	Words  string
	Forms  []evidenceForm
	Other  string
}

// evidenceForm is a form about a report's evidence.
type evidenceForm struct {
	Action, Title, Hint, Button string
	Hidden                      []templates.Hidden
	Fields                      []templates.Field
	Files                       bool
}

// evidenceAttempt is a refused form of the page.
type evidenceAttempt struct {
	err          error
	form, report string
	typed        map[string]string
	files        []string
}

func evidencePageHref(id int64) string { return assignmentHref(id) + "/evidence" }

// evidencePage shows the evidence of a duty's reports with its states.
func (s *Server) evidencePage(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showEvidence(c, actor, id, http.StatusOK, evidenceAttempt{})
}

// judgeEvidence keeps what the secretariat says of the evidence.
func (s *Server) judgeEvidence(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	try := typedEvidence(c, "judge", "state", "words")
	try.err = s.Assignments.JudgeEvidence(c.Request.Context(), actor, id, tasks.JudgeInput{
		ReportID: formID(try.report), State: tasks.EvidenceState(try.typed["state"]), Words: try.typed["words"], Version: formID(c.PostForm("version")),
	})
	return s.evidenceDone(c, actor, id, try, "evidence.judged")
}

// addEvidence adds files and document numbers to a report.
func (s *Server) addEvidence(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	files, names, err := s.sent(c, actor, id, tasks.ActionReport)
	if err != nil {
		return err
	}
	try := typedEvidence(c, "add", "documents")
	try.files = names
	try.err = s.Assignments.AddEvidence(c.Request.Context(), actor, id, tasks.EvidenceInput{
		ReportID: formID(try.report), Documents: try.typed["documents"], Files: files, Version: formID(c.PostForm("version")),
	})
	return s.evidenceDone(c, actor, id, try, "evidence.added")
}

func typedEvidence(c *gin.Context, form string, names ...string) evidenceAttempt {
	try := evidenceAttempt{form: form, report: c.PostForm("report"), typed: make(map[string]string)}
	for _, name := range names {
		try.typed[name] = strings.TrimSpace(c.PostForm(name))
	}
	return try
}

func (s *Server) evidenceDone(c *gin.Context, actor tasks.Person, id int64, try evidenceAttempt, done string) error {
	switch code := tasks.CodeOf(try.err); {
	case try.err == nil:
		return s.redirect(c, actor, evidencePageHref(id), done)
	case code == tasks.CodeInvalid, code == tasks.CodeConflict, code == tasks.CodeStorageFull, code == tasks.CodeUnavailable:
		note(c, try.err)
		return s.showEvidence(c, actor, id, statuses[code], try)
	}
	return try.err
}

// evidenceBuilder makes that page.
type evidenceBuilder struct {
	assignmentBuilder
	try  evidenceAttempt
	used bool // the refused form is on the page
}

func (s *Server) showEvidence(c *gin.Context, actor tasks.Person, id int64, status int, try evidenceAttempt) error {
	v, err := s.Assignments.Get(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	b := evidenceBuilder{try: try, assignmentBuilder: assignmentBuilder{Server: s, w: w, actor: actor, v: v, today: s.Rules.Day(s.Now())}}
	b.errors, _ = s.invalid(actor, try.err)
	switch code := tasks.CodeOf(try.err); {
	case try.err == nil || code == tasks.CodeInvalid:
	case errors.Is(try.err, tasks.ErrConflict):
		b.problems = append(b.problems, templates.Problem{Text: w.T("duty.conflict", w.T("state."+string(v.Assignment.State)))})
	default:
		b.problems = append(b.problems, templates.Problem{Text: b.explain(actor, try.err)})
	}
	d := v.Document
	p := evidencePage{
		Crumbs: []templates.Action{
			{Href: documentHref(d.ID), Label: documentLabel(w, d.Kind, d.Number)}, {Href: assignmentHref(id), Label: w.T("deadline.duty")},
			{Label: w.T("evidence.title")},
		},
		Lede: dutyTitle(v.Task.Text), Empty: templates.Empty{Text: w.T("evidence.empty"), Hint: w.T("evidence.empty_hint")},
	}
	for _, r := range v.Reports {
		if r.Counts() && r.EvidenceState() != "" {
			p.Items = append(p.Items, b.item(r))
		}
	}
	p.Headline = w.T("evidence.headline_none")
	if state := v.Assignment.Evidence; state != "" {
		p.Headline = w.T("evidence.headline_" + string(state))
	}
	if !b.used {
		for _, f := range []struct{ name, label string }{{"words", "evidence.words"}, {"documents", "report_form.documents"}} {
			if value := try.typed[f.name]; value != "" {
				p.Kept = append(p.Kept, keptField(f.name, w.T(f.label), value))
			}
		}
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = b.problems
	return s.render(c, status, "evidence", p)
}

func (b *evidenceBuilder) item(r tasks.Report) evidenceItem {
	w, a := b.w, b.v.Assignment
	item := evidenceItem{ID: "report-" + idText(r.ID), Report: b.report(r), State: r.EvidenceState(), Words: r.Judged.Words}
	if !r.Judged.At.IsZero() {
		item.Said = w.T("evidence.said", b.v.People[r.Judged.By].Name, r.Judged.At)
	}
	hidden := []templates.Hidden{{Name: "version", Value: idText(a.Version)}, {Name: "report", Value: idText(r.ID)}}
	if a.State.Counted() && b.v.MayReport && item.State != tasks.EvidenceAccepted {
		item.Forms = append(item.Forms, evidenceForm{
			Action: b.href("/evidence/add"), Title: w.T("evidence.add_title"), Hint: w.T("evidence.add_hint"), Button: w.T("evidence.add_button"),
			Hidden: hidden, Files: true, Fields: b.fields("add", r.ID,
				templates.Field{Name: "files", Type: "file", Label: w.T("report_form.files"), Multiple: true, Accept: evidenceTypes,
					Hint: w.T("report_form.files_hint", tasks.MaxReportFiles, tasks.MaxUpload>>20)},
				templates.Field{Name: "documents", Label: w.T("report_form.documents"), Hint: w.T("report_form.documents_hint"), MaxLength: tasks.MaxReportDocument}),
		})
	}
	switch {
	case !a.State.Counted() || !b.actor.Can(tasks.ActionEvidenceJudge):
	case r.By(b.actor):
		item.Other = w.T("evidence.own")
	default:
		state := templates.Field{Name: "state", Type: "radio", Label: w.T("evidence.state"), Required: true}
		for _, s := range tasks.EvidenceStates {
			state.Options = append(state.Options, templates.Option{Value: string(s), Label: w.T("evidence_state." + string(s))})
		}
		if item.State != tasks.EvidencePending {
			state.Value = string(item.State)
		}
		item.Forms = append(item.Forms, evidenceForm{
			Action: b.href("/evidence/judge"), Title: w.T("evidence.judge_title"), Hint: w.T("evidence.judge_hint"), Button: w.T("evidence.judge_button"),
			Hidden: hidden, Fields: b.fields("judge", r.ID, state, templates.Field{
				Name: "words", Type: "textarea", Label: w.T("evidence.words"), Hint: w.T("evidence.words_hint"), MaxLength: tasks.MaxReasonText,
			}),
		})
	}
	return item
}

// fields fills a form about a report with what was typed when it was that form which was refused.
func (b *evidenceBuilder) fields(form string, report int64, fields ...templates.Field) []templates.Field {
	tried := b.try.form == form && b.try.report == idText(report)
	for i, f := range fields {
		f.ID = "f-" + form + "-" + idText(report) + "-" + f.Name
		if tried {
			f = b.errors.on(f)
			if f.Type != "file" {
				f.Value = b.try.typed[f.Name]
			} else if len(b.try.files) > 0 {
				f.Hint = b.w.T("report_form.files_again", strings.Join(b.try.files, ", ")) + " " + f.Hint
			}
		}
		fields[i] = f
	}
	if tried {
		b.used = true
		b.problems = append(b.problems, b.errors.problems(fields...)...)
	}
	return fields
}

// evidenceCard stands on the duty's page as long as the lead has to add something.
func (b *assignmentBuilder) evidenceCard() *evidenceCard {
	if b.v.Assignment.Evidence != tasks.EvidenceWanting || !b.v.Assignment.State.Counted() || !b.v.MayReport {
		return nil
	}
	for _, r := range b.v.Reports {
		if r.Counts() && r.EvidenceState() == tasks.EvidenceWanting {
			return &evidenceCard{Words: r.Judged.Words, Action: &templates.Action{
				Href: evidencePageHref(b.v.Assignment.ID) + "#report-" + idText(r.ID), Label: b.w.T("evidence.add_title"),
			}}
		}
	}
	return nil
}

// confirmFacts say what the evidence is worth, and that no confirmation is needed.
func (b *assignmentBuilder) confirmFacts() []templates.Fact {
	a, w := b.v.Assignment, b.w
	var facts []templates.Fact
	if a.Evidence != "" {
		facts = append(facts, templates.Fact{Label: w.T("evidence.title"), Text: w.T("evidence_state." + string(a.Evidence)), Href: evidencePageHref(a.ID)})
	}
	if a.UnconfirmedBy != 0 {
		facts = append(facts, templates.Fact{Label: w.T("confirm.fact"), Text: w.T("confirm.not_needed"), Note: w.T("confirm.not_needed_note")})
	}
	return facts
}
