package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// typedDraft reads the form of a draft. stored is the draft as it is now, zero for a new one.
func typedDraft(c *gin.Context, book nameBook, stored tasks.Draft) draftTyped {
	return draftTyped{
		ref: strings.TrimSpace(c.PostForm("ref")), text: c.PostForm("text"), deliverable: c.PostForm("deliverable"), phrase: c.PostForm("phrase"),
		time: typedTime(c, "deadline"), joint: c.PostForm("joint") == "1", unconfirmed: c.PostForm("unconfirmed") == "1", opens: int(formID(c.PostForm("opens"))), restricted: c.PostForm("restricted") == "1",
		leads: readParties(c, "lead", book, stored.Leads), cooperating: readParties(c, "cooperating", book, stored.Cooperating),
	}
}

// input is the typed draft as the service takes it. Saving the form counts as having looked at it.
func (t draftTyped) input(version int64, read timeReader) (tasks.DraftInput, error) {
	in := tasks.DraftInput{
		Ref: t.ref, Text: t.text, Deliverable: t.deliverable, Phrase: t.phrase, Leads: t.leads.parties, Joint: t.joint, Unconfirmed: t.unconfirmed,
		Opens: t.opens, Restricted: t.restricted,
		Cooperating: t.cooperating.parties, Checked: true, Version: version,
	}
	var err error
	in.Deadline, in.Cadence, err = t.time.values(read)
	if err == nil && (t.leads.wrong != "" || t.cooperating.wrong != "") {
		// The words stand beside the parties already.
		err = tasks.Invalid()
	}
	return in, err
}

// addDraft adds a duty that the reader missed.
func (s *Server) addDraft(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	room, err := s.reviewRoom(c, actor, id)
	if err != nil {
		return err
	}
	shown := draftShown{typed: typedDraft(c, room.book, tasks.Draft{}), after: int(formID(c.PostForm("after")))}
	if c.PostForm("add") != "" {
		return s.showDraft(c, actor, http.StatusOK, room, shown)
	}
	in, err := shown.typed.input(0, s.timesOf(room.document.Head))
	var added int64
	if err == nil {
		added, err = s.Documents.AddDraft(c.Request.Context(), actor, id, shown.after, in)
	}
	if err == nil {
		return s.redirect(c, actor, draftAnchor(id, added), "draft_form.added")
	}
	return s.draftAgain(c, actor, room, shown, err)
}

// saveDraft corrects a draft. When another person changed it meanwhile, both versions are shown, and saving again replaces his; when
// it was taken out, saving again adds it anew.
func (s *Server) saveDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	room, err := s.reviewRoom(c, actor, id)
	if err != nil {
		return err
	}
	stored, there := room.draft(draftID)
	shown := draftShown{typed: typedDraft(c, room.book, stored), draft: stored}
	if !there && !room.closed {
		shown.after, shown.message = room.last(), "draft_form.gone"
		return s.showDraft(c, actor, http.StatusConflict, room, shown)
	}
	version := formID(c.PostForm("version"))
	if c.PostForm("add") != "" {
		// The form goes on from the version with which it was opened.
		shown.draft.Version = version
		return s.showDraft(c, actor, http.StatusOK, room, shown)
	}
	in, err := shown.typed.input(version, s.timesOf(room.document.Head))
	if err == nil {
		err = s.Documents.UpdateDraft(c.Request.Context(), actor, id, draftID, in)
	}
	if err == nil {
		return s.redirect(c, actor, draftAnchor(id, draftID), "draft_form.saved")
	}
	if _, refused := invalidOf(err); refused {
		shown.draft.Version = version
	}
	return s.draftAgain(c, actor, room, shown, err)
}

// draftAgain shows a refused form with everything that was typed.
func (s *Server) draftAgain(c *gin.Context, actor tasks.Person, room reviewRoom, shown draftShown, err error) error {
	if fe, refused := s.invalid(actor, err); refused {
		if shown.typed.leads.wrong != "" || shown.typed.cooperating.wrong != "" {
			fe.first = ""
		}
		shown.wrong = fe
		return s.showDraft(c, actor, http.StatusUnprocessableEntity, room, shown)
	}
	switch keyOf(err) {
	case "document.not_draft":
		room.closed = true
		shown.message = "draft_form.closed"
	case "error.conflict":
		shown.stale, shown.message = true, "draft_form.stale"
	default:
		return err
	}
	return s.showDraft(c, actor, http.StatusConflict, room, shown)
}
