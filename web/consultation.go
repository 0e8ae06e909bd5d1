package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
	"tiendo/templates"
)

// consultationHref is the address of a consultation with what follows it.
func consultationHref(id int64, rest ...any) string {
	return "/consultations/" + idText(id) + fmt.Sprint(rest...)
}

// consultation shows the secretariat what agencies have answered, and an agency's people what is asked of it. Who is both says with
// "agency" that he answers.
func (s *Server) consultation(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	agency := formID(c.Query("agency"))
	if actor.Can(tasks.ActionConsultationRead) && agency == 0 {
		return s.showConsultation(c, actor, id, http.StatusOK, repliesAttempt{})
	}
	if agency == 0 {
		own, err := s.Documents.AskedAgencies(c.Request.Context(), actor, id)
		if err != nil {
			return err
		}
		agency = own[0]
	}
	return s.showAnswer(c, actor, id, agency, http.StatusOK, opinionAttempt{})
}

// consultationItem is what was asked, in words.
type consultationItem struct {
	ID                              int64
	Ref, Section, Text, Deliverable string
	Meta                            []string
	Restricted, Hidden              bool
}

// consultationItems puts what was asked into words; a section stands with its first item alone.
func consultationItems(w *templates.Words, items []tasks.ConsultationItem) []consultationItem {
	out := make([]consultationItem, len(items))
	section := ""
	for i, item := range items {
		row := consultationItem{ID: item.ID, Ref: refWords(w, item.Ref, item.Position), Text: item.Text, Deliverable: item.Deliverable, Restricted: item.Restricted, Hidden: item.Hidden}
		if item.Hidden {
			row.Text = w.T("restricted.title")
			out[i] = row
			continue
		}
		if item.Section != section {
			row.Section, section = item.Section, item.Section
		}
		add := func(key, text string) {
			if text != "" {
				row.Meta = append(row.Meta, w.T(key, text))
			}
		}
		add("consultation.lead", item.Leads)
		add("consultation.cooperating", item.Cooperating)
		if at := timeWords(w, item.Due, item.Cadence); at != "" {
			row.Meta = append(row.Meta, at)
		}
		add("document_word.written", item.Phrase)
		out[i] = row
	}
	return out
}

// consultationFiles are the files that go along.
func consultationFiles(v tasks.ConsultationView) []documentFile {
	var out []documentFile
	for _, f := range v.Files {
		out = append(out, documentFile{consultationHref(v.Consultation.ID, "/files/", f.ID), f.Name, f.Size})
	}
	return out
}

// closeConsultation takes no more answers.
func (s *Server) closeConsultation(c *gin.Context, actor tasks.Person) error {
	id, err := pathID(c, "id")
	if err != nil {
		return err
	}
	if err := s.Documents.CloseConsultation(c.Request.Context(), actor, id, formID(c.PostForm("version"))); err != nil {
		return err
	}
	return s.redirect(c, actor, consultationHref(id), "consultation.was_closed")
}

type consultationListPage struct {
	templates.Layout
	Headline string
	Rows     []consultationLine
	Empty    templates.Empty
	Pager    templates.Pager
}

// consultationLine is one consultation of a list, or one agency's part in it.
type consultationLine struct {
	Href, Title, Due, State, Agency string
	Action                          *templates.Action
}

// shownConsultations is how many a page shows.
const shownConsultations = 50

// consultationList shows every consultation that the person may see, the newest first.
func (s *Server) consultationList(c *gin.Context, actor tasks.Person) error {
	ctx := c.Request.Context()
	after := formID(c.Query("after"))
	rows, more, err := s.Documents.Consultations(ctx, actor, after, shownConsultations)
	if err != nil {
		return err
	}
	duties, err := s.dutyRows(ctx, actor)
	if err != nil {
		return err
	}
	w := duties.w
	p := consultationListPage{
		Headline: w.T("consultation_list.headline"),
		Empty:    templates.Empty{Text: w.T("consultation_list.empty"), Hint: w.T("consultation_list.empty_hint")},
	}
	open := 0
	for _, r := range rows {
		if r.Open() {
			open++
		}
		p.Rows = append(p.Rows, duties.consultation(r))
	}
	if open > 0 {
		p.Headline = w.T("consultation_list.headline_open", open)
	}
	if more {
		p.Pager.NextHref = "/consultations?after=" + idText(rows[len(rows)-1].ID)
	}
	if after != 0 {
		p.Pager.PrevHref = "/consultations"
	}
	p.Layout = s.layout(c, actor, p.Headline)
	return s.render(c, http.StatusOK, "consultation_list", p)
}

