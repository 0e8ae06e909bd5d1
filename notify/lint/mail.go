package lint

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"net/textproto"
	"strings"
)

// Mail is a message taken apart.
type Mail struct {
	Header  netmail.Header
	Subject string
	// HTML and Text are the first of their kind, decoded, their lines ending with LF.
	HTML, Text string
	Files      []File

	raw   []byte
	parts []part
}

// File is an attachment.
type File struct {
	Name, ContentType string
	Content           []byte
}

// part is a leaf of the MIME tree.
type part struct {
	mediaType, charset, encoding string
	within                       string // the media type of the part that holds it; "" of none
	file                         bool
}

// Size is the number of octets that go over the wire.
func (m *Mail) Size() int { return len(m.raw) }

// Read takes a message (RFC 5322, RFC 2045) apart.
func Read(raw []byte) (*Mail, error) {
	parsed, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	m := &Mail{Header: parsed.Header, raw: raw}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject")); err != nil {
		return nil, fmt.Errorf("read mail: subject: %w", err)
	}
	if err := m.read(textproto.MIMEHeader(parsed.Header), parsed.Body, "", 0); err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	return m, nil
}

// maxDepth ends the reading of parts within parts.
const maxDepth = 8

func (m *Mail) read(header textproto.MIMEHeader, body io.Reader, within string, depth int) error {
	contentType := header.Get("Content-Type")
	if contentType == "" {
		contentType = "text/plain; charset=us-ascii"
	}
	mediaType, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fmt.Errorf("content type %q: %w", contentType, err)
	}
	if strings.HasPrefix(mediaType, "multipart/") {
		if depth == maxDepth {
			return errors.New("parts within parts without end")
		}
		for r := multipart.NewReader(body, parameters["boundary"]); ; {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if err := m.read(p.Header, p, mediaType, depth+1); err != nil {
				return err
			}
		}
	}
	p := part{mediaType: mediaType, charset: parameters["charset"], encoding: strings.ToLower(header.Get("Content-Transfer-Encoding")), within: within}
	content, err := decoded(p.encoding, body)
	if err != nil {
		return fmt.Errorf("%s: %w", mediaType, err)
	}
	disposition, names, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	p.file = err == nil && disposition == "attachment"
	m.parts = append(m.parts, p)
	lines := strings.ReplaceAll(string(content), "\r\n", "\n")
	switch {
	case p.file:
		m.Files = append(m.Files, File{Name: names["filename"], ContentType: contentType, Content: content})
	case mediaType == "text/html" && m.HTML == "":
		m.HTML = lines
	case mediaType == "text/plain" && m.Text == "":
		m.Text = lines
	}
	return nil
}

func decoded(encoding string, body io.Reader) ([]byte, error) {
	switch encoding {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	return io.ReadAll(body)
}
