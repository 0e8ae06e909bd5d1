package tasks

import (
	"context"
	"fmt"
	"io"
	"slices"
)

// asked loads a consultation with the agencies that were asked, of those for whom the actor answers in own. To others it does not exist.
func asked(tx ConsultationReader, actor Person, id int64) (c Consultation, answers []ConsultationAnswer, own []int64, err error) {
	mine, _ := actor.Scope(ActionConsultationAnswer)
	reads := actor.Can(ActionConsultationRead)
	if !reads && len(mine) == 0 {
		return c, nil, nil, ErrNotFound
	}
	if c, err = tx.Consultation(id); err != nil {
		return c, nil, nil, err
	}
	if answers, err = tx.ConsultationAnswers(id); err != nil {
		return c, nil, nil, err
	}
	for _, a := range answers {
		if slices.Contains(mine, a.AgencyID) {
			own = append(own, a.AgencyID)
		}
	}
	if !reads && len(own) == 0 {
		return Consultation{}, nil, nil, ErrNotFound
	}
	return c, answers, own, nil
}

// ConsultationView is a consultation as a page shows it: to the secretariat and to leaders with all answers that were sent, to an agency with
// its own, and the replies to it once they are published.
type ConsultationView struct {
	Consultation Consultation
	Items        []ConsultationItem
	Answers      []ConsultationAnswer
	Comments     []ConsultationComment
	Letters      []ConsultationLetter // with which agencies answered on paper
	Files        []Attachment
	FilesClosed  bool // the files are kept from the actor: they hold a restricted duty that does not name him
	Agencies     map[int64]Agency
	// Own are the agencies that were asked and for which the actor answers.
	Own []int64
	// For the secretariat: the drafts that are still there to be changed, the agencies that no mail reaches, those with replies that were not
	// published yet, and whether the actor may change anything; leaders only read.
	Drafts      map[int64]bool
	Unreachable []int64
	Unpublished []int64
	MayManage   bool
	Trail       []AuditEntry // also for leaders
}

// Answer is what became of the agency; ok is false when it was not asked.
func (v ConsultationView) Answer(agencyID int64) (a ConsultationAnswer, ok bool) {
	i := slices.IndexFunc(v.Answers, func(a ConsultationAnswer) bool { return a.AgencyID == agencyID })
	if i < 0 {
		return a, false
	}
	return v.Answers[i], true
}

// Consultation reads a consultation for the secretariat and for leaders. What agencies have not sent is left out.
func (s *Documents) Consultation(ctx context.Context, actor Person, id int64) (ConsultationView, error) {
	return s.consultation(ctx, actor, id, func(tx DocumentReader, v *ConsultationView) error {
		if err := may(actor, ActionConsultationRead); err != nil {
			return err
		}
		all, err := tx.ConsultationComments(id, 0)
		if err != nil {
			return err
		}
		for _, c := range all {
			if a, ok := v.Answer(c.AgencyID); ok && a.State() == AnswerSent {
				v.Comments = append(v.Comments, c)
			}
		}
		if v.Letters, err = tx.ConsultationLetters(id, 0); err != nil {
			return err
		}
		if v.Trail, err = tx.Trail(Subject{SubjectConsultation, id}, 50); err != nil {
			return err
		}
		if v.MayManage = actor.Can(ActionConsultationManage); !v.MayManage {
			return nil
		}
		v.Unpublished = newlyReplied(v.Consultation, v.Answers, v.Comments)
		reachable, err := tx.ReachableAgencies()
		if err != nil {
			return err
		}
		for _, a := range v.Answers {
			if !reachable[a.AgencyID] {
				v.Unreachable = append(v.Unreachable, a.AgencyID)
			}
		}
		v.Drafts, err = changeable(tx, v.Consultation.DocumentID)
		return err
	})
}

// changeable lists the drafts of the document while it is one.
func changeable(tx DocumentReader, documentID int64) (map[int64]bool, error) {
	there := make(map[int64]bool)
	if documentID == 0 {
		return there, nil
	}
	d, err := tx.Document(documentID)
	if err != nil || d.State != DocumentDraft {
		return there, err
	}
	drafts, err := tx.Drafts(documentID)
	for _, dr := range drafts {
		there[dr.ID] = true
	}
	return there, err
}

// OwnConsultation reads a consultation for one of the agencies for which the actor answers: with its answer and no other's.
func (s *Documents) OwnConsultation(ctx context.Context, actor Person, id, agencyID int64) (ConsultationView, error) {
	return s.consultation(ctx, actor, id, func(tx DocumentReader, v *ConsultationView) (err error) {
		if !slices.Contains(v.Own, agencyID) {
			return ErrNotFound
		}
		v.Answers = slices.DeleteFunc(v.Answers, func(a ConsultationAnswer) bool { return a.AgencyID != agencyID })
		if v.Comments, err = tx.ConsultationComments(id, agencyID); err != nil {
			return err
		}
		if !v.Consultation.Published() {
			for i, c := range v.Comments {
				v.Comments[i] = ConsultationComment{
					ID: c.ID, ConsultationID: c.ConsultationID, AgencyID: c.AgencyID, ItemID: c.ItemID, Stance: c.Stance, Text: c.Text, Version: c.Version,
				}
			}
		}
		v.Letters, err = tx.ConsultationLetters(id, agencyID)
		return err
	})
}

