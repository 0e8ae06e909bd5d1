package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

type reviewPage struct {
	templates.Layout
	Headline, Subject, Lede string
	Same                    []sourceLink // documents of the same number
	Warnings                []string     // what is likely wrong and does not block issue
	Blocking                []blockingLine
	Names                   []nameForm
	Head                    headSection
	Sources                 []sourceFile
	Shows                   []showLink
	Show                    string // which duties, carried by their buttons
	Drafts                  []draftRow
	Removed                 []removedRow
	Checked                 string // how many are seen through
	Columns                 columnsSection
	Company                 companyLine
	Undo                    *undoForm
	IssueHref               string
	IssueLabel              string
	AddHref                 string
	Discard                 templates.ConfirmForm
	Revision                sourceLink   // where the duties of an earlier document stand beside these
	Consult                 []sourceLink // what agencies were asked, and where more is
}

// showLink leads to a part of the duties.
type showLink struct {
	Href, Text string
	Current    bool
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
	Keep    string
	// Current is the head as another person has saved it meanwhile.
	Current []templates.Fact
}

// reviewInput is what stands in the forms of the review screen: what is stored, or what was typed and refused.
type reviewInput struct {
	head      headForm
	headTime  timeForm
	headError fieldErrors
	headStale bool // another person changed the head
	headShut  bool // the message on top is not about the head
	columns   columnsInput
	name      nameInput
	// staleDraft was changed by another person before a button of it was pressed; 0: none.
	staleDraft int64
}

// review shows a draft document beside what was read from it. A document that is issued already has its own page.
func (s *Server) review(c *gin.Context, actor tasks.Person) error {
	return s.ofDraft(c, actor, func(r tasks.Review) error {
		return s.showReview(c, actor, http.StatusOK, r, s.storedInput(actor, r))
	})
}

// ofDraft shows a page about a document that is a draft; one that is issued already has its own page.
func (s *Server) ofDraft(c *gin.Context, actor tasks.Person, show func(tasks.Review) error) error {
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
	return show(r)
}

// reviewBook knows the agencies and groups of a review.
func (s *Server) reviewBook(w *templates.Words, r tasks.Review) nameBook {
	return newNameBook(w, s.Rules.Day(s.Now()), r.Directory, r.Agencies, r.Groups)
}

// storedInput shows what is stored.
func (s *Server) storedInput(actor tasks.Person, r tasks.Review) reviewInput {
	read := s.timesOf(r.Document.Head)
	return reviewInput{
		head: headOf(r.Document.Head), headTime: timeOf(s.words(actor), read, "default_due", r.Document.DefaultDue, r.Document.Cadence),
		columns: columnsInput{times: timeForm{due: "deadline"}},
	}
}

func (s *Server) showReview(c *gin.Context, actor tasks.Person, status int, r tasks.Review, in reviewInput) error {
	w := s.words(actor)
	book := s.reviewBook(w, r)
	p := reviewPage{
		Subject: r.Document.Title, Lede: reviewLede(w, r), AddHref: documentHref(r.Document.ID, "/drafts/new"),
		Names: keepNames(actor, r.Document.ID, nameForms(w, book, r, in.name)), Head: headSectionOf(w, actor, r, in),
		Warnings: warningLines(w, r.Plan), Blocking: blockingLines(w, r), Removed: removedRows(w, r),
		Company: companyOf(w, actor, r.Document.ID, r.Others(actor, s.System()), r.Steps), Undo: undoOf(w, actor, r),
	}
	p.Show = shownPart(c)
	counts := s.fillDrafts(&p, w, book, r, in, p.Show)
	p.Columns = columnsOf(w, book, actor, r, in.columns, p.Drafts)
	p.Checked = w.T("review.checked_of", counts.checked, len(r.Drafts))
	p.Headline = reviewHeadline(w, r, counts.look, counts.checked)
	p.Sources = sourceOf(r.Files, draftSources(w, r.Document.ID, r.Drafts, p.Drafts))
	for _, d := range r.SameAs {
		p.Same = append(p.Same, sourceLink{Href: documentHref(d.ID), Text: sameLabel(w, d)})
	}
	p.Revision = sourceLink{Href: documentHref(r.Document.ID, "/revision"), Text: revisionWords(w, r)}
	p.Consult = append(consultLinks(w, r), sourceLink{Href: documentHref(r.Document.ID, "/followers"), Text: w.T("follower.title")})
	if len(r.Plan.Problems) == 0 {
		p.IssueHref, p.IssueLabel = documentHref(r.Document.ID, "/issue"), w.T("review.to_issue", len(r.Drafts), len(r.Plan.Agencies))
		if len(r.Drafts) == 0 {
			p.IssueLabel = w.T("review.to_issue_ends", r.Plan.Revision.End, len(r.Plan.Revision.Leaves))
		}
	}
	p.Discard = templates.ConfirmForm{
		Summary: w.T("review.discard"), Text: w.T("review.discard_text"), Button: w.T("review.discard_button"),
		Action: documentHref(r.Document.ID, "/discard"), Hidden: []templates.Hidden{{Name: "version", Value: versionText(r.Document.Version)}},
	}
	p.Layout = s.layout(c, actor, p.Headline)
	p.Wide = true
	p.Problems = append(in.headError.problems(p.Head.Fields...), in.columns.problems(p.Columns)...)
	if in.staleDraft != 0 {
		p.Problems = append(p.Problems, staleProblem(w, r.Drafts, in.staleDraft))
	}
	for _, n := range p.Names {
		p.Problems = append(p.Problems, n.Other.Problem()...)
	}
	return s.render(c, status, "document_review", p)
}

