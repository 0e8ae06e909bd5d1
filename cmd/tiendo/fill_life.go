package main

import (
	"context"
	"fmt"
	"slices"

	"tiendo/cmd/tiendo/sample"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// assignment finds the one that the history speaks of; periods of duties that recur are opened while it is played.
func (h *history) assignment(ctx context.Context, d duty) (int64, error) {
	id, ok := h.assignments[d]
	if !ok && d.period != "" {
		if err := h.remember(ctx, d.document, h.documents[d.document]); err != nil {
			return 0, err
		}
		id, ok = h.assignments[d]
	}
	if !ok {
		return 0, fmt.Errorf("no assignment of %s %s to %s %s", d.document, d.ref, d.agency, d.period)
	}
	return id, nil
}

// lifeEvent does what one person did besides reporting and deciding on reports.
func (h *history) lifeEvent(ctx context.Context, who tasks.Person, id int64, e sample.Event) error {
	s := h.app.assignments
	due, to := calendar.Date{}, int64(0)
	var err error
	if e.Due != "" {
		if due, err = calendar.ParseDate(e.Due); err != nil {
			return err
		}
	}
	if e.To != "" {
		if to, _, err = h.byCode(ctx, e.To); err != nil {
			return err
		}
	}
	switch e.Do {
	case sample.DoOrder, sample.DoExplain:
		kind := tasks.RemarkOrder
		if e.Do == sample.DoExplain {
			kind = tasks.RemarkExplain
		}
		return s.GiveRemark(ctx, who, id, tasks.RemarkInput{Kind: kind, Words: e.Text, Due: due})
	case sample.DoAnswer:
		v, err := s.RemarkView(ctx, who, id)
		if err != nil {
			return err
		}
		return s.AnswerRemark(ctx, who, id, v.Lines[0].ID, tasks.RemarkAnswerInput{Words: e.Text, Document: e.DocNumber})
	case sample.DoAsk:
		return s.AskContributions(ctx, who, id, tasks.ContributionRequest{Agencies: []int64{to}, Words: e.Text, Due: due})
	case sample.DoContribute:
		return s.SendContribution(ctx, who, id, tasks.ContributionInput{AgencyID: to, Words: e.Text, Document: e.DocNumber})
	case sample.DoTake:
		v, err := s.Contributions(ctx, who, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(v.Lines, func(c tasks.ContributionLine) bool { return c.AgencyID == to })
		if i < 0 {
			return fmt.Errorf("no part of %s", e.To)
		}
		return s.SettleContribution(ctx, who, id, v.Lines[i].ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAccept})
	case sample.DoDecline:
		return s.Decline(ctx, who, id, tasks.DeclineInput{Proposed: to, Reason: e.Reason, Document: e.DocNumber})
	case sample.DoHold:
		return s.Hold(ctx, who, id, tasks.PauseInput{Reason: e.Reason, Document: e.DocNumber, Authority: e.Authority})
	case sample.DoExtend:
		return s.AskExtension(ctx, who, id, tasks.ExtensionInput{Due: due, Reason: e.Reason, Document: e.DocNumber})
	case sample.DoWanting, sample.DoAccept:
		state := tasks.EvidenceAccepted
		if e.Do == sample.DoWanting {
			state = tasks.EvidenceWanting
		}
		v, err := s.Get(ctx, who, id)
		if err != nil {
			return err
		}
		return s.JudgeEvidence(ctx, who, id, tasks.JudgeInput{ReportID: v.Reports[0].ID, State: state, Words: e.Text})
	case sample.DoApproval:
		agency, _, err := h.byCode(ctx, e.Agency)
		if err != nil {
			return err
		}
		return h.directory.SetApproval(ctx, who, agency, true)
	case sample.DoLetter:
		return h.letter(ctx, who, e)
	}
	return fmt.Errorf("the history knows no %q", e.Do)
}

// letter writes to the agency of all that it is late with, and records the letter as issued that day.
func (h *history) letter(ctx context.Context, who tasks.Person, e sample.Event) error {
	agency, _, err := h.byCode(ctx, e.Agency)
	if err != nil {
		return err
	}
	letters := &tasks.Letters{Store: h.app.db.Letters(), Duties: h.app.assignments}
	made, err := letters.Prepare(ctx, who, tasks.LettersInput{
		Kind: tasks.LetterReminder, Beyond: tasks.LateBeyond, Agencies: []int64{agency}, Usual: demoReminderHead(),
	})
	if err != nil {
		return err
	}
	v, err := letters.Get(ctx, who, made[0])
	if err != nil {
		return err
	}
	return letters.Issue(ctx, who, made[0], tasks.LetterRecord{Version: v.Letter.Version, Number: e.DocNumber, Date: h.app.rules.Day(h.app.clocks.business())})
}

// asking plays the draft that goes round for comment.
type asking struct {
	*history
	sample.Consultation
	id int64
}

// open uploads the draft and asks the agencies about it.
func (a *asking) open(ctx context.Context) error {
	who, err := a.person(ctx, a.Who)
	if err != nil {
		return err
	}
	doc, err := a.app.documents.Import(ctx, who, newDocument(a.Document))
	if err != nil {
		return err
	}
	if err := a.step(ctx, a.Open); err != nil {
		return err
	}
	in := tasks.ConsultationInput{Title: a.Title, Note: a.Note}
	if in.Due, err = calendar.ParseDate(a.Due); err != nil {
		return err
	}
	for _, code := range a.Agencies {
		agency, _, err := a.byCode(ctx, code)
		if err != nil {
			return err
		}
		in.Agencies = append(in.Agencies, agency)
	}
	a.id, err = a.app.documents.OpenConsultation(ctx, who, doc.ID, in)
	return err
}

// answer sends what one agency says.
func (a *asking) answer(ctx context.Context, said sample.Answer) error {
	who, err := a.person(ctx, said.Who)
	if err != nil {
		return err
	}
	agency, _, err := a.byCode(ctx, said.Agency)
	if err != nil {
		return err
	}
	v, err := a.app.documents.OwnConsultation(ctx, who, a.id, agency)
	if err != nil {
		return err
	}
	in := tasks.AnswerInput{General: said.General, Number: said.Number, Send: true, AgreeRest: true}
	for _, c := range said.Comments {
		i := slices.IndexFunc(v.Items, func(item tasks.ConsultationItem) bool { return item.Ref == c.Ref })
		if i < 0 {
			return fmt.Errorf("the draft has no item %q", c.Ref)
		}
		in.Items = append(in.Items, tasks.ItemAnswer{ItemID: v.Items[i].ID, Stance: tasks.StanceComment, Text: c.Text})
	}
	return a.app.documents.AnswerConsultation(ctx, who, a.id, agency, in)
}

// saveViews keeps the ways of looking at the list.
func (h *history) saveViews(ctx context.Context) error {
	for _, v := range sample.Views() {
		who, err := h.person(ctx, v.Who)
		if err != nil {
			return err
		}
		if _, err := h.app.assignments.SaveView(ctx, who, tasks.SavedViewInput{Name: v.Name, Query: v.Query, Shared: v.Shared}); err != nil {
			return err
		}
	}
	return nil
}
