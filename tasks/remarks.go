package tasks

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks/calendar"
)

// RemarkQuery asks for leaders' words that stand, on duties that have not ended: those with the earliest day first, those without one
// last. Zero fields do not filter.
type RemarkQuery struct {
	State     RemarkState   // RemarkOpen or RemarkAnswered
	DueBefore calendar.Date // keeps those whose day is before it
	// Leads keeps those on duties that one of the agencies leads; nil: all.
	Leads []int64
	After int64 // the identifier of the last one before the page
	Limit int
}

// RemarkReader reads leaders' words.
type RemarkReader interface {
	// Remarks lists the words on an assignment, the newest first.
	Remarks(assignmentID int64) ([]Remark, error)
	// RemarkAnswers lists the answers to them and the words by which it was asked again, the oldest first.
	RemarkAnswers(assignmentID int64) ([]RemarkAnswer, error)
	// AnswerFiles lists the files that went along with the answers, the oldest first.
	AnswerFiles(assignmentID int64) ([]ReplyFile, error)
	// LastAnswers is the newest answer to each of the words; those without any are left out.
	LastAnswers(remarkIDs []int64) (map[int64]RemarkAnswer, error)
	StandingRemarks(q RemarkQuery) ([]Remark, error)
	// CountRemarks counts what StandingRemarks would list without After and Limit, up to CountCap+1.
	CountRemarks(q RemarkQuery) (int, error)
	// Remarked tells which of the assignments have a word that stands.
	Remarked(assignmentIDs []int64) (map[int64]bool, error)
	AssignmentRows(ids []int64) ([]AssignmentRow, error)
}

// RemarkWriter writes them.
type RemarkWriter interface {
	InsertRemark(r Remark) (int64, error)
	UpdateRemark(r Remark) error // its state, day, round and end
	InsertRemarkAnswer(a RemarkAnswer) (int64, error)
}

// said is what a step about a leader's word leaves in the trail, and of what agencies are told; event is "" when none are.
type said struct {
	step   string
	agency int64
	values map[string]any
	event  string
	remark Remark
}

// remarkStep runs one step about a leader's word: it authorises, loads, lets fn do what belongs to the step, saves, and writes the audit
// row and what agencies must be told. The assignment gets a new version, so that of two people one wins.
func (s *Assignments) remarkStep(ctx context.Context, actor Person, id, version int64, action Action, fn func(tx AssignmentTx, a Assignment) (said, error)) error {
	err := s.Store.Update(ctx, func(tx AssignmentTx) error {
		a, err := acting(tx, actor, id, version, action)
		if err != nil {
			return err
		}
		done, err := fn(tx, a)
		if err != nil {
			return err
		}
		if err := tx.UpdateAssignment(a); err != nil {
			return err
		}
		row := entry(s.Now(), actor, "assignment."+done.step, Subject{SubjectAssignment, id})
		row.AgencyID = done.agency
		row.After = encode(done.values)
		if _, err := tx.Audit(row); err != nil {
			return err
		}
		return s.tellRemark(tx, a, done)
	})
	if err != nil {
		return fmt.Errorf("a leader's word on assignment %d: %w", id, err)
	}
	return nil
}

// tellRemark tells the focal points and heads of those whom the word is for.
func (s *Assignments) tellRemark(tx AssignmentTx, a Assignment, done said) error {
	if done.event == "" || a.ended() {
		return nil
	}
	to := a.Leads
	if done.remark.Wide {
		to = parties(a)
	}
	return s.tellOf(tx, a.ID, done.event, done.remark, to)
}

