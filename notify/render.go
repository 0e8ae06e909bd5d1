package notify

import (
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tiendo/notify/lint"
	"tiendo/notify/message"
	"tiendo/tasks"
	"tiendo/templates"
)

// lists are the kinds of mail that come regularly, so that a mail program can file them (RFC 2919), each with the page on which its reader
// switches it off; "": he cannot.
var lists = map[tasks.NoticeKind]string{tasks.NoticeReminder: "", tasks.NoticeRollUp: mailSettings, tasks.NoticeDigest: ""}

// render makes the mail of a letter: its bytes and envelope, with a Message-ID that stays.
func (p *pass) render(kind tasks.NoticeKind, to addressee, l letter) (Mail, error) {
	subject, html, text, err := words(p.set, string(kind), to.words, l.data)
	if err != nil {
		return Mail{}, err
	}
	id, err := p.messageID(kind, to)
	if err != nil {
		return Mail{}, err
	}
	m := message.Message{
		From:      message.Address{Name: p.settings.FromName, Address: p.settings.FromAddress},
		To:        message.Address{Name: to.Name, Address: to.Email},
		Subject:   subject,
		MessageID: id,
		Date:      p.now.In(p.rules.Location),
		Kind:      string(kind),
		HTML:      html,
		Text:      text,

		Attachments: l.files,
	}
	if off, regular := lists[kind]; regular {
		m.ListID = message.NewListID(string(kind), p.settings.host)
		if off != "" {
			m.Unsubscribe = p.link(off)
		}
	}
	from, recipients, raw, err := m.Bytes()
	if err != nil {
		return Mail{}, err
	}
	if len(recipients) != 1 {
		return Mail{}, fmt.Errorf("mail to %q has %d recipients", to.Email, len(recipients))
	}
	return Mail{
		Kind: kind, PersonID: to.ID, Instead: to.deputationID(), From: from, To: recipients[0], Subject: subject, MessageID: id, Raw: raw,
		DocumentID: l.documentID, HoldUntil: l.holdUntil, ExpiresOn: l.expiresOn, CreatedAt: p.now, State: MailWaiting,
	}, nil
}

// words are a mail's subject and its two forms, with fewer duties when it would be too large to be shown whole.
func words(set *templates.Set, name string, w *templates.Words, data mailData) (subject, html, text string, err error) {
	for {
		subject, html, text, err := set.Mail(name, w.Lang(), data)
		if err != nil || len(html) <= lint.MaxHTML {
			return subject, html, text, err
		}
		if long, ok := data.(foldable); !ok || !long.fold(w) {
			return "", "", "", fmt.Errorf("the HTML of a mail of kind %s has %d octets, at most %d are shown whole", name, len(html), lint.MaxHTML)
		}
	}
}

func (p *pass) messageID(kind tasks.NoticeKind, to addressee) (string, error) {
	var token [16]byte
	if _, err := io.ReadFull(p.random, token[:]); err != nil {
		return "", fmt.Errorf("random part of a Message-ID: %w", err)
	}
	_, domain, _ := strings.Cut(p.settings.FromAddress, "@")
	return message.NewMessageID(domain, string(kind), strconv.FormatInt(to.ID, 10), hex.EncodeToString(token[:])), nil
}
