package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

const changesPath = "/directory/changes"

func changeHref(id int64, rest ...string) string {
	return changesPath + "/" + idText(id) + strings.Join(rest, "")
}

// changeListPage lists changes of agencies.
type changeListPage struct {
	templates.Layout
	Headline string
	Rows     []changeLine
	Empty    *templates.Empty
}

type changeLine struct{ Href, Name, Kind, Day, Document, State string }

// changes lists the changes of agencies.
func (s *Server) changes(c *gin.Context, actor tasks.Person) error {
	list, agencies, err := s.Changes.List(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	p := changeListPage{Headline: w.T("agency_change.headline_list", len(list))}
	waiting := 0
	for _, x := range list {
		if x.State == tasks.ChangeDraft || x.State == tasks.ChangePlanned {
			waiting++
		}
		p.Rows = append(p.Rows, changeLine{
			Href: changeHref(x.ID), Name: changeName(w, agencies, x), Kind: w.T("agency_change.kind_" + string(x.Kind)), Day: w.T("duty.day", x.Day),
			Document: x.Document, State: w.T("agency_change.state_" + s.changeState(x)),
		})
	}
	switch {
	case len(list) == 0:
		p.Headline = w.T("agency_change.headline_none")
		p.Empty = &templates.Empty{Text: w.T("agency_change.lede")}
	case waiting > 0:
		p.Headline = w.T("agency_change.headline_waiting", waiting)
	}
	p.Layout = s.layout(c, actor, w.T("agency_change.title"))
	return s.render(c, http.StatusOK, "agency_changes", p)
}

// changeName says who goes on as whom.
func changeName(w *templates.Words, agencies map[int64]tasks.Agency, c tasks.AgencyChange) string {
	var names []string
	for _, x := range c.Successors {
		names = append(names, successorName(agencies, x))
	}
	return w.T("agency_change.from_to", agencyNames(w, agencies, c.Predecessors), strings.Join(names, ", "))
}

// successorName is the name of one that takes over, be it founded yet or not.
func successorName(agencies map[int64]tasks.Agency, x tasks.SuccessorAgency) string {
	if a, ok := agencies[x.AgencyID]; ok {
		return a.Name
	}
	return x.Name
}

// changeNewPage asks what happens to which agencies.
type changeNewPage struct {
	templates.Layout
	Fields   []templates.Field
	From, To templates.Pick
	More     []templates.Field
}

// changeTyped is the form as it was typed.
type changeTyped struct {
	kind, day, document, reason, founded string
	from, to                             partyPick
}

// newChange shows the form by which a change of agencies is prepared.
func (s *Server) newChange(c *gin.Context, actor tasks.Person) error {
	in := changeTyped{kind: string(tasks.ChangeMerge)}
	if id := formID(c.Query("agency")); id != 0 {
		in.from = pickOf(id)
	}
	return s.showNewChange(c, actor, http.StatusOK, in, fieldErrors{})
}

func (s *Server) showNewChange(c *gin.Context, actor tasks.Person, status int, in changeTyped, fe fieldErrors) error {
	if !actor.Can(tasks.ActionAgencyChange) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	e, err := s.Directory.All(c.Request.Context(), actor)
	if err != nil {
		return err
	}
	w := s.words(actor)
	book := s.bookOf(w, e)
	kind := templates.Field{Name: "kind", Type: "radio", Label: w.T("agency_change.kind"), Value: in.kind, Required: true}
	for _, k := range tasks.ChangeKinds {
		kind.Options = append(kind.Options, templates.Option{Value: string(k), Label: w.T("agency_change.kind_" + string(k))})
	}
	day := dayField(w, "day", "agency_change.day", "agency_change.day_hint", in.day)
	day.Required = true
	p := changeNewPage{
		Fields: []templates.Field{fe.on(kind), fe.on(day), fe.on(templates.Field{
			Name: "document", Label: w.T("agency_change.document"), Value: in.document, Required: true, MaxLength: tasks.MaxDocumentNumber,
		})},
		From: in.from.field(book, fe, "predecessors", "agency_change.predecessors", false),
		To:   in.to.field(book, fe, "successors", "agency_change.successors", false),
		More: []templates.Field{
			fe.on(templates.Field{Name: "founded", Type: "textarea", Label: w.T("agency_change.founded"), Hint: w.T("agency_change.founded_hint"), Value: in.founded}),
			fe.on(templates.Field{Name: "reason", Type: "textarea", Label: w.T("agency_change.reason"), Hint: w.T("agency_change.reason_hint"), Value: in.reason, MaxLength: tasks.MaxReasonText}),
		},
	}
	p.From.Hint, p.From.Required = w.T("agency_change.predecessors_hint"), true
	p.To.Hint = w.T("agency_change.successors_hint")
	p.Layout = s.layout(c, actor, w.T("agency_change.new_headline"))
	p.Problems = append(fe.problems(p.Fields...), p.From.Problem()...)
	p.Problems = append(append(p.Problems, p.To.Problem()...), fe.problems(p.More...)...)
	return s.render(c, status, "agency_change_new", p)
}

// prepareChange keeps what was typed for the preview.
func (s *Server) prepareChange(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	if !actor.Can(tasks.ActionAgencyChange) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	e, err := s.Directory.All(ctx, actor)
	if err != nil {
		return err
	}
	book := s.bookOf(s.words(actor), e)
	in := changeTyped{
		kind: c.PostForm("kind"), day: typedDay(c.PostForm("day")), document: c.PostForm("document"), reason: c.PostForm("reason"),
		founded: strings.TrimSpace(c.PostForm("founded")), from: typedPick(c, book, "predecessors", false), to: typedPick(c, book, "successors", false),
	}
	founded, wrong := foundedLines(in.founded)
	wrong = append(append(wrong, in.from.wrong("predecessors")...), in.to.wrong("successors")...)
	day, ok := formDate(in.day)
	if !ok {
		wrong = append(wrong, tasks.FieldError{Field: "day", Key: "field.bad_date"})
		day = calendar.Date{}
	}
	var id int64
	if err = tasks.Invalid(wrong...); len(wrong) == 0 {
		id, err = s.Changes.Prepare(ctx, actor, tasks.ChangeInput{
			Kind: tasks.ChangeKind(in.kind), Day: day, Document: in.document, Reason: in.reason, Predecessors: in.from.agencies(),
			Successors: in.to.agencies(), Founded: founded,
		})
	}
	if fe, ok := s.invalid(actor, err); ok {
		return s.showNewChange(c, actor, http.StatusUnprocessableEntity, in, fe)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, changeHref(id), "")
}

// foundedLines reads the agencies that are founded: one a line, its code, its name and perhaps its short name between semicolons.
func foundedLines(text string) (list []tasks.SuccessorAgency, wrong []tasks.FieldError) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		parts := strings.Split(line, ";")
		if len(parts) < 2 || len(parts) > 3 {
			wrong = append(wrong, tasks.FieldError{Field: "founded", Key: "agency_change.founded_line", Args: []string{excerpt(line, 60)}})
			continue
		}
		x := tasks.SuccessorAgency{Code: strings.TrimSpace(parts[0]), Name: strings.TrimSpace(parts[1])}
		if len(parts) == 3 {
			x.ShortName = strings.TrimSpace(parts[2])
		}
		list = append(list, x)
	}
	return list, wrong
}
