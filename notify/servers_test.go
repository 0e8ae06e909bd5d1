package notify_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/tasks"
)

// deliveredTo counts the mails that the server took, by recipient.
func (s *mailServer) deliveredTo() map[string]int {
	got := make(map[string]int)
	for _, r := range s.all() {
		got[r.to]++
	}
	return got
}

// sentOnce fails unless each of the addresses has had its mail, once.
func (w *world) sentOnce(server *mailServer, addresses ...string) {
	w.t.Helper()
	got := server.deliveredTo()
	for _, a := range addresses {
		if got[a] != 1 || w.fates()[a].State != notify.MailSent {
			w.t.Errorf("%s got %d mails, state %s: %s", a, got[a], w.fates()[a].State, w.fates()[a].LastError)
		}
	}
}

// through makes a deliverer with one worker over the settings.
func (w *world) through(c smtp.Config) *notify.Deliverer {
	c.Host, c.Timeout = "127.0.0.1", 2*time.Second
	return notify.NewDeliverer(w.db.Outbox(), func() (notify.Sender, error) { return smtp.New(c) }, w.rules, w.business.now, w.system.now,
		notify.DeliverySettings{SendTimeout: 2 * time.Second, Workers: 1}, slog.New(slog.NewTextHandler(io.Discard, nil)))
}

var seven = []string{"a@nv.vn", "b@nv.vn", "c@nv.vn", "d@nv.vn", "e@nv.vn", "f@nv.vn", "g@nv.vn"}

// One address that the server does not take, whatever it answers, holds up nobody; over one connection, which needs RSET after each
// refusal. When the address is mended, what can still go goes, once.
func TestBadAddressHoldsUpNobody(t *testing.T) {
	answer := func(code int, text string) func(s *mailServer, to string) {
		return func(s *mailServer, to string) {
			s.answers[to] = &gosmtp.SMTPError{Code: code, EnhancedCode: gosmtp.EnhancedCode{code / 100, 0, 0}, Message: text}
		}
	}
	for name, test := range map[string]struct {
		spoil func(s *mailServer, to string)
		state notify.MailState // of the bad one
		cause string
		conns int // at most
	}{
		"no such user":                 {answer(550, "no such user"), notify.MailFailed, "no such user", 1},
		"mailbox full":                 {answer(452, "mailbox full"), notify.MailWaiting, "mailbox full", 1},
		"closing down for this one":    {answer(421, "try later"), notify.MailWaiting, "try later", 2},
		"silent at this one":           {func(s *mailServer, to string) { s.stuck[to] = true }, notify.MailWaiting, "rcpt", 2},
		"hangs up in the middle of it": {func(s *mailServer, to string) { s.torn[to] = true }, notify.MailWaiting, "smtp", 2},
	} {
		t.Run(name, func(t *testing.T) {
			w := waiting(t, seven...)
			w.deliverer = w.through(smtp.Config{Port: w.server.port, Encryption: smtp.None})
			bad, good := seven[0], seven[1:]
			w.server.set(func(s *mailServer) { test.spoil(s, bad) })
			begun := time.Now()
			if d := w.deliver(); d.Sent != len(good) || d.Unreachable != nil {
				t.Errorf("delivered %+v, want all but one", d)
			}
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("it took %s", took)
			}
			w.sentOnce(w.server, good...)
			if m := w.fates()[bad]; m.State != test.state || m.Tries != 1 || !strings.Contains(m.LastError, test.cause) {
				t.Errorf("the bad one is %s after %d tries: %s", m.State, m.Tries, m.LastError)
			}
			if w.server.conns > test.conns {
				t.Errorf("%d connections, want at most %d", w.server.conns, test.conns)
			}
			w.server.set(func(s *mailServer) { clear(s.answers); clear(s.stuck); clear(s.torn) })
			if test.state == notify.MailFailed {
				w.check(w.outbox.Retry(t.Context(), w.secretariat, w.fates()[bad].ID))
			}
			w.system.add(time.Hour)
			w.deliver()
			w.sentOnce(w.server, seven...)
		})
	}
}

// A server that says nothing, hangs up on every mail or refuses everybody for a while loses nothing and is not waited for long.
func TestBadServer(t *testing.T) {
	for name, spoil := range map[string]func(s *mailServer){
		"silent at every recipient": func(s *mailServer) {
			for _, a := range seven {
				s.stuck[a] = true
			}
		},
		"hangs up in the middle of every mail": func(s *mailServer) {
			for _, a := range seven {
				s.torn[a] = true
			}
		},
		"takes nothing for a while": func(s *mailServer) {
			for _, a := range seven {
				s.answers[a] = &gosmtp.SMTPError{Code: 451, Message: "greylisted"}
			}
		},
		"refuses the sender": func(s *mailServer) {
			s.senders["tiendo@mauson.example.gov.vn"] = &gosmtp.SMTPError{Code: 550, Message: "you may not send as this"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := waiting(t, seven[:2]...)
			w.server.set(spoil)
			begun := time.Now()
			if d := w.deliver(); d.Sent != 0 || d.Refused != 0 {
				t.Errorf("delivered %+v", d)
			}
			if took := time.Since(begun); took > 30*time.Second {
				t.Errorf("it took %s", took)
			}
			for _, a := range seven[:2] {
				if m := w.fates()[a]; m.State != notify.MailWaiting || m.Tries > 1 {
					t.Errorf("%s is %s after %d tries", a, m.State, m.Tries)
				}
			}
			w.server.set(func(s *mailServer) { clear(s.answers); clear(s.stuck); clear(s.torn); clear(s.senders) })
			w.system.add(time.Hour)
			w.deliver()
			w.sentOnce(w.server, seven[:2]...)
		})
	}
}

