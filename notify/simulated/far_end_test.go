package simulated_test

import (
	"errors"
	"io"
	"log"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"encoding/base64"

	gosmtp "github.com/emersion/go-smtp"
)

// farEnd is the mail server of the province. It keeps what it takes.
type farEnd struct {
	t      *testing.T
	server *gosmtp.Server
	done   chan struct{}

	port int // 0 until it listens first

	mu    sync.Mutex
	taken []taken
}

// taken is a mail as it came over the wire.
type taken struct{ to, body string }

func newFarEnd(t *testing.T) *farEnd {
	t.Helper()
	s := &farEnd{t: t}
	s.up()
	t.Cleanup(s.down)
	return s
}

// up lets the server listen, always on the same port.
func (s *farEnd) up() {
	if s.server != nil {
		return
	}
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)))
	if err != nil {
		s.t.Fatal(err)
	}
	s.server = gosmtp.NewServer(gosmtp.BackendFunc(func(*gosmtp.Conn) (gosmtp.Session, error) { return &conversation{server: s}, nil }))
	s.server.Domain, s.server.ErrorLog = "mail.test", log.New(io.Discard, "", 0)
	s.done = make(chan struct{})
	go func(server *gosmtp.Server, done chan struct{}) {
		defer close(done)
		_ = server.Serve(l) // ends when closed
	}(s.server, s.done)
	s.port = l.Addr().(*net.TCPAddr).Port
}

// down ends it; who connects is refused.
func (s *farEnd) down() {
	if s.server == nil {
		return
	}
	_ = s.server.Close()
	<-s.done
	s.server = nil
}

func (s *farEnd) isUp() bool { return s.server != nil }

// collect hands out what was taken since it was asked last.
func (s *farEnd) collect() []taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.taken
	s.taken = nil
	return out
}

type conversation struct {
	server *farEnd
	to     string
}

func (c *conversation) Reset()                                 { c.to = "" }
func (c *conversation) Logout() error                          { return nil }
func (c *conversation) Mail(string, *gosmtp.MailOptions) error { return nil }

func (c *conversation) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	if c.to != "" {
		return errors.New("one recipient a mail")
	}
	c.to = to
	return nil
}

func (c *conversation) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	c.server.taken = append(c.server.taken, taken{c.to, string(body)})
	return nil
}

// letter is a mail as its reader sees it.
type letter struct {
	to, id, kind, subject, text string
	composed                    time.Time
	lines                       []line
	more                        bool  // duties were left out
	document                    int64 // behind its button
}

// line is a duty in a mail.
type line struct {
	section string
	duty    int64
	when    [2]int // day and month of its date; zero without
}

var (
	sectionLine  = regexp.MustCompile(`^(\S.*) \(\d+\)$`)
	dutyLink     = regexp.MustCompile(`^\s*` + regexp.QuoteMeta(baseURL) + `/assignments/(\d+)$`)
	documentLink = regexp.MustCompile(regexp.QuoteMeta(baseURL) + `/documents/(\d+)`)
	dateWords    = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})\b`)
)

func read(t *testing.T, m taken) letter {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(m.body))
	if err != nil {
		t.Fatalf("mail to %s: %v", m.to, err)
	}
	var words mime.WordDecoder
	subject, err := words.DecodeHeader(msg.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	to, err := mail.ParseAddress(msg.Header.Get("To"))
	if err != nil || to.Address != m.to {
		t.Fatalf("mail to %s is addressed to %v: %v", m.to, to, err)
	}
	l := letter{to: m.to, id: msg.Header.Get("Message-ID"), kind: msg.Header.Get("X-Tiendo-Kind"), subject: subject}
	if l.composed, err = msg.Header.Date(); err != nil {
		t.Fatal(err)
	}
	l.text = plain(t, msg.Header.Get("Content-Type"), msg.Header.Get("Content-Transfer-Encoding"), msg.Body)
	if l.id == "" || l.kind == "" || l.text == "" {
		t.Fatalf("mail to %s without a name, a kind or a text:\n%s", m.to, m.body)
	}
	l.takeApart()
	return l
}

// plain finds the text of a mail among its parts.
func plain(t *testing.T, kind, encoding string, body io.Reader) string {
	t.Helper()
	media, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		for r := multipart.NewReader(body, params["boundary"]); ; {
			part, err := r.NextRawPart()
			if err != nil {
				return ""
			}
			if text := plain(t, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part); text != "" {
				return text
			}
		}
	}
	if media != "text/plain" {
		return ""
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

func (l *letter) takeApart() {
	section := ""
	var open line
	for text := range strings.Lines(l.text) {
		text = strings.TrimRight(text, "\n")
		if m := sectionLine.FindStringSubmatch(text); m != nil && !strings.HasPrefix(text, "* ") {
			section = m[1]
		}
		if strings.HasPrefix(text, "* ") {
			open = line{section: section}
			if m := dateWords.FindStringSubmatch(text); m != nil {
				open.when[0], _ = strconv.Atoi(m[1])
				open.when[1], _ = strconv.Atoi(m[2])
			}
		}
		if m := dutyLink.FindStringSubmatch(text); m != nil && open.section != "" {
			open.duty, _ = strconv.ParseInt(m[1], 10, 64)
			l.lines = append(l.lines, open)
			open = line{}
		}
		if strings.HasPrefix(text, "và ") {
			l.more = true
		}
	}
	if m := documentLink.FindStringSubmatch(l.text); m != nil {
		l.document, _ = strconv.ParseInt(m[1], 10, 64)
	}
}
