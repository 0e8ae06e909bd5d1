package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// undoForm takes the person's own last step back.
type undoForm struct {
	Action string
	Step   int64
	Text   string // which step
}

func undoOf(w *templates.Words, actor tasks.Person, r tasks.Review) *undoForm {
	step, ok := r.LastOwn(actor.ID)
	if !ok {
		return nil
	}
	return &undoForm{Action: documentHref(r.Document.ID, "/undo"), Step: step.ID, Text: w.T("audit." + step.Action)}
}

// companyLine says who else has the review open and who has changed it last.
type companyLine struct {
	Action string
	Step   int64 // the newest change that the page shows
	Text   string
}

func companyOf(w *templates.Words, actor tasks.Person, documentID int64, others []tasks.Visit, steps []tasks.AuditEntry) companyLine {
	line := companyLine{Action: documentHref(documentID, "/here")}
	if len(steps) > 0 {
		line.Step = steps[0].ID
	}
	line.Text = companyWords(w, actor, others, steps)
	return line
}

// companyWords says who else is there, and the newest step when another person made it.
func companyWords(w *templates.Words, actor tasks.Person, others []tasks.Visit, steps []tasks.AuditEntry) string {
	var parts []string
	if len(others) > 0 {
		names := make([]string, len(others))
		for i, v := range others {
			names[i] = v.Name
		}
		parts = append(parts, w.T("review.others", strings.Join(names, ", ")))
	}
	if len(steps) > 0 && steps[0].ActorID != actor.ID {
		parts = append(parts, w.T("review.last_step", steps[0].ActorName, w.T("audit."+steps[0].Action), steps[0].At))
	}
	return strings.Join(parts, " ")
}

// visitReview notes that the person has the review open, and tells in words who else has. Newer tells that the document was changed
// behind the page that asks.
func (s *Server) visitReview(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	company, err := s.Documents.Visit(c.Request.Context(), actor, id, s.System())
	if err != nil {
		return err
	}
	w := s.words(actor)
	text := companyWords(w, actor, company.Others, company.Steps)
	newer := len(company.Steps) > 0 && company.Steps[0].ID > formID(c.PostForm("step"))
	if newer {
		text = strings.TrimSpace(text + " " + w.T("review.newer"))
	}
	c.JSON(http.StatusOK, struct {
		Text  string `json:"text"`
		Newer bool   `json:"newer"`
	}{text, newer})
	return nil
}

// mergeDraft joins a draft with the one above it.
func (s *Server) mergeDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	above := readDraftVersion(c.Query("above"))
	err = s.Documents.MergeDraft(c.Request.Context(), actor, id, tasks.DraftVersion{ID: draftID, Version: formID(c.PostForm("version"))}, above)
	if err == nil {
		return s.redirect(c, actor, reviewAt(c, id, above.ID), "review.merged")
	}
	return s.stepFailed(c, actor, id, draftID, err)
}

// restoreDraft brings back what was said to be no duty.
func (s *Server) restoreDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	err = s.Documents.RestoreDraft(c.Request.Context(), actor, id, draftID, formID(c.PostForm("version")))
	if err == nil {
		return s.redirect(c, actor, reviewAt(c, id, draftID), "review.restored")
	}
	return s.stepFailed(c, actor, id, draftID, err)
}

// undoStep takes back one step of the review.
func (s *Server) undoStep(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	undone, left, err := s.Documents.Undo(c.Request.Context(), actor, id, formID(c.PostForm("step")))
	switch {
	case err == nil && left > 0:
		return s.redirect(c, actor, reviewAt(c, id, undone[0]), "review.undone_some", len(undone), left)
	case err == nil:
		return s.redirect(c, actor, reviewAt(c, id, undone[0]), "review.undone", len(undone))
	case isStale(err):
		message := s.words(actor).T("review.undo_stale")
		return s.reviewAgain(c, actor, id, http.StatusConflict, func(in *reviewInput) { in.headError.first = message; in.headShut = true })
	}
	return err
}

