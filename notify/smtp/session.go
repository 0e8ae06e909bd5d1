package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netsmtp "net/smtp"
	"strconv"
	"strings"
	"time"
)

// session is one connection that has been greeted, encrypted and signed in.
type session struct {
	conn   net.Conn // the TCP connection under any TLS
	client *netsmtp.Client
}

func connect(ctx context.Context, config Config) (*session, *Error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", config.address())
	if err != nil {
		return nil, newError(ctx, StageConnect, err)
	}
	if config.Encryption == None && !config.AllowPlain && !loopbackConn(conn) {
		conn.Close()
		return nil, newError(ctx, StageConnect, fmt.Errorf("%s is not this machine and the connection is not encrypted", conn.RemoteAddr()))
	}
	s := &session{conn: conn}
	failure := s.within(ctx, func(ctx context.Context) *Error { return s.open(ctx, config) })
	if failure == nil && ctx.Err() != nil {
		failure = newError(ctx, StageHello, errors.New("time ran out"))
	}
	if failure != nil {
		conn.Close()
		return nil, failure
	}
	return s, nil
}

// within runs f and makes every read and write in it fail as soon as ctx ends:
// net/smtp itself knows neither contexts nor deadlines. A connection whose
// context has ended is of no further use.
func (s *session) within(ctx context.Context, f func(context.Context) *Error) *Error {
	stop := context.AfterFunc(ctx, func() { s.conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	return f(ctx)
}

func (s *session) open(ctx context.Context, config Config) *Error {
	conn := s.conn
	if config.Encryption == TLS {
		encrypted := tls.Client(conn, config.tls())
		if err := encrypted.HandshakeContext(ctx); err != nil {
			return newError(ctx, StageTLS, err)
		}
		conn = encrypted
	}
	client, err := netsmtp.NewClient(conn, config.Host)
	if err != nil {
		return newError(ctx, StageHello, err)
	}
	s.client = client
	if err := client.Hello(config.helloName(s.conn)); err != nil {
		return newError(ctx, StageHello, err)
	}
	if config.Encryption == STARTTLS {
		if offered, _ := client.Extension("STARTTLS"); !offered {
			return newError(ctx, StageTLS, errors.New("the server offers no STARTTLS"))
		}
		if err := client.StartTLS(config.tls()); err != nil {
			return newError(ctx, StageTLS, err)
		}
	}
	if config.Username != "" {
		auth := &login{username: config.Username, password: config.Password, loopback: loopbackConn(s.conn)}
		if err := client.Auth(auth); err != nil {
			return newError(ctx, StageAuth, err)
		}
	}
	return nil
}

// transaction is MAIL, RCPT for each recipient, DATA and the message.
func (s *session) transaction(ctx context.Context, m envelope) *Error {
	parameters, failure := s.mailParameters(m)
	if failure != nil {
		return failure
	}
	if err := s.command(250, "MAIL FROM:<%s>%s", m.from, parameters); err != nil {
		return newError(ctx, StageMail, err)
	}
	for _, to := range m.to {
		if err := s.command(25, "RCPT TO:<%s>", to); err != nil {
			return newError(ctx, StageRcpt, err)
		}
	}
	if err := s.command(354, "DATA"); err != nil {
		return newError(ctx, StageData, err)
	}
	// Sent on its own, so that a break up to here is known to have come
	// before the final dot.
	w := s.client.Text.W
	if err := errors.Join(writeBody(w, m.body), w.Flush()); err != nil {
		return newError(ctx, StageBody, err)
	}
	if _, err := w.WriteString(".\r\n"); err != nil {
		return newError(ctx, StageEnd, err)
	}
	if err := w.Flush(); err != nil {
		return newError(ctx, StageEnd, err)
	}
	if _, _, err := s.client.Text.ReadResponse(2); err != nil {
		return newError(ctx, StageEnd, err)
	}
	return nil
}

// mailParameters announces the size (RFC 1870) and 8-bit text (RFC 6152) to a
// server that wants to know, and spares it a message over its limit.
func (s *session) mailParameters(m envelope) (string, *Error) {
	var b strings.Builder
	if offered, limit := s.client.Extension("SIZE"); offered {
		if most, err := strconv.ParseInt(limit, 10, 64); err == nil && most > 0 && int64(len(m.body)) > most {
			err := fmt.Errorf("the message has %d octets, the server takes %d", len(m.body), most)
			return "", &Error{Stage: StageMail, Kind: Refused, Code: 552, Enhanced: "5.3.4", Message: err.Error(), Err: err}
		}
		fmt.Fprintf(&b, " SIZE=%d", len(m.body))
	}
	if offered, _ := s.client.Extension("8BITMIME"); offered && eightBit(m.body) {
		b.WriteString(" BODY=8BITMIME")
	}
	return b.String(), nil
}

func (s *session) noop(ctx context.Context) *Error {
	if err := s.client.Noop(); err != nil {
		return newError(ctx, StageNoop, err)
	}
	return nil
}

func (s *session) quit(ctx context.Context) *Error {
	if err := s.client.Quit(); err != nil {
		return newError(ctx, StageNoop, err)
	}
	return nil
}

func (s *session) reset() error { return s.client.Reset() }

func (s *session) command(expect int, format string, args ...any) error {
	text := s.client.Text
	id, err := text.Cmd(format, args...)
	if err != nil {
		return err
	}
	text.StartResponse(id)
	defer text.EndResponse(id)
	_, _, err = text.ReadResponse(expect)
	return err
}
