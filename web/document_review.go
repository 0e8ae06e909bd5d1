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

type reviewPage struct {
	templates.Layout
	Headline, Lede string
	Same           []sourceLink // documents of the same number
	Blocking       []blockingLine
	Names          []nameForm
	Head           headSection
	Sources        []sourceFile
	Drafts         []draftRow
	Checked        string // how many are seen through
	Times          timesSection
	IssueHref      string
	IssueLabel     string
	AddHref        string
	Discard        templates.ConfirmForm
}

// blockingLine is something that must be mended before the document can be issued, with where.
type blockingLine struct{ Href, Text string }

// headSection is the head with the defaults for duties that name no time.
type headSection struct {
	Summary string
	Open    bool
	Action  string
	Fields  []templates.Field
	Version int64
	// Current is the head as another person has saved it meanwhile.
	Current []templates.Fact
}

// timesSection sets one deadline or cadence for all marked duties.
type timesSection struct {
	Action string
	Fields []templates.Field
	Open   bool
}

// reviewInput is what stands in the forms of the review screen: what is stored, or what was typed and refused.
type reviewInput struct {
	head      headForm
	headTime  timeForm
	headError fieldErrors
	headStale bool // another person changed the head
	times     timeForm
	timesErr  fieldErrors
	marked    []int64
	name      nameInput
	// staleDraft was changed by another person before a button of it was pressed; 0: none.
	staleDraft int64
}

// review shows a draft document beside what was read from it. A document that is issued already has its own page.
func (s *Server) review(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	r, err := s.Documents.Review(c.Request.Context(), actor, id)
	if keyOf(err) == "document.not_draft" {
		return s.redirect(c, actor, documentHref(id), "")
	}
	if err != nil {
		return err
	}
	return s.showReview(c, actor, http.StatusOK, r, storedInput(r))
}

// storedInput shows what is stored.
func storedInput(r tasks.Review) reviewInput {
	return reviewInput{
		head: headOf(r.Document.Head), headTime: timeOf("default_due", r.Document.DefaultDue, r.Document.Cadence),
		times: timeForm{due: "deadline"},
	}
}

