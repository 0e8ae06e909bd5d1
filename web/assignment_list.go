package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type assignmentListPage struct {
	templates.Layout
	Headline string
	// Chosen says by which filters, for paper too; empty when none is set.
	Chosen string
	// Views are the list's usual groups, of the same filter otherwise.
	Views   []templates.NavItem
	Filters templates.FilterForm
	Rows    []templates.TaskRow
	Empty   templates.Empty
	Pager   templates.Pager
	// Groupings lead to the list with a line an assignment or a line a duty; Unit says which it is.
	Groupings []templates.NavItem
	// Mine leads to what the person follows himself, and back to all.
	Mine  []templates.NavItem
	Unit  string
	Bulk  *bulkForm
	Saved *savedViews // nil where there is nothing to open or to save
}

// Choices of the state filter that stand for several states.
const (
	stateAll     = "all"
	stateOpen    = "open"    // the agency still owes work
	stateWorking = "working" // open and not sent back
	stateUndone  = "undone"  // not completed
)

var stateChoices = map[string][]tasks.State{
	stateAll:     tasks.States,
	stateOpen:    {tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned},
	stateWorking: {tasks.StateAssigned, tasks.StateInProgress},
	stateUndone:  {tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned, tasks.StateSubmitted},
}

// assignmentFilter is what the list is filtered by, as typed.
type assignmentFilter struct {
	Words, State, Timeliness, Part string
	Evidence, Waiting              string
	From, To                       string
	Document, Agency               int64
	Specialist, Leader             int64
	Sort                           tasks.Sort
	Group                          string // groupByTask: one line a duty
	narrowing
}

func readAssignmentFilter(get func(string) string) assignmentFilter {
	f := assignmentFilter{
		Words: strings.TrimSpace(get("q")), State: get("state"), From: strings.TrimSpace(get("due_from")), To: strings.TrimSpace(get("due_to")),
		Document: formID(get("document")), Agency: formID(get("agency")),
		Specialist: formID(get("specialist")), Leader: formID(get("leader")),
		Timeliness: string(known(tasks.Timelinesses, get("timeliness"))),
		Part:       string(known([]tasks.Part{tasks.PartLead, tasks.PartCooperating}, get("part"))),
		Evidence:   string(known(tasks.EvidenceStates, get("evidence"))),
		Waiting:    known([]string{waitingLong}, get("waiting")),
		Sort:       known(listSorts, get("sort")),
		Group:      known([]string{groupByTask}, get("group")),
		narrowing:  readNarrowing(get),
	}
	if _, ok := stateChoices[f.State]; !ok && known(tasks.States, f.State) == "" {
		f.State = f.usualState()
	}
	if f.Agency == 0 {
		f.Part = ""
	}
	if f.Waiting != "" {
		f.State = string(tasks.StateSubmitted)
	}
	return f
}

// listSorts are the orders that the list offers.
var listSorts = []tasks.Sort{tasks.SortUrgent, tasks.SortNewest, tasks.SortReport}

// usualState is the choice of an address that names none: what is still to be done, since finished work, whose deadlines lie furthest
// back, would stand before it. One that asks for a timeliness says itself whether the work is done.
func (f assignmentFilter) usualState() string {
	if f.Timeliness != "" || f.completed() {
		return stateAll
	}
	return stateOpen
}

// states are those chosen; nil for all.
func (f assignmentFilter) states() []tasks.State {
	if f.State == stateAll {
		return nil
	}
	if states, ok := stateChoices[f.State]; ok {
		return states
	}
	if state := known(tasks.States, f.State); state != "" {
		return []tasks.State{state}
	}
	return nil
}

