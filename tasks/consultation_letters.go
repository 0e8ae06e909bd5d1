package tasks

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// ConsultationLetter is a file of a letter with which an agency answered on paper. Its own table keeps it, so that it outlives the draft.
type ConsultationLetter struct {
	ConsultationID int64
	AgencyID       int64
	File           Attachment
}

// LetterInput is an answer that came on paper, as the secretariat records it. Number is required.
type LetterInput struct {
	AnswerInput
	On    calendar.Date // of the letter: the day of the answer
	Files []Upload
	Keep  []int64 // files of the letter as it was recorded before that stay
}

// RecordAnswer records the letter with which an agency answered, for an agency that has not answered here itself; it may be mended. Who answers
// for the agency does not record it.
func (s *Documents) RecordAnswer(ctx context.Context, actor Person, id, agencyID int64, in LetterInput) error {
	var invalid fields
	if len(in.Files)+len(in.Keep) > MaxReportFiles {
		invalid.add("files", "upload.too_many", strconv.Itoa(MaxReportFiles))
	}
	in.Files = invalid.evidence(in.Files)
	// All that can refuse it is asked before the bytes are kept; the step asks again.
	var stands letterState
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		stands, err = s.recordable(tx, actor, id, agencyID, in, invalid)
		return err
	})
	var kept []Attachment
	if err == nil {
		kept, err = keepFiles(ctx, s.Files, s.Now(), actor, in.Files)
	}
	if err == nil {
		err = s.Store.Update(ctx, func(tx DocumentTx) (err error) {
			if stands, err = s.recordable(tx, actor, id, agencyID, in, invalid); err != nil {
				return err
			}
			return s.record(tx, actor, stands, kept)
		})
	}
	if err != nil {
		return fmt.Errorf("record answer in consultation %d: %w", id, err)
	}
	return nil
}

// letterState is what a letter is recorded into.
type letterState struct {
	answer ConsultationAnswer
	in     LetterInput
	said   []ConsultationComment
	gone   []int64 // files of the letter that do not stay
}

// itemsFor are those about which the agency is asked: a restricted one only when it names it.
func itemsFor(items []ConsultationItem, agencyID int64) []ConsultationItem {
	return slices.DeleteFunc(slices.Clone(items), func(i ConsultationItem) bool { return i.Restricted && !slices.Contains(i.Parties, agencyID) })
}

// ItemsFor are the items about which the agency is asked.
func (v ConsultationView) ItemsFor(agencyID int64) []ConsultationItem {
	return itemsFor(v.Items, agencyID)
}

// recordable reads what the letter is recorded into, and refuses what cannot be.
func (s *Documents) recordable(tx DocumentReader, actor Person, id, agencyID int64, in LetterInput, f fields) (letterState, error) {
	st := letterState{in: in}
	c, answers, own, err := asked(tx, actor, id)
	if err != nil {
		return st, err
	}
	if err := may(actor, ActionConsultationManage); err != nil {
		return st, err
	}
	i := slices.IndexFunc(answers, func(a ConsultationAnswer) bool { return a.AgencyID == agencyID })
	if i < 0 {
		return st, ErrNotFound
	}
	st.answer = answers[i]
	switch {
	case !c.Open():
		return st, E(CodeConflict, "consultation.closed")
	case slices.Contains(own, agencyID):
		return st, E(CodeForbidden, "consultation.record_own")
	case in.Version != 0 && st.answer.Version != in.Version:
		return st, ErrConflict
	case st.answer.State() == AnswerSent && !st.answer.Recorded():
		return st, E(CodeConflict, "consultation.answered_itself")
	}
	items, err := tx.ConsultationItems(id)
	if err != nil {
		return st, err
	}
	items = itemsFor(items, agencyID)
	f = slices.Clone(f) // the closure may run again
	st.in.Send = true
	st.in.AnswerInput, st.said = st.in.AnswerInput.check(&f, items, true)
	if st.in.Number == "" {
		f.add("number", "field.required")
	}
	from := c.OpenedOn
	if st.answer.AskedOn.After(from) {
		from = st.answer.AskedOn
	}
	switch {
	case in.On.IsZero():
		f.add("day", "field.required")
	case in.On.After(s.Rules.Day(s.Now())):
		f.add("day", "consultation.letter_to_come")
	case in.On.Before(from):
		f.add("day", "consultation.letter_before")
	}
	letters, err := tx.ConsultationLetters(id, agencyID)
	if err != nil {
		return st, err
	}
	for _, l := range letters {
		if !slices.Contains(in.Keep, l.File.ID) {
			st.gone = append(st.gone, l.File.ID)
		}
	}
	return st, f.err()
}

func (s *Documents) record(tx DocumentTx, actor Person, st letterState, kept []Attachment) error {
	a, before := st.answer, map[string]any{}
	if a.Recorded() {
		before["number"], before["date"] = a.Number, a.LetterOn.String()
	}
	put, err := putComments(tx, a, st.said)
	if err != nil {
		return err
	}
	now := s.Now()
	a.Number, a.LetterOn, a.SentOn, a.SentAt, a.RecordedBy = st.in.Number, st.in.On, st.in.On, now, actor.ID
	if err := tx.UpdateConsultationAnswer(a); err != nil {
		return err
	}
	for _, id := range st.gone {
		if err := tx.DeleteConsultationLetter(id); err != nil {
			return err
		}
	}
	names := make([]string, len(kept))
	for i, file := range kept {
		names[i] = file.Name
		if err := tx.InsertConsultationLetter(ConsultationLetter{a.ConsultationID, a.AgencyID, file}); err != nil {
			return err
		}
	}
	// What the agency had begun and not sent stays its own: the row tells only what the letter says.
	after := put.after
	after["number"], after["date"], after["files"] = a.Number, a.LetterOn.String(), names
	after["agreed"], after["comments"] = put.agreed, put.commented
	row := entry(now, actor, "consultation.recorded", Subject{SubjectConsultation, a.ConsultationID}).with(before, after)
	row.AgencyID = a.AgencyID
	_, err = tx.Audit(row)
	return err
}

// OpenConsultationLetter opens a file of a letter, for those who read every answer and for the agency. The caller closes it.
func (s *Documents) OpenConsultationLetter(ctx context.Context, actor Person, id, fileID int64) (Attachment, io.ReadSeekCloser, error) {
	var a Attachment
	err := s.Store.View(ctx, func(tx DocumentReader) error {
		_, _, own, err := asked(tx, actor, id)
		if err != nil {
			return err
		}
		letters, err := tx.ConsultationLetters(id, 0)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(letters, func(l ConsultationLetter) bool {
			return l.File.ID == fileID && (actor.Can(ActionConsultationRead) || slices.Contains(own, l.AgencyID))
		})
		if i < 0 {
			return ErrNotFound
		}
		a = letters[i].File
		return nil
	})
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("letter %d of consultation %d: %w", fileID, id, err)
	}
	f, err := s.Files.Open(a.Hash)
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("letter %d of consultation %d: %w", fileID, id, err)
	}
	return a, f, nil
}
