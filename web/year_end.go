package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type yearEndPage struct {
	templates.Layout
	Crumbs         []templates.Action
	Headline, Lede string
	Figures        []templates.Figure
	Kept           []templates.Field
	// Filters choose which duties are shown; Action is where the choices about them go.
	Filters templates.FilterForm
	Action  string
	Query   []templates.Hidden // the filter, so that the same duties come back
	Rows    []yearEndLine
	More    string
	Bulk    []templates.Field // one choice for all that are shown and have none of their own, or for all of the filter
	Count   int               // of those of the filter to which it may apply; 0 when all are shown
	Fields  []templates.Field // by whose word, on what document and why
	Empty   string
	// ExportHref leads to the same duties as a workbook, ReportHref to the report on them.
	ExportHref, ReportHref string
	Close                  *stepForm
	Closed                 string
	Reopen                 *templates.ConfirmForm
}

// yearEndLine is one duty that has not ended.
type yearEndLine struct {
	ID, Version       int64
	Href, Text, Names string
	Meta              string
	State             tasks.State
	Timeliness        tasks.Timeliness
	Carried           string
	Restricted        bool
	Choice, Due       templates.Field
}

// yearEndRows is how many duties the page shows at once.
const yearEndRows = 100

// yearEndTyped is what the form of that page sends.
type yearEndTyped struct {
	choice, due map[int64]string
	fields      map[string]string
	err         error
}

func documentCloseHref(id int64) string { return documentHref(id, "/close") }

// yearEnd shows what a document leaves open at the end of its year, with a choice for each duty.
func (s *Server) yearEnd(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	return s.showYearEnd(c, actor, id, http.StatusOK, c.Query, yearEndTyped{})
}

// yearEndFilterNames are the fields of the page's filter.
var yearEndFilterNames = []string{"state", "agency", "timeliness", "left"}

// yearEndFilter keeps those of the duties that the address asks for.
func (s *Server) yearEndFilter(get func(string) string, rows []tasks.Unfinished) []tasks.Unfinished {
	state, agency, timeliness := tasks.State(get("state")), formID(get("agency")), tasks.Timeliness(get("timeliness"))
	today := s.Rules.Day(s.Now())
	soon := s.Rules.SoonUntil(today)
	return slices.DeleteFunc(slices.Clone(rows), func(u tasks.Unfinished) bool {
		return state != "" && u.State != state || agency != 0 && !u.LedBy(agency) || timeliness != "" && u.Timeliness(today, soon) != timeliness ||
			get("left") != "" && u.Carried
	})
}

