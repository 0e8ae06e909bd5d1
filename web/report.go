package web

import (
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
	Fields  []templates.Field
	Hint    string
}

// reportInput is a report as it was typed.
type reportInput struct {
	kind, percent, text, documents string
	files                          []string // names of those chosen, which a browser does not send again
}

// evidenceTypes are what the form offers to choose from; the service tells by content what it takes.
const evidenceTypes = "image/*,.pdf,.doc,.docx,.xls,.xlsx"

// report takes a report, of progress or that the duty is done.
func (s *Server) report(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	files, err := uploads(c, "files")
	if err != nil {
		return err
	}
	typed := reportInput{
		kind: c.PostForm("kind"), percent: strings.TrimSpace(c.PostForm("percent")), text: c.PostForm("text"), documents: c.PostForm("documents"),
	}
	for _, f := range files {
		typed.files = append(typed.files, f.Name)
	}
	percent, err := strconv.Atoi(strings.TrimSuffix(typed.percent, "%"))
	if err != nil {
		percent = -1 // which the service refuses where it matters
	}
	err = s.Assignments.Report(c.Request.Context(), actor, id, tasks.ReportInput{
		Kind: tasks.ReportKind(typed.kind), Percent: percent, Text: typed.text, Documents: typed.documents, Files: files,
		Version: formID(c.PostForm("version")),
	})
	if err != nil {
		return s.refused(c, actor, id, attempt{err: err, report: &typed})
	}
	flash := "report_form.done_progress"
	if typed.kind == string(tasks.ReportSubmission) {
		flash = "report_form.done_submission"
	}
	return s.redirect(c, actor, assignmentHref(id), flash)
}

// reportForm is the form with what was typed, or with the state of the last report.
func (b *assignmentBuilder) reportForm() *reportCard {
	a, w := b.v.Assignment, b.w
	typed := reportInput{kind: string(tasks.ReportProgress), percent: strconv.Itoa(a.Percent)}
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
		files,
	}
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
	return &reportCard{Action: assignmentHref(a.ID) + "/report", Version: a.Version, Fields: fields, Hint: w.T("report_form.hint")}
}
