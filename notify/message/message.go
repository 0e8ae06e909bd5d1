// Package message builds one mail: headers, plain text, HTML and attachments
// to the bytes that go over SMTP.
package message

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/go-mail/mail/v2"
)

// KindHeader is the header that carries [Message.Kind], so that a mail's kind
// is known without reading its words.
const KindHeader = "X-Tiendo-Kind"

// Address is a mailbox: a name to show, possibly empty, and an address in
// ASCII.
type Address = netmail.Address

// Message is one mail to one person.
type Message struct {
	From, To Address
	// ReplyTo is left out when its address is empty.
	ReplyTo Address
	// Subject is one line; runs of spaces become one.
	Subject string
	// MessageID with its angle brackets, see [NewMessageID]. A mail sent a
	// second time keeps it (RFC 5322, section 3.6.4).
	MessageID string
	// ListID is left out when it is empty, see [NewListID].
	ListID string
	// Unsubscribe is the address of the page on which the reader gives up mails of the list (RFC 2369, section 3.2), left out when it is
	// empty. Nothing is given up by opening it.
	Unsubscribe string
	// Date is written in its own time zone.
	Date time.Time
	// Kind is a word of lower-case letters, digits and hyphens.
	Kind string
	// Text is the plain text, which every mail has. HTML may be empty.
	HTML, Text  string
	Attachments []Attachment
}

// Bytes returns the envelope (RFC 5321) and the message (RFC 5322) in 7-bit
// lines of at most 998 octets. Header order and MIME boundaries differ from
// call to call, so who may send a mail twice stores the bytes. It refuses line
// breaks and other control characters in whatever becomes a header.
func (m Message) Bytes() (from string, to []string, raw []byte, err error) {
	if err := m.check(); err != nil {
		return "", nil, nil, fmt.Errorf("build mail: %w", err)
	}
	out := mail.NewMessage()
	out.SetAddressHeader("From", m.From.Address, m.From.Name)
	out.SetAddressHeader("To", m.To.Address, m.To.Name)
	if m.ReplyTo.Address != "" {
		out.SetAddressHeader("Reply-To", m.ReplyTo.Address, m.ReplyTo.Name)
	}
	out.SetHeader("Subject", strings.Join(strings.Fields(m.Subject), " "))
	out.SetHeader("Message-ID", m.MessageID)
	out.SetDateHeader("Date", m.Date)
	out.SetHeader(KindHeader, m.Kind)
	// RFC 3834: no vacation notice shall answer this; the second says the
	// same to Exchange, which looks only there.
	out.SetHeader("Auto-Submitted", "auto-generated")
	out.SetHeader("X-Auto-Response-Suppress", "OOF, AutoReply")
	if m.ListID != "" {
		out.SetHeader("List-Id", m.ListID)
	}
	if m.Unsubscribe != "" {
		out.SetHeader("List-Unsubscribe", "<"+m.Unsubscribe+">")
	}

	// Of alternatives the reader takes the last one it can show (RFC 2046,
	// section 5.1.4).
	out.SetBody("text/plain", m.Text)
	if m.HTML != "" {
		out.AddAlternative("text/html", m.HTML)
	}
	for _, a := range m.Attachments {
		header, err := a.header()
		if err != nil {
			return "", nil, nil, fmt.Errorf("build mail: %w", err)
		}
		out.AttachReader("attachment", bytes.NewReader(a.Content), mail.SetHeader(header))
	}

	var buf bytes.Buffer
	capture := func(envelopeFrom string, envelopeTo []string, msg io.WriterTo) error {
		from, to = envelopeFrom, envelopeTo
		_, err := msg.WriteTo(&buf)
		return err
	}
	if err := mail.Send(mail.SendFunc(capture), out); err != nil {
		return "", nil, nil, fmt.Errorf("build mail: %w", err)
	}
	if err := checkLines(buf.Bytes()); err != nil {
		return "", nil, nil, fmt.Errorf("build mail: %w", err)
	}
	return from, to, buf.Bytes(), nil
}

var (
	kindWord  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
	listID    = regexp.MustCompile(`^<[a-z0-9-]+(\.[a-z0-9-]+)+>$`)
	messageID = regexp.MustCompile("^<[!#-'*+/-9=?A-Z^-~.-]+@[!#-'*+/-9=?A-Z^-~.-]+>$")
)

func (m Message) check() error {
	addresses := []struct {
		field   string
		address Address
	}{{"from", m.From}, {"to", m.To}, {"reply-to", m.ReplyTo}}
	for _, a := range addresses {
		if a.field == "reply-to" && a.address == (Address{}) {
			continue
		}
		if err := checkAddress(a.address); err != nil {
			return fmt.Errorf("%s: %w", a.field, err)
		}
	}
	subject := strings.ReplaceAll(m.Subject, "\t", " ")
	switch {
	case strings.TrimSpace(subject) == "":
		return errors.New("subject is empty")
	case holdsControl(subject):
		return fmt.Errorf("subject %q holds a line break or control character", m.Subject)
	case !messageID.MatchString(m.MessageID):
		return fmt.Errorf("message id %q is not of the form <left@right>", m.MessageID)
	case m.Date.IsZero():
		return errors.New("date is missing")
	case !kindWord.MatchString(m.Kind):
		return fmt.Errorf("kind %q is not a lower-case word", m.Kind)
	case m.ListID != "" && !listID.MatchString(m.ListID):
		return fmt.Errorf("list id %q is not of the form <name.host>", m.ListID)
	case strings.ContainsFunc(m.Unsubscribe, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' }):
		return fmt.Errorf("unsubscribe address %q holds characters that an address has to encode", m.Unsubscribe)
	case m.Text == "":
		return errors.New("plain text is missing")
	}
	return nil
}

func checkAddress(a Address) error {
	if holdsControl(a.Name) {
		return fmt.Errorf("name %q holds a line break or control character", a.Name)
	}
	if strings.ContainsFunc(a.Address, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return fmt.Errorf("address %q holds spaces, control or non-ASCII characters", a.Address)
	}
	parsed, err := netmail.ParseAddress(a.Address)
	if err != nil {
		return fmt.Errorf("address %q: %w", a.Address, err)
	}
	if parsed.Address != a.Address {
		return fmt.Errorf("address %q is not a bare address", a.Address)
	}
	return nil
}

func holdsControl(s string) bool { return strings.ContainsFunc(s, unicode.IsControl) }

// maxLine is RFC 5322, section 2.1.1, without the line break.
const maxLine = 998

func checkLines(raw []byte) error {
	for line := range bytes.Lines(raw) {
		if n := len(bytes.TrimRight(line, "\r\n")); n > maxLine {
			return fmt.Errorf("a line of %d octets, at most %d are allowed: %.60q…", n, maxLine, line)
		}
	}
	return nil
}
