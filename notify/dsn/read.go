package dsn

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // texts that are not in UTF-8
)

func read(r io.Reader) (Report, error) {
	in := bufio.NewReader(r)
	skipEnvelope(in)
	whole, err := message.ReadWithOptions(in, &message.ReadOptions{MaxHeaderBytes: maxHeader})
	if whole == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return Report{}, ErrNoReport
	}
	var f findings
	f.look(whole, 0)
	report := Report{Recipients: f.recipients}
	if len(report.Recipients) == 0 {
		report.Recipients = failedRecipients(whole.Header, f.text)
	}
	report.Recipients = addressed(report.Recipients)
	if len(report.Recipients) == 0 {
		if automatic(whole.Header) {
			return Report{}, ErrAutomatic
		}
		return Report{}, ErrNoReport
	}
	// What the server returns of the mail names it; Exchange and Gmail refer to it as an answer would.
	report.MessageIDs = identifiers(f.returned, f.named, identifiersIn(f.text), whole.Header.Get("In-Reply-To"), whole.Header.Get("References"))
	return report, nil
}

// skipEnvelope passes over what a delivery program may put before the header: empty lines, and the line "From " of a mailbox.
func skipEnvelope(in *bufio.Reader) {
	for {
		start, err := in.Peek(1)
		if err != nil || start[0] != '\r' && start[0] != '\n' {
			break
		}
		if _, err := in.Discard(1); err != nil {
			return
		}
	}
	for _, mark := range []string{"From ", ">From "} {
		if start, err := in.Peek(len(mark)); err == nil && string(start) == mark {
			for prefix := true; prefix && err == nil; {
				_, prefix, err = in.ReadLine()
			}
			return
		}
	}
}

// findings are what the parts of a message tell.
type findings struct {
	recipients []Recipient
	named      string // the mail's Message-ID, as the report names it
	returned   string // and as it stands in the header that came back
	text       string // the first text for people
	parts      int
}

// The deepest and the most parts that are looked at: a report has three on one level, or a few more on two.
const (
	maxDepth = 6
	maxParts = 50
)

// look reads a part and those inside it.
func (f *findings) look(e *message.Entity, depth int) {
	if f.parts++; depth > maxDepth || f.parts > maxParts {
		return
	}
	if parts := e.MultipartReader(); parts != nil {
		for f.parts <= maxParts {
			part, err := parts.NextPart()
			if part == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
				return
			}
			f.look(part, depth+1)
		}
		return
	}
	kind, _, err := e.Header.ContentType()
	if err != nil {
		kind = "text/plain" // RFC 2045, section 5.2
	}
	switch strings.ToLower(kind) {
	case "message/delivery-status", "message/global-delivery-status":
		if len(f.recipients) == 0 {
			f.recipients, f.named = status(beginning(e.Body))
		}
	case "message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers":
		if f.returned == "" {
			f.returned = firstGroup(beginning(e.Body)).get("Message-ID")
		}
	case "text/plain":
		if f.text == "" {
			f.text = string(beginning(e.Body))
		}
	}
}

// beginning reads a part as far as it is looked at. What cannot be decoded ends it.
func beginning(r io.Reader) []byte {
	var b bytes.Buffer
	_, err := io.Copy(&b, io.LimitReader(r, maxPart))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && b.Len() == 0 {
		return nil
	}
	return b.Bytes()
}

// automatic tells whether a program wrote the message (RFC 3834, sections 3 and 5; older marks of absences, lists and receipts).
func automatic(h message.Header) bool {
	if submitted := token(h.Get("Auto-Submitted")); submitted != "" && submitted != "no" {
		return true
	}
	for _, name := range []string{"X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "List-Id"} {
		if h.Has(name) {
			return true
		}
	}
	switch token(h.Get("Precedence")) {
	case "bulk", "junk", "list", "auto_reply":
		return true
	}
	if kind, _, err := h.ContentType(); err == nil && strings.EqualFold(kind, "multipart/report") {
		return true
	}
	if strings.TrimSpace(h.Get("Return-Path")) == "<>" {
		return true
	}
	from := strings.ToLower(h.Get("From"))
	return strings.Contains(from, "mailer-daemon@") || strings.Contains(from, "postmaster@")
}

// token is the first word of a field, in lower case.
func token(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	if end := strings.IndexAny(value, " \t;("); end >= 0 {
		value = value[:end]
	}
	return value
}
