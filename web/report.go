package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// reportCard is the form by which a lead reports.
type reportCard struct {
	Action  string
	Version int64
	// Notes say what is in the form already, and what a report sent today answers.
	Notes  []string
	Fields []templates.Field
	Hint   string
}

// returnedCard is the reason for which a report was sent back, and who gave it.
type returnedCard struct{ By, Reason string }

// reportInput is a report as it was typed.
type reportInput struct {
	kind, percent, text, documents string
	files                          []string // names of those chosen, which a browser does not send again
	keep                           []int64  // files of the withdrawn report
}

// evidenceTypes are what the form offers to choose from; the service tells by content what it takes.
const evidenceTypes = "image/*,.pdf,.doc,.docx,.xls,.xlsx"

// report takes a report, of progress or that the duty is done.
func (s *Server) report(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	files, names, err := s.sent(c, actor, id, tasks.ActionReport)
	if err != nil {
		return err
	}
	typed := reportInput{
		kind: c.PostForm("kind"), percent: strings.TrimSpace(c.PostForm("percent")), text: c.PostForm("text"), documents: c.PostForm("documents"),
		keep: formIDs(c.PostFormArray("keep")), files: names,
	}
	percent, err := strconv.Atoi(strings.TrimSuffix(typed.percent, "%"))
	if err != nil {
		percent = -1 // which the service refuses where it matters
	}
	err = s.Assignments.Report(c.Request.Context(), actor, id, tasks.ReportInput{
		Kind: tasks.ReportKind(typed.kind), Percent: percent, Text: typed.text, Documents: typed.documents, Files: files,
		Keep: typed.keep, Version: formID(c.PostForm("version")),
	})
	if err != nil {
		return s.refused(c, actor, id, attempt{err: err, report: &typed})
	}
	return s.redirect(c, actor, assignmentHref(id), s.reported(c, actor, id, typed, percent))
}

// reported is the key of what is said after a report: one of progress leaves it to the agency to report that the duty is done.
func (s *Server) reported(c *gin.Context, actor tasks.Person, id int64, typed reportInput, percent int) string {
	v, err := s.Assignments.Get(c.Request.Context(), actor, id)
	_, waits := v.AtHead(actor)
	switch {
	case err != nil:
		note(c, err) // the report is stored all the same
	case waits && typed.kind == string(tasks.ReportSubmission):
		return "approval.asked"
	case v.Assignment.State == tasks.StateCompleted:
		return "confirm.done_at_once"
	case typed.kind == string(tasks.ReportSubmission):
		return "report_form.done_submission"
	case v.Assignment.State == tasks.StateReturned:
		return "report_form.done_still_returned"
	case percent == 100 && v.Assignment.Cadence == "":
		return "report_form.done_not_submitted"
	}
	return "report_form.done_progress"
}

// firstInput is what the form holds before anything is typed: the state of the last report; of one that was withdrawn everything it
// said, to be corrected; and after a return the report of completion that is asked for.
func (b *assignmentBuilder) firstInput() reportInput {
	a := b.v.Assignment
	typed := reportInput{kind: string(tasks.ReportProgress), percent: strconv.Itoa(a.Percent)}
	if a.State == tasks.StateReturned {
		typed.kind = string(tasks.ReportSubmission)
	}
	if r, ok := b.withdrawn(); ok {
		typed.kind, typed.text, typed.documents = string(r.Kind), r.Text, r.Documents
		for _, e := range r.Evidence {
			typed.keep = append(typed.keep, e.ID)
		}
	}
	return typed
}

// takenBack are the outcomes of reports that are written anew from what they said.
var takenBack = []tasks.Outcome{tasks.OutcomeWithdrawn, tasks.OutcomeSentBack, tasks.OutcomeLapsed}

// withdrawn is the report that was taken back and has not been followed by another.
func (b *assignmentBuilder) withdrawn() (tasks.Report, bool) {
	if len(b.v.Reports) == 0 || !slices.Contains(takenBack, b.v.Reports[0].Outcome) {
		return tasks.Report{}, false
	}
	return b.v.Reports[0], true
}

// keepField offers the files of the withdrawn report; ok is false when it has none.
func (b *assignmentBuilder) keepField(typed reportInput) (field templates.Field, ok bool) {
	r, _ := b.withdrawn()
	if len(r.Evidence) == 0 {
		return templates.Field{}, false
	}
	field = templates.Field{Name: "keep", Type: "checkboxes", Label: b.w.T("report_form.keep"), Hint: b.w.T("report_form.keep_hint")}
	for _, e := range r.Evidence {
		field.Options = append(field.Options, templates.Option{Value: idText(e.ID), Label: e.Name})
	}
	for _, id := range typed.keep {
		field.Values = append(field.Values, idText(id))
	}
	return field, true
}

