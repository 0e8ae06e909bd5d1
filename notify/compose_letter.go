package notify

import (
	"errors"
	"fmt"
	"strconv"

	"tiendo/tasks"
	"tiendo/templates"
)

// LetterMail tells an agency that a letter of reminder or criticism to it was issued, with the duties that it lists, or withdrawn. What the
// letter says besides is on its page alone: people write there what they like.
type LetterMail struct {
	Duties
	Text string
}

// letterKind makes one mail a person and letter, when the office is open. Of a letter that was withdrawn only that is told.
func letterKind(p *pass) kind {
	return kind{
		kind:   tasks.NoticeLetter,
		newest: func(n tasks.Notice) any { return noticeKey{n.Subject, n.AgencyID, n.Role} },
		renew:  true,
		void:   p.voidLetters,
		bundle: func(n tasks.Notice) any { return n.Subject.ID },
		ready:  p.open,
		letter: p.agencyLetter,
	}
}

// voidLetters lists the notices of letters that do not stand as they tell.
func (p *pass) voidLetters(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	var void []int64
	for _, n := range notices {
		l, err := tx.Letter(n.Subject.ID)
		if err != nil && !errors.Is(err, tasks.ErrNotFound) {
			return nil, fmt.Errorf("letter %d: %w", n.Subject.ID, err)
		}
		if want := letterTold(n); err != nil || l.State != want {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

// letterTold is the state of which the notice tells.
func letterTold(n tasks.Notice) tasks.LetterState {
	if n.Event == tasks.EventLetterWithdrawn {
		return tasks.LetterWithdrawn
	}
	return tasks.LetterIssued
}

func (p *pass) agencyLetter(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	l, err := tx.Letter(notices[0].Subject.ID)
	if err != nil {
		return nil, err
	}
	agency, err := p.agency(tx, l.AgencyID)
	if err != nil {
		return nil, err
	}
	key := "mail.letter." + string(l.Kind)
	date := written(w.Date(l.Date))
	headline := w.T(key, l.Number, date, agency.Name)
	text := w.T(key+"_text", l.Duties, written(w.Date(l.AsOf)))
	if !l.AnswerBy.IsZero() {
		text += " " + w.T("mail.letter.answer_by", written(w.Date(l.AnswerBy)))
	}
	kicker := "mail.letter.kicker"
	var data LetterMail
	if l.State == tasks.LetterWithdrawn {
		kicker, headline, text = "mail.letter.kicker_withdrawn", w.T("mail.letter.withdrawn", l.Number, date), w.T("mail.letter.withdrawn_text")
	} else {
		var left int
		if data.Sections, left, err = p.letterSections(tx, to, l); err != nil {
			return nil, err
		}
		data.More = p.more(to, left, letterPath(l.ID))
	}
	data.Letter = p.frame(to, w.T(kicker, p.dateLine(w)), headline, text, w.T("mail.letter.why", agency.Name))
	data.Subject, data.Text = headline, text
	data.Button = templates.LetterButton{Href: p.link(letterPath(l.ID)), Label: w.T("mail.letter.button")}
	return &letter{data: &data}, nil
}

func letterPath(id int64) string { return "/letters/" + strconv.FormatInt(id, 10) }

// letterSections list the letter's duties that the agency still leads and that have not ended.
func (p *pass) letterSections(tx ComposeReader, to addressee, l tasks.Letter) ([]Section, int, error) {
	w := to.words
	duties, err := tx.LetterDuties(l.ID)
	if err != nil {
		return nil, 0, err
	}
	ids := make([]int64, len(duties))
	for i, d := range duties {
		ids[i] = d.AssignmentID
	}
	rows, err := rowsByID(tx, ids)
	if err != nil {
		return nil, 0, err
	}
	section := Section{}
	for _, d := range duties {
		row := rows[d.AssignmentID]
		if !row.LedBy(l.AgencyID) || row.State == tasks.StateCompleted || row.State == tasks.StateCancelled {
			continue
		}
		line, err := p.task(tx, to, row, document(w, row.DocumentKind, row.DocumentNumber))
		if err != nil {
			return nil, 0, err
		}
		section.Tasks = append(section.Tasks, line)
	}
	section.Title = w.T("mail.letter.section", len(section.Tasks))
	kept, left := limit([]Section{section})
	return kept, left, nil
}
