package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// letterPage records the letter with which an agency answered on paper.
type letterPage struct {
	templates.Layout
	Crumb, BackHref      string
	Headline, Lede, Hint string
	Action               string
	Agency, Version      int64
	// Fields stand before the items: the letter's number, day and files. Open tells whether it can be recorded; else Why says why not.
	Fields  []templates.Field
	Items   []opinionItem
	General templates.Field
	Open    bool
	Why     string
	Kept    []templates.Field
}

// letterAttempt is such a form that was refused.
type letterAttempt struct {
	opinionAttempt
	day   string
	files []string
	keep  []string
}

func letterHref(id, agency int64) string { return consultationHref(id, "/letter?agency=", agency) }

// letterForm asks what the letter says.
func (s *Server) letterForm(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showLetter(c, actor, id, formID(c.Query("agency")), http.StatusOK, letterAttempt{})
}

// recordLetter records it.
func (s *Server) recordLetter(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if _, err := s.managedConsultation(c, actor, id); err != nil {
		return err
	}
	files, names, err := namedUploads(c)
	if err != nil {
		return err
	}
	agency := formID(c.PostForm("agency"))
	try := letterAttempt{opinionAttempt: opinionAttempt{in: typedAnswer(c)}, day: strings.TrimSpace(c.PostForm("day")), files: names, keep: c.PostFormArray("keep")}
	day, ok := formDate(try.day)
	if !ok {
		try.err = tasks.Invalid(tasks.FieldError{Field: "day", Key: "document_form.bad_date"})
	} else {
		try.err = s.Documents.RecordAnswer(c.Request.Context(), actor, id, agency, tasks.LetterInput{AnswerInput: try.in, On: day, Files: files, Keep: formIDs(try.keep)})
	}
	switch code := tasks.CodeOf(try.err); {
	case try.err == nil:
		return s.redirect(c, actor, consultationHref(id), "consultation_letter.done")
	case code == tasks.CodeInvalid, code == tasks.CodeConflict, code == tasks.CodeStorageFull, code == tasks.CodeUnavailable:
		note(c, try.err)
		return s.showLetter(c, actor, id, agency, statuses[code], try)
	}
	return try.err
}

func (s *Server) showLetter(c *gin.Context, actor tasks.Person, id, agency int64, status int, try letterAttempt) error {
	v, err := s.managedConsultation(c, actor, id)
	if err != nil {
		return err
	}
	a, ok := v.Answer(agency)
	if !ok {
		return tasks.ErrNotFound
	}
	w := s.words(actor)
	v.Items, v.Comments = v.ItemsFor(agency), ofAgency(v.Comments, agency)
	fe, _ := s.invalid(actor, try.err)
	b := opinionBuilder{w: w, v: v, fe: fe, try: try.opinionAttempt}
	p := letterPage{
		Crumb: excerpt(v.Consultation.Title, 80), BackHref: consultationHref(id), Headline: w.T("consultation_letter.headline", agencyName(w, v.Agencies, agency)),
		Lede: v.Consultation.Title, Hint: w.T("consultation_letter.hint"), Action: consultationHref(id, "/letter"), Agency: agency, Version: a.Version,
	}
	switch {
	case !v.Consultation.Open():
		p.Why = w.T("consultation_letter.closed")
	case a.State() == tasks.AnswerSent && !a.Recorded():
		p.Why = w.T("consultation.answered_itself")
	default:
		p.Open = true
	}
	if p.Open {
		p.Items, p.Fields = b.items(), s.letterFields(w, v, a, try, fe)
		p.General = b.general()
	} else {
		p.Kept = b.kept()
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = letterProblems(b, p, s.explain(actor, try.err))
	return s.render(c, status, "consultation_letter", p)
}

// letterFields are the letter's own.
func (s *Server) letterFields(w *templates.Words, v tasks.ConsultationView, a tasks.ConsultationAnswer, try letterAttempt, fe fieldErrors) []templates.Field {
	number, day, keep := "", "", []string{}
	var letters []templates.Option
	for _, l := range v.Letters {
		if l.AgencyID == a.AgencyID {
			letters = append(letters, templates.Option{Value: idText(l.File.ID), Label: l.File.Name})
			keep = append(keep, idText(l.File.ID))
		}
	}
	if a.Recorded() {
		number, day = a.Number, dayTyped(a.LetterOn)
	}
	files := templates.Field{
		Name: "files", Type: "file", Label: w.T("consultation_letter.files"), Multiple: true, Accept: evidenceTypes,
		Hint: w.T("report_form.files_hint", tasks.MaxReportFiles, tasks.MaxUpload>>20),
	}
	if try.err != nil {
		number, day, keep = try.in.Number, try.day, try.keep
		if len(try.files) > 0 {
			files.Hint = w.T("report_form.files_again", strings.Join(try.files, ", ")) + " " + files.Hint
		}
	}
	fields := []templates.Field{
		{Name: "number", Label: w.T("consultation_letter.number"), Hint: w.T("consultation_letter.number_hint"), Value: number, MaxLength: tasks.MaxDocumentNumber, Narrow: true, Required: true},
		dayField(w, "day", "consultation_letter.day", "consultation_letter.day_hint", day), files,
	}
	fields[1].Required = true
	if len(letters) > 0 {
		fields = append(fields, templates.Field{
			Name: "keep", Type: "checkboxes", Label: w.T("consultation_letter.keep"), Hint: w.T("consultation_letter.keep_hint"), Options: letters, Values: keep,
		})
	}
	for i := range fields {
		fields[i] = fe.on(fields[i])
	}
	return fields
}

func letterProblems(b opinionBuilder, p letterPage, words string) []templates.Problem {
	err := b.try.err
	if err == nil {
		return nil
	}
	if tasks.CodeOf(err) != tasks.CodeInvalid {
		if keyOf(err) == tasks.ErrConflict.Key {
			words = b.w.T("consultation_letter.stale")
		}
		return []templates.Problem{{Text: words}}
	}
	out := b.fe.problems(p.Fields...)
	for _, item := range p.Items {
		out = append(out, templates.Problems(item.Choice, item.Comment)...)
	}
	return append(out, templates.Problems(p.General)...)
}

// ofAgency keeps the comments of one agency.
func ofAgency(list []tasks.ConsultationComment, agency int64) []tasks.ConsultationComment {
	var out []tasks.ConsultationComment
	for _, c := range list {
		if c.AgencyID == agency {
			out = append(out, c)
		}
	}
	return out
}

// letterFiles lead to the files of an agency's letter.
func letterFiles(v tasks.ConsultationView, agency int64) []documentFile {
	var out []documentFile
	for _, l := range v.Letters {
		if l.AgencyID == agency {
			out = append(out, documentFile{consultationHref(v.Consultation.ID, "/letters/", l.File.ID), l.File.Name, l.File.Size})
		}
	}
	return out
}
