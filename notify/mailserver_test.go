package notify_test

import (
	"io"
	"log"
	"net"
	"sync"
	"testing"

	gosmtp "github.com/emersion/go-smtp"
)

// mailServer is a real SMTP server whose answers a test sets by recipient.
type mailServer struct {
	port int
	stop func()

	mu       sync.Mutex
	answers  map[string]*gosmtp.SMTPError
	received []received
	silent   bool // accepts the body and never answers
	dropped  bool // takes the mail and hangs up instead of answering
	hold     chan struct{}
	began    chan struct{}
}

type received struct{ to, body string }

func startMailServer(t *testing.T) *mailServer {
	t.Helper()
	s := &mailServer{answers: make(map[string]*gosmtp.SMTPError)}
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) {
		return &mailSession{server: s, conn: c}, nil
	}))
	server.Domain = "mail.test"
	server.ErrorLog = log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // ends when closed
	}()
	s.stop = sync.OnceFunc(func() {
		_ = server.Close()
		_ = l.Close()
		<-done
	})
	t.Cleanup(s.stop)
	return s
}

func (s *mailServer) answer(to string, e *gosmtp.SMTPError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = e
}

func (s *mailServer) set(fn func(*mailServer)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fn(s)
}

func (s *mailServer) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]received(nil), s.received...)
}

type mailSession struct {
	server *mailServer
	conn   *gosmtp.Conn
	to     string
}

func (s *mailSession) Reset()                                 { s.to = "" }
func (s *mailSession) Logout() error                          { return nil }
func (s *mailSession) Mail(string, *gosmtp.MailOptions) error { return nil }

func (s *mailSession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if e := s.server.answers[to]; e != nil {
		return e
	}
	s.to = to
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	silent, dropped, hold, began := s.server.silent, s.server.dropped, s.server.hold, s.server.began
	if !silent {
		s.server.received = append(s.server.received, received{s.to, string(body)})
	}
	s.server.mu.Unlock()
	if began != nil {
		began <- struct{}{}
	}
	switch {
	case hold != nil:
		<-hold
	case silent:
		// The client's deadline ends the connection, on which this then fails.
		_, _ = io.Copy(io.Discard, s.conn.Conn())
	case dropped:
		_ = s.conn.Conn().Close()
	}
	return nil
}
