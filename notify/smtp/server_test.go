package smtp

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
)

// server is a real SMTP server whose answers a test sets by recipient.
type server struct {
	*gosmtp.Server
	port int

	mu         sync.Mutex
	rcpt, data map[string]*gosmtp.SMTPError // answers by recipient
	mail       *gosmtp.SMTPError
	mechanisms []string // offered sign-ins
	conns      int
	open       map[*gosmtp.Conn]bool
	signIns    []string // mechanism of each that succeeded
	received   []delivery
}

type delivery struct {
	from string
	to   []string
	body string
	tls  bool
}

const testUser, testPassword = "tiendo", "mật khẩu:1"

type serverOption func(*server)

func offering(mechanisms ...string) serverOption {
	return func(s *server) { s.mechanisms = mechanisms; s.AllowInsecureAuth = true }
}

func withSTARTTLS(config *tls.Config) serverOption {
	return func(s *server) { s.TLSConfig = config }
}

// startServer serves until the test ends; implicit is nil for a clear start.
func startServer(t *testing.T, implicit *tls.Config, options ...serverOption) *server {
	t.Helper()
	s := &server{rcpt: map[string]*gosmtp.SMTPError{}, data: map[string]*gosmtp.SMTPError{}, open: map[*gosmtp.Conn]bool{}}
	s.Server = gosmtp.NewServer(gosmtp.BackendFunc(func(c *gosmtp.Conn) (gosmtp.Session, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.open[c] { // EHLO after STARTTLS makes a new session on the same connection
			s.open[c] = true
			s.conns++
		}
		return &serverSession{server: s, conn: c}, nil
	}))
	s.Domain = "test"
	s.MaxMessageBytes = 1 << 20
	s.ErrorLog = log.New(io.Discard, "", 0)
	for _, option := range options {
		option(s)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	if implicit != nil {
		l = tls.NewListener(l, implicit)
	}
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	// Close alone misses a listener that Serve has not taken in yet.
	t.Cleanup(func() { s.Close(); l.Close(); <-done })
	return s
}

// dropConnections hangs up on everyone, as a server does on an idle client.
func (s *server) dropConnections() {
	s.mu.Lock()
	var conns []*gosmtp.Conn
	for c := range s.open {
		conns = append(conns, c)
	}
	clear(s.open)
	s.mu.Unlock()
	for _, c := range conns {
		c.Conn().Close()
	}
}

func (s *server) deliveries() []delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]delivery(nil), s.received...)
}

func (s *server) connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// serverSession is strict where go-smtp is not: MAIL inside a transaction is a
// bad sequence (RFC 5321, section 4.1.4), as real servers answer.
type serverSession struct {
	server *server
	conn   *gosmtp.Conn
	inside bool
	mail   delivery
}

func (s *serverSession) Reset()        { s.inside, s.mail = false, delivery{} }
func (s *serverSession) Logout() error { return nil }

func (s *serverSession) Mail(from string, _ *gosmtp.MailOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if s.inside {
		return &gosmtp.SMTPError{Code: 503, EnhancedCode: gosmtp.EnhancedCode{5, 5, 1}, Message: "nested MAIL"}
	}
	if s.server.mail != nil {
		return s.server.mail
	}
	_, encrypted := s.conn.TLSConnectionState()
	s.inside, s.mail = true, delivery{from: from, tls: encrypted}
	return nil
}

func (s *serverSession) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	if answer := s.server.rcpt[to]; answer != nil {
		return answer
	}
	s.mail.to = append(s.mail.to, to)
	return nil
}

func (s *serverSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	for _, to := range s.mail.to {
		if answer := s.server.data[to]; answer != nil {
			return answer
		}
	}
	s.mail.body = string(body)
	s.server.received = append(s.server.received, s.mail)
	return nil
}

func (s *serverSession) AuthMechanisms() []string { return s.server.mechanisms }

func (s *serverSession) Auth(mechanism string) (sasl.Server, error) {
	check := func(username, password string) error {
		if username != testUser || password != testPassword {
			return gosmtp.ErrAuthFailed
		}
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.signIns = append(s.server.signIns, mechanism)
		return nil
	}
	switch mechanism {
	case "PLAIN":
		return sasl.NewPlainServer(func(_, username, password string) error { return check(username, password) }), nil
	case "LOGIN":
		return &loginServer{check: check}, nil
	}
	return nil, errors.New("unknown mechanism")
}

type loginServer struct {
	check    func(username, password string) error
	step     int
	username string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.username = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.username, string(response))
}

// certificates makes an authority of its own and a server certificate for
// 127.0.0.1: what the server shows, and what the client must trust.
func certificates(t *testing.T) (serverConfig, clientConfig *tls.Config) {
	t.Helper()
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	caDER, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "test server"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		NotBefore: ca.NotBefore, NotAfter: ca.NotAfter,
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, ca, &key.PublicKey, caKey)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(caDER)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(root)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{leafDER}, PrivateKey: key}}}, &tls.Config{RootCAs: roots}
}

// scripted is a far end that misbehaves as no SMTP library would: script runs
// for each connection, which is closed when it returns.
func scripted(t *testing.T, script func(c *conversation)) (port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			running.Go(func() {
				defer conn.Close()
				script(&conversation{conn: conn, lines: bufio.NewReader(conn)})
			})
		}
	})
	t.Cleanup(func() { l.Close(); running.Wait() })
	return l.Addr().(*net.TCPAddr).Port
}

type conversation struct {
	conn  net.Conn
	lines *bufio.Reader
}

func (c *conversation) say(line string) { io.WriteString(c.conn, line+"\r\n") }

// hear reads lines up to one that begins with prefix; false when the client
// has gone.
func (c *conversation) hear(prefix string) bool {
	for {
		line, err := c.lines.ReadString('\n')
		if err != nil {
			return false
		}
		if strings.HasPrefix(line, prefix) {
			return true
		}
	}
}

// untilData answers as a server should up to the 354 of DATA.
func (c *conversation) untilData() bool {
	c.say("220 test")
	for _, step := range [][2]string{{"EHLO", "250 test"}, {"MAIL", "250 ok"}, {"RCPT", "250 ok"}, {"DATA", "354 go"}} {
		if !c.hear(step[0]) {
			return false
		}
		c.say(step[1])
	}
	return true
}
