package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// columnsSection changes whole columns of the duties that are shown.
type columnsSection struct {
	Action string
	Open   bool
	Shown  string // the drafts that the page shows, each with its version
	Rows   templates.Field
	Times  []templates.Field
	Leads  partySection
	Add    templates.Field
	Check  templates.Field
	Keep   string
}

// columnsInput is what stands in the form of columns.
type columnsInput struct {
	marked  []int64
	all     bool // all that are shown rather than those that are marked
	times   timeForm
	leads   typedParties
	add     bool // the leads join those that are there
	check   bool
	wrong   fieldErrors
	stale   []templates.Problem // the drafts that others have changed
	message string
	typed   bool // it was sent
}

func columnsOf(w *templates.Words, book nameBook, actor tasks.Person, r tasks.Review, in columnsInput, shown []draftRow) columnsSection {
	versions := make([]string, len(shown))
	for i, row := range shown {
		versions[i] = row.Mark
	}
	sec := columnsSection{
		Action: documentHref(r.Document.ID, "/columns"), Open: in.typed || len(in.marked) > 0, Keep: keepName(actor, r.Document.ID, "columns", 0, 0), Shown: strings.Join(versions, " "),
		Rows: in.wrong.on(templates.Field{
			ID: "columns-draft", Name: "rows", Type: "radio", Label: w.T("columns.rows"), Required: true, Value: "marked", Options: []templates.Option{
				{Value: "marked", Label: w.T("columns.marked")}, {Value: "shown", Label: w.T("columns.shown", len(shown))},
			},
		}),
		Times: in.times.fields(w, in.wrong, "columns-", timeLabels{Due: "review.deadline", Cadence: "review.cadence", NoCadence: "columns.stays"}),
		Add: templates.Field{ID: "columns-add", Name: "lead_add", Type: "radio", Label: w.T("columns.lead_how"), Required: true, Value: "0", Options: []templates.Option{
			{Value: "0", Label: w.T("columns.lead_instead")}, {Value: "1", Label: w.T("columns.lead_too")},
		}},
		Check: templates.Field{ID: "columns-check", Name: "check", Type: "checkbox", Label: w.T("columns.check")},
	}
	if in.all {
		sec.Rows.Value = "shown"
	}
	sec.Rows.Error = in.wrong.byField["draft"]
	if in.add {
		sec.Add.Value = "1"
	}
	if in.check {
		sec.Check.Value = "1"
	}
	cadence := &sec.Times[1]
	cadence.Options = slices.Insert(cadence.Options, 0, templates.Option{Value: noCadence, Label: w.T("columns.by_default")})
	in.leads.wrong = strings.TrimSpace(in.leads.wrong + " " + in.wrong.byField["lead"])
	sec.Leads = in.leads.section(book, "lead")
	sec.Leads.Pick.ID, sec.Leads.Pick.Required, sec.Leads.Pick.Hint = "columns-lead", false, w.T("columns.lead_hint")
	return sec
}

// problems lists what was wrong with the form.
func (in columnsInput) problems(sec columnsSection) []templates.Problem {
	var out []templates.Problem
	if in.message != "" {
		out = append(out, templates.Problem{Text: in.message})
	}
	out = append(out, in.stale...)
	out = append(out, in.wrong.problems(append(slices.Clone(sec.Times), sec.Rows)...)...)
	return append(out, templates.Problems(sec.Leads.Pick)...)
}

// setColumns changes the chosen duties at once. What others have changed meanwhile stays as it is, is listed, and stands marked for another
// try with everything that was typed.
func (s *Server) setColumns(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	r, err := s.Documents.Review(ctx, actor, id)
	if err != nil {
		return err
	}
	w := s.words(actor)
	book := s.reviewBook(w, r)
	in := columnsInput{
		all: c.PostForm("rows") == "shown", times: typedTime(c, "deadline"), leads: readParties(c, "lead", book, nil),
		add: c.PostForm("lead_add") == "1", check: c.PostForm("check") != "", typed: true,
	}
	var chosen []tasks.DraftVersion
	texts := c.PostFormArray("draft")
	for _, text := range texts {
		in.marked = append(in.marked, readDraftVersion(text).ID)
	}
	if in.all {
		texts = strings.Fields(c.PostForm("shown"))
	}
	for _, text := range texts {
		chosen = append(chosen, readDraftVersion(text))
	}
	again := func(status int) error {
		return s.reviewAgain(c, actor, id, status, func(ri *reviewInput) { ri.columns = in })
	}
	if c.PostForm("add") != "" && in.leads.wrong == "" {
		return again(http.StatusOK)
	}
	due, cadence, err := in.times.values(s.timesOf(r.Document.Head))
	var stale []int64
	switch {
	case err != nil:
	case in.leads.wrong != "":
		err = tasks.Invalid()
	default:
		stale, err = s.Documents.SetColumns(ctx, actor, id, chosen, tasks.Columns{
			Time: !in.times.empty(), Deadline: due, Cadence: cadence, Leads: in.leads.parties, AddLeads: in.add, Check: in.check,
		})
	}
	if err == nil && len(stale) == 0 {
		return s.redirect(c, actor, documentHref(id, "/review#drafts"), "columns.done", len(chosen))
	}
	if fe, refused := s.invalid(actor, err); refused {
		if in.leads.wrong != "" {
			fe.first = ""
		}
		in.wrong = fe
		return again(http.StatusUnprocessableEntity)
	}
	if err != nil && keyOf(err) != "error.conflict" {
		return err
	}
	if err != nil {
		for _, v := range chosen {
			stale = append(stale, v.ID)
		}
	}
	in.message = w.T("columns.some", len(chosen)-len(stale), len(stale))
	in.marked, in.all, in.stale = stale, false, staleRows(w, r, stale)
	return again(http.StatusConflict)
}

// staleRows words the drafts that could not be set, each by its number.
func staleRows(w *templates.Words, r tasks.Review, stale []int64) []templates.Problem {
	var out []templates.Problem
	for _, id := range stale {
		i := slices.IndexFunc(r.Drafts, func(d tasks.Draft) bool { return d.ID == id })
		if i < 0 {
			continue // removed: there is nothing to go to
		}
		out = append(out, templates.Problem{
			ID: "draft-" + strconv.FormatInt(id, 10), Text: w.T("columns.stale_row", refWords(w, r.Drafts[i].Ref, r.Drafts[i].Position)),
		})
	}
	return out
}
