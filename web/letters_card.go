package web

import (
	"context"

	"tiendo/tasks"
	"tiendo/templates"
)

// letterFacts say which letters of reminder and criticism list the duty.
func (b *assignmentBuilder) letterFacts() []templates.Fact {
	var facts []templates.Fact
	for _, l := range b.v.Letters {
		facts = append(facts, templates.Fact{
			Label: b.w.T("letters.fact"), Text: b.w.T("letters.fact_"+string(l.Kind), l.Number, l.Date), Href: agencyLetterHref(l.ID), Note: b.w.T("letters.fact_note", l.Late),
		})
	}
	return facts
}

// agencyLetters is what a page of an agency says of the letters to it: the newest few.
type agencyLetters struct {
	Title, Href string
	Rows        []templates.Fact
}

// fewLetters is how many letters stand on another page.
const fewLetters = 5

// lettersTo lists the newest letters to an agency (0: to those of the actor); nil when there are none, or they are not for the actor.
func (s *Server) lettersTo(ctx context.Context, actor tasks.Person, agency int64) (*agencyLetters, error) {
	if !actor.Can(tasks.ActionLetterRead) && !hasAgency(actor) {
		return nil, nil
	}
	page, agencies, err := s.Letters.List(ctx, actor, tasks.LetterQuery{AgencyID: agency, State: tasks.LetterIssued, Limit: fewLetters})
	if err != nil || len(page.Rows) == 0 {
		return nil, err
	}
	w := s.words(actor)
	own, _ := actor.Scope(tasks.ActionLetterRead)
	out := &agencyLetters{Title: w.T("letters.of_agency", countWords(w, page.Total)), Href: lettersPath}
	if agency != 0 {
		out.Href += "?agency=" + idText(agency)
	}
	for _, l := range page.Rows {
		f := templates.Fact{
			Label: w.T("duty.day", l.Date), Text: w.T("letters.line_"+string(l.Kind), l.Number), Href: agencyLetterHref(l.ID), Note: w.T("letters.line_duties", l.Duties),
		}
		if agency == 0 && len(own) > 1 {
			f.Note = agencyName(w, agencies, l.AgencyID) + " · " + f.Note
		}
		out.Rows = append(out.Rows, f)
	}
	return out, nil
}
