package web

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

type issuePage struct {
	templates.Layout
	Headline   string
	ReviewHref string
	Action     string
	Version    int64
	Seen       string
	Facts      []templates.Fact
	Unreached  []string // agencies that no mail reaches
	Past       string
	Warnings   []string
	Blocking   []blockingLine
	Button     string
	Hold       string
}

// issueForm says what issuing would do and asks for it.
func (s *Server) issueForm(c *gin.Context, actor tasks.Person) error {
	return s.ofDraft(c, actor, func(r tasks.Review) error { return s.showIssue(c, actor, http.StatusOK, r, "") })
}

func (s *Server) showIssue(c *gin.Context, actor tasks.Person, status int, r tasks.Review, problem string) error {
	w, base := s.words(actor), documentHref(r.Document.ID)
	agencies := make(map[int64]tasks.Agency, len(r.Agencies))
	for _, a := range r.Agencies {
		agencies[a.ID] = a
	}
	p := issuePage{
		ReviewHref: base + "/review", Action: base + "/issue", Version: r.Document.Version, Seen: seen(r), Blocking: blockingLines(w, r),
		Button: w.T("issue_form.button"), Hold: w.T("issue_form.hold"),
	}
	for i, line := range p.Blocking {
		p.Blocking[i].Href = p.ReviewHref + line.Href
	}
	plan := r.Plan
	p.Headline = w.T("issue_form.headline", plan.Duties, plan.Assignments, len(plan.Agencies))
	if plan.Duties == 0 {
		p.Headline = w.T("issue_form.headline_ends", documentLabel(w, r.Document.Kind, r.Document.Number), plan.Revision.End, len(plan.Revision.Leaves))
		p.Button = w.T("issue_form.button_ends")
	}
	if len(p.Blocking) > 0 {
		p.Headline = w.T("issue_form.blocked", documentLabel(w, r.Document.Kind, r.Document.Number), len(p.Blocking))
	}
	p.Facts = []templates.Fact{{Label: w.T("issue_form.document"), Text: documentLabel(w, r.Document.Kind, r.Document.Number), Note: r.Document.Title}}
	if !r.Document.Date.IsZero() {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("document_form.date"), Text: w.T("document_word.day", r.Document.Date)})
	}
	followers, err := s.Documents.Followers(c.Request.Context(), actor, r.Document.ID)
	if err != nil {
		return err
	}
	p.Facts = append(p.Facts, followerFacts(w, actor, followers.People, r.Document.Followers, base+"/followers")...)
	if r.Earlier.ID != 0 {
		p.Hold = w.T("revision.no_recall")
		p.Facts = append(p.Facts, revisionFact(w, r))
	}
	unchecked := 0
	for _, d := range r.Drafts {
		if !d.Checked {
			unchecked++
		}
	}
	if plan.Defaulted > 0 {
		p.Facts = append(p.Facts, templates.Fact{
			Label: w.T("issue_form.defaulted"), Text: w.T("document_word.duties", plan.Defaulted),
			Note: timeWords(w, r.Document.DefaultDue, r.Document.Cadence),
		})
	}
	if unchecked > 0 {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("issue_form.unchecked"), Text: w.T("document_word.duties", unchecked)})
	}
	if n := restrictedDrafts(r.Drafts); n > 0 {
		p.Facts = append(p.Facts, templates.Fact{Label: w.T("restricted.fact"), Text: w.T("restricted.plan", n)})
	}
	p.Warnings = warningLines(w, plan)
	if plan.Past > 0 {
		p.Past = w.T("issue_form.past", plan.Past)
	}
	for _, id := range plan.Unreachable {
		p.Unreached = append(p.Unreached, agencyName(w, agencies, id))
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if problem != "" {
		p.Problems = []templates.Problem{{Text: problem}}
	}
	return s.render(c, status, "document_issue", p)
}

// seen stands for the drafts as they were shown: whoever issues has agreed to these and to no others.
func seen(r tasks.Review) string {
	versions := int64(0)
	for _, d := range r.Drafts {
		versions += d.ID * d.Version
	}
	return fmt.Sprintf("%d-%d-%d-%d-%d", r.Plan.Duties, r.Plan.Assignments, len(r.Plan.Agencies), r.Plan.Revision.End, versions)
}

// issue issues what was shown. When the draft has changed since, it is shown anew and nothing is issued.
func (s *Server) issue(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx, w := c.Request.Context(), s.words(actor)
	r, err := s.Documents.Review(ctx, actor, id)
	if err != nil {
		return err
	}
	if c.PostForm("seen") != seen(r) {
		return s.showIssue(c, actor, http.StatusConflict, r, w.T("issue_form.changed"))
	}
	err = s.Documents.Issue(ctx, actor, id, formID(c.PostForm("version")))
	if err == nil && r.Plan.Duties == 0 {
		return s.redirect(c, actor, documentHref(id), "issue_form.done_ends", r.Plan.Revision.End, len(r.Plan.Revision.Leaves))
	}
	if err == nil {
		return s.redirect(c, actor, documentHref(id), "issue_form.done", r.Plan.Duties, r.Plan.Assignments, len(r.Plan.Agencies))
	}
	problem := ""
	switch code := tasks.CodeOf(err); {
	case code == tasks.CodeInvalid:
		problem = s.explain(actor, err)
	case keyOf(err) == "error.conflict":
		problem = w.T("issue_form.changed")
	default:
		return err
	}
	if r, err = s.again(c, actor, id, err); err != nil {
		return err
	}
	return s.showIssue(c, actor, http.StatusConflict, r, problem)
}

// again reads the review as it is after a failure; when it is none any more, the failure stands.
func (s *Server) again(c *gin.Context, actor tasks.Person, id int64, failure error) (tasks.Review, error) {
	r, err := s.Documents.Review(c.Request.Context(), actor, id)
	if err != nil {
		return tasks.Review{}, failure
	}
	return r, nil
}

// recall makes an issued document a draft again, as long as none of its mails has gone.
func (s *Server) recall(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Documents.Recall(c.Request.Context(), actor, id, formID(c.PostForm("version"))); err != nil {
		return err
	}
	return s.redirect(c, actor, documentHref(id, "/review"), "document_page.recalled")
}

// releaseDocument lets the mails of the document's issue go at once.
func (s *Server) releaseDocument(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	// What the person may not read does not exist for him, whatever he may do with mails.
	if _, err := s.Documents.Get(ctx, actor, id); err != nil {
		return err
	}
	n, err := s.Outbox.EndHolds(ctx, actor, id)
	if err != nil {
		return err
	}
	if n == 0 {
		return s.redirect(c, actor, documentHref(id), "document_page.none_held")
	}
	return s.redirect(c, actor, documentHref(id), "document_page.released", n)
}

// discard deletes a draft document.
func (s *Server) discard(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Documents.Discard(c.Request.Context(), actor, id, formID(c.PostForm("version"))); err != nil {
		return err
	}
	return s.redirect(c, actor, "/documents", "review.discarded")
}

// file sends a file of a document.
func (s *Server) file(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	a, f, err := s.Documents.OpenFile(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	serveFile(c, a, f)
	return nil
}
