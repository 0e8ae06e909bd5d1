package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// saveHead corrects the head and the defaults. When another person has changed them meanwhile, both versions are shown.
func (s *Server) saveHead(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	typed, typedDefault := typedHead(c), typedTime(c, "default_due")
	head, err := typed.head()
	due, rule, timeErr := typedDefault.values(s.timesOf(head))
	var recomputed []int64
	if err = joinInvalid(err, timeErr); err == nil {
		recomputed, err = s.Documents.UpdateHead(c.Request.Context(), actor, id, tasks.HeadInput{
			Head: head, DefaultDue: due, Cadence: rule, Version: formID(c.PostForm("version")),
		})
	}
	if err == nil && len(recomputed) > 0 {
		return s.redirect(c, actor, draftAnchor(id, recomputed[0]), "review.head_recomputed", len(recomputed))
	}
	if err == nil {
		return s.redirect(c, actor, documentHref(id, "/review"), "review.head_saved")
	}
	fe, refused := s.invalid(actor, err)
	stale := keyOf(err) == "error.conflict"
	if !refused && !stale {
		return err
	}
	if stale {
		fe = fieldErrors{first: s.words(actor).T("review.head_stale")}
	}
	return s.reviewAgain(c, actor, id, statuses[tasks.CodeOf(err)], func(in *reviewInput) {
		in.head, in.headTime, in.headError, in.headStale = typed, typedDefault, fe, stale
	})
}

// checkDraft accepts a draft as it stands, or takes that back, and goes on to the next one that waits.
func (s *Server) checkDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	checked := c.Query("undo") == ""
	err = s.Documents.CheckDraft(c.Request.Context(), actor, id, draftID, formID(c.PostForm("version")), checked)
	if isStale(err) {
		return s.staleDraft(c, actor, id, draftID)
	}
	if err != nil {
		return err
	}
	next := draftID
	if checked {
		r, err := s.Documents.Review(c.Request.Context(), actor, id)
		if err != nil {
			return err
		}
		next = s.nextDraft(actor, r, draftID)
	}
	return s.redirect(c, actor, reviewAt(c, id, next), "")
}

// nextDraft is the one to go on with after the given one: behind it, then from the beginning, the first that a person must look at; when
// there is none, the first that nobody has accepted; else the given one.
func (s *Server) nextDraft(actor tasks.Person, r tasks.Review, draftID int64) int64 {
	at := slices.IndexFunc(r.Drafts, func(d tasks.Draft) bool { return d.ID == draftID })
	rest := slices.Concat(r.Drafts[at+1:], r.Drafts[:max(at, 0)])
	rest = slices.DeleteFunc(rest, func(d tasks.Draft) bool { return d.Checked || d.ID == draftID })
	book := s.reviewBook(s.words(actor), r)
	for _, d := range rest {
		if draftRowOf(book.words, book, r.Document, tasks.Draft{}, d).Look {
			return d.ID
		}
	}
	if len(rest) > 0 {
		return rest[0].ID
	}
	return draftID
}

// removeDraft takes out what is no duty.
func (s *Server) removeDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	r, err := s.Documents.Review(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	next := below(r.Drafts, draftID)
	err = s.Documents.RemoveDraft(c.Request.Context(), actor, id, draftID, formID(c.PostForm("version")))
	if isStale(err) {
		return s.staleDraft(c, actor, id, draftID)
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, reviewAt(c, id, next), "review.removed")
}

// below is the draft behind the given one, the one above it at the end, 0 when it is alone.
func below(drafts []tasks.Draft, draftID int64) int64 {
	at := slices.IndexFunc(drafts, func(d tasks.Draft) bool { return d.ID == draftID })
	switch {
	case at >= 0 && at+1 < len(drafts):
		return drafts[at+1].ID
	case at > 0:
		return drafts[at-1].ID
	}
	return 0
}

// isStale tells that another person changed or removed what the page showed.
func isStale(err error) bool {
	return keyOf(err) == "error.conflict" || keyOf(err) == "error.not_found"
}

// staleDraft shows the review screen as it is now: the draft was changed before the button was pressed.
func (s *Server) staleDraft(c *gin.Context, actor tasks.Person, id, draftID int64) error {
	return s.reviewAgain(c, actor, id, http.StatusConflict, func(in *reviewInput) { in.staleDraft = draftID })
}

// draftIDs reads the document's and the draft's identifier of the path.
func draftIDs(c *gin.Context) (documentID, draftID int64, err error) {
	if documentID, err = pathID(c, "id"); err != nil {
		return 0, 0, err
	}
	draftID, err = pathID(c, "draft")
	return documentID, draftID, err
}

func versionText(version int64) string { return strconv.FormatInt(version, 10) }
