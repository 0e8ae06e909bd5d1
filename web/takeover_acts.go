package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// takeoverAgain shows the check as it stands now, with one form as it was typed.
func (s *Server) takeoverAgain(c *gin.Context, actor tasks.Person, id int64, status int, in takeoverInput) error {
	v, err := s.Documents.Takeover(c.Request.Context(), actor, id)
	if err != nil {
		return err
	}
	return s.showTakeover(c, actor, status, v, in)
}

// takeoverOf is the tracker that a document came from; a document that came from none has no such thing.
func (s *Server) takeoverOf(c *gin.Context, actor tasks.Person, documentID int64) (int64, error) {
	id, err := s.Documents.TakeoverOf(c.Request.Context(), actor, documentID)
	if err == nil && id == 0 {
		err = tasks.ErrNotFound
	}
	return id, err
}

// saveTaken corrects where one duty of a tracker stands.
func (s *Server) saveTaken(c *gin.Context, actor tasks.Person) error {
	documentID, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	id, err := s.takeoverOf(c, actor, documentID)
	if err != nil {
		return err
	}
	at := postedPlace(c)
	in, typed, err := typedRow(c.PostForm)
	if err == nil {
		err = s.Documents.SetTaken(c.Request.Context(), actor, documentID, draftID, in)
	}
	if err == nil {
		return s.redirect(c, actor, takeoverHref(id, at.query()+"#rows"), "takeover.row_saved")
	}
	fe, refused := s.invalid(actor, err)
	again := takeoverInput{at: at, row: rowInput{draft: draftID, fields: typed, fieldErrors: fe}}
	if isStale(err) {
		again.problem = s.words(actor).T("takeover.row_stale")
	} else if !refused {
		return err
	}
	return s.takeoverAgain(c, actor, id, statuses[tasks.CodeOf(err)], again)
}

// leaveTaken leaves a row out: it is not taken over.
func (s *Server) leaveTaken(c *gin.Context, actor tasks.Person) error {
	documentID, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	id, err := s.takeoverOf(c, actor, documentID)
	if err != nil {
		return err
	}
	at := postedPlace(c)
	err = s.Documents.RemoveDraft(c.Request.Context(), actor, documentID, draftID, formID(c.PostForm("version")))
	if isStale(err) {
		return s.takeoverAgain(c, actor, id, http.StatusConflict, takeoverInput{at: at, problem: s.words(actor).T("takeover.row_stale")})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, takeoverHref(id, at.query()+"#rows"), "takeover.row_left")
}

// mapTrackerName says for which agency or group a name stands, in the whole tracker.
func (s *Server) mapTrackerName(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "takeover")
	if err != nil {
		return err
	}
	ctx, w := c.Request.Context(), s.words(actor)
	in := nameInput{
		written: c.PostForm("written"), party: c.PostForm("party"), text: strings.TrimSpace(c.PostForm("party_text")),
		forget: c.PostForm("remember") == "",
	}
	v, err := s.Documents.Takeover(ctx, actor, id)
	if err != nil {
		return err
	}
	agencyID, groupID := parseParty(in.party)
	book := newNameBook(w, s.Rules.Day(s.Now()), v.Directory, v.Agencies, v.Groups)
	if in.text != "" {
		found, unknown := book.find(in.text)
		if len(found) != 1 || len(unknown) > 0 {
			in.fieldErrors = fieldErrors{byField: map[string]string{"party": w.T("review.name_not_found", in.text)}}
			return s.showTakeover(c, actor, http.StatusUnprocessableEntity, v, takeoverInput{name: in})
		}
		agencyID, groupID = found[0].AgencyID, found[0].GroupID
	}
	err = s.Documents.MapTrackerName(ctx, actor, id, in.written, agencyID, groupID, !in.forget)
	if fe, ok := s.invalid(actor, err); ok {
		in.fieldErrors = fe
		return s.takeoverAgain(c, actor, id, http.StatusUnprocessableEntity, takeoverInput{name: in})
	}
	if err != nil {
		return err
	}
	to := book.party(tasks.Party{AgencyID: agencyID, GroupID: groupID})
	return s.redirect(c, actor, takeoverHref(id, "#names"), "review.name_done", in.written, to)
}

// fillDays gives the duties that were done without a day the one typed, or each that of its deadline.
func (s *Server) fillDays(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "takeover")
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(c.PostForm("day"))
	day, ok := formDate(typed)
	switch {
	case !ok:
		err = tasks.Invalid(tasks.FieldError{Field: "day", Key: "document_form.bad_date"})
	case typed == "" && c.PostForm("by_deadline") == "":
		err = tasks.Invalid(tasks.FieldError{Field: "day", Key: "field.required"})
	}
	n := 0
	if err == nil {
		n, err = s.Documents.FillDays(c.Request.Context(), actor, id, day)
	}
	if fe, refused := s.invalid(actor, err); refused {
		return s.takeoverAgain(c, actor, id, http.StatusUnprocessableEntity, takeoverInput{day: typed, days: fe})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, takeoverHref(id, "#rows"), "takeover.days_done", n)
}

// takeOver issues what was shown. When something has changed since, it is shown anew and nothing is taken over.
func (s *Server) takeOver(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "takeover")
	if err != nil {
		return err
	}
	ctx, w := c.Request.Context(), s.words(actor)
	v, err := s.Documents.Takeover(ctx, actor, id)
	if err != nil {
		return err
	}
	seen := c.PostForm("seen")
	if seen == "" {
		seen = "none" // a form that says nothing has agreed to nothing
	}
	err = s.Documents.TakeOver(ctx, actor, id, seen, c.PostForm("tell") != "")
	if err == nil {
		return s.redirect(c, actor, takeoverHref(id, ""), "takeover.done", len(v.Drafts), len(v.Plans))
	}
	switch {
	case tasks.CodeOf(err) == tasks.CodeInvalid, keyOf(err) == "takeover.done_before":
		return s.takeoverAgain(c, actor, id, statuses[tasks.CodeOf(err)], takeoverInput{problem: s.explain(actor, err)})
	case keyOf(err) == "error.conflict":
		return s.takeoverAgain(c, actor, id, http.StatusConflict, takeoverInput{problem: w.T("takeover.changed")})
	}
	return err
}

// discardTakeover deletes what was read of a tracker and not taken over.
func (s *Server) discardTakeover(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "takeover")
	if err != nil {
		return err
	}
	seen := c.PostForm("seen")
	if seen == "" {
		seen = "none"
	}
	err = s.Documents.DiscardTracker(c.Request.Context(), actor, id, seen)
	if keyOf(err) == "error.conflict" {
		return s.takeoverAgain(c, actor, id, http.StatusConflict, takeoverInput{problem: s.words(actor).T("takeover.changed")})
	}
	if err != nil {
		return err
	}
	return s.redirect(c, actor, "/documents", "takeover.discarded")
}