// Mails under a sender that the server does not accept any more do not stand in the way of those under the new one.
func TestOldSenderHoldsUpNobody(t *testing.T) {
	w := waiting(t, seven...)
	w.server.set(func(s *mailServer) {
		s.senders["tiendo@mauson.example.gov.vn"] = &gosmtp.SMTPError{Code: 550, Message: "you may not send as this"}
	})
	w.deliver()
	w.from = "nhacviec@mauson.example.gov.vn"
	w.restart()
	p := w.person("Lê Mới", "moi@nv.vn", tasks.Grant{Role: tasks.RoleLeader})
	_, err := w.accounts.Invite(t.Context(), tasks.System, p.ID)
	w.check(err)
	w.system.add(time.Hour)
	w.check(w.scheduler.RunDue(t.Context(), w.business.now()))
	for range 3 {
		w.deliver()
		w.system.add(time.Minute)
	}
	if got := w.server.deliveredTo()["moi@nv.vn"]; got != 1 {
		t.Errorf("%d mails under the new sender, want 1", got)
	}
	for _, a := range seven {
		if m := w.fates()[a]; m.State != notify.MailWaiting || m.Tries != 0 {
			t.Errorf("%s is %s after %d tries", a, m.State, m.Tries)
		}
	}
}

// A server that wants encryption or a sign-in that is not set up, or another password, takes nothing and nothing is lost; once the
// settings are right every mail goes once.
func TestServerWants(t *testing.T) {
	serverTLS, clientTLS := certificates(t)
	const password = "mật khẩu"
	for name, test := range map[string]struct {
		wants        func(s *mailServer)
		wrong, right smtp.Config
	}{
		"STARTTLS": {
			func(s *mailServer) { s.secure = true },
			smtp.Config{Encryption: smtp.None}, smtp.Config{Encryption: smtp.STARTTLS, TLSConfig: clientTLS},
		},
		"a certificate that is trusted": {
			func(*mailServer) {},
			smtp.Config{Encryption: smtp.STARTTLS}, smtp.Config{Encryption: smtp.STARTTLS, TLSConfig: clientTLS},
		},
		"a sign-in": {
			func(s *mailServer) { s.password = password },
			smtp.Config{Encryption: smtp.STARTTLS, TLSConfig: clientTLS},
			smtp.Config{Encryption: smtp.STARTTLS, TLSConfig: clientTLS, Username: "tiendo", Password: password},
		},
		"another password": {
			func(s *mailServer) { s.password = password },
			smtp.Config{Encryption: smtp.STARTTLS, TLSConfig: clientTLS, Username: "tiendo", Password: "sai"},
			smtp.Config{Encryption: smtp.STARTTLS, TLSConfig: clientTLS, Username: "tiendo", Password: password},
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := waiting(t, seven...)
			server := startMailServer(t, func(s *gosmtp.Server) { s.TLSConfig = serverTLS })
			server.set(test.wants)
			test.wrong.Port, test.right.Port = server.port, server.port
			w.deliverer = w.through(test.wrong)
			for range notify.MaxTries + 1 {
				if d := w.deliver(); d.Unreachable == nil || d.Sent+d.Refused+d.Deferred != 0 {
					t.Fatalf("delivered %+v with wrong settings", d)
				}
				w.system.add(time.Hour)
			}
			w.deliverer.Close()
			w.deliverer = w.through(test.right)
			if d := w.deliver(); d != (notify.Delivery{Sent: len(seven)}) {
				t.Errorf("delivered %+v with the right ones", d)
			}
			w.sentOnce(server, seven...)
		})
	}
}

// certificates makes a certificate of its own for 127.0.0.1: what the server shows, and what the client must trust.
func certificates(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: roots}
}

// arrivedAs lists what the server took as "kind to: subject", sorted.
func arrivedAs(t *testing.T, server *mailServer) []string {
	t.Helper()
	var out []string
	for _, r := range server.all() {
		m := parse(t, r.body)
		out = append(out, fmt.Sprintf("%s %s: %s", m.kind, r.to, m.subject))
	}
	slices.Sort(out)
	return out
}
