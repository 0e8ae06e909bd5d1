package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

type inboxPage struct {
	templates.Layout
	Headline, Lede string
	Views          []templates.NavItem // all, or what the person follows himself
	Rows           []inboxRow
	Bulk           *bulkForm
	Figures        []templates.Figure // what has waited too long
	Empty          templates.Empty
	Pager          templates.Pager
	Extensions     extensionList
	Declines       declineList
	// Closable are documents that can be closed, at the end of a year.
	Closable      []templates.Action
	Consultations []consultationLine // whose day has passed, or that all have answered
	Drafts        []draftDocument
	MoreDrafts    *templates.Action
	NoDrafts      templates.Empty
	Remarks       []templates.Figure // leaders' words that stand
	// Unreached says which agencies nobody could tell what they were given or what became of their report; empty when all were told.
	Unreached string
	// Lacking are the years whose holidays the calendar does not know whole.
	Lacking []templates.Action
	// Stuck are changes of agencies whose day has come and that could not be carried out.
	Stuck []templates.Action
}

// inboxRow is a submission that waits, with the words of the agency.
type inboxRow struct {
	templates.TaskRow
	Report string
	// Choice names the submission for deciding on several; ChoiceID is its box.
	Choice, ChoiceID string
}

// draftDocument is a document that waits for its review.
type draftDocument struct {
	Href, Label, Title, Duties string
	Action                     *templates.Action
}

// inbox shows the secretariat what waits for a decision, the oldest first.
func (s *Server) inbox(c *gin.Context, actor tasks.Person) error {
	if !actor.Can(tasks.ActionDecide) {
		return tasks.E(tasks.CodeForbidden, "error.forbidden")
	}
	ctx := c.Request.Context()
	rows, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	mine, after := c.Query("of") == "mine", c.Query("after")
	page, views, err := s.inboxRows(ctx, rows, mine, after)
	if err != nil {
		return err
	}
	long, err := s.waitingLong(ctx, actor, rows.today)
	if err != nil {
		return err
	}
	w := rows.w
	p := inboxPage{
		Headline: inboxHeadline(w, page.Total, long, s.Rules.ConfirmWithin), Lede: w.T("inbox.lede", longDate(w, rows.today)),
		Empty: templates.Empty{Text: w.T("inbox.empty"), Hint: w.T("inbox.empty_hint")},
	}
	p.Views = views
	for _, a := range page.Rows {
		p.Rows = append(p.Rows, rows.waiting(a))
	}
	if len(p.Rows) > 1 {
		p.Bulk = newBulkForm(w, "")
	}
	if long > 0 {
		p.Figures = []templates.Figure{s.longFigure(w, long)}
	}
	base := "/inbox?"
	if mine {
		base = inboxMine + "&"
	}
	if page.Next != "" {
		p.Pager.NextHref = base + "after=" + page.Next
	}
	if after != "" {
		p.Pager.PrevHref = base[:len(base)-1]
	}
	if p.Extensions, err = s.extensionList(ctx, rows, "/inbox", formID(c.Query("asked_after"))); err != nil {
		return err
	}
	if p.Consultations, err = s.ripeConsultations(ctx, rows); err != nil {
		return err
	}
	if p.Declines, err = s.declineList(ctx, rows, "/inbox", formID(c.Query("declined_after"))); err != nil {
		return err
	}
	if p.Closable, err = s.closable(ctx, actor, w); err != nil {
		return err
	}
	if p.Remarks, err = s.remarkFigures(ctx, actor); err != nil {
		return err
	}
	if err := s.draftDocuments(ctx, actor, w, &p); err != nil {
		return err
	}
	if p.Unreached, err = s.unreachedAgencies(ctx, rows); err != nil {
		return err
	}
	p.Lacking = s.lackingLines(w, actor)
	if p.Stuck, err = s.stuckChanges(ctx, actor, w); err != nil {
		return err
	}
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "inbox", p)
}

// waitingLong counts the submissions that have waited too long: the secretariat's own figure.
func (s *Server) waitingLong(ctx context.Context, actor tasks.Person, today calendar.Date) (int, error) {
	page, err := s.Assignments.List(ctx, actor, tasks.AssignmentQuery{
		States: []tasks.State{tasks.StateSubmitted}, SubmittedTo: s.Rules.WaitsLong(today), Sort: tasks.SortWaiting, Limit: 1,
	})
	return page.Total, err
}

func inboxHeadline(w *templates.Words, waiting, long, days int) string {
	switch {
	case waiting == 0:
		return w.T("inbox.headline_none")
	case long == 0:
		return w.T("inbox.headline", countWords(w, waiting))
	}
	return w.T("inbox.headline_long", countWords(w, waiting), countWords(w, long), days)
}

// waiting is the row of a submission: its day, and how long it has waited.
func (d dutyRows) waiting(a tasks.AssignmentRow) inboxRow {
	row := d.row(a)
	row.State = ""
	row.Due = a.SubmittedOn
	if days := d.rules.Calendar.WorkingDays(a.SubmittedOn, d.today); days > 0 {
		row.When = d.w.T("inbox.waited", days)
	} else {
		row.When = d.w.T("inbox.waited_today")
	}
	if !a.Due.IsZero() {
		row.Meta = append(row.Meta, d.w.T("duty.due", a.Due))
	}
	if a.Followers.Specialist == d.actor.ID && d.actor.ID != 0 {
		row.Meta = append(row.Meta, d.w.T("follower.mine"))
	}
	if note := evidenceNote(d.w, a.Assignment); note != "" {
		row.Meta = append(row.Meta, note)
	}
	return inboxRow{row, excerpt(a.LastReport, 240), choiceValue(a.Assignment), "choice-" + idText(a.ID)}
}

// shownDrafts is how many documents to review the inbox shows.
const shownDrafts = 10

func (s *Server) draftDocuments(ctx context.Context, actor tasks.Person, w *templates.Words, p *inboxPage) error {
	drafts, err := s.Documents.List(ctx, actor, tasks.DocumentQuery{State: tasks.DocumentDraft, Limit: shownDrafts})
	if err != nil {
		return err
	}
	for _, d := range drafts.Rows {
		href := documentHref(d.ID, "/review")
		p.Drafts = append(p.Drafts, draftDocument{
			Href: href, Label: documentLabel(w, d.Kind, d.Number), Title: d.Title, Duties: w.T("inbox.draft_duties", d.Drafts),
			Action: &templates.Action{Href: href, Label: w.T("inbox.review"), Quiet: true},
		})
	}
	if drafts.Next != "" {
		p.MoreDrafts = &templates.Action{Href: "/documents?state=draft", Label: w.T("inbox.more_drafts", countWords(w, drafts.Total)), Quiet: true}
	}
	p.NoDrafts = templates.Empty{
		Text: w.T("inbox.no_drafts"), Hint: w.T("inbox.no_drafts_hint"),
		Action: &templates.Action{Href: "/documents/new", Label: w.T("inbox.new_document"), Quiet: true},
	}
	return nil
}

// unreachedAgencies names the agencies for which some notice found nobody.
func (s *Server) unreachedAgencies(ctx context.Context, rows dutyRows) (string, error) {
	notices, err := s.Outbox.Unreached(ctx, rows.actor)
	if err != nil {
		return "", err
	}
	var ids []int64
	for _, n := range notices {
		if !slices.Contains(ids, n.AgencyID) {
			ids = append(ids, n.AgencyID)
		}
	}
	if len(ids) == 0 {
		return "", nil
	}
	return rows.w.T("inbox.unreached", len(ids), someAgencies(rows.w, rows.agencies, ids)), nil
}
