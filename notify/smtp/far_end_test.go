package smtp

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestFarEndMisbehaves(t *testing.T) {
	gone := func() int {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		return l.Addr().(*net.TCPAddr).Port
	}()
	small, large := "Subject: x\r\n\r\nx\r\n", strings.Repeat("x\r\n", 4<<20)
	tests := []struct {
		name    string
		script  func(*conversation) // nil: nobody listens
		body    string
		kind    Kind
		stage   string
		timeout bool // the deadline ends it
	}{
		{"nobody listens", nil, small, Unreachable, StageConnect, false},
		{"silent from the start", func(c *conversation) { c.hear("never") }, small, Unreachable, StageHello, true},
		{"hangs up at once", func(*conversation) {}, small, Unreachable, StageHello, false},
		{"too busy", func(c *conversation) { c.say("421 4.3.2 too busy") }, small, Unreachable, StageHello, false},
		{"turns us away", func(c *conversation) { c.say("554 5.7.1 not you") }, small, Unreachable, StageHello, false},
		{"silent after EHLO", func(c *conversation) {
			c.say("220 test")
			c.hear("EHLO")
			c.say("250 test")
			c.hear("never")
		}, small, Unreachable, StageMail, true},
		{"closing down at RCPT", func(c *conversation) {
			c.say("220 test")
			c.hear("EHLO")
			c.say("250 test")
			c.hear("MAIL")
			c.say("250 ok")
			c.hear("RCPT")
			c.say("421 4.3.2 shutting down")
		}, small, Unreachable, StageRcpt, false},
		{"hangs up inside the body", func(c *conversation) {
			if c.untilData() {
				c.hear("x")
			}
		}, large, Deferred, StageBody, false},
		{"stops reading inside the body", func(c *conversation) {
			if c.untilData() {
				c.hear("x")
				time.Sleep(2 * time.Second)
			}
		}, large, Deferred, StageBody, true},
		{"hangs up after the final dot", func(c *conversation) {
			if c.untilData() {
				c.hear(".\r\n")
			}
		}, small, Uncertain, StageEnd, false},
		{"silent after the final dot", func(c *conversation) {
			if c.untilData() {
				c.hear(".\r\n")
				c.hear("never")
			}
		}, small, Uncertain, StageEnd, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			port := gone
			if tt.script != nil {
				port = scripted(t, tt.script)
			}
			config := Config{Port: port, Encryption: None, Timeout: 20 * time.Second}
			if tt.timeout {
				config.Timeout = time.Second
			}
			s := newSender(t, config)
			start := time.Now()
			err := s.SendContext(t.Context(), testFrom, []string{"a@x.example"}, strings.NewReader(tt.body))
			failure(t, err, tt.kind, tt.stage)
			if got := errors.Is(err, context.DeadlineExceeded); got != tt.timeout {
				t.Errorf("deadline exceeded = %v, want %v: %v", got, tt.timeout, err)
			}
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

// A silent server must not outlive the caller's own wish to stop either.
func TestCancel(t *testing.T) {
	heard := make(chan struct{})
	port := scripted(t, func(c *conversation) {
		if c.untilData() {
			c.hear("x")
			close(heard)
			time.Sleep(300 * time.Millisecond)
		}
	})
	s := newSender(t, Config{Port: port, Encryption: None})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-heard; cancel() }()
	err := s.SendContext(ctx, testFrom, []string{"a@x.example"}, strings.NewReader(strings.Repeat("x\r\n", 4<<20)))
	failure(t, err, Unreachable, StageBody)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v does not say that it was cancelled", err)
	}
}

func TestRecoversAfterFailure(t *testing.T) {
	var connections atomic.Int32
	port := scripted(t, func(c *conversation) {
		if connections.Add(1) == 1 {
			return
		}
		if c.untilData() && c.hear(".\r\n") {
			c.say("250 2.0.0 queued")
			c.hear("QUIT")
		}
	})
	s := newSender(t, Config{Port: port, Encryption: None})
	failure(t, send(t, s, "a@x.example"), Unreachable, StageHello)
	if err := send(t, s, "a@x.example"); err != nil {
		t.Fatal(err)
	}
}
