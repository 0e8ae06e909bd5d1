package tasks

import (
	"context"
	"fmt"
	"slices"
)

// RemarkLine is a leader's word with what was said on it, and what the actor may do about it now.
type RemarkLine struct {
	Remark
	Answers   []RemarkAnswer // the oldest first
	MayAnswer bool
	MaySettle bool
	// OwnAnswer tells that he answered himself, so that somebody else must settle it.
	OwnAnswer bool
}

// RemarkView is what leaders said on one assignment, as far as it is for the actor.
type RemarkView struct {
	Setting
	Lines    []RemarkLine // the newest first
	People   map[int64]Person
	MayWrite bool
	// NeedsAuthority tells that he can only record a leader's word.
	NeedsAuthority bool
}

// RemarkView reads what leaders said on one assignment. To those whose agencies have no part in it, it does not exist.
func (s *Assignments) RemarkView(ctx context.Context, actor Person, id int64) (RemarkView, error) {
	var v RemarkView
	err := s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if v.Setting, err = setting(tx, actor, id); err != nil {
			return err
		}
		if v.Lines, err = remarkLines(tx, actor, v.Assignment); err != nil {
			return err
		}
		v.People, err = tx.PeopleByID(remarkPeople(v.Lines))
		return err
	})
	if err != nil {
		return RemarkView{}, fmt.Errorf("leaders' words on assignment %d: %w", id, err)
	}
	a := v.Assignment
	v.MayWrite = actor.CanOn(ActionRemarkWrite, a.Leads, a.Cooperating) && !a.ended()
	v.NeedsAuthority = !actor.Has(RoleLeader)
	return v, nil
}

// seesWord tells whether the word is for the actor to see, with what is answered to it: a cooperating agency sees those alone that are for
// all who have a part in the duty.
func seesWord(actor Person, a Assignment, r Remark) bool {
	return r.Wide || seesWords(actor, a)
}

// seesWords tells whether the actor sees all that leaders say on the assignment.
func seesWords(actor Person, a Assignment) bool {
	return actor.Can(ActionAssignmentRead) || actor.CanOn(ActionRemarkAnswer, a.Leads, nil)
}

// remarkLines reads what leaders said on an assignment that the actor may see, as far as it is for him.
func remarkLines(tx AssignmentReader, actor Person, a Assignment) ([]RemarkLine, error) {
	list, err := tx.Remarks(a.ID)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(r Remark) bool { return !seesWord(actor, a, r) })
	answers, err := tx.RemarkAnswers(a.ID)
	if err != nil {
		return nil, err
	}
	files, err := tx.AnswerFiles(a.ID)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if i := slices.IndexFunc(answers, func(n RemarkAnswer) bool { return n.ID == f.AnswerID }); i >= 0 {
			answers[i].Files = append(answers[i].Files, f)
		}
	}
	may := func(action Action) bool { return actor.CanOn(action, a.Leads, a.Cooperating) }
	lines := make([]RemarkLine, len(list))
	for i, r := range list {
		l := RemarkLine{Remark: r}
		for _, answer := range answers {
			if answer.RemarkID == r.ID {
				l.Answers = append(l.Answers, answer)
			}
		}
		last, answered := lastAnswer(l.Answers, r.ID)
		l.MayAnswer = r.State == RemarkOpen && may(ActionRemarkAnswer) && reportsFor(actor, a) != 0
		if r.State.Standing() && may(ActionRemarkSettle) && settles(actor, r) {
			l.OwnAnswer = r.State == RemarkAnswered && answered && actor.Is(last.PersonID)
			l.MaySettle = !l.OwnAnswer
		}
		lines[i] = l
	}
	return lines, nil
}