// tellOf tells the focal points and heads of the agencies of a leader's word.
func (s *Assignments) tellOf(tx AssignmentTx, id int64, event string, word Remark, to []int64) error {
	now := s.Now()
	for _, agency := range to {
		for _, role := range []Role{RoleFocal, RoleHead} {
			err := tx.AddNotice(Notice{
				Kind: NoticeEvent, Event: event, Subject: Subject{SubjectAssignment, id}, AgencyID: agency, Role: role,
				Occurrence: RemarkOccurrence(word), Day: s.Rules.Day(now), At: now,
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// RemarkOccurrence names a round of a leader's word in a notice: "m12.1".
func RemarkOccurrence(r Remark) string {
	return "m" + strconv.FormatInt(r.ID, 10) + "." + strconv.Itoa(r.Round)
}

// GiveRemark keeps what a leader says on a duty that has not ended, or what the secretariat records of it, and tells the lead agencies,
// the cooperating too when it is for them.
func (s *Assignments) GiveRemark(ctx context.Context, actor Person, id int64, in RemarkInput) error {
	return s.remarkStep(ctx, actor, id, in.Version, ActionRemarkWrite, func(tx AssignmentTx, a Assignment) (said, error) {
		if a.ended() {
			return said{}, E(CodeConflict, "remark.ended", "state."+string(a.State))
		}
		now := s.Now()
		today := s.Rules.Day(now)
		in, err := in.check(today, actor.Has(RoleLeader))
		if err != nil {
			return said{}, err
		}
		r := Remark{
			AssignmentID: a.ID, Kind: in.Kind, State: RemarkOpen, PersonID: actor.ID, Position: actor.Position, Authority: in.Authority,
			Document: in.Document, Words: in.Words, Due: in.Due, Wide: in.Wide && len(a.Cooperating) > 0, Round: 1, At: now,
		}
		if in.Kind == RemarkNote {
			r.State = RemarkTold
		}
		if !r.Due.IsZero() {
			r.DueSetOn = today
		}
		if r.ID, err = tx.InsertRemark(r); err != nil {
			return said{}, err
		}
		step := "remark_given"
		if r.Authority != "" {
			step = "remark_recorded"
		}
		return said{step: step, event: EventRemark, remark: r, values: map[string]any{
			"remark": r.ID, "kind": r.Kind, "words": r.Words, "answer_by": r.Due.String(), "authority": r.Authority, "document": r.Document, "wide": r.Wide,
		}}, nil
	})
}

// remarkOf finds a word of the assignment; another does not exist for it.
func remarkOf(tx AssignmentReader, a Assignment, remark int64) (Remark, error) {
	list, err := tx.Remarks(a.ID)
	if err != nil {
		return Remark{}, err
	}
	i := slices.IndexFunc(list, func(r Remark) bool { return r.ID == remark })
	if i < 0 {
		return Remark{}, ErrNotFound
	}
	return list[i], nil
}

// AnswerRemark answers a word that waits for it, for the lead agency of the actor. Of joint leads any answers for all.
func (s *Assignments) AnswerRemark(ctx context.Context, actor Person, id, remark int64, in RemarkAnswerInput) error {
	in, invalid := in.check()
	kept, err := s.keepReplies(ctx, actor, id, in.Files, func(tx AssignmentReader, a Assignment) error {
		if err := mayOn(actor, ActionRemarkAnswer, a); err != nil {
			return err
		}
		if in.Version != 0 && a.Version != in.Version {
			return ErrConflict
		}
		_, _, err := toAnswer(tx, actor, a, remark)
		return cmp.Or(err, invalid)
	})
	if err != nil {
		return fmt.Errorf("a leader's word on assignment %d: %w", id, err)
	}
	return s.remarkStep(ctx, actor, id, in.Version, ActionRemarkAnswer, func(tx AssignmentTx, a Assignment) (said, error) {
		r, agency, err := toAnswer(tx, actor, a, remark)
		if err := cmp.Or(err, invalid); err != nil {
			return said{}, err
		}
		answer := RemarkAnswer{RemarkID: r.ID, AgencyID: agency, PersonID: actor.ID, Words: in.Words, Document: in.Document, At: s.Now()}
		if answer.ID, err = tx.InsertRemarkAnswer(answer); err != nil {
			return said{}, err
		}
		if err := insertReplyFiles(tx, kept, 0, answer.ID); err != nil {
			return said{}, err
		}
		values := map[string]any{"remark": r.ID, "answer": answer.ID, "words": answer.Words, "document": answer.Document}
		if len(kept) > 0 {
			values["files"] = fileNames(in.Files)
		}
		r.State = RemarkAnswered
		if err := s.tellAnswered(tx, a, r, agency, actor); err != nil {
			return said{}, err
		}
		return said{step: "remark_answered", agency: agency, values: values}, tx.UpdateRemark(r)
	})
}

// toAnswer is the word that the actor may answer, and the lead for which he does.
func toAnswer(tx AssignmentReader, actor Person, a Assignment, remark int64) (r Remark, agency int64, err error) {
	if r, err = remarkOf(tx, a, remark); err != nil {
		return r, 0, err
	}
	switch agency = reportsFor(actor, a); {
	case agency == 0:
		return r, 0, E(CodeForbidden, "error.forbidden")
	case r.State != RemarkOpen:
		return r, 0, E(CodeConflict, "remark.not_open", "remark_state."+string(r.State))
	}
	return r, agency, nil
}

// tellAnswered tells who gave the word, or recorded it, that the agency answered; not of his own answer, nor of a duty that has ended.
func (s *Assignments) tellAnswered(tx AssignmentTx, a Assignment, r Remark, agency int64, actor Person) error {
	if a.ended() || r.PersonID == 0 || r.PersonID == actor.ID {
		return nil
	}
	role := RoleLeader
	if r.Authority != "" {
		role = RoleSecretariat
	}
	now := s.Now()
	return tx.AddNotice(Notice{
		Kind: NoticeEvent, Event: EventRemarkAnswered, Subject: Subject{SubjectAssignment, a.ID}, AgencyID: agency, Role: role, PersonID: r.PersonID,
		Occurrence: RemarkOccurrence(r), Day: s.Rules.Day(now), At: now,
	})
}

// settles tells whether the word is the actor's to settle: a leader's any, the secretariat's what it recorded.
func settles(actor Person, r Remark) bool {
	return actor.IsSystem() || actor.Has(RoleLeader) || actor.Has(RoleSecretariat) && r.Authority != ""
}

// SettleRemark accepts the answer to a word, which closes it, asks again, or withdraws the word. Nobody settles what he answered himself.
func (s *Assignments) SettleRemark(ctx context.Context, actor Person, id, remark int64, in RemarkSettlement) error {
	return s.remarkStep(ctx, actor, id, in.Version, ActionRemarkSettle, func(tx AssignmentTx, a Assignment) (said, error) {
		r, err := remarkOf(tx, a, remark)
		if err != nil {
			return said{}, err
		}
		if !settles(actor, r) {
			return said{}, E(CodeForbidden, "remark.others")
		}
		if own, err := ownAnswer(tx, actor, r); err != nil || own {
			return said{}, cmp.Or(err, error(E(CodeForbidden, "remark.own_answer")))
		}
		if !r.State.Standing() || in.Outcome == RemarkAccept && r.State != RemarkAnswered {
			return said{}, E(CodeConflict, "remark.settled", "remark_state."+string(r.State))
		}
		now := s.Now()
		today := s.Rules.Day(now)
		in, err := in.check(r, today)
		if err != nil {
			return said{}, err
		}
		if in.Authority == "" && !actor.Has(RoleLeader) {
			in.Authority = r.Authority
		}
		done := said{values: map[string]any{"remark": r.ID, "words": in.Words, "authority": in.Authority, "document": in.Document}}
		switch in.Outcome {
		case RemarkAskAgain:
			if a.ended() {
				return said{}, E(CodeConflict, "remark.ended", "state."+string(a.State))
			}
			again := RemarkAnswer{RemarkID: r.ID, PersonID: actor.ID, Authority: in.Authority, Words: in.Words, Document: in.Document, Due: in.Due, At: now}
			if again.ID, err = tx.InsertRemarkAnswer(again); err != nil {
				return said{}, err
			}
			r.State, r.Due, r.DueSetOn = RemarkOpen, in.Due, calendar.Date{}
			if !r.Due.IsZero() {
				r.DueSetOn = today
			}
			r.Round++
			done.step, done.event = "remark_again", EventRemarkAgain
			done.values["answer_by"] = r.Due.String()
		case RemarkAccept:
			r.State, r.ClosedBy, r.ClosedAt, r.Closing = RemarkAccepted, actor.ID, now, in.Words
			done.step = "remark_accepted"
		default:
			r.State, r.ClosedBy, r.ClosedAt, r.Closing = RemarkWithdrawn, actor.ID, now, in.Words
			done.step = "remark_withdrawn"
		}
		done.remark = r
		return done, tx.UpdateRemark(r)
	})
}

// ownAnswer tells whether the newest answer to the word is the actor's own.
func ownAnswer(tx AssignmentReader, actor Person, r Remark) (bool, error) {
	if r.State != RemarkAnswered || actor.IsSystem() {
		return false, nil
	}
	answers, err := tx.RemarkAnswers(r.AssignmentID)
	last, ok := lastAnswer(answers, r.ID)
	if err != nil || !ok || actor.Is(last.PersonID) {
		return ok && err == nil, err
	}
	return representedOn(tx, actor, r.AssignmentID)
}