// consultation is the line of a consultation: for the secretariat with its counts, for an agency with its own answer.
func (d dutyRows) consultation(r tasks.ConsultationRow) consultationLine {
	w := d.w
	l := consultationLine{Href: consultationHref(r.ID), Title: r.Title, Due: w.T("consultation.due", r.Due)}
	if r.Own.AgencyID == 0 {
		l.State = w.T("consultation.sent_of", r.Sent, r.Asked)
		if !r.Open() {
			l.State = w.T("consultation.closed_with", l.State)
		}
		l.Action = &templates.Action{Href: l.Href, Label: w.T("consultation_list.open"), Quiet: true}
		return l
	}
	l.Href += "?agency=" + idText(r.Own.AgencyID)
	if len(d.actor.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)) > 1 {
		l.Agency = agencyName(w, d.agencies, r.Own.AgencyID)
	}
	l.State = answerWords(w, r.Own, r.Consultation)
	if r.Published() && r.Own.State() == tasks.AnswerSent {
		l.State = w.T("consultation.and_replied", l.State)
	}
	l.Action = &templates.Action{Href: l.Href, Label: w.T("consultation_list.answer")}
	if r.Own.State() == tasks.AnswerSent || !r.Open() {
		l.Action.Label, l.Action.Quiet = w.T("consultation_list.see"), true
	}
	return l
}

// answerWords says how far an agency is with its answer.
func answerWords(w *templates.Words, a tasks.ConsultationAnswer, c tasks.Consultation) string {
	switch a.State() {
	case tasks.AnswerSent:
		key := "consultation.sent"
		if a.Recorded() {
			key = "consultation.sent_paper"
		}
		if a.Late(c.Due) {
			key += "_late"
		}
		return w.T(key, a.SentOn)
	case tasks.AnswerSaved:
		if c.Open() {
			return w.T("consultation.saved")
		}
	}
	return w.T("consultation.none")
}

// mineConsultations is what an agency is asked about drafts: those to be answered first.
func (d dutyRows) mineConsultations(rows []tasks.ConsultationRow) []consultationLine {
	var out, sent []consultationLine
	for _, r := range rows {
		l := d.consultation(r)
		l.Agency = ""
		if r.Own.State() == tasks.AnswerSent {
			sent = append(sent, l)
			continue
		}
		l.Due = d.w.T("consultation.due_distance", r.Due, distanceWords(d.w, d.rules.Calendar, d.today, r.Due))
		out = append(out, l)
	}
	return append(out, sent...)
}

// consultationFacts leads from a document to what agencies were asked about it.
func consultationFacts(w *templates.Words, list []tasks.Consultation) []templates.Fact {
	var facts []templates.Fact
	for _, c := range slices.Backward(list) {
		f := templates.Fact{Label: w.T("consultation.fact"), Text: c.Title, Href: consultationHref(c.ID), Note: w.T("consultation.due", c.Due)}
		if !c.Open() {
			f.Note = w.T("consultation.end_" + string(c.Closed))
		}
		facts = append(facts, f)
	}
	return facts
}

// consultLinks leads from the review of a draft to what agencies were asked about it, and to ask them.
func consultLinks(w *templates.Words, r tasks.Review) []sourceLink {
	var out []sourceLink
	if !slices.ContainsFunc(r.Consultations, tasks.Consultation.Open) {
		out = append(out, sourceLink{Href: documentHref(r.Document.ID, "/consultation"), Text: w.T("consultation.start")})
	}
	for _, c := range r.Consultations {
		out = append(out, sourceLink{Href: consultationHref(c.ID), Text: w.T("consultation.of_day", c.OpenedOn)})
	}
	return out
}

// shownRipe is how many consultations the inbox shows.
const shownRipe = 10

// ripeConsultations are those that wait for the secretariat: their day has passed, or everybody has answered.
func (s *Server) ripeConsultations(ctx context.Context, d dutyRows) ([]consultationLine, error) {
	rows, err := s.Documents.RipeConsultations(ctx, d.actor, shownRipe)
	if err != nil {
		return nil, err
	}
	var out []consultationLine
	for _, r := range rows {
		l := d.consultation(r)
		l.State = d.w.T("consultation.ripe_due", r.Sent, r.Asked)
		if r.Sent == r.Asked {
			l.State = d.w.T("consultation.ripe_all", r.Asked)
		}
		out = append(out, l)
	}
	return out, nil
}
