package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// AnswerConsultation keeps or sends an agency's answer. Until the secretariat closes it may be changed; after the day the first is late.
// What is sent says something of each item.
func (s *Documents) AnswerConsultation(ctx context.Context, actor Person, id, agencyID int64, in AnswerInput) error {
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		c, answers, own, err := asked(tx, actor, id)
		if err != nil {
			return err
		}
		if !slices.Contains(own, agencyID) {
			if actor.Can(ActionConsultationRead) {
				return E(CodeForbidden, "error.forbidden")
			}
			return ErrNotFound
		}
		if !c.Open() {
			return E(CodeConflict, "consultation.closed")
		}
		a := answers[slices.IndexFunc(answers, func(a ConsultationAnswer) bool { return a.AgencyID == agencyID })]
		if in.Version != 0 && a.Version != in.Version {
			return ErrConflict
		}
		items, err := tx.ConsultationItems(id)
		if err != nil {
			return err
		}
		// Nobody is asked for an opinion on what he may not read.
		items, _ = readableItems(actor, own, items, nil)
		items = slices.DeleteFunc(slices.Clone(items), func(i ConsultationItem) bool { return i.Hidden })
		var f fields
		in, said := in.check(&f, items, a.State() == AnswerSent)
		if err := f.err(); err != nil {
			return err
		}
		return s.answer(tx, actor, a, in, said)
	})
	if err != nil {
		return fmt.Errorf("answer consultation %d: %w", id, err)
	}
	return nil
}

// answer writes what was said, and the audit row: of what is not sent that tells no words.
func (s *Documents) answer(tx DocumentTx, actor Person, a ConsultationAnswer, in AnswerInput, said []ConsultationComment) error {
	put, err := putComments(tx, a, said)
	if err != nil {
		return err
	}
	now, action := s.Now(), "consultation.saved"
	sent := a.State() == AnswerSent
	if sent && a.Number != in.Number {
		put.before["number"] = a.Number
	}
	a.Number, a.SavedBy, a.SavedAt = in.Number, actor.ID, now
	// What the agency sends itself stands in place of a letter that was recorded for it.
	a.LetterOn, a.RecordedBy = calendar.Date{}, 0
	if in.Send || sent {
		action = "consultation.answered"
		a.SentAt = now
		if !sent {
			a.SentOn = s.Rules.Day(now)
		}
		put.after["number"] = a.Number
	} else {
		put.before, put.after = map[string]any{}, map[string]any{}
	}
	if err := tx.UpdateConsultationAnswer(a); err != nil {
		return err
	}
	for _, author := range authorsOf(actor, a.AgencyID) {
		if err := tx.AddConsultationAuthor(a.ConsultationID, a.AgencyID, author); err != nil {
			return err
		}
	}
	put.after["agreed"], put.after["comments"] = put.agreed, put.commented
	row := entry(now, actor, action, Subject{SubjectConsultation, a.ConsultationID}).with(put.before, put.after)
	row.AgencyID = a.AgencyID
	_, err = tx.Audit(row)
	return err
}

// authorsOf are who stands for what the actor says for the agency: he, and where he answers only in another's place that one too.
func authorsOf(actor Person, agencyID int64) []int64 {
	authors := []int64{actor.ID}
	answers := func(p Person) bool {
		agencies, _ := p.Scope(ActionConsultationAnswer)
		return slices.Contains(agencies, agencyID)
	}
	if answers(actor.Own()) {
		return authors
	}
	for _, s := range actor.Stands {
		if answers(s.Person) {
			authors = append(authors, s.Person.ID)
		}
	}
	return authors
}

// saidNow is what an answer changed, by item, and how many of its items say what.
type saidNow struct {
	before, after     map[string]any
	agreed, commented int
}

// putComments writes what an agency says.
func putComments(tx DocumentTx, a ConsultationAnswer, said []ConsultationComment) (saidNow, error) {
	put := saidNow{before: map[string]any{}, after: map[string]any{}}
	old, err := tx.ConsultationComments(a.ConsultationID, a.AgencyID)
	if err != nil {
		return put, err
	}
	for _, c := range said {
		switch c.Stance {
		case StanceAgree:
			put.agreed++
		case StanceComment:
			put.commented++
		}
		c.ConsultationID, c.AgencyID = a.ConsultationID, a.AgencyID
		was, changed, err := putComment(tx, old, c)
		if err != nil {
			return put, err
		}
		if changed {
			name := "item-" + strconv.FormatInt(c.ItemID, 10)
			put.before[name], put.after[name] = was, commentValues(c)
		}
	}
	return put, nil
}