func remarkPeople(lines []RemarkLine) []int64 {
	var ids []int64
	add := func(id int64) {
		if id != 0 && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, l := range lines {
		add(l.PersonID)
		add(l.ClosedBy)
		for _, a := range l.Answers {
			add(a.PersonID)
		}
	}
	return ids
}

// StandingRemark is a leader's word that stands, with the line of its duty and the newest answer.
type StandingRemark struct {
	Remark
	Row    AssignmentRow
	Answer RemarkAnswer // zero while there is none
	Person Person       // who gave or recorded it
}

// StandingRemarks lists the words that stand on the duties that the actor may see, the earliest day first: at most q.Limit. more tells
// that there are others behind them. Focal points and heads get those on duties that their agencies lead.
func (s *Assignments) StandingRemarks(ctx context.Context, actor Person, q RemarkQuery) (list []StandingRemark, more bool, err error) {
	if q, err = remarkScope(actor, q); err != nil {
		return nil, false, err
	}
	limit := pageSize(q.Limit)
	q.Limit = limit + 1
	err = s.Store.View(ctx, func(tx AssignmentReader) error {
		found, err := tx.StandingRemarks(q)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found, more = found[:limit], true
		}
		list, err = standingRemarks(tx, found)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("leaders' words that stand: %w", err)
	}
	return list, more, nil
}

func standingRemarks(tx AssignmentReader, found []Remark) ([]StandingRemark, error) {
	var ids, people []int64
	for _, r := range found {
		ids, people = append(ids, r.AssignmentID), append(people, r.PersonID)
	}
	rows, err := rowsOf(tx, ids)
	if err != nil {
		return nil, err
	}
	slices.Sort(people)
	named, err := tx.PeopleByID(slices.Compact(people))
	if err != nil {
		return nil, err
	}
	var answered []int64
	for _, r := range found {
		if r.State == RemarkAnswered {
			answered = append(answered, r.ID)
		}
	}
	answers, err := tx.LastAnswers(answered)
	if err != nil {
		return nil, err
	}
	list := make([]StandingRemark, len(found))
	for i, r := range found {
		list[i] = StandingRemark{Remark: r, Row: rows[r.AssignmentID], Person: named[r.PersonID], Answer: answers[r.ID]}
	}
	return list, nil
}

// remarkScope limits a query to what the actor may see.
func remarkScope(actor Person, q RemarkQuery) (RemarkQuery, error) {
	if actor.Can(ActionRemarkWrite) {
		return q, nil
	}
	own, _ := actor.Scope(ActionRemarkAnswer)
	if len(own) == 0 {
		return q, may(actor, ActionRemarkWrite)
	}
	if q.Leads == nil {
		q.Leads = own
	}
	q.Leads = slices.DeleteFunc(slices.Clone(q.Leads), func(id int64) bool { return !slices.Contains(own, id) })
	return q, nil
}

// RemarkFigures counts the words that stand.
type RemarkFigures struct {
	Open     int // wait for an answer
	Late     int // of those: past the day named
	Answered int // wait for the leader
}

// RemarkFigures counts the words that stand on the duties that the actor may see.
func (s *Assignments) RemarkFigures(ctx context.Context, actor Person) (RemarkFigures, error) {
	all, err := remarkScope(actor, RemarkQuery{})
	if err != nil {
		return RemarkFigures{}, err
	}
	open, late, answered := all, all, all
	open.State, late.State, answered.State = RemarkOpen, RemarkOpen, RemarkAnswered
	late.DueBefore = s.Rules.Day(s.Now())
	var f RemarkFigures
	err = s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		if f.Open, err = tx.CountRemarks(open); err != nil {
			return err
		}
		if f.Late, err = tx.CountRemarks(late); err != nil {
			return err
		}
		f.Answered, err = tx.CountRemarks(answered)
		return err
	})
	if err != nil {
		return RemarkFigures{}, fmt.Errorf("count leaders' words: %w", err)
	}
	return f, nil
}

// LongOverdue lists, the most overdue first, duties that have been overdue for at least so many working days, of which leaders are asked
// (see Weeks.ForLeaders) and on which no word of theirs stands: at most limit. more tells that there may be others.
func (s *Assignments) LongOverdue(ctx context.Context, actor Person, days int, asked func(AssignmentRow) bool, limit int) (rows []AssignmentRow, more bool, err error) {
	if err := may(actor, ActionRemarkWrite); err != nil {
		return nil, false, err
	}
	cal, today := s.Rules.Calendar, s.Rules.Day(s.Now())
	// Days off behind the last such deadline are as far away as that.
	last := cal.Add(cal.Add(cal.OnOrBefore(today), -days), 1).AddDays(-1)
	page, err := s.List(ctx, actor, AssignmentQuery{Timeliness: Overdue, DueTo: last, Limit: MaxPage})
	if err != nil {
		return nil, false, err
	}
	ids := make([]int64, len(page.Rows))
	for i, row := range page.Rows {
		ids[i] = row.ID
	}
	var spoken map[int64]bool
	err = s.Store.View(ctx, func(tx AssignmentReader) (err error) {
		spoken, err = tx.Remarked(ids)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("long overdue: %w", err)
	}
	rows = slices.DeleteFunc(page.Rows, func(row AssignmentRow) bool { return spoken[row.ID] || !asked(row) })
	if len(rows) > limit {
		return rows[:limit], true, nil
	}
	return rows, page.Next != "", nil
}
