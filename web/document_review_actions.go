package web

import (
	"net/http"
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
	due, rule, timeErr := typedDefault.values()
	if err = joinInvalid(err, timeErr); err == nil {
		err = s.Documents.UpdateHead(c.Request.Context(), actor, id, tasks.HeadInput{
			Head: head, DefaultDue: due, Cadence: rule, Version: formID(c.PostForm("version")),
		})
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

// setTimes gives all marked drafts one deadline or cadence, or the document's default when neither is typed.
func (s *Server) setTimes(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	typed, marked := typedTime(c, "deadline"), formIDs(c.PostFormArray("draft"))
	due, rule, err := typed.values()
	if err == nil {
		err = s.Documents.SetTimes(c.Request.Context(), actor, id, marked, due, rule)
	}
	if err == nil {
		return s.redirect(c, actor, documentHref(id, "/review#drafts"), "review.times_set", len(marked))
	}
	fe, refused := s.invalid(actor, err)
	if !refused {
		return err
	}
	return s.reviewAgain(c, actor, id, http.StatusUnprocessableEntity, func(in *reviewInput) {
		in.times, in.timesErr, in.marked = typed, fe, marked
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
		if next, err = s.nextDraft(c, actor, id, draftID); err != nil {
			return err
		}
	}
	return s.redirect(c, actor, draftAnchor(id, next), "")
}

// nextDraft is the first draft behind the given one that is not checked yet, or the given one.
func (s *Server) nextDraft(c *gin.Context, actor tasks.Person, id, draftID int64) (int64, error) {
	r, err := s.Documents.Review(c.Request.Context(), actor, id)
	if err != nil {
		return 0, err
	}
	passed := false
	for _, d := range r.Drafts {
		if passed && !d.Checked {
			return d.ID, nil
		}
		passed = passed || d.ID == draftID
	}
	return draftID, nil
}

// removeDraft takes out what is no duty.
func (s *Server) removeDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	next, err := s.nextDraft(c, actor, id, draftID)
	if err != nil {
		return err
	}
	err = s.Documents.RemoveDraft(c.Request.Context(), actor, id, draftID, formID(c.PostForm("version")))
	if isStale(err) {
		return s.staleDraft(c, actor, id, draftID)
	}
	if err != nil {
		return err
	}
	target := draftAnchor(id, next)
	if next == draftID {
		target = documentHref(id, "/review#drafts")
	}
	return s.redirect(c, actor, target, "review.removed")
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
