package catcher

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"
	"time"
)

// kindHeader is how tiendo marks what kind a mail is.
const kindHeader = "X-Tiendo-Kind"

// Message is one mail as the catcher shows it and lists it in JSON.
type Message struct {
	ID   int64  `json:"id"` // grows from mail to mail
	Kind string `json:"kind"`
	From string `json:"from"`
	// To is the envelope's recipients, separated by ", ".
	To        string    `json:"to"`
	Subject   string    `json:"subject"`
	Date      time.Time `json:"date"` // the Date header in Options.Location
	MessageID string    `json:"message_id"`
	Text      string    `json:"text"`
	HTML      string    `json:"html"`
	// Files are the names of attachments.
	Files []string `json:"-"`
	// Raw is the mail as received.
	Raw []byte `json:"-"`
}

// mail is what is kept: the envelope, what the list shows and the bytes. The
// body is taken apart when it is looked at.
type mail struct {
	id        int64
	from      string
	to        []string
	kind      string
	subject   string
	messageID string
	date      time.Time
	raw       []byte
}

var words = mime.WordDecoder{CharsetReader: func(_ string, r io.Reader) (io.Reader, error) { return r, nil }}

func newMail(from string, to []string, raw []byte) mail {
	m := mail{from: from, to: to, raw: raw, date: time.Now()}
	parsed, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return m
	}
	m.kind = parsed.Header.Get(kindHeader)
	m.messageID = parsed.Header.Get("Message-ID")
	if m.subject, err = words.DecodeHeader(parsed.Header.Get("Subject")); err != nil {
		m.subject = parsed.Header.Get("Subject")
	}
	if date, err := parsed.Header.Date(); err == nil {
		m.date = date
	}
	if m.from == "" {
		if list, err := parsed.Header.AddressList("From"); err == nil && len(list) > 0 {
			m.from = list[0].Address
		}
	}
	if len(m.to) == 0 {
		if list, err := parsed.Header.AddressList("To"); err == nil {
			for _, a := range list {
				m.to = append(m.to, a.Address)
			}
		}
	}
	return m
}

func (m mail) recipients() string { return strings.Join(m.to, ", ") }

func (c *Catcher) message(m mail) Message {
	out := Message{
		ID: m.id, Kind: m.kind, From: m.from, To: m.recipients(), Subject: m.subject,
		Date: m.date.In(c.options.Location), MessageID: m.messageID, Raw: m.raw,
	}
	parsed, err := netmail.ReadMessage(bytes.NewReader(m.raw))
	if err != nil {
		out.Text = strings.ToValidUTF8(string(m.raw), "\uFFFD")
		return out
	}
	out.read(textproto.MIMEHeader(parsed.Header), parsed.Body, 0)
	return out
}

// maxDepth ends the reading of parts within parts.
const maxDepth = 8

// read fills in the first plain text, the first HTML and the attachments'
// names.
func (m *Message) read(header textproto.MIMEHeader, body io.Reader, depth int) {
	mediaType, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		mediaType, parameters = "text/plain", nil
	}
	if strings.HasPrefix(mediaType, "multipart/") && depth < maxDepth {
		r := multipart.NewReader(body, parameters["boundary"])
		for {
			part, err := r.NextRawPart()
			if err != nil {
				return
			}
			m.read(part.Header, part, depth+1)
		}
	}
	if disposition, p, err := mime.ParseMediaType(header.Get("Content-Disposition")); err == nil && disposition == "attachment" {
		m.Files = append(m.Files, p["filename"])
		return
	}
	switch {
	case mediaType == "text/plain" && m.Text == "":
		m.Text = decode(header, body)
	case mediaType == "text/html" && m.HTML == "":
		m.HTML = decode(header, body)
	}
}

// decode gives what could be read of a damaged part.
func decode(header textproto.MIMEHeader, body io.Reader) string {
	switch strings.ToLower(header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, _ := io.ReadAll(body)
	return strings.ReplaceAll(strings.ToValidUTF8(string(b), "\uFFFD"), "\r\n", "\n")
}