// Which duties a review shows.
const (
	everyDuty  = ""
	lookDuties = "look" // those that a person must look at
	openDuties = "open" // those that nobody has accepted
)

// shownPart is which duties the page shows, or the page whose button was pressed.
func shownPart(c *gin.Context) string {
	if show := cmp.Or(c.PostForm("show"), c.Query("show")); show == lookDuties || show == openDuties {
		return show
	}
	return everyDuty
}

// reviewAt is the part of the review that was shown, with the draft given, or the head of the list for none.
func reviewAt(c *gin.Context, documentID, draftID int64) string {
	page := "/review"
	if show := shownPart(c); show != everyDuty {
		page += "?show=" + show
	}
	if draftID == 0 {
		return documentHref(documentID, page, "#drafts")
	}
	return documentHref(documentID, page, "#draft-", strconv.FormatInt(draftID, 10))
}

type draftCounts struct{ look, checked int }

// fillDrafts puts the duties that are asked for on the page, and the links to the others.
func (s *Server) fillDrafts(p *reviewPage, w *templates.Words, book nameBook, r tasks.Review, in reviewInput, show string) draftCounts {
	var n draftCounts
	section, above := "", tasks.Draft{}
	ids := make(map[string]string) // of the forms that ask for unknown names
	for i, written := range unknownNames(r.Drafts) {
		ids[directory.Fold(written)] = nameID(i)
	}
	for _, d := range r.Drafts {
		row := draftRowOf(w, book, r.Document, above, d)
		above = d
		linkUnknown(row.Leads, ids)
		linkUnknown(row.Cooperating, ids)
		row.Marked = slices.Contains(in.columns.marked, d.ID)
		if row.Look {
			n.look++
		}
		if d.Checked {
			n.checked++
		}
		if show == lookDuties && !row.Look || show == openDuties && d.Checked {
			continue
		}
		if d.Section != section {
			row.Section, section = d.Section, d.Section
		}
		p.Drafts = append(p.Drafts, row)
	}
	if show != everyDuty {
		// What blocks may be about a duty that is not shown.
		for i, b := range p.Blocking {
			p.Blocking[i].Href = documentHref(r.Document.ID, "/review") + b.Href
		}
	}
	for _, l := range []struct {
		show string
		n    int
	}{{everyDuty, len(r.Drafts)}, {lookDuties, n.look}, {openDuties, len(r.Drafts) - n.checked}} {
		href := documentHref(r.Document.ID, "/review")
		if l.show != everyDuty {
			href += "?show=" + l.show
		}
		p.Shows = append(p.Shows, showLink{Href: href + "#drafts", Text: w.T("review.show_"+cmp.Or(l.show, "all"), l.n), Current: l.show == show})
	}
	return n
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

// warningLines tells what is likely wrong with the days and does not block issue.
func warningLines(w *templates.Words, plan tasks.IssuePlan) []string {
	var out []string
	if plan.Future {
		out = append(out, w.T("review.future_date"))
	}
	if plan.Early > 0 {
		out = append(out, w.T("review.early", plan.Early))
	}
	return out
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
		case strings.HasPrefix(p.Key, "issue.revision_"):
			line.Href = "#revision"
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

func headSectionOf(w *templates.Words, actor tasks.Person, r tasks.Review, in reviewInput) headSection {
	d := r.Document
	h := headSection{Action: documentHref(d.ID, "/head"), Version: d.Version, Keep: keepName(actor, d.ID, "head", 0, d.Version)}
	h.Summary = documentLabel(w, d.Kind, d.Number)
	if !d.Date.IsZero() {
		h.Summary += ", " + w.T("document_word.dated", d.Date)
	}
	h.Fields = in.head.fields(w, in.headError, "head-", "")
	h.Fields = append(h.Fields, in.headTime.fields(w, in.headError, "head-", timeLabels{
		Due: "review.default_due", DueHint: "review.default_due_hint", Cadence: "review.default_cadence", NoCadence: "review.no_default_cadence",
	})...)
	refused := in.headError.first != "" || len(in.headError.byField) > 0
	h.Open = d.Number == "" || d.Date.IsZero() || refused && !in.headShut || in.headStale
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

// draftSources places each draft in the text. The links to those that the page does not show lead to the page of all.
func draftSources(w *templates.Words, documentID int64, drafts []tasks.Draft, shown []draftRow) []sourceDuty {
	out := make([]sourceDuty, len(drafts))
	for i, d := range drafts {
		out[i] = sourceDuty{
			Place: d.Source, Words: dutyWords(d.Written, d.Leads, d.Cooperating),
			Link: sourceLink{Href: draftAnchor(documentID, d.ID), Text: refWords(w, d.Ref, d.Position)},
		}
		if len(shown) > 0 && shown[0].ID == d.ID {
			out[i].Link.Href, shown = "#draft-"+strconv.FormatInt(d.ID, 10), shown[1:]
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