func commentValues(c ConsultationComment) map[string]any {
	return map[string]any{"stance": c.Stance, "text": c.Text}
}

// putComment writes one comment unless it stands so already. A reply stays with the words that it was given to.
func putComment(tx DocumentTx, old []ConsultationComment, c ConsultationComment) (was map[string]any, changed bool, err error) {
	i := slices.IndexFunc(old, func(o ConsultationComment) bool { return o.ItemID == c.ItemID })
	if i < 0 {
		if c.Stance == "" && c.Text == "" {
			return nil, false, nil
		}
		return nil, true, tx.InsertConsultationComment(c)
	}
	o := old[i]
	if o.Stance == c.Stance && o.Text == c.Text {
		return nil, false, nil
	}
	was = commentValues(o)
	o.Stance, o.Text = c.Stance, c.Text
	return was, true, tx.UpdateConsultationComment(o)
}

// ReplyToComments keeps what the secretariat makes of comments, all or none; those that stand so already are left alone. An answer that was
// given to words that have changed since stays beside them until there is a new one. Nobody replies to an answer that he himself has written
// or sent for an agency, be it that another has saved it since. What cannot be kept is named by its field.
func (s *Documents) ReplyToComments(ctx context.Context, actor Person, id int64, replies []ReplyInput) (kept int, err error) {
	err = s.Store.Update(ctx, func(tx DocumentTx) error {
		kept = 0
		_, answers, _, err := asked(tx, actor, id)
		if err != nil {
			return err
		}
		if err := may(actor, ActionConsultationManage); err != nil {
			return err
		}
		comments, err := tx.ConsultationComments(id, 0)
		if err != nil {
			return err
		}
		authors, err := tx.ConsultationAuthors(id)
		if err != nil {
			return err
		}
		var wrong, stale fields
		var changed []ConsultationComment
		for _, in := range replies {
			i := slices.IndexFunc(comments, func(c ConsultationComment) bool { return c.ID == in.CommentID })
			if i < 0 {
				return ErrNotFound
			}
			c, in := comments[i], in.check(&wrong)
			a := answers[slices.IndexFunc(answers, func(a ConsultationAnswer) bool { return a.AgencyID == c.AgencyID })]
			if a.State() != AnswerSent {
				return ErrNotFound
			}
			unchanged := c.Reply == in.Reply && c.ReplyText == in.Text && !c.Outdated()
			if unchanged || in.Reply == "" && c.Outdated() {
				continue
			}
			switch {
			case c.Version != in.Version && in.Version != 0:
				stale.add(ItemField("reply", c.ID), "consultation.comment_changed")
			case intersects(authors[c.AgencyID], actor.selves()):
				wrong.add(ItemField("reply", c.ID), "consultation.own_answer")
			}
			c.Reply, c.ReplyText, c.ReplyTo, c.RepliedBy, c.RepliedAt = in.Reply, in.Text, c.Text, actor.ID, s.Now()
			changed = append(changed, c)
		}
		if len(stale) > 0 {
			return &Error{Code: CodeConflict, Key: "consultation.stale", Fields: append(stale, wrong...)}
		}
		if err := wrong.err(); err != nil {
			return err
		}
		for _, c := range changed {
			if err := s.reply(tx, actor, comments, c); err != nil {
				return err
			}
			kept++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("reply in consultation %d: %w", id, err)
	}
	return kept, nil
}

func (s *Documents) reply(tx DocumentTx, actor Person, comments []ConsultationComment, c ConsultationComment) error {
	if err := tx.UpdateConsultationComment(c); err != nil {
		return err
	}
	old := comments[slices.IndexFunc(comments, func(o ConsultationComment) bool { return o.ID == c.ID })]
	values := func(c ConsultationComment) map[string]any {
		return map[string]any{"agency": c.AgencyID, "item": c.ItemID, "reply": c.Reply, "text": c.ReplyText}
	}
	_, err := tx.Audit(entry(s.Now(), actor, "consultation.replied", Subject{SubjectConsultation, c.ConsultationID}).with(values(old), values(c)))
	return err
}