// query asks for the page behind the cursor. Days that are none come back as a refused form.
func (f assignmentFilter) query(after string) (tasks.AssignmentQuery, error) {
	q := tasks.AssignmentQuery{
		DocumentID: f.Document, AgencyID: f.Agency, Part: tasks.Part(f.Part), States: f.states(), Timeliness: tasks.Timeliness(f.Timeliness),
		Words: f.Words, Sort: f.Sort, After: after, Evidence: tasks.EvidenceState(f.Evidence),
		Specialist: f.Specialist, Leader: f.Leader,
	}
	var wrong []tasks.FieldError
	var ok bool
	if q.DueFrom, ok = formDate(f.From); !ok {
		wrong = append(wrong, tasks.FieldError{Field: "due_from", Key: "assignment_list.bad_date"})
	}
	if q.DueTo, ok = formDate(f.To); !ok {
		wrong = append(wrong, tasks.FieldError{Field: "due_to", Key: "assignment_list.bad_date"})
	}
	if !q.DueTo.IsZero() && q.DueFrom.After(q.DueTo) {
		wrong = append(wrong, tasks.FieldError{Field: "due_to", Key: "assignment_list.bad_range"})
	}
	wrong = append(wrong, f.add(&q)...)
	if len(wrong) > 0 {
		return q, tasks.Invalid(wrong...)
	}
	return q, nil
}

// href is the address of the same list, from the cursor on.
func (f assignmentFilter) href(after string) string {
	state := f.State
	if state == f.usualState() {
		state = ""
	}
	return listHref(append(f.pairs(), "q", f.Words, "document", idText(f.Document), "agency", idText(f.Agency), "part", f.Part, "state", state,
		"specialist", idText(f.Specialist), "leader", idText(f.Leader),
		"timeliness", f.Timeliness, "evidence", f.Evidence, "waiting", f.Waiting, "due_from", f.From, "due_to", f.To, "sort", string(f.Sort), "group", f.Group, "after", after)...)
}

func (f assignmentFilter) active() bool {
	if f.Sort, f.Group = "", ""; f.State == f.usualState() {
		f.State = ""
	}
	return f != assignmentFilter{}
}

// assignmentList shows the assignments that the person may see, filtered by what stands in the address.
func (s *Server) assignmentList(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	rows, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	if done, err := s.openUsualView(c, actor); done || err != nil {
		return err
	}
	f, after := readAssignmentFilter(c.Query), c.Query("after")
	q, wrong := f.query(after)
	q = s.longOnly(q, f)
	if f.Group != "" && actor.Can(tasks.ActionAssignmentList) {
		return s.dutyList(c, actor, rows, f, q, wrong)
	}
	f.Group = ""
	status := http.StatusOK
	fe, refused := s.invalid(actor, wrong)
	if refused {
		status = http.StatusUnprocessableEntity
	}
	page, err := s.Assignments.List(ctx, actor, q)
	if err != nil {
		return err
	}
	w := rows.w
	documents, err := s.documentOptions(ctx, actor, w, f.Document)
	if err != nil {
		return err
	}
	p := assignmentListPage{
		Headline: listHeadline(w, page.Total, f),
		Filters:  f.form(w, fe, documents, agencyOptions(actor, rows.options)),
	}
	if err := s.followed(c, actor, f, &p.Filters); err != nil {
		return err
	}
	p.Views, p.Groupings, p.Unit = f.views(w), f.groupings(w, actor), w.T("assignment_list.unit")
	p.Mine = f.mineViews(w, actor)
	if f.active() {
		p.Chosen = f.chosen(w, p.Filters.Fields)
	}
	if page.Total == 0 {
		if p.Empty, err = s.emptyList(ctx, actor, w, f); err != nil {
			return err
		}
	}
	choose := f.State == string(tasks.StateSubmitted) && actor.Can(tasks.ActionDecide) && len(page.Rows) > 0
	for _, a := range page.Rows {
		row := rows.row(a)
		if choose {
			row.Choice, row.ChoiceLabel = choiceValue(a.Assignment), w.T("confirm.choose", row.Text)
		}
		p.Rows = append(p.Rows, row)
	}
	if choose {
		p.Bulk = newBulkForm(w, f.href(after))
	}
	if after != "" {
		p.Pager.PrevHref = f.href("")
	}
	if page.Next != "" {
		p.Pager.NextHref = f.href(page.Next)
	}
	if p.Pager.NextHref != "" || p.Pager.PrevHref != "" {
		p.Pager.Text = w.T("assignment_list.shown", len(page.Rows), countWords(w, page.Total))
	}
	if page.Total > 0 {
		p.Pager.ExportHref = exportHref(f.href(""))
	}
	if err := s.addSavedViews(c, actor, w, f, &p); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Problems = fe.problems(p.Filters.Fields...)
	return s.render(c, status, "assignment_list", p)
}