func (s *Server) showReview(c *gin.Context, actor tasks.Person, status int, r tasks.Review, in reviewInput) error {
	w := s.words(actor)
	book := newNameBook(w, s.Rules.Day(s.Now()), r.Directory, r.Agencies, r.Groups)
	p := reviewPage{
		Lede: reviewLede(w, r), AddHref: documentHref(r.Document.ID, "/drafts/new"),
		Names: nameForms(w, book, r, in.name), Head: headSectionOf(w, r, in), Times: timesSectionOf(w, r, in),
		Blocking: blockingLines(w, r),
	}
	look, checked := 0, 0
	section := ""
	for _, d := range r.Drafts {
		row := draftRowOf(w, book, r.Document, d)
		row.Marked = slices.Contains(in.marked, d.ID)
		if d.Section != section {
			row.Section, section = d.Section, d.Section
		}
		if row.Look {
			look++
		}
		if d.Checked {
			checked++
		}
		p.Drafts = append(p.Drafts, row)
	}
	p.Checked = w.T("review.checked_of", checked, len(r.Drafts))
	p.Headline = reviewHeadline(w, r, look, checked)
	p.Sources = sourceOf(r.Files, draftSources(w, r.Drafts))
	for _, d := range r.SameAs {
		p.Same = append(p.Same, sourceLink{Href: documentHref(d.ID), Text: sameLabel(w, d)})
	}
	if len(r.Plan.Problems) == 0 {
		p.IssueHref, p.IssueLabel = documentHref(r.Document.ID, "/issue"), w.T("review.to_issue", len(r.Drafts), len(r.Plan.Agencies))
	}
	p.Discard = templates.ConfirmForm{
		Summary: w.T("review.discard"), Text: w.T("review.discard_text"), Button: w.T("review.discard_button"),
		Action: documentHref(r.Document.ID, "/discard"), Hidden: []templates.Hidden{{Name: "version", Value: versionText(r.Document.Version)}},
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Wide = true
	p.Problems = append(in.headError.problems(p.Head.Fields...), in.timesErr.problems(p.Times.Fields...)...)
	if in.timesErr.byField["draft"] != "" {
		p.Problems = append(p.Problems, templates.Problem{ID: "drafts", Text: in.timesErr.byField["draft"]})
	}
	if in.staleDraft != 0 {
		p.Problems = append(p.Problems, staleProblem(w, r.Drafts, in.staleDraft))
	}
	for _, n := range p.Names {
		p.Problems = append(p.Problems, n.Other.Problem()...)
	}
	return s.render(c, status, "document_review", p)
}

// staleProblem tells that a button came too late: the draft was changed or taken out before.
func staleProblem(w *templates.Words, drafts []tasks.Draft, id int64) templates.Problem {
	if slices.ContainsFunc(drafts, func(d tasks.Draft) bool { return d.ID == id }) {
		return templates.Problem{ID: "draft-" + strconv.FormatInt(id, 10), Text: w.T("review.draft_stale")}
	}
	return templates.Problem{Text: w.T("review.draft_gone")}
}

// reviewHeadline says what was read and how many places still need a person's eye.
func reviewHeadline(w *templates.Words, r tasks.Review, look, checked int) string {
	label := documentLabel(w, r.Document.Kind, r.Document.Number)
	n := w.T("document_word.duties", len(r.Drafts))
	switch {
	case len(r.Drafts) == 0:
		return w.T("review.no_duties", label)
	case look > 0:
		return w.T("review.look", label, n, look)
	case checked == len(r.Drafts):
		return w.T("review.all_checked", label, n)
	}
	return w.T("review.no_doubt", label, n)
}

func reviewLede(w *templates.Words, r tasks.Review) string {
	var parts []string
	if r.Document.Title != "" {
		parts = append(parts, r.Document.Title)
	}
	if !r.Document.Date.IsZero() {
		parts = append(parts, w.T("document_word.dated", r.Document.Date))
	}
	if len(r.Files) > 0 {
		names := make([]string, len(r.Files))
		for i, f := range r.Files {
			names[i] = f.Attachment.Name
		}
		parts = append(parts, w.T("review.files", strings.Join(names, ", ")))
	}
	return strings.Join(parts, " · ")
}

func sameLabel(w *templates.Words, d tasks.Document) string {
	label := documentLabel(w, d.Kind, d.Number)
	if !d.Date.IsZero() {
		label += ", " + w.T("document_word.dated", d.Date)
	}
	return label + " (" + w.T("document_state."+string(d.State)) + ")"
}

// blockingLines lists what stands in the way of issuing. A name that is unknown in many duties is told once: the names have a box
// of their own.
func blockingLines(w *templates.Words, r tasks.Review) []blockingLine {
	var out []blockingLine
	unknown := 0
	for _, p := range r.Plan.Problems {
		line := blockingLine{Text: w.T(p.Key, args(p.Args)...)}
		switch {
		case p.Key == "issue.unknown_name":
			unknown++
			continue
		case p.DraftID != 0:
			line.Href = "#draft-" + strconv.FormatInt(p.DraftID, 10)
		case p.Key == "issue.no_number":
			line.Href = "#head-number"
		case p.Key == "issue.no_date":
			line.Href = "#head-date"
		default:
			line.Href = "#drafts"
		}
		out = append(out, line)
	}
	if unknown > 0 {
		line := blockingLine{Href: "#names", Text: w.T("review.unknown_names", len(unknownNames(r.Drafts)))}
		out = append([]blockingLine{line}, out...)
	}
	return out
}

func headSectionOf(w *templates.Words, r tasks.Review, in reviewInput) headSection {
	d := r.Document
	h := headSection{Action: documentHref(d.ID, "/head"), Version: d.Version}
	h.Summary = documentLabel(w, d.Kind, d.Number)
	if !d.Date.IsZero() {
		h.Summary += ", " + w.T("document_word.dated", d.Date)
	}
	h.Fields = in.head.fields(w, in.headError, "head-", "")
	h.Fields = append(h.Fields, in.headTime.fields(w, in.headError, "head-", timeLabels{
		Due: "review.default_due", DueHint: "review.default_due_hint", Cadence: "review.default_cadence", NoCadence: "review.no_default_cadence",
	})...)
	refused := in.headError.first != "" || len(in.headError.byField) > 0
	h.Open = d.Number == "" || d.Date.IsZero() || refused || in.headStale
	if in.headStale {
		h.Current = []templates.Fact{
			{Label: w.T("document_form.kind"), Text: w.T("document_kind." + string(d.Kind))},
			{Label: w.T("document_form.number"), Text: d.Number},
			{Label: w.T("document_form.date"), Text: w.T("document_word.day", d.Date)},
			{Label: w.T("document_form.issuer"), Text: d.Issuer},
			{Label: w.T("document_form.title"), Text: d.Title},
			{Label: w.T("document_form.year"), Text: headOf(d.Head).Year},
			{Label: w.T("document_word.default"), Text: timeWords(w, d.DefaultDue, d.Cadence)},
		}
	}
	return h
}

func timesSectionOf(w *templates.Words, r tasks.Review, in reviewInput) timesSection {
	return timesSection{
		Action: documentHref(r.Document.ID, "/times"), Open: len(in.timesErr.byField) > 0 || len(in.marked) > 0,
		Fields: in.times.fields(w, in.timesErr, "times-", timeLabels{
			Due: "review.deadline", DueHint: "", Cadence: "review.cadence", NoCadence: "review.no_cadence",
		}),
	}
}

// draftSources places each draft in the text.
func draftSources(w *templates.Words, drafts []tasks.Draft) []sourceDuty {
	out := make([]sourceDuty, len(drafts))
	for i, d := range drafts {
		out[i] = sourceDuty{
			Place: d.Source, Words: dutyWords(d.Written, d.Leads, d.Cooperating),
			Link: sourceLink{Href: "#draft-" + strconv.FormatInt(d.ID, 10), Text: refWords(w, d.Ref, d.Position)},
		}
	}
	return out
}

// refWords is the number of a duty in its document; one without goes by its place in the list.
func refWords(w *templates.Words, ref string, position int) string {
	if ref != "" {
		return spokenRef(w, ref)
	}
	return w.T("document_word.nth", position)
}
