package notify_test

import (
	"io"
	"log"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
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
	conns    int
	senders  map[string]*gosmtp.SMTPError // answers by sender
	stuck    map[string]bool              // recipients at which the server falls silent
	torn     map[string]bool              // recipients in the middle of whose mail it hangs up
	password string                       // asks for sign-in when not empty
	secure   bool                         // asks for STARTTLS
	hold     chan struct{}
	began    chan struct{}
}

type received struct{ to, body string }

func startMailServer(t *testing.T, change ...func(*gosmtp.Server)) *mailServer {
	t.Helper()
	s := &mailServer{
		answers: make(map[string]*gosmtp.SMTPError), senders: make(map[string]*gosmtp.SMTPError),
		stuck: make(map[string]bool), torn: make(map[string]bool),
	}
	server := gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conns++
		return &mailSession{server: s, conn: c}, nil
	}))
	for _, fn := range change {
		fn(server)
	}
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
	signed bool
	inside bool
	to     string
}

func (s *mailSession) Reset()        { s.inside, s.to = false, "" }
func (s *mailSession) Logout() error { return nil }

// Mail is strict where go-smtp is not: MAIL inside a transaction is a bad sequence (RFC 5321, section 4.1.4), as real servers answer.
func (s *mailSession) Mail(from string, _ *gosmtp.MailOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	_, encrypted := s.conn.TLSConnectionState()
	switch e := s.server.senders[from]; {
	case s.inside:
		return &gosmtp.SMTPError{Code: 503, EnhancedCode: gosmtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL command"}
	case s.server.secure && !encrypted:
		return &gosmtp.SMTPError{Code: 530, EnhancedCode: gosmtp.EnhancedCode{5, 7, 0}, Message: "must issue a STARTTLS command first"}
	case s.server.password != "" && !s.signed:
		return &gosmtp.SMTPError{Code: 530, EnhancedCode: gosmtp.EnhancedCode{5, 7, 0}, Message: "authentication required"}
	case e != nil:
		return e
	}
	s.inside = true
	return nil
}

func (s *mailSession) AuthMechanisms() []string {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.server.password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *mailSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, _, password string) error {
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		if password != s.server.password {
			return gosmtp.ErrAuthFailed
		}
		s.signed = true
		return nil
	}), nil
}

func (s *mailSession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if e := s.server.answers[to]; e != nil {
		return e
	}
	if s.server.stuck[to] {
		s.server.mu.Unlock()
		// The client's deadline ends the connection, on which this then fails.
		_, _ = io.Copy(io.Discard, s.conn.Conn())
		s.server.mu.Lock()
	}
	s.to = to
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	s.server.mu.Lock()
	torn := s.server.torn[s.to]
	s.server.mu.Unlock()
	if torn {
		_, _ = io.ReadFull(r, make([]byte, 100))
		return s.conn.Conn().Close()
	}
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