func (s *Server) showYearEnd(c *gin.Context, actor tasks.Person, id int64, status int, get func(string) string, try yearEndTyped) error {
	v, err := s.Assignments.YearEnd(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	w, d := s.words(actor), v.Document
	fe, _ := s.invalid(actor, try.err)
	label := documentLabel(w, d.Kind, d.Number)
	p := yearEndPage{
		Crumbs: []templates.Action{{Href: documentHref(id), Label: label}, {Label: w.T("year_end.title")}},
		Lede:   d.Title, Action: documentHref(id, "/carry"), Figures: []templates.Figure{
			{Value: v.Open, Text: w.T("year_end.left")}, {Value: len(v.Rows) - v.Open, Text: w.T("year_end.carried")},
			{Value: v.Completed, Text: w.T("year_end.completed")}, {Value: v.Cancelled, Text: w.T("year_end.cancelled")},
		},
	}
	p.Headline = yearEndHeadline(w, v, label)
	switch d.State {
	case tasks.DocumentClosed:
		p.Closed = w.T("year_end.is_closed")
		p.Reopen = &templates.ConfirmForm{
			Summary: w.T("year_end.reopen"), Action: documentHref(id, "/reopen"), Button: w.T("year_end.reopen"),
			Hidden: []templates.Hidden{{Name: "version", Value: versionText(d.Version)}},
			Fields: []templates.Field{fe.on(templates.Field{
				Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Required: true, MaxLength: tasks.MaxReasonText, Value: try.fields["reopen"],
			})},
			Open: try.fields["reopen"] != "" || try.err != nil,
		}
	case tasks.DocumentIssued:
		if v.Closable {
			p.Close = &stepForm{Action: documentHref(id, "/end"), Button: w.T("year_end.close"), Text: w.T("year_end.close_hint"), Version: d.Version}
		}
		s.yearEndForm(&p, actor, v, get, try, fe)
	}
	if p.Layout = s.layout(c, actor, p.Headline); try.err != nil {
		p.Problems = s.yearEndProblems(actor, try, fe, p)
	}
	return s.render(c, status, "year_end", p)
}

func yearEndHeadline(w *templates.Words, v tasks.YearEndView, label string) string {
	switch {
	case v.Document.State == tasks.DocumentClosed:
		return w.T("year_end.headline_closed", label)
	case v.Open == 0:
		return w.T("year_end.headline_none", label)
	}
	return w.T("year_end.headline", label, v.Open)
}

// yearEndProblems lists what stands in the way: what is wrong with a field of the page leads there.
func (s *Server) yearEndProblems(actor tasks.Person, try yearEndTyped, fe fieldErrors, p yearEndPage) []templates.Problem {
	if tasks.CodeOf(try.err) != tasks.CodeInvalid {
		return []templates.Problem{{Text: s.explain(actor, try.err)}}
	}
	var shown []templates.Field
	for _, line := range p.Rows {
		shown = append(shown, line.Choice, line.Due)
	}
	shown = slices.Concat(shown, p.Bulk, p.Fields)
	if p.Reopen != nil {
		shown = append(shown, p.Reopen.Fields...)
	}
	out := fe.problems(shown...)
	for _, name := range slices.Sorted(maps.Keys(fe.byField)) {
		if !slices.ContainsFunc(shown, func(f templates.Field) bool { return f.Name == name }) {
			out = append(out, templates.Problem{Text: fe.byField[name]})
		}
	}
	return out
}

func (s *Server) yearEndForm(p *yearEndPage, actor tasks.Person, v tasks.YearEndView, get func(string) string, try yearEndTyped, fe fieldErrors) {
	w, today := s.words(actor), s.Rules.Day(s.Now())
	p.Filters = yearEndFilters(w, v, get, documentCloseHref(v.Document.ID))
	for _, name := range yearEndFilterNames {
		if value := get(name); value != "" {
			p.Query = append(p.Query, templates.Hidden{Name: name, Value: value})
		}
	}
	rows := s.yearEndFilter(get, v.Rows)
	all := rows
	address := url.Values{}
	for _, h := range p.Query {
		address.Set(h.Name, h.Value)
	}
	p.ExportHref = strings.TrimSuffix(exportHref(documentCloseHref(v.Document.ID)+"?"+address.Encode()), "?")
	p.ReportHref = strings.TrimSuffix(documentCloseHref(v.Document.ID)+".docx?"+address.Encode(), "?")
	if len(rows) == 0 {
		p.Empty = w.T("year_end.empty")
		return
	}
	if len(rows) > yearEndRows {
		p.More = w.T("year_end.more", len(rows), yearEndRows)
		rows = rows[:yearEndRows]
	}
	soon := s.Rules.SoonUntil(today)
	for _, u := range rows {
		key := strconv.FormatInt(u.ID, 10)
		line := yearEndLine{
			ID: u.ID, Version: u.Version, Href: assignmentHref(u.ID), Text: dutyTitle(u.Text), Names: leadNames(w, v.Agencies, u.Leads),
			State: u.State, Timeliness: u.Timeliness(today, soon),
			Restricted: u.Restricted,
		}
		switch {
		case u.Carried:
			line.Carried = w.T("year_end.carried_to", u.Due)
		case !u.Due.IsZero():
			line.Meta = w.T("duty.due", u.Due)
		default:
			line.Meta = cadenceWords(w, u.Cadence)
		}
		if line.Timeliness == tasks.NoDeadline {
			line.Timeliness = ""
		}
		line.Choice = fe.on(templates.Field{
			Name: "choice-" + key, Type: "select", Label: w.T("year_end.choice_of", key), Plain: true, Required: true, Value: try.choice[u.ID],
			Options: []templates.Option{{Value: "", Label: w.T("year_end.as_all")}},
		})
		for _, choice := range tasks.YearEndChoices {
			line.Choice.Options = append(line.Choice.Options, templates.Option{Value: string(choice), Label: w.T("year_end.choice_" + string(choice))})
		}
		due := templates.Field{Name: "due-" + key, Type: "date", Label: w.T("year_end.due_of", key), Plain: true, Required: false, Value: try.due[u.ID]}
		line.Due = fe.on(due)
		if line.Due.Error != "" {
			line.Due = dayControl(line.Due, try.due[u.ID])
		}
		p.Rows = append(p.Rows, line)
	}
	choices := []templates.Option{}
	for _, choice := range tasks.YearEndChoices {
		choices = append(choices, templates.Option{Value: string(choice), Label: w.T("year_end.choice_" + string(choice))})
	}
	common := templates.Field{
		Name: "all", Type: "radio", Label: w.T("year_end.all"), Hint: w.T("year_end.all_hint"), Required: true, Options: choices, Value: string(tasks.YearEndLeave),
	}
	due := templates.Field{Name: "due", Type: "date", Label: w.T("year_end.all_due"), Hint: w.T("year_end.all_due_hint"), Narrow: true}
	if try.fields != nil {
		common.Value, due = try.fields["all"], dayControl(fe.on(due), try.fields["due"])
	}
	p.Bulk = []templates.Field{common, due}
	if len(all) > len(rows) {
		whole, n := yearEndWhole(w, all, try)
		p.Bulk, p.Count = append(p.Bulk, whole), n
	}
	if !actor.Has(tasks.RoleLeader) {
		p.Fields = append(p.Fields, templates.Field{
			Name: "authority", Label: w.T("deadline.authority"), Hint: w.T("life.authority_hint"), Required: v.NeedsAuthority, MaxLength: tasks.MaxAuthority,
		})
	}
	p.Fields = append(p.Fields,
		templates.Field{Name: "document", Label: w.T("deadline.decision_document"), MaxLength: tasks.MaxDocumentNumber},
		templates.Field{Name: "reason", Type: "textarea", Label: w.T("decide.reason"), Required: true, MaxLength: tasks.MaxReasonText})
	for i, f := range p.Fields {
		f.Value = try.fields[f.Name]
		p.Fields[i] = fe.on(f)
	}
}

func yearEndFilters(w *templates.Words, v tasks.YearEndView, get func(string) string, action string) templates.FilterForm {
	f := templates.FilterForm{Action: action, ClearHref: action, Active: get("state") != "" || get("agency") != "" || get("timeliness") != "" || get("left") != ""}
	state := templates.Field{Name: "state", Type: "select", Label: w.T("assignment_list.state"), Blank: w.T("document_list.any"), Value: get("state")}
	agency := templates.Field{Name: "agency", Type: "select", Label: w.T("part.lead"), Blank: w.T("document_list.any"), Value: get("agency")}
	timeliness := templates.Field{Name: "timeliness", Type: "select", Label: w.T("assignment_list.timeliness"), Blank: w.T("document_list.any"), Value: get("timeliness")}
	seen := make(map[int64]bool)
	for _, u := range v.Rows {
		for _, id := range u.Leads {
			if !seen[id] {
				seen[id] = true
				agency.Options = append(agency.Options, templates.Option{Value: idText(id), Label: agencyName(w, v.Agencies, id)})
			}
		}
	}
	slices.SortFunc(agency.Options, func(x, y templates.Option) int { return strings.Compare(x.Label, y.Label) })
	for _, st := range tasks.States {
		if slices.ContainsFunc(v.Rows, func(u tasks.Unfinished) bool { return u.State == st }) {
			state.Options = append(state.Options, templates.Option{Value: string(st), Label: w.T("state." + string(st))})
		}
	}
	for _, t := range []tasks.Timeliness{tasks.Overdue, tasks.DueSoon, tasks.OnTrack, tasks.NoDeadline} {
		timeliness.Options = append(timeliness.Options, templates.Option{Value: string(t), Label: w.T("timeliness." + string(t))})
	}
	f.Fields = []templates.Field{agency, state, timeliness}
	return f
}

// endYear carries over or closes the duties that were shown, as chosen.
func (s *Server) endYear(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	try := yearEndTyped{choice: make(map[int64]string), due: make(map[int64]string), fields: make(map[string]string)}
	for _, name := range []string{"all", "due", "whole", "authority", "document", "reason"} {
		try.fields[name] = strings.TrimSpace(c.PostForm(name))
	}
	in := tasks.YearEndInput{Reason: try.fields["reason"], Document: try.fields["document"], Authority: try.fields["authority"]}
	var wrong []tasks.FieldError
	ids := formIDs(c.PostFormArray("row"))
	for _, row := range ids[:min(len(ids), yearEndRows)] {
		key := strconv.FormatInt(row, 10)
		try.choice[row], try.due[row] = c.PostForm("choice-"+key), strings.TrimSpace(c.PostForm("due-"+key))
		choice, text, name := try.choice[row], try.due[row], "due-"+key
		if choice == "" {
			choice = try.fields["all"]
		}
		if text == "" {
			text, name = try.fields["due"], "due"
		}
		var due calendar.Date
		if choice == string(tasks.YearEndCarry) && (try.fields["whole"] == "" || name != "due") {
			var ok bool
			if due, ok = formDate(text); !ok && !slices.ContainsFunc(wrong, func(f tasks.FieldError) bool { return f.Field == name }) {
				wrong = append(wrong, tasks.FieldError{Field: name, Key: "deadline.bad_date"})
			}
		}
		in.Rows = append(in.Rows, tasks.YearEndRow{
			AssignmentID: row, Version: formID(c.PostForm("version-" + key)), Choice: tasks.YearEndChoice(choice), Due: due,
		})
	}
	ctx := c.Request.Context()
	var carried, closed int
	if _, err = s.Assignments.YearEnd(ctx, actor, id); err != nil {
		return err
	}
	if len(wrong) > 0 {
		err = tasks.Invalid(wrong...)
	} else if try.fields["whole"] != "" {
		return s.endYearWhole(c, actor, id, in, try)
	} else {
		carried, closed, err = s.Assignments.EndYear(ctx, actor, id, in)
	}
	if err == nil {
		target := documentCloseHref(id)
		return s.redirect(c, actor, target, "year_end.done", carried, closed)
	}
	return s.yearEndRefused(c, actor, id, err, try)
}

func (s *Server) yearEndRefused(c *gin.Context, actor tasks.Person, id int64, err error, try yearEndTyped) error {
	try.err = err
	switch code := tasks.CodeOf(err); code {
	case tasks.CodeInvalid, tasks.CodeConflict, tasks.CodeStorageFull, tasks.CodeUnavailable:
		note(c, err)
		return s.showYearEnd(c, actor, id, statuses[code], c.PostForm, try)
	}
	return err
}

// endDocument closes a document of which nothing is left open.
func (s *Server) endDocument(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Assignments.CloseDocument(c.Request.Context(), actor, id, formID(c.PostForm("version"))); err != nil {
		return s.yearEndRefused(c, actor, id, err, yearEndTyped{})
	}
	return s.redirect(c, actor, documentHref(id), "year_end.closed")
}

// reopenDocument undoes that.
func (s *Server) reopenDocument(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	reason := c.PostForm("reason")
	if err := s.Assignments.ReopenDocument(c.Request.Context(), actor, id, formID(c.PostForm("version")), reason); err != nil {
		return s.yearEndRefused(c, actor, id, err, yearEndTyped{fields: map[string]string{"reopen": reason}})
	}
	return s.redirect(c, actor, documentHref(id), "year_end.reopened")
}

// shownClosable is how many documents that can be closed the inbox names.
const shownClosable = 10

// closable lists documents that can be closed.
func (s *Server) closable(ctx context.Context, actor tasks.Person, w *templates.Words) ([]templates.Action, error) {
	if !actor.Can(tasks.ActionDocumentManage) {
		return nil, nil
	}
	list, err := s.Assignments.ClosableDocuments(ctx, actor, shownClosable)
	var out []templates.Action
	for _, d := range list {
		out = append(out, templates.Action{Href: documentCloseHref(d.ID), Label: documentLabel(w, d.Kind, d.Number)})
	}
	return out, err
}
