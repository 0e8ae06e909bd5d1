// Package smtp sends mails to one SMTP server: with a deadline for each
// message, over a connection that is kept and mended between messages, and
// with errors that say what to do with the mail.
package smtp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// maxPerConnection stays below the number of messages after which common
// servers close a connection by themselves (Postfix and Exim: 100 or more).
const maxPerConnection = 90

// Sender sends one message after the other over one connection. It implements
// go-mail's mail.Sender. It is not safe for concurrent use: each worker owns
// one Sender and closes it when the worker has nothing to send for a while.
type Sender struct {
	config  Config
	session *session
	idle    *time.Timer  // runs since the last message
	sent    int          // messages over this session
	buffer  bytes.Buffer // of the message in hand
}

// New returns a Sender; it connects when there is something to send. The error
// names the setting that cannot work.
func New(config Config) (*Sender, error) {
	config, err := config.complete()
	if err != nil {
		return nil, err
	}
	return &Sender{config: config}, nil
}

// Send is [Sender.SendContext] without a context; Config.Timeout still holds.
func (s *Sender) Send(from string, to []string, msg io.WriterTo) error {
	return s.SendContext(context.Background(), from, to, msg)
}

// SendContext delivers msg to all addresses of to, or to none: when the server
// turns one of them down, the message goes to nobody. It returns nil once the
// server has taken responsibility for the message, else an *[Error]. The
// context and Config.Timeout, whichever ends first, cut it short at any point;
// who shuts down and wants the mail in flight to finish passes a context that
// is not cancelled by that.
func (s *Sender) SendContext(ctx context.Context, from string, to []string, msg io.WriterTo) error {
	m, err := s.envelope(from, to, msg)
	if err != nil {
		return &Error{Stage: StageMessage, Kind: Refused, Message: oneLine(err.Error()), Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()

	if s.reusable(ctx) {
		failure := s.deliver(ctx, m)
		if failure == nil {
			return nil
		}
		if !staleConnection(ctx, failure) {
			return failure
		}
	}
	if failure := s.connect(ctx); failure != nil {
		return failure
	}
	if failure := s.deliver(ctx, m); failure != nil {
		return failure
	}
	return nil
}

// Check connects, negotiates TLS and signs in as for a message, asks for a
// NOOP and hangs up. The error is an *[Error].
func (s *Sender) Check(ctx context.Context) error {
	s.hangUp(ctx)
	ctx, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	if failure := s.connect(ctx); failure != nil {
		return failure
	}
	defer s.hangUp(ctx)
	if failure := s.session.within(ctx, s.session.noop); failure != nil {
		return failure
	}
	return nil
}

// Close says goodbye to the server, if connected. The Sender can be used
// again: it connects anew.
func (s *Sender) Close() error {
	s.hangUp(context.Background())
	return nil
}

// reusable says whether the kept connection should still be good, and gives
// it up when not.
func (s *Sender) reusable(ctx context.Context) bool {
	if s.session == nil {
		return false
	}
	expired := s.sent >= maxPerConnection
	select {
	case <-s.idle.C:
		expired = true
	default:
	}
	if expired {
		s.hangUp(ctx)
	}
	return !expired
}

func (s *Sender) connect(ctx context.Context) *Error {
	s.drop()
	session, failure := connect(ctx, s.config)
	if failure != nil {
		return failure
	}
	s.session, s.sent = session, 0
	return nil
}

// deliver runs one mail transaction and leaves the connection either ready for
// the next one or dropped.
func (s *Sender) deliver(ctx context.Context, m envelope) *Error {
	session := s.session
	ready := false
	failure := session.within(ctx, func(ctx context.Context) *Error {
		failure := session.transaction(ctx, m)
		// After a refused recipient the server still holds the sender, and
		// would refuse the next MAIL.
		ready = failure == nil || failure.answered() && session.reset() == nil
		return failure
	})
	if !ready || ctx.Err() != nil {
		s.drop()
		return failure
	}
	s.sent++
	s.idle = time.NewTimer(s.config.Idle)
	return failure
}

// staleConnection says that a kept connection had been closed by the server
// between two messages; nothing of the message was sent.
func staleConnection(ctx context.Context, failure *Error) bool {
	return ctx.Err() == nil && failure.Stage == StageMail && (failure.Code == 0 || failure.Code == 421)
}

func (s *Sender) drop() {
	if s.session != nil {
		s.session.conn.Close()
		s.session = nil
	}
}

// goodbye bounds the wait for the answer to QUIT, which changes nothing.
const goodbye = 2 * time.Second

func (s *Sender) hangUp(ctx context.Context) {
	if s.session == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), goodbye)
	defer cancel()
	s.session.within(ctx, s.session.quit)
	s.drop()
}

// envelope is one message ready to be sent.
type envelope struct {
	from string
	to   []string
	body []byte
}

// largestKept is how large a buffer is kept for the next message.
const largestKept = 1 << 20

// envelope builds the whole message before the server is spoken to: one that
// fails half-way through DATA could not be taken back. It holds until the
// next one is built.
func (s *Sender) envelope(from string, to []string, msg io.WriterTo) (envelope, error) {
	if len(to) == 0 {
		return envelope{}, errors.New("no recipient")
	}
	for _, address := range append([]string{from}, to...) {
		if err := checkAddress(address); err != nil {
			return envelope{}, err
		}
	}
	if s.buffer.Cap() > largestKept {
		s.buffer = bytes.Buffer{}
	}
	s.buffer.Reset()
	if _, err := msg.WriteTo(&s.buffer); err != nil {
		return envelope{}, fmt.Errorf("build message: %w", err)
	}
	return envelope{from: from, to: to, body: s.buffer.Bytes()}, nil
}

// checkAddress keeps an address from ending its command early. Addresses
// outside ASCII need SMTPUTF8 (RFC 6531), which is not spoken here.
func checkAddress(address string) error {
	if address == "" {
		return errors.New("an address is empty")
	}
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' }) {
		return fmt.Errorf("address %s holds characters that cannot be sent", strconv.QuoteToASCII(address))
	}
	return nil
}