func (s *Documents) consultation(ctx context.Context, actor Person, id int64, more func(DocumentReader, *ConsultationView) error) (ConsultationView, error) {
	var v ConsultationView
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if v.Consultation, v.Answers, v.Own, err = asked(tx, actor, id); err != nil {
			return err
		}
		if v.Items, err = tx.ConsultationItems(id); err != nil {
			return err
		}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		if err := more(tx, &v); err != nil || v.Consultation.DocumentID == 0 || len(v.Consultation.Files) == 0 {
			v.Items, v.Comments = readableItems(actor, v.Own, v.Items, v.Comments)
			return err
		}
		if v.FilesClosed, err = draftFilesClosed(tx, actor, v.Own, v.Consultation, v.Items); err != nil {
			return err
		}
		v.Items, v.Comments = readableItems(actor, v.Own, v.Items, v.Comments)
		if v.FilesClosed {
			return nil
		}
		files, err := tx.DocumentFiles(v.Consultation.DocumentID, false)
		for _, f := range files {
			if slices.Contains(v.Consultation.Files, f.Attachment.ID) {
				v.Files = append(v.Files, f.Attachment)
			}
		}
		return err
	})
	if err != nil {
		return ConsultationView{}, fmt.Errorf("consultation %d: %w", id, err)
	}
	return v, nil
}

// AskedAgencies lists the agencies that were asked and for which the actor answers, by identifier.
func (s *Documents) AskedAgencies(ctx context.Context, actor Person, id int64) ([]int64, error) {
	var own []int64
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		_, _, own, err = asked(tx, actor, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("consultation %d: %w", id, err)
	}
	return own, nil
}

// OpenConsultationFile opens a file that goes along with a consultation. The caller closes it.
func (s *Documents) OpenConsultationFile(ctx context.Context, actor Person, id, attachmentID int64) (Attachment, io.ReadSeekCloser, error) {
	var a Attachment
	err := s.Store.View(ctx, func(tx DocumentReader) error {
		c, _, own, err := asked(tx, actor, id)
		if err != nil {
			return err
		}
		items, err := tx.ConsultationItems(id)
		if err != nil {
			return err
		}
		closed, err := draftFilesClosed(tx, actor, own, c, items)
		if err != nil {
			return err
		}
		if closed {
			return errFileRestricted()
		}
		if c.DocumentID == 0 || !slices.Contains(c.Files, attachmentID) {
			return ErrNotFound
		}
		a, err = tx.Attachment(attachmentID)
		if err == nil && a.DocumentID != c.DocumentID {
			err = ErrNotFound
		}
		return err
	})
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("file %d of consultation %d: %w", attachmentID, id, err)
	}
	f, err := s.Files.Open(a.Hash)
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("file %d of consultation %d: %w", attachmentID, id, err)
	}
	return a, f, nil
}

// Consultations lists the consultations that the actor may see, the newest first, behind the one with the identifier after; more tells
// that there are others. Of somebody who answers for several agencies each has a row; rows of those who read every answer count.
func (s *Documents) Consultations(ctx context.Context, actor Person, after int64, limit int) (rows []ConsultationRow, more bool, err error) {
	q := ConsultationQuery{After: after, Limit: limit + 1}
	if !actor.Can(ActionConsultationRead) {
		if q.Agencies, _ = actor.Scope(ActionConsultationAnswer); len(q.Agencies) == 0 {
			return nil, false, may(actor, ActionConsultationRead)
		}
	}
	return s.listConsultations(ctx, q)
}

// AskedOf lists the open consultations about which the agency is asked, one of those for which the actor answers.
func (s *Documents) AskedOf(ctx context.Context, actor Person, agencyID int64, limit int) ([]ConsultationRow, error) {
	if own, _ := actor.Scope(ActionConsultationAnswer); !slices.Contains(own, agencyID) {
		return nil, ErrNotFound
	}
	rows, _, err := s.listConsultations(ctx, ConsultationQuery{Agencies: []int64{agencyID}, Open: true, Limit: limit + 1})
	return rows, err
}

// RipeConsultations lists the open consultations that wait for the secretariat: their day has passed, or everybody has answered.
func (s *Documents) RipeConsultations(ctx context.Context, actor Person, limit int) ([]ConsultationRow, error) {
	if err := may(actor, ActionConsultationManage); err != nil {
		return nil, err
	}
	rows, _, err := s.listConsultations(ctx, ConsultationQuery{Ripe: true, Today: s.Rules.Day(s.Now()), Limit: limit + 1})
	return rows, err
}

func (s *Documents) listConsultations(ctx context.Context, q ConsultationQuery) (rows []ConsultationRow, more bool, err error) {
	err = s.Store.View(ctx, func(tx DocumentReader) (err error) {
		rows, err = tx.Consultations(q)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("list consultations: %w", err)
	}
	if more = len(rows) == q.Limit; more {
		next := rows[q.Limit-1].ID
		rows = rows[:q.Limit-1]
		// The next page begins behind a consultation: one that has a row for each of several agencies goes there with all of them.
		if i := slices.IndexFunc(rows, func(r ConsultationRow) bool { return r.ID == next }); i > 0 {
			rows = rows[:i]
		}
	}
	return rows, more, nil
}
