package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type auditPage struct {
	templates.Layout
	Lede    string
	Chosen  string // by which filters, for paper too
	Filters templates.FilterForm
	Rows    []auditLine
	Empty   templates.Empty
	Pager   templates.Pager
	Sealed  string // the newest seal of a week; "" before the first
}

// auditLine is one change.
type auditLine struct {
	templates.TrailItem
	About, AboutHref string // the thing that was changed
	Title            string // its words
}

// auditKinds are the kinds of subjects that the filter offers.
var auditKinds = []tasks.SubjectKind{
	tasks.SubjectDocument, tasks.SubjectAssignment, tasks.SubjectAgency, tasks.SubjectGroup, tasks.SubjectAlias, tasks.SubjectPerson, tasks.SubjectMail,
	tasks.SubjectLetter,
}

// auditFilter is what the page is filtered by, as typed.
type auditFilter struct {
	Kind                     tasks.SubjectKind
	Topic                    tasks.Topic
	Assignment, From, To     string
	Document, Person, Agency int64
}

func readAuditFilter(c *gin.Context) auditFilter {
	return auditFilter{
		Kind: known(auditKinds, c.Query("kind")), Topic: known(tasks.Topics, c.Query("topic")), Assignment: strings.TrimSpace(c.Query("assignment")),
		From: strings.TrimSpace(c.Query("from")), To: strings.TrimSpace(c.Query("to")),
		Document: formID(c.Query("document")), Person: formID(c.Query("person")), Agency: formID(c.Query("agency")),
	}
}

// query asks for the page behind the cursor. What cannot be a number or a day comes back as a refused form.
func (f auditFilter) query(after string) (tasks.AuditQuery, error) {
	q := tasks.AuditQuery{Kind: f.Kind, Topic: f.Topic, DocumentID: f.Document, PersonID: f.Person, AgencyID: f.Agency, After: after}
	var wrong []tasks.FieldError
	if q.AssignmentID = formID(f.Assignment); q.AssignmentID == 0 && f.Assignment != "" {
		wrong = append(wrong, tasks.FieldError{Field: "assignment", Key: "history.bad_number"})
	}
	for _, day := range []struct {
		field, typed string
		to           *calendar.Date
	}{{"from", f.From, &q.From}, {"to", f.To, &q.To}} {
		var ok bool
		if *day.to, ok = formDate(day.typed); !ok {
			wrong = append(wrong, tasks.FieldError{Field: day.field, Key: "assignment_list.bad_date"})
		}
	}
	if !q.To.IsZero() && q.From.After(q.To) {
		wrong = append(wrong, tasks.FieldError{Field: "to", Key: "assignment_list.bad_range"})
	}
	if len(wrong) > 0 {
		return tasks.AuditQuery{}, tasks.Invalid(wrong...)
	}
	return q, nil
}

// audit shows who changed what, the newest first, filtered by what stands in the address.
func (s *Server) audit(c *gin.Context, actor tasks.Person) error {
	ctx, w := c.Request.Context(), s.words(actor)
	f := readAuditFilter(c)
	q, wrong := f.query(c.Query("after"))
	status := http.StatusOK
	fe, refused := s.invalid(actor, wrong)
	if refused {
		status = http.StatusUnprocessableEntity
	}
	page, err := s.Trail.Page(ctx, actor, q)
	if err != nil {
		return err
	}
	a, err := s.auditWords(ctx, actor)
	if err != nil {
		return err
	}
	p := auditPage{Lede: w.T("history.lede"), Pager: pagerOf(c, page.Next)}
	if !actor.Can(tasks.ActionAssignmentRead) {
		p.Lede = w.T("history.lede_closed")
	}
	if p.Filters, err = s.auditForm(ctx, actor, a, f, fe, page.Actors); err != nil {
		return err
	}
	if f != (auditFilter{}) {
		p.Filters.Active, p.Chosen = true, filterWords(w, p.Filters.Fields)
	}
	if !refused {
		for _, row := range page.Rows {
			p.Rows = append(p.Rows, s.auditLine(actor, a, row))
		}
	}
	p.Empty = templates.Empty{Text: w.T("history.empty"), Hint: w.T("history.empty_hint")}
	title := w.T("history.headline_empty")
	switch {
	case p.Filters.Active && len(p.Rows) > 0:
		title = w.T("history.headline_fit", p.Rows[0].At)
	case p.Filters.Active:
		title, p.Empty = w.T("history.headline_none"), templates.Empty{Text: w.T("history.none_fit"), Hint: w.T("history.none_fit_hint")}
	case len(p.Rows) > 0:
		title = w.T("history.headline", p.Rows[0].At)
	}
	if !page.Sealed.Monday.IsZero() {
		_, week := page.Sealed.Monday.ISOWeek()
		p.Sealed = w.T("history.sealed", week, page.Sealed.Monday, page.Sealed.Seal.String())
	}
	p.Layout = s.layout(c, actor, title)
	p.Problems = fe.problems(p.Filters.Fields...)
	return s.render(c, status, "audit", p)
}

