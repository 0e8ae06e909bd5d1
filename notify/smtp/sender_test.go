package smtp

import (
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"
	"github.com/go-mail/mail/v2"
)

var _ mail.Sender = (*Sender)(nil)

const testFrom = "tiendo@mauson.example"

func newSender(t *testing.T, config Config) *Sender {
	t.Helper()
	config.Host = "127.0.0.1"
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func send(t *testing.T, s *Sender, to ...string) error {
	t.Helper()
	return s.SendContext(t.Context(), testFrom, to, strings.NewReader("Subject: x\r\n\r\nline\r\n.dot\r\n"))
}

// failure asserts the kind and stage of err and returns it.
func failure(t *testing.T, err error, kind Kind, stage string) *Error {
	t.Helper()
	e, ok := errors.AsType[*Error](err)
	if !ok {
		t.Fatalf("error %v (%T), want *Error", err, err)
	}
	if e.Kind != kind || e.Stage != stage {
		t.Fatalf("kind %v at stage %s, want %v at %s: %v", e.Kind, e.Stage, kind, stage, e)
	}
	return e
}

func TestSendPlainLoopback(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None})
	for _, to := range []string{"a@x.example", "b@x.example"} {
		if err := send(t, s, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := send(t, s, "c@x.example", "d@x.example"); err != nil {
		t.Fatal(err)
	}
	got := server.deliveries()
	want := [][]string{{"a@x.example"}, {"b@x.example"}, {"c@x.example", "d@x.example"}}
	if len(got) != len(want) {
		t.Fatalf("%d mails, want %d", len(got), len(want))
	}
	for i, d := range got {
		if d.from != testFrom || !slices.Equal(d.to, want[i]) || d.body != "Subject: x\r\n\r\nline\r\n.dot\r\n" {
			t.Errorf("mail %d: %+v", i, d)
		}
	}
	if n := server.connections(); n != 1 {
		t.Errorf("%d connections, want one for all mails", n)
	}
}

func TestSendThroughGoMail(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None})
	m := mail.NewMessage()
	m.SetHeader("From", testFrom)
	m.SetHeader("To", "a@x.example")
	m.SetBody("text/plain", "xin chào")
	if err := mail.Send(s, m); err != nil {
		t.Fatal(err)
	}
	if got := server.deliveries(); len(got) != 1 || !strings.Contains(got[0].body, "xin ch=C3=A0o") {
		t.Errorf("received %+v", got)
	}
}

