package tasks

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// LettersInput asks for drafts to agencies that are late.
type LettersInput struct {
	Kind     LetterKind
	Beyond   int
	Agencies []int64
	// Usual is the head of the first letter; later ones begin with that of the letter before.
	Usual LetterHead
}

// Prepare makes a draft to each of the agencies, with all its duties that are late by more than the limit. An agency that has a draft
// already, or is late no more, gets none. It answers the drafts that were made; when none could be that is a conflict.
func (s *Letters) Prepare(ctx context.Context, actor Person, in LettersInput) ([]int64, error) {
	if err := may(actor, ActionLetterManage); err != nil {
		return nil, err
	}
	var f fields
	f.letterKind(in.Kind)
	if in.Beyond < 0 || in.Beyond > MaxLateBeyond {
		f.add("beyond", "letters.bad_beyond", strconv.Itoa(MaxLateBeyond))
	}
	if len(in.Agencies) == 0 {
		f.add("agency", "letters.no_agency")
	}
	if err := f.err(); err != nil {
		return nil, err
	}
	now := s.Duties.Now()
	today := s.Duties.Rules.Day(now)
	var made []int64
	err := s.Store.Update(ctx, func(tx LetterTx) error {
		made = nil
		drafts, err := tx.LetterDrafts()
		if err != nil {
			return err
		}
		head, err := newestHead(tx, in.Usual)
		if err != nil {
			return err
		}
		for _, agency := range distinctSorted(in.Agencies) {
			if drafts[agency] != 0 {
				continue
			}
			l := Letter{
				Kind: in.Kind, State: LetterDraft, AgencyID: agency, Beyond: in.Beyond, AsOf: today, Head: head, MadeBy: actor.ID, MadeAt: now,
			}
			duties, _, err := s.choices(tx, l)
			if err != nil {
				return err
			}
			if len(duties) == 0 {
				continue
			}
			if l.ID, err = tx.InsertLetter(l); err != nil {
				return err
			}
			if err := tx.SetLetterDuties(l.ID, duties); err != nil {
				return err
			}
			made = append(made, l.ID)
			l.Duties = len(duties)
			if _, err := tx.Audit(entry(now, actor, "letter.prepared", Subject{SubjectLetter, l.ID}).with(nil, letterValues(l))); err != nil {
				return err
			}
		}
		if len(made) == 0 {
			return E(CodeConflict, "letters.none_made")
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("prepare letters: %w", err)
	}
	return made, nil
}

func (f *fields) letterKind(kind LetterKind) {
	if !slices.Contains(LetterKinds, kind) {
		f.add("kind", "field.required")
	}
}

// letterValues are what the trail says of a letter; its own words are in the letter.
func letterValues(l Letter) map[string]any {
	values := map[string]any{"letter_kind": l.Kind, "agency": l.AgencyID, "duties": l.Duties}
	if !l.AnswerBy.IsZero() {
		values["answer_by"] = l.AnswerBy.String()
	}
	if l.Number != "" {
		values["number"], values["date"] = l.Number, l.Date.String()
	}
	return values
}

// LetterChange is a draft as it was typed.
type LetterChange struct {
	Version  int64
	Kind     LetterKind
	About    string
	Words    string
	AnswerBy calendar.Date
	Head     LetterHead
	Duties   []int64 // of those that are late today
}

// Change writes a draft anew: its duties are those that were chosen, as they stand today.
func (s *Letters) Change(ctx context.Context, actor Person, id int64, in LetterChange) error {
	err := s.step(ctx, actor, id, in.Version, LetterDraft, func(tx LetterTx, l *Letter) (AuditEntry, error) {
		today := s.Duties.Rules.Day(s.Duties.Now())
		before := letterValues(*l)
		var f fields
		f.letterKind(in.Kind)
		l.Kind = in.Kind
		l.About = f.line("about", in.About, false, MaxLetterLine)
		l.Words = f.text("words", in.Words, false, MaxReasonText)
		if l.AnswerBy = in.AnswerBy; !in.AnswerBy.IsZero() && in.AnswerBy.Before(today) {
			f.add("answer_by", "letters.answer_past")
		}
		l.Head = f.letterHead(in.Head)
		l.AsOf = today
		choices, _, err := s.choices(tx, *l)
		if err != nil {
			return AuditEntry{}, err
		}
		choices = slices.DeleteFunc(choices, func(d LetterDuty) bool { return !slices.Contains(in.Duties, d.AssignmentID) })
		if len(choices) == 0 {
			f.add("duty", "letters.no_duty")
		}
		if err := f.err(); err != nil {
			return AuditEntry{}, err
		}
		l.Duties = len(choices)
		return AuditEntry{Action: "letter.changed"}.with(before, letterValues(*l)), tx.SetLetterDuties(id, choices)
	})
	if err != nil {
		return fmt.Errorf("change letter %d: %w", id, err)
	}
	return nil
}

// letterHead cleans a head.
func (f *fields) letterHead(h LetterHead) LetterHead {
	line := func(name, value string) string { return f.line(name, value, false, MaxLetterLine) }
	out := LetterHead{
		Parent: line("parent", h.Parent), Issuer: line("issuer", h.Issuer), Symbol: line("symbol", h.Symbol), Place: line("place", h.Place),
		Capacity: line("capacity", h.Capacity), Title: line("signer_title", h.Title), Name: line("signer", h.Name),
	}
	for _, r := range h.Recipients {
		if r = line("recipients", r); r != "" {
			out.Recipients = append(out.Recipients, r)
		}
	}
	if len(out.Recipients) > MaxLetterRecipients {
		f.add("recipients", "letters.many_recipients", strconv.Itoa(MaxLetterRecipients))
	}
	return out
}

// step loads a letter of the state, changes it and writes it with its audit row. The closure may run again.
func (s *Letters) step(ctx context.Context, actor Person, id, version int64, state LetterState, do func(tx LetterTx, l *Letter) (AuditEntry, error)) error {
	return s.Store.Update(ctx, func(tx LetterTx) error {
		l, err := writableLetter(tx, actor, id, version, state)
		if err != nil {
			return err
		}
		e, err := do(tx, &l)
		if err != nil {
			return err
		}
		if err := tx.UpdateLetter(l); err != nil {
			return err
		}
		done := entry(s.Duties.Now(), actor, e.Action, Subject{SubjectLetter, id})
		done.Before, done.After = e.Before, e.After
		row, err := tx.Audit(done)
		if err != nil || l.State == state {
			return err // of a corrected record the agency has the paper
		}
		return s.tell(tx, l, row)
	})
}

// writableLetter reads a letter that the actor changes.
func writableLetter(tx LetterReader, actor Person, id, version int64, state LetterState) (Letter, error) {
	l, err := readableLetter(tx, actor, id)
	if err != nil {
		return l, err
	}
	if err := may(actor, ActionLetterManage); err != nil {
		return l, err
	}
	switch {
	case l.State != state:
		return l, E(CodeConflict, "letters.is_"+string(l.State))
	case version != 0 && l.Version != version:
		return l, ErrConflict
	}
	return l, nil
}

// tell writes to whom a letter's issue or withdrawal is told: the agency's head and focal points.
func (s *Letters) tell(tx LetterTx, l Letter, row int64) error {
	event := EventLetterIssued
	if l.State == LetterWithdrawn {
		event = EventLetterWithdrawn
	}
	now := s.Duties.Now()
	for _, role := range []Role{RoleFocal, RoleHead} {
		n := Notice{
			Kind: NoticeLetter, Event: event, Subject: Subject{SubjectLetter, l.ID}, AgencyID: l.AgencyID, Role: role,
			Occurrence: strconv.FormatInt(row, 10), Day: s.Duties.Rules.Day(now), At: now,
		}
		if err := tx.AddNotice(n); err != nil {
			return err
		}
	}
	return nil
}

// Drop removes a draft.
func (s *Letters) Drop(ctx context.Context, actor Person, id, version int64) error {
	err := s.Store.Update(ctx, func(tx LetterTx) error {
		l, err := writableLetter(tx, actor, id, version, LetterDraft)
		if err != nil {
			return err
		}
		if err := tx.DeleteLetter(l); err != nil {
			return err
		}
		_, err = tx.Audit(entry(s.Duties.Now(), actor, "letter.dropped", Subject{SubjectLetter, id}).with(letterValues(l), nil))
		return err
	})
	if err != nil {
		return fmt.Errorf("drop letter %d: %w", id, err)
	}
	return nil
}

// LetterRecord is what the paper bears, as the secretariat records it.
type LetterRecord struct {
	Version int64
	Number  string // with its symbol
	Date    calendar.Date
	Files   []Upload // signed copies
	// Keep are the files of before that stay, Reason why the record is mended: of a correction.
	Keep   []int64
	Reason string
}

// Issue records that a draft was signed and sent. Its duties show it from then on, and its agency is told.
func (s *Letters) Issue(ctx context.Context, actor Person, id int64, in LetterRecord) error {
	in.Keep = nil
	err := s.record(ctx, actor, id, LetterDraft, in, func(l *Letter, _ *fields) (string, string) {
		l.State, l.IssuedBy, l.IssuedAt = LetterIssued, actor.ID, s.Duties.Now()
		return "letter.issued", ""
	})
	if err != nil {
		return fmt.Errorf("issue letter %d: %w", id, err)
	}
	return nil
}

// Correct mends a record that was mistyped; the reason is kept.
func (s *Letters) Correct(ctx context.Context, actor Person, id int64, in LetterRecord) error {
	err := s.record(ctx, actor, id, LetterIssued, in, func(_ *Letter, f *fields) (string, string) {
		return "letter.corrected", f.text("reason", in.Reason, true, MaxReasonText)
	})
	if err != nil {
		return fmt.Errorf("correct letter %d: %w", id, err)
	}
	return nil
}

// record writes what the paper bears into a letter of the state, with its files. as takes the step and names it, with its reason if it has one.
func (s *Letters) record(
	ctx context.Context, actor Person, id int64, state LetterState, in LetterRecord, as func(*Letter, *fields) (action, reason string),
) error {
	var upload fields
	if len(in.Files)+len(in.Keep) > MaxReportFiles {
		upload.add("files", "upload.too_many", strconv.Itoa(MaxReportFiles))
	}
	in.Files = upload.evidence(in.Files)
	check := func(tx LetterReader, l *Letter) (AuditEntry, error) {
		f := slices.Clone(upload) // the closure may run again
		before := letterValues(*l)
		l.Number, l.Date = f.line("number", in.Number, true, MaxDocumentNumber), in.Date
		action, reason := as(l, &f)
		switch today := s.Duties.Rules.Day(s.Duties.Now()); {
		case in.Date.IsZero():
			f.add("date", "field.required")
		case in.Date.After(today):
			f.add("date", "letters.to_come")
		case in.Date.Before(today.AddDays(-letterYear)) && state == LetterDraft:
			f.add("date", "letters.long_ago")
		}
		if l.Number != "" && !in.Date.IsZero() {
			taken, err := tx.LetterNumbered(l.AgencyID, l.Number, in.Date.Year, id)
			if err != nil {
				return AuditEntry{}, err
			}
			if taken {
				f.add("number", "letters.number_taken")
			}
		}
		if state == LetterDraft && l.Duties == 0 {
			f.add("duty", "letters.no_duty")
		}
		after := letterValues(*l)
		if len(in.Files) > 0 {
			after["files"] = fileNames(in.Files)
		}
		if reason != "" {
			after["reason"] = reason
		}
		return AuditEntry{Action: action}.with(before, after), f.err()
	}
	// All that can refuse it is asked before the bytes are kept; the step asks again.
	err := s.Store.View(ctx, func(tx LetterReader) error {
		l, err := writableLetter(tx, actor, id, in.Version, state)
		if err == nil {
			_, err = check(tx, &l)
		}
		return err
	})
	if err != nil {
		return err
	}
	kept, err := keepFiles(ctx, s.Duties.Files, s.Duties.Now(), actor, in.Files)
	if err != nil {
		return err
	}
	return s.step(ctx, actor, id, in.Version, state, func(tx LetterTx, l *Letter) (AuditEntry, error) {
		e, err := check(tx, l)
		if err != nil {
			return e, err
		}
		files, err := tx.LetterFiles(id)
		if err != nil {
			return e, err
		}
		for _, f := range files {
			if !slices.Contains(in.Keep, f.ID) {
				if err := tx.DeleteLetterFile(f.ID); err != nil {
					return e, err
				}
			}
		}
		for _, a := range kept {
			if _, err := tx.InsertLetterFile(LetterFile{id, a}); err != nil {
				return e, err
			}
		}
		return e, nil
	})
}

// Withdraw takes back a letter that was issued: no duty shows it and no count has it any more, the register keeps it with the reason, and its
// agency is told.
func (s *Letters) Withdraw(ctx context.Context, actor Person, id, version int64, reason string) error {
	err := s.step(ctx, actor, id, version, LetterIssued, func(_ LetterTx, l *Letter) (AuditEntry, error) {
		var f fields
		l.Reason = f.text("reason", reason, true, MaxReasonText)
		l.State, l.WithdrawnBy, l.WithdrawnAt = LetterWithdrawn, actor.ID, s.Duties.Now()
		after := letterValues(*l)
		after["reason"] = l.Reason
		return AuditEntry{Action: "letter.withdrawn"}.with(letterValues(*l), after), f.err()
	})
	if err != nil {
		return fmt.Errorf("withdraw letter %d: %w", id, err)
	}
	return nil
}
