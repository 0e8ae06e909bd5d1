package notify

import (
	"fmt"

	"tiendo/tasks"
	"tiendo/templates"
)

// The reasons for which a one-time link is sent.
const (
	eventInvited = "invited"
	eventReset   = "reset"
)

// accountKind makes one mail for each one-time link. A newer link makes the one before useless.
func accountKind(p *pass) kind {
	return kind{
		kind:   tasks.NoticeAccount,
		newest: func(n tasks.Notice) any { return n.PersonID },
		bundle: func(n tasks.Notice) any { return n.ID },
		letter: p.account,
	}
}

func (p *pass) account(_ ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	n := notices[0]
	if n.Event != eventInvited && n.Event != eventReset || n.Payload == "" {
		return nil, fmt.Errorf("notice %d: no link, or no words for the event %q", n.ID, n.Event)
	}
	w := to.words
	prefix := "mail.account." + n.Event
	headline := w.T(prefix + ".headline")
	data := AccountMail{
		Letter:  p.frame(to, w.T("mail.account.kicker"), headline, w.T("mail.account.once"), w.T(prefix+".why")),
		Subject: headline,
		Text:    w.T(prefix + ".text"),
		Email:   to.Email,
		Button:  templates.LetterButton{Href: p.link("/password/link/" + n.Payload), Label: w.T(prefix + ".button")},
	}
	return &letter{data: &data}, nil
}
