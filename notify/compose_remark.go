package notify

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

// remarkEvents tell what a leader said on a duty. Two words on one duty are two things to tell.
var remarkEvents = []*event{
	{
		name: tasks.EventRemark, class: "remark", section: "mail.remark.given", count: "mail.remark.n_given",
		kicker: "mail.remark.kicker", button: "mail.remark.button", holds: concernsPart, note: (*pass).remarkNote,
		apart: remarkName, still: (*pass).remarkHolds, headline: (*pass).remarkHeadline,
	},
	{
		name: tasks.EventRemarkAgain, class: "remark", section: "mail.remark.again", count: "mail.remark.n_again",
		kicker: "mail.remark.kicker", button: "mail.remark.button", holds: concernsPart, note: (*pass).remarkNote,
		apart: remarkName, still: (*pass).remarkHolds, headline: (*pass).remarkHeadline,
	},
	{
		name: tasks.EventRemarkAnswered, class: "remark answered", section: "mail.remark.answered", count: "mail.remark.n_answered",
		kicker: "mail.remark.kicker_answered", button: "mail.remark.button_answer", holds: concernsPart, note: (*pass).answerNote,
		apart: remarkName, still: (*pass).answerHolds, headline: (*pass).answerHeadline,
	},
}

// answeredPath is where words stand that were answered.
const answeredPath = "/remarks?state=answered"

// forGiver tells whether the notices tell of nothing but answers to words of the person himself.
func forGiver(notices []tasks.Notice) bool {
	return !slices.ContainsFunc(notices, func(n tasks.Notice) bool { return n.Event != tasks.EventRemarkAnswered })
}

// remarkName is the part of an occurrence ("m12.2") that names the word.
func remarkName(n tasks.Notice) string {
	name, _, _ := strings.Cut(n.Occurrence, ".")
	return name
}

// remark reads the word that the notice tells of.
func (p *pass) remark(tx ComposeReader, n tasks.Notice) (tasks.Remark, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(remarkName(n), "m"), 10, 64)
	if err != nil {
		return tasks.Remark{}, fmt.Errorf("notice %d: no word of a leader is named %q", n.ID, n.Occurrence)
	}
	r, err := tx.Remark(id)
	if err != nil {
		return r, fmt.Errorf("a leader's word %d: %w", id, err)
	}
	return r, nil
}

// remarkHolds tells whether the word is still to be told: what needs no answer always is, the rest until the lead has answered.
func (p *pass) remarkHolds(tx ComposeReader, n tasks.Notice, row tasks.AssignmentRow) (bool, error) {
	r, err := p.remark(tx, n)
	if errors.Is(err, tasks.ErrNotFound) {
		return false, nil
	}
	if err != nil || r.State == tasks.RemarkTold {
		return err == nil, err
	}
	return tasks.RemarkOccurrence(r) == n.Occurrence && (r.State == tasks.RemarkOpen || r.State == tasks.RemarkAnswered && !row.LedBy(n.AgencyID)), nil
}

// answerHolds tells whether the answer of the round still waits for who gave the word.
func (p *pass) answerHolds(tx ComposeReader, n tasks.Notice, _ tasks.AssignmentRow) (bool, error) {
	r, err := p.remark(tx, n)
	if errors.Is(err, tasks.ErrNotFound) {
		return false, nil
	}
	return err == nil && r.State == tasks.RemarkAnswered && tasks.RemarkOccurrence(r) == n.Occurrence, err
}

// answerSentence says who answers what.
func (p *pass) answerSentence(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	r, err := p.remark(tx, l.notice)
	if err != nil {
		return "", err
	}
	names, err := p.bodyNames(tx, w, []int64{l.notice.AgencyID})
	return w.T("mail.remark.says_"+string(r.Kind), names), err
}

// answerNote quotes what the agency answers.
func (p *pass) answerNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	said, err := p.answerSentence(tx, w, l)
	if err != nil {
		return "", err
	}
	r, err := p.remark(tx, l.notice)
	if err != nil {
		return "", err
	}
	answers, err := tx.AnswersOf(r.ID)
	if err != nil || len(answers) == 0 {
		return said, err
	}
	last := answers[len(answers)-1]
	if last.Document != "" {
		said = parts(said, w.T("mail.deadline.document", last.Document))
	}
	return w.T("mail.remark.quote", said, excerpt(last.Words, 2*maxWords)), nil
}