// onlyState tells that nothing but the state is filtered.
func (f assignmentFilter) onlyState() bool {
	return f == assignmentFilter{State: f.State, Group: f.Group, Sort: f.Sort}
}

// views lead to the same list of other states: what is open, what waits, what is done, everything.
func (f assignmentFilter) views(w *templates.Words) []templates.NavItem {
	var views []templates.NavItem
	for _, v := range []struct{ state, key string }{
		{stateOpen, "assignment_list.state_open"}, {string(tasks.StateSubmitted), "state.submitted"},
		{string(tasks.StateCompleted), "state.completed"}, {stateAll, "assignment_list.any"},
	} {
		other := f
		other.State = v.state
		views = append(views, templates.NavItem{Href: other.href(""), Label: w.T(v.key), Current: f.State == v.state})
	}
	return views
}

// emptyList says why nothing is listed: nothing was ever assigned, nothing is open, or nothing fits the filter.
func (s *Server) emptyList(ctx context.Context, actor tasks.Person, w *templates.Words, f assignmentFilter) (templates.Empty, error) {
	if f.active() && !f.onlyState() {
		return templates.Empty{Text: w.T("assignment_list.none_fit"), Hint: w.T("assignment_list.none_fit_hint")}, nil
	}
	any, err := s.Assignments.List(ctx, actor, tasks.AssignmentQuery{Sort: tasks.SortNewest, Limit: 1})
	switch {
	case err != nil:
		return templates.Empty{}, err
	case any.Total == 0:
		return templates.Empty{Text: w.T("assignment_list.empty"), Hint: w.T("assignment_list.empty_hint")}, nil
	case f.active():
		return templates.Empty{Text: w.T("assignment_list.none_fit"), Hint: w.T("assignment_list.none_fit_hint")}, nil
	}
	return templates.Empty{
		Text: w.T("assignment_list.none_open"), Hint: w.T("assignment_list.none_open_hint"),
		Action: &templates.Action{Href: listHref("state", stateAll), Label: w.T("assignment_list.any"), Quiet: true},
	}, nil
}

func listHeadline(w *templates.Words, total int, f assignmentFilter) string {
	switch {
	case total == 0:
		return w.T("assignment_list.headline_none")
	case f.Timeliness == string(tasks.Overdue):
		return w.T("assignment_list.headline_overdue", countWords(w, total))
	case f.onlyState() && f.State == stateOpen:
		return w.T("assignment_list.headline_open", countWords(w, total))
	case f.active() && !(f.onlyState() && f.State == stateAll):
		return w.T("assignment_list.headline_fit", countWords(w, total))
	}
	return w.T("assignment_list.headline", countWords(w, total))
}

// documentOptions are the newest issued documents that the person may read, and the chosen one.
func (s *Server) documentOptions(ctx context.Context, actor tasks.Person, w *templates.Words, chosen int64) ([]templates.Option, error) {
	documents, err := s.Documents.Names(ctx, actor, chosen)
	if err != nil {
		return nil, err
	}
	return s.documents.of(w, documents), nil
}

// agencyOptions are the agencies by which the person may filter: every one, or his own when there are several.
func agencyOptions(actor tasks.Person, every []templates.Option) []templates.Option {
	own, all := actor.Scope(tasks.ActionAssignmentRead)
	if all {
		return every
	}
	if len(own) < 2 {
		return nil
	}
	var options []templates.Option
	for _, o := range every {
		if slices.ContainsFunc(own, func(id int64) bool { return idText(id) == o.Value }) {
			options = append(options, o)
		}
	}
	return options
}