func TestEncryption(t *testing.T) {
	serverTLS, clientTLS := certificates(t)
	implicit := startServer(t, serverTLS)
	starttls := startServer(t, nil, withSTARTTLS(serverTLS))
	bare := startServer(t, nil)
	tests := []struct {
		name   string
		server *server
		config Config
		fails  string // the stage, "" when the mail goes through
	}{
		{"starttls by default", starttls, Config{TLSConfig: clientTLS}, ""},
		{"implicit", implicit, Config{Encryption: TLS, TLSConfig: clientTLS}, ""},
		{"starttls is not optional", bare, Config{Encryption: STARTTLS, TLSConfig: clientTLS}, StageTLS},
		{"unknown authority, starttls", starttls, Config{Encryption: STARTTLS}, StageTLS},
		{"unknown authority, implicit", implicit, Config{Encryption: TLS}, StageTLS},
		{"wrong name", implicit, Config{Encryption: TLS, TLSConfig: &tls.Config{RootCAs: clientTLS.RootCAs, ServerName: "other.example"}}, StageTLS},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.config.Port = tt.server.port
			before := len(tt.server.deliveries())
			err := send(t, newSender(t, tt.config), "a@x.example")
			got := tt.server.deliveries()[before:]
			if tt.fails != "" {
				failure(t, err, Unreachable, tt.fails)
				if len(got) != 0 {
					t.Errorf("a mail went out: %+v", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || !got[0].tls {
				t.Errorf("received %+v, want one mail over TLS", got)
			}
		})
	}
}

func TestSignIn(t *testing.T) {
	serverTLS, clientTLS := certificates(t)
	tests := []struct {
		name     string
		offers   []string
		tls      bool
		password string
		want     string // the mechanism used, "" when sign-in fails
		code     int
	}{
		{"PLAIN over TLS", []string{"PLAIN", "LOGIN"}, true, testPassword, "PLAIN", 0},
		{"LOGIN over TLS", []string{"LOGIN"}, true, testPassword, "LOGIN", 0},
		{"PLAIN on loopback", []string{"PLAIN"}, false, testPassword, "PLAIN", 0},
		{"LOGIN on loopback", []string{"LOGIN"}, false, testPassword, "LOGIN", 0},
		{"wrong password, PLAIN", []string{"PLAIN"}, true, "sai", "", 535},
		{"wrong password, LOGIN", []string{"LOGIN"}, true, "sai", "", 535},
		{"nothing we speak", []string{"GSSAPI"}, true, testPassword, "", 0},
		{"no sign-in offered", nil, true, testPassword, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var implicit *tls.Config
			config := Config{Encryption: None, Username: testUser, Password: tt.password}
			if tt.tls {
				implicit = serverTLS
				config.Encryption, config.TLSConfig = TLS, clientTLS
			}
			server := startServer(t, implicit, offering(tt.offers...))
			config.Port = server.port
			err := send(t, newSender(t, config), "a@x.example")
			if tt.want == "" {
				e := failure(t, err, Unreachable, StageAuth)
				if e.Code != tt.code {
					t.Errorf("code %d, want %d", e.Code, tt.code)
				}
				if strings.Contains(err.Error(), tt.password) {
					t.Errorf("the error shows the password: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(server.signIns, []string{tt.want}) {
				t.Errorf("signed in by %v, want %s", server.signIns, tt.want)
			}
		})
	}
}

func TestRefusalLeavesTheConnectionFit(t *testing.T) {
	reply := func(code int, enhanced gosmtp.EnhancedCode, message string) *gosmtp.SMTPError {
		return &gosmtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: message}
	}
	tests := []struct {
		name     string
		arrange  func(*server)
		kind     Kind
		stage    string
		code     int
		enhanced string
	}{
		{"unknown recipient", func(s *server) {
			s.rcpt["bad@x.example"] = reply(550, gosmtp.EnhancedCode{5, 1, 1}, "no such user\nsee the manual")
		}, Refused, StageRcpt, 550, "5.1.1"},
		{"greylisted", func(s *server) {
			s.rcpt["bad@x.example"] = reply(451, gosmtp.EnhancedCode{4, 7, 1}, "come back later")
		}, Deferred, StageRcpt, 451, "4.7.1"},
		{"content refused", func(s *server) {
			s.data["bad@x.example"] = reply(554, gosmtp.EnhancedCode{5, 7, 1}, "looks like spam")
		}, Refused, StageEnd, 554, "5.7.1"},
		{"disk full", func(s *server) {
			s.data["bad@x.example"] = reply(452, gosmtp.EnhancedCode{4, 3, 1}, "disk full")
		}, Deferred, StageEnd, 452, "4.3.1"},
		{"sign-in wanted", func(s *server) {
			s.rcpt["bad@x.example"] = reply(530, gosmtp.EnhancedCode{5, 7, 0}, "sign in first")
		}, Unreachable, StageRcpt, 530, "5.7.0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := startServer(t, nil)
			tt.arrange(server)
			s := newSender(t, Config{Port: server.port, Encryption: None})
			if err := send(t, s, "a@x.example"); err != nil {
				t.Fatal(err)
			}
			e := failure(t, send(t, s, "bad@x.example"), tt.kind, tt.stage)
			if e.Code != tt.code || e.Enhanced != tt.enhanced || strings.Contains(e.Message, "\n") || strings.Contains(e.Message, tt.enhanced) {
				t.Errorf("%+v", e)
			}
			if err := send(t, s, "b@x.example"); err != nil {
				t.Fatalf("the mail after the refused one: %v", err)
			}
			if n := server.connections(); n != 1 {
				t.Errorf("%d connections, want 1", n)
			}
			if got := server.deliveries(); len(got) != 2 || !slices.Equal(got[1].to, []string{"b@x.example"}) {
				t.Errorf("received %+v", got)
			}
		})
	}
}

func TestSenderNotAccepted(t *testing.T) {
	server := startServer(t, nil)
	server.mail = &gosmtp.SMTPError{Code: 550, EnhancedCode: gosmtp.EnhancedCode{5, 7, 1}, Message: "you may not send as this"}
	s := newSender(t, Config{Port: server.port, Encryption: None})
	failure(t, send(t, s, "a@x.example"), Unreachable, StageMail)
}