// auditWords are the words for rows, with the names that the actor may read.
func (s *Server) auditWords(ctx context.Context, actor tasks.Person) (auditWords, error) {
	a := auditWords{w: s.words(actor)}
	var err error
	if !actor.Can(tasks.ActionDirectoryRead) {
		a.agencies, err = s.Directory.Names(ctx)
		return a, err
	}
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return a, err
	}
	book := s.bookOf(a.w, e)
	a.agencies, a.groups = book.agencies, book.groups
	return a, nil
}

func (s *Server) auditLine(actor tasks.Person, a auditWords, row tasks.AuditLine) auditLine {
	l := auditLine{TrailItem: templates.TrailItem{At: row.At, Who: whoActed(a.w, row.AuditEntry), Text: a.action(row.AuditEntry)}}
	if row.ActorID == 0 {
		l.Who = a.w.T("history.program")
	}
	if row.AgencyID != 0 {
		l.Who = a.w.T("duty.person_of", l.Who, agencyName(a.w, a.agencies, row.AgencyID))
	}
	if kind := "history.kind_" + string(row.Subject.Kind); a.w.Has(kind) {
		l.About = a.w.T(kind)
	}
	if row.Closed {
		return l
	}
	l.Title = excerpt(row.Title, 140)
	l.Changes, l.Quote = a.changes(row.AuditEntry)
	gone := row.Title == "" // there is nothing to lead to
	switch row.Subject.Kind {
	case tasks.SubjectAssignment:
		l.About = a.w.T("history.duty_number", idText(row.Subject.ID))
		if !gone {
			l.AboutHref = assignmentHref(row.Subject.ID)
		}
	case tasks.SubjectDocument:
		l.AboutHref = documentHref(row.Subject.ID)
	case tasks.SubjectAgency:
		l.AboutHref = agencyHref(row.Subject.ID)
	case tasks.SubjectGroup:
		l.AboutHref = groupHref(row.Subject.ID)
	case tasks.SubjectLetter:
		l.AboutHref = agencyLetterHref(row.Subject.ID)
	case tasks.SubjectPerson:
		l.AboutHref = personHref(row.Subject.ID)
	}
	if gone || row.Subject.Kind == tasks.SubjectDocument && !actor.Can(tasks.ActionDocumentRead) {
		l.AboutHref = ""
	}
	return l
}

// auditForm offers the filters; those of what the person may not read are left out.
func (s *Server) auditForm(ctx context.Context, actor tasks.Person, a auditWords, f auditFilter, fe fieldErrors, actors []tasks.AuditActor) (templates.FilterForm, error) {
	w, any := a.w, a.w.T("assignment_list.any")
	topic := templates.Field{Name: "topic", Type: "select", Label: w.T("history.topic"), Blank: any, Value: string(f.Topic), Options: codeOptions(w, "history_topic", tasks.Topics)}
	kind := templates.Field{Name: "kind", Type: "select", Label: w.T("history.kind"), Blank: any, Value: string(f.Kind)}
	for _, k := range auditKinds {
		kind.Options = append(kind.Options, templates.Option{Value: string(k), Label: w.T("history.kind_" + string(k))})
	}
	person := templates.Field{Name: "person", Type: "select", Label: w.T("history.person"), Blank: any, Value: idText(f.Person)}
	for _, p := range actors {
		person.Options = append(person.Options, templates.Option{Value: idText(p.ID), Label: p.Name})
	}
	fields := []templates.Field{topic, person, dayControl(templates.Field{Name: "from", Label: w.T("history.from")}, f.From), dayControl(templates.Field{Name: "to", Label: w.T("history.to")}, f.To), kind}
	if actor.Can(tasks.ActionAssignmentRead) {
		documents, err := s.documentOptions(ctx, actor, w, f.Document)
		if err != nil {
			return templates.FilterForm{}, err
		}
		rows, err := s.dutyRows(ctx, actor)
		if err != nil {
			return templates.FilterForm{}, err
		}
		fields = append(fields,
			templates.Field{Name: "document", Type: "select", Label: w.T("history.document"), Blank: any, Value: idText(f.Document), Options: documents},
			templates.Field{Name: "assignment", Label: w.T("history.assignment"), Value: f.Assignment, InputMode: "numeric", Narrow: true, MaxLength: 20},
			templates.Field{Name: "agency", Type: "select", Label: w.T("history.agency"), Blank: any, Value: idText(f.Agency), Options: rows.options},
		)
	}
	form := templates.FilterForm{Action: auditPath, ClearHref: auditPath, Fold: true}
	for _, field := range fields {
		field.Required = true // every filter may be left open; the form need not say so at each
		form.Fields = append(form.Fields, fe.on(field))
	}
	return form, nil
}

const auditPath = "/audit"