func (f assignmentFilter) form(w *templates.Words, fe fieldErrors, documents, agencies []templates.Option) templates.FilterForm {
	any := w.T("assignment_list.any")
	fields := []templates.Field{
		{Name: "q", Type: "search", Label: w.T("assignment_list.words"), Value: f.Words, MaxLength: 200},
		{Name: "document", Type: "select", Label: w.T("assignment_list.document"), Blank: any, Value: idText(f.Document), Options: documents},
	}
	if len(agencies) > 0 {
		fields = append(fields,
			templates.Field{Name: "agency", Type: "select", Label: w.T("assignment_list.agency"), Blank: any, Value: idText(f.Agency), Options: agencies},
			templates.Field{Name: "part", Type: "select", Label: w.T("assignment_list.part"), Blank: any, Value: f.Part, Options: []templates.Option{
				{Value: string(tasks.PartLead), Label: w.T("part.lead")}, {Value: string(tasks.PartCooperating), Label: w.T("part.cooperating")},
			}})
	}
	fields = append(fields,
		templates.Field{Name: "state", Type: "select", Label: w.T("assignment_list.state"), Value: f.State, Options: stateOptions(w)},
		templates.Field{Name: "timeliness", Type: "select", Label: w.T("assignment_list.timeliness"), Blank: any, Value: f.Timeliness, Options: codeOptions(w, "timeliness", tasks.Timelinesses)},
		templates.Field{Name: "evidence", Type: "select", Label: w.T("evidence.title"), Blank: any, Value: f.Evidence, Options: codeOptions(w, "evidence_state", tasks.EvidenceStates)},
		dayControl(templates.Field{Name: "due_from", Label: w.T("assignment_list.due_from")}, f.From),
		dayControl(templates.Field{Name: "due_to", Label: w.T("assignment_list.due_to")}, f.To),
		templates.Field{Name: "sort", Type: "select", Label: w.T("assignment_list.sort_by"), Value: string(f.Sort), Options: codeOptions(w, "assignment_list.sort", listSorts)},
	)
	fields = slices.Insert(fields, len(fields)-1, f.fields(w, any)...)
	form := templates.FilterForm{Action: "/assignments", ClearHref: "/assignments", Active: f.active(), Fold: true}
	if len(agencies) == 0 && f.Agency != 0 {
		form.Hidden = []templates.Hidden{{Name: "agency", Value: idText(f.Agency)}, {Name: "part", Value: f.Part}}
	}
	if f.Group != "" {
		form.Hidden = append(form.Hidden, templates.Hidden{Name: "group", Value: f.Group})
	}
	for _, field := range fields {
		field.Required = true // every filter may be left open; the form need not say so at each
		form.Fields = append(form.Fields, fe.on(field))
	}
	return form
}

func stateOptions(w *templates.Words) []templates.Option {
	options := []templates.Option{
		{Value: stateAll, Label: w.T("assignment_list.any")},
		{Value: stateUndone, Label: w.T("assignment_list.state_undone")},
		{Value: stateOpen, Label: w.T("assignment_list.state_open")},
		{Value: stateWorking, Label: w.T("assignment_list.state_working")},
	}
	return append(options, codeOptions(w, "state", tasks.States)...)
}

func codeOptions[T ~string](w *templates.Words, prefix string, codes []T) []templates.Option {
	options := make([]templates.Option, len(codes))
	for i, code := range codes {
		options[i] = templates.Option{Value: string(code), Label: w.T(prefix + "." + string(code))}
	}
	return options
}

// chosen says the filters in words, "Cơ quan: Sở Nội vụ · Quá hạn".
func (f assignmentFilter) chosen(w *templates.Words, fields []templates.Field) string {
	return filterWords(w, fields)
}

// filterWords says what is set in the fields of a filter.
func filterWords(w *templates.Words, fields []templates.Field) string {
	var out []string
	for _, field := range fields {
		value := field.Value
		for _, o := range field.Options {
			if o.Value == field.Value {
				value = o.Label
			}
		}
		if day, ok := formDate(field.Value); ok && field.Type == "date" {
			value = w.T("duty.day", day)
		}
		every := field.Name == "state" && field.Value == stateAll
		if field.Value != "" && field.Name != "sort" && !every {
			out = append(out, field.Label+": "+value)
		}
	}
	return strings.Join(out, " · ")
}
