// Package catcher is the far end of tiendo's mail in the demo and in tests: a
// real SMTP server that keeps what it is given, and pages that show it.
package catcher

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Options of a [Catcher]. The zero value serves on a free loopback port and
// keeps everything in memory.
type Options struct {
	// Addr to listen on; empty means 127.0.0.1:0.
	Addr string
	// Dir keeps each mail as an .eml file too and is read at start; empty
	// means memory alone.
	Dir string
	// Location is the time zone dates are shown in; nil means UTC.
	Location *time.Location
	// MaxMessages and MaxBytes bound what is kept, the latter as received;
	// the oldest mails leave, with their files. 0 means 20,000 and 256 MiB.
	MaxMessages int
	MaxBytes    int64
	// Behaviour, if set, is asked at the stages "mail" (rcpt empty), "rcpt"
	// and "data" (once for each recipient, after the body) and answers nil to
	// go on or the error to reply with. It is called from several goroutines.
	Behaviour func(stage, rcpt string) *smtp.SMTPError
	// Logger is told what goes wrong; nil means silence.
	Logger *slog.Logger
}

const (
	defaultMaxMessages = 20_000
	defaultMaxBytes    = 256 << 20
	maxMessageBytes    = 32 << 20
)

// Catcher is a running SMTP server with the mails it has taken.
type Catcher struct {
	options  Options
	log      *slog.Logger
	server   *smtp.Server
	listener net.Listener
	served   chan struct{}

	mu      sync.Mutex
	mails   []mail // oldest first
	bytes   int64
	lastID  int64
	closed  bool
	arrived chan struct{} // closed and replaced at each arrival
}

// New reads Options.Dir, creating it if need be, and starts to serve.
func New(options Options) (*Catcher, error) {
	if options.Addr == "" {
		options.Addr = "127.0.0.1:0"
	}
	if options.Location == nil {
		options.Location = time.UTC
	}
	if options.MaxMessages <= 0 {
		options.MaxMessages = defaultMaxMessages
	}
	if options.MaxBytes <= 0 {
		options.MaxBytes = defaultMaxBytes
	}
	c := &Catcher{options: options, log: options.Logger, served: make(chan struct{}), arrived: make(chan struct{})}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if options.Dir != "" {
		if err := c.load(); err != nil {
			return nil, err
		}
	}
	listener, err := net.Listen("tcp", options.Addr)
	if err != nil {
		return nil, fmt.Errorf("catch mail: %w", err)
	}
	c.listener = listener
	c.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{catcher: c}, nil
	}))
	c.server.Domain = "localhost"
	c.server.MaxMessageBytes = maxMessageBytes
	c.server.MaxRecipients = 100
	c.server.ReadTimeout = 5 * time.Minute
	c.server.WriteTimeout = time.Minute
	c.server.ErrorLog = slog.NewLogLogger(c.log.Handler(), slog.LevelWarn)
	go func() {
		defer close(c.served)
		if err := c.server.Serve(listener); err != nil && !errors.Is(err, net.ErrClosed) {
			c.log.Error("mail catcher stopped", "error", err)
		}
	}()
	return c, nil
}

// SMTPAddr is the host and port that mails are to be sent to.
func (c *Catcher) SMTPAddr() string { return c.listener.Addr().String() }

// Close stops the SMTP server, cutting open connections; a mail that was not
// answered by 250 is not kept. The pages go on showing what is there.
func (c *Catcher) Close() error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil
	}
	c.closed = true
	c.mu.Unlock()
	err := c.server.Close()
	// The server does not know a listener that Serve has not taken in yet.
	c.listener.Close()
	<-c.served
	return err
}

// Messages returns all mails that are kept, oldest first.
func (c *Catcher) Messages() []Message {
	mails := c.kept()
	messages := make([]Message, len(mails))
	for i, m := range mails {
		messages[i] = c.message(m)
	}
	return messages
}

// Wait returns when at least n mails are kept, or with the error of ctx.
func (c *Catcher) Wait(ctx context.Context, n int) error {
	for {
		c.mu.Lock()
		have, arrived := len(c.mails), c.arrived
		c.mu.Unlock()
		if have >= n {
			return nil
		}
		select {
		case <-arrived:
		case <-ctx.Done():
			return fmt.Errorf("wait for %d mails, have %d: %w", n, have, context.Cause(ctx))
		}
	}
}

// kept returns the mails of this moment; they are never changed.
func (c *Catcher) kept() []mail {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.mails)
}

func (c *Catcher) find(id int64) (mail, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, found := slices.BinarySearchFunc(c.mails, id, func(m mail, id int64) int { return int(m.id - id) })
	if !found {
		return mail{}, false
	}
	return c.mails[i], true
}

// keep stores one mail and lets the oldest go.
func (c *Catcher) keep(m mail) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errors.New("the catcher is closed")
	}
	m.id = c.lastID + 1
	if c.options.Dir != "" {
		if err := writeMail(c.options.Dir, m); err != nil {
			return err
		}
	}
	c.lastID = m.id
	c.add(m)
	close(c.arrived)
	c.arrived = make(chan struct{})
	return nil
}

// add needs c.mu. The newest mail stays whatever its size.
func (c *Catcher) add(m mail) {
	c.mails = append(c.mails, m)
	c.bytes += int64(len(m.raw))
	for len(c.mails) > c.options.MaxMessages || len(c.mails) > 1 && c.bytes > c.options.MaxBytes {
		oldest := c.mails[0]
		c.mails[0] = mail{}
		c.mails = c.mails[1:]
		c.bytes -= int64(len(oldest.raw))
		if c.options.Dir == "" {
			continue
		}
		if err := os.Remove(mailPath(c.options.Dir, oldest.id)); err != nil && !errors.Is(err, os.ErrNotExist) {
			c.log.Warn("old mail not removed", "id", oldest.id, "error", err)
		}
	}
}