// reportNotes say from where the form's words come, and which periods of a cadence a report sent today answers.
func (b *assignmentBuilder) reportNotes() []string {
	var notes []string
	if r, ok := b.withdrawn(); ok && b.try.report == nil {
		notes = append(notes, b.w.T("report_form.withdrawn", r.DecidedAt))
	}
	if b.v.AsksHead {
		notes = append(notes, b.w.T("approval.form_note"))
	}
	if b.v.Assignment.UnconfirmedBy != 0 {
		notes = append(notes, b.w.T("confirm.form_note"))
	}
	if b.v.Assignment.Cadence == "" {
		return notes
	}
	var days []string
	for _, day := range tasks.AnsweredPeriods(b.v.Notes, b.today) {
		days = append(days, b.w.T("duty.day", day))
	}
	if len(days) > 0 {
		notes = append(notes, b.w.T("report_form.period", strings.Join(days, ", ")))
	}
	return notes
}

// returned is why the newest report that was sent back was, while the duty has to be made good.
func (b *assignmentBuilder) returned() *returnedCard {
	if b.v.Assignment.State != tasks.StateReturned {
		return nil
	}
	var last tasks.Report
	for _, r := range b.v.Reports {
		if r.Outcome == tasks.OutcomeReturned && r.DecidedAt.After(last.DecidedAt) {
			last = r
		}
	}
	if last.ID == 0 {
		return nil
	}
	return &returnedCard{By: b.w.T("duty.returned_by", b.who(b.v.People[last.DecidedBy].Name, 0), last.DecidedAt), Reason: last.Reason}
}

// reportForm is the form with what was typed, or with the state of the last report.
func (b *assignmentBuilder) reportForm() *reportCard {
	a, w := b.v.Assignment, b.w
	typed := b.firstInput()
	if b.try.report != nil {
		typed = *b.try.report
	}
	files := templates.Field{
		Name: "files", Type: "file", Label: w.T("report_form.files"), Multiple: true, Accept: evidenceTypes,
		Hint: w.T("report_form.files_hint", tasks.MaxReportFiles, tasks.MaxUpload>>20),
	}
	fields := []templates.Field{
		{Name: "kind", Type: "radio", Label: w.T("report_form.kind"), Required: true, Value: typed.kind, Options: []templates.Option{
			{Value: string(tasks.ReportProgress), Label: w.T("report_form.progress")},
			{Value: string(tasks.ReportSubmission), Label: w.T("report_form.submission")},
		}},
		{Name: "percent", Type: "number", Label: w.T("report_form.percent"), Hint: w.T("report_form.percent_hint"), Value: typed.percent, InputMode: "numeric", Min: "0", Max: "100", Step: "1", Narrow: true, Required: true},
		{Name: "text", Type: "textarea", Label: w.T("report_form.text"), Hint: w.T("report_form.text_hint"), Value: typed.text, Rows: 4, Required: true, MaxLength: tasks.MaxReportText},
		{Name: "documents", Label: w.T("report_form.documents"), Hint: w.T("report_form.documents_hint"), Value: typed.documents, MaxLength: tasks.MaxReportDocument},
	}
	if a.Cadence != "" {
		fields[0].Hint = w.T("report_form.cadence_ends")
	}
	if keep, ok := b.keepField(typed); ok {
		fields = append(fields, keep)
	}
	fields = append(fields, files)
	for i := range fields {
		fields[i] = b.errors.on(fields[i])
		// A browser shows an empty number control for what is no number, which would lose what was typed.
		if fields[i].Type == "number" && fields[i].Error != "" {
			fields[i].Type = ""
		}
	}
	b.problems = append(b.problems, b.errors.problems(fields...)...)
	if len(typed.files) > 0 && b.try.err != nil {
		again := w.T("report_form.files_again", strings.Join(typed.files, ", "))
		last := &fields[len(fields)-1]
		last.Hint = again + " " + last.Hint
		if last.Error == "" {
			b.problems = append(b.problems, templates.Problem{ID: last.ControlID(), Text: again})
		}
	}
	return &reportCard{Action: assignmentHref(a.ID) + "/report", Version: a.Version, Notes: b.reportNotes(), Fields: fields, Hint: w.T("report_form.hint")}
}