// answerHeadline is that of a mail that tells of one answer alone.
func (p *pass) answerHeadline(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	said, err := p.answerSentence(tx, w, l)
	return w.T("mail.remark.headline", said, excerpt(l.row.Text, 80)), err
}

// whose names the one whose word it is: by position, as offices do.
func (p *pass) whose(tx ComposeReader, authority, position string, person int64) (string, error) {
	if name := cmp.Or(authority, position); name != "" || person == 0 {
		return name, nil
	}
	who, err := tx.Person(person)
	if errors.Is(err, tasks.ErrNotFound) {
		return "", nil
	}
	return who.Name, err
}

// round is what the newest round of a word says: the first words, or those by which it was asked again.
func (p *pass) round(tx ComposeReader, r tasks.Remark) (whose, words, number string, err error) {
	words, number = r.Words, r.Document
	authority, position, person := r.Authority, r.Position, r.PersonID
	if r.Round > 1 {
		said, err := tx.AnswersOf(r.ID)
		if err != nil {
			return "", "", "", err
		}
		for _, a := range slices.Backward(said) {
			if a.Again() {
				words, number, authority, person = a.Words, a.Document, a.Authority, a.PersonID
				break
			}
		}
		if person != r.PersonID {
			who, err := tx.Person(person)
			if err != nil && !errors.Is(err, tasks.ErrNotFound) {
				return "", "", "", err
			}
			position = who.Position
		}
	}
	whose, err = p.whose(tx, authority, position, person)
	return whose, words, number, err
}

// remarkSentence says who said it and what he wants, by when.
func remarkSentence(w *templates.Words, r tasks.Remark, whose string) string {
	key := "mail.remark." + string(r.Kind)
	if r.Round > 1 {
		key = "mail.remark.asks_again"
	}
	if r.Due.IsZero() {
		return w.T(key, whose)
	}
	return w.T(key+"_by", whose, written(w.Date(r.Due)))
}

// remarkNote quotes the word, with who said it, on what paper, and by when to answer.
func (p *pass) remarkNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	r, err := p.remark(tx, l.notice)
	if err != nil {
		return "", err
	}
	whose, words, number, err := p.round(tx, r)
	if err != nil {
		return "", err
	}
	said := remarkSentence(w, r, whose)
	if number != "" {
		said = parts(said, w.T("mail.deadline.document", number))
	}
	note := w.T("mail.remark.quote", said, excerpt(words, 2*maxWords))
	if l.row.LedBy(l.notice.AgencyID) || r.Kind == tasks.RemarkNote {
		return note, nil
	}
	return w.T("mail.remark.for_lead", note), nil
}

// remarkHeadline is the headline of a mail that tells of one word alone: who wants what.
func (p *pass) remarkHeadline(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	r, err := p.remark(tx, l.notice)
	if err != nil {
		return "", err
	}
	whose, _, _, err := p.round(tx, r)
	if err != nil {
		return "", err
	}
	return w.T("mail.remark.headline", remarkSentence(w, r, whose), excerpt(l.row.Text, 80)), nil
}

// remarkLadder reminds of a day to answer by: on the working day before, and on the one after.
var remarkLadder = tasks.Ladder{Before: []int{1}, AfterFirst: 1}

// remarkOccurrence names a step of a round.
func remarkOccurrence(round, step int) string { return occurrence(round, step) }

// remarkDue reads the word that a reminder is about; ok is false when it waits for no answer any more, or by another day.
func remarkDue(tx ComposeReader, n tasks.Notice) (r tasks.Remark, ok bool, err error) {
	r, err = tx.Remark(n.Subject.ID)
	if errors.Is(err, tasks.ErrNotFound) {
		return r, false, nil
	}
	if err != nil {
		return r, false, fmt.Errorf("a leader's word %d: %w", n.Subject.ID, err)
	}
	return r, r.State == tasks.RemarkOpen && r.Round == versionOf(n.Occurrence), nil
}