// stepFailed shows the review as it is now when a button of a draft came too late or could not be followed.
func (s *Server) stepFailed(c *gin.Context, actor tasks.Person, id, draftID int64, err error) error {
	if isStale(err) {
		return s.staleDraft(c, actor, id, draftID)
	}
	if e, refused := invalidOf(err); refused && len(e.Fields) > 0 {
		w := s.words(actor)
		message := w.T(e.Fields[0].Key, args(e.Fields[0].Args)...)
		return s.reviewAgain(c, actor, id, http.StatusUnprocessableEntity, func(in *reviewInput) { in.headError.first = message; in.headShut = true })
	}
	return err
}

// draftVersion is a draft with its version as forms name it.
func draftVersion(d tasks.Draft) string {
	return strconv.FormatInt(d.ID, 10) + "." + strconv.FormatInt(d.Version, 10)
}

// readDraftVersion reads what draftVersion wrote; anything else is no draft.
func readDraftVersion(text string) tasks.DraftVersion {
	id, version, _ := strings.Cut(text, ".")
	return tasks.DraftVersion{ID: formID(id), Version: formID(version)}
}

type splitPage struct {
	templates.Layout
	Headline, Document string
	ReviewHref, Action string
	Version            int64
	First              string // the words that stay in any case
	Clauses            []tasks.Clause
	Text               templates.Field
	Caret              string
}

// splitForm asks where a draft is to be split.
func (s *Server) splitForm(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	return s.showSplit(c, actor, http.StatusOK, id, draftID, "")
}

func (s *Server) showSplit(c *gin.Context, actor tasks.Person, status int, id, draftID int64, problem string) error {
	room, err := s.reviewRoom(c, actor, id)
	if err != nil {
		return err
	}
	d, there := room.draft(draftID)
	if room.closed || !there {
		return tasks.ErrNotFound
	}
	w := room.book.words
	p := splitPage{
		Headline: w.T("split.headline", refWords(w, d.Ref, d.Position)), Document: documentLabel(w, room.document.Kind, room.document.Number),
		ReviewHref: draftAnchor(id, draftID), Action: documentHref(id, "/drafts/", draftID, "/split"), Version: d.Version,
		Text: templates.Field{Name: "words", Type: "textarea", Rows: 6, Label: w.T("split.words"), Hint: w.T("split.words_hint"), Value: d.Text, ReadOnly: true, Required: true},
	}
	if clauses := tasks.Clauses(d.Text); len(clauses) > 0 {
		p.First, p.Clauses = clauses[0].Text, clauses[1:]
	}
	p.Layout = s.layout(c, actor, p.Headline)
	if problem != "" {
		p.Problems = []templates.Problem{{Text: problem}}
	}
	return s.render(c, status, "draft_split", p)
}

// splitDraft makes two drafts of one, at the sentence that was chosen or at the caret.
func (s *Server) splitDraft(c *gin.Context, actor tasks.Person) error {
	id, draftID, err := draftIDs(c)
	if err != nil {
		return err
	}
	at, err := strconv.Atoi(c.PostForm("at"))
	if err != nil {
		at = 0
	}
	_, err = s.Documents.SplitDraft(c.Request.Context(), actor, id, draftID, formID(c.PostForm("version")), at)
	if err == nil {
		return s.redirect(c, actor, draftAnchor(id, draftID), "split.done")
	}
	w := s.words(actor)
	var e *tasks.Error
	switch {
	case errors.As(err, &e) && e.Code == tasks.CodeInvalid && len(e.Fields) > 0:
		return s.showSplit(c, actor, http.StatusUnprocessableEntity, id, draftID, w.T(e.Fields[0].Key))
	case keyOf(err) == "error.conflict":
		return s.showSplit(c, actor, http.StatusConflict, id, draftID, w.T("split.stale"))
	case keyOf(err) == "error.not_found":
		return s.staleDraft(c, actor, id, draftID)
	}
	return fmt.Errorf("split draft %d: %w", draftID, err)
}