func TestOneRefusedRecipientSendsToNobody(t *testing.T) {
	server := startServer(t, nil)
	server.rcpt["bad@x.example"] = &gosmtp.SMTPError{Code: 550, Message: "no"}
	s := newSender(t, Config{Port: server.port, Encryption: None})
	failure(t, send(t, s, "a@x.example", "bad@x.example"), Refused, StageRcpt)
	if got := server.deliveries(); len(got) != 0 {
		t.Errorf("received %+v", got)
	}
}

func TestTooLarge(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None})
	err := s.SendContext(t.Context(), testFrom, []string{"a@x.example"}, strings.NewReader(strings.Repeat("x\r\n", 1<<20)))
	if e := failure(t, err, Refused, StageMail); e.Code != 552 {
		t.Errorf("code %d", e.Code)
	}
	if err := send(t, s, "a@x.example"); err != nil {
		t.Fatal(err)
	}
}

func TestServerHungUpBetweenMessages(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None})
	for i := range 3 {
		if err := send(t, s, "a@x.example"); err != nil {
			t.Fatalf("mail %d: %v", i, err)
		}
		server.dropConnections()
	}
	if got := len(server.deliveries()); got != 3 {
		t.Errorf("%d mails received, want 3", got)
	}
}

func TestIdleConnectionIsNotTrusted(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None, Idle: time.Millisecond})
	for range 2 {
		if err := send(t, s, "a@x.example"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
	if n := server.connections(); n != 2 {
		t.Errorf("%d connections, want 2", n)
	}
}

func TestManyMessagesChangeConnection(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None})
	for range maxPerConnection + 1 {
		if err := send(t, s, "a@x.example"); err != nil {
			t.Fatal(err)
		}
	}
	if n := server.connections(); n != 2 {
		t.Errorf("%d connections, want 2", n)
	}
}

func TestEnvelopeThatCannotBeSent(t *testing.T) {
	server := startServer(t, nil)
	s := newSender(t, Config{Port: server.port, Encryption: None})
	for _, to := range [][]string{nil, {""}, {"a@x.example>\r\nRCPT TO:<b@x.example"}, {"a b@x.example"}, {"a@x.example> SIZE=1"}, {"nguyễn@x.example"}} {
		failure(t, send(t, s, to...), Refused, StageMessage)
	}
	if n := server.connections(); n != 0 {
		t.Errorf("%d connections for mails that cannot be sent", n)
	}
}

func TestCheck(t *testing.T) {
	serverTLS, clientTLS := certificates(t)
	server := startServer(t, nil, withSTARTTLS(serverTLS), offering("PLAIN"))
	good := Config{Port: server.port, TLSConfig: clientTLS, Username: testUser, Password: testPassword}
	if err := newSender(t, good).Check(t.Context()); err != nil {
		t.Error(err)
	}
	bad := good
	bad.Password = "sai"
	failure(t, newSender(t, bad).Check(t.Context()), Unreachable, StageAuth)
}

func TestNewRefusesSettings(t *testing.T) {
	tests := []struct {
		name   string
		config Config
		ok     bool
	}{
		{"no host", Config{}, false},
		{"defaults", Config{Host: "mail.example"}, true},
		{"unknown encryption", Config{Host: "mail.example", Encryption: "ssl"}, false},
		{"clear to another machine", Config{Host: "mail.example", Encryption: None}, false},
		{"clear to another machine, allowed", Config{Host: "mail.example", Encryption: None, AllowPlain: true}, true},
		{"password in the clear", Config{Host: "mail.example", Encryption: None, AllowPlain: true, Username: "u"}, false},
		{"clear to localhost", Config{Host: "LocalHost", Encryption: None, Username: "u"}, true},
		{"clear to ::1", Config{Host: "::1", Encryption: None}, true},
		{"port", Config{Host: "mail.example", Port: 70000}, false},
		{"hello with a line break", Config{Host: "mail.example", Hello: "a\r\nb"}, false},
		{"negative timeout", Config{Host: "mail.example", Timeout: -1}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(tt.config)
			if (err == nil) != tt.ok {
				t.Errorf("error %v, want ok %v", err, tt.ok)
			}
		})
	}
}
