package notify

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks"
	"tiendo/templates"
)

// ConsultationMail asks for an opinion on a draft, reminds of one, or tells that there are replies. It brings nothing of the draft but its
// name.
type ConsultationMail struct {
	templates.Letter
	Subject  string
	Document string // its kind, number and title
	Text     string
	Note     string // what the secretariat writes
	Button   templates.LetterButton
}

// consultationKind makes one mail a person and consultation, as long as an agency of the person has not answered, and one of replies.
func consultationKind(p *pass) kind {
	return kind{
		kind: tasks.NoticeConsultation,
		newest: func(n tasks.Notice) any {
			return struct {
				noticeKey
				replied bool
			}{noticeKey{n.Subject, n.AgencyID, n.Role}, replied(n)}
		},
		renew: true,
		void:  p.voidConsultations,
		bundle: func(n tasks.Notice) any {
			return struct {
				id      int64
				replied bool
			}{n.Subject.ID, replied(n)}
		},
		letter: p.consultation,
	}
}

// replied tells whether the notice is of replies to what an agency said.
func replied(n tasks.Notice) bool { return n.Event == tasks.EventConsultationReplied }

// voidConsultations lists the notices of consultations that are closed, that the agency has answered, or whose day was moved since. Of
// replies all stays true.
func (p *pass) voidConsultations(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	type known struct {
		tasks.Consultation
		owing []int64
	}
	read := make(map[int64]known)
	var void []int64
	for _, n := range notices {
		if replied(n) {
			continue
		}
		k, ok := read[n.Subject.ID]
		if !ok {
			var err error
			if k.Consultation, err = tx.Consultation(n.Subject.ID); err != nil && !errors.Is(err, tasks.ErrNotFound) {
				return nil, fmt.Errorf("consultation %d: %w", n.Subject.ID, err)
			}
			if err == nil && k.Open() {
				answers, err := tx.ConsultationAnswers(n.Subject.ID)
				if err != nil {
					return nil, fmt.Errorf("consultation %d: %w", n.Subject.ID, err)
				}
				for _, a := range answers {
					if a.State() != tasks.AnswerSent {
						k.owing = append(k.owing, a.AgencyID)
					}
				}
			}
			read[n.Subject.ID] = k
		}
		if !slices.Contains(k.owing, n.AgencyID) || n.Event == tasks.EventConsultationRemind && !ofDay(n.Occurrence, k.Due.String()) {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

// ofDay tells whether a step is one of the day.
func ofDay(occurrence, due string) bool {
	return len(occurrence) > len(due) && occurrence[:len(due)] == due
}

func (p *pass) consultation(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	c, err := tx.Consultation(notices[0].Subject.ID)
	if err != nil {
		return nil, err
	}
	names, err := p.names(tx, to, agenciesOf(notices))
	if err != nil {
		return nil, err
	}
	due, draft := written(w.Date(c.Due)), document(w, c.Kind, c.Number)
	reminds := slices.ContainsFunc(notices, func(n tasks.Notice) bool { return n.Event == tasks.EventConsultationRemind })
	moved := slices.ContainsFunc(notices, func(n tasks.Notice) bool { return n.Event == tasks.EventConsultationMoved })
	headline, kicker := w.T("mail.consultation.asked", draft, due), "mail.consultation.kicker"
	text, note, button := w.T("mail.consultation.text", names, p.when(w, c.Due)), excerpt(c.Note, maxWords), "mail.consultation.button"
	switch {
	case replied(notices[0]):
		headline, kicker = w.T("mail.consultation.replied", draft), "mail.consultation.kicker_replied"
		text, note, button = w.T("mail.consultation.text_replied", names), "", "mail.consultation.button_replied"
	case p.today.After(c.Due):
		headline, kicker = w.T("mail.consultation.late", draft, due), "mail.consultation.kicker_remind"
	case reminds:
		headline, kicker = w.T("mail.consultation.remind", draft, due), "mail.consultation.kicker_remind"
	case moved:
		headline, kicker = w.T("mail.consultation.moved", draft, due), "mail.consultation.kicker_moved"
	}
	data := ConsultationMail{
		Letter:   p.frame(to, w.T(kicker, p.dateLine(w)), headline, excerpt(c.Title, 120), w.T("mail.consultation.why", names)),
		Subject:  headline,
		Document: excerpt(c.Title, maxWords),
		Text:     text,
		Note:     note,
		Button:   templates.LetterButton{Href: p.link("/consultations/" + strconv.FormatInt(c.ID, 10)), Label: w.T(button)},
	}
	return &letter{data: &data}, nil
}
