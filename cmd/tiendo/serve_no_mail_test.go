package main

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// logged is a log that is written and read at the same time.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// To have no mail server is an allowed state: mails wait, and the log says so once.
func TestServeWithoutMailServer(t *testing.T) {
	c := defaultConfig()
	c.unsynced = true
	if err := c.complete(t.TempDir()).err(); err != nil {
		t.Fatal(err)
	}
	var log logged
	a, err := newApp(t.Context(), c, realClocks(), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- a.serve(ctx, ln, nil) }()
	for deadline := time.Now().Add(10 * time.Second); a.ready(ctx) != nil && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	a.deliverer.Wake()
	time.Sleep(200 * time.Millisecond) // a delivery would have failed by now
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	said := log.String()
	if strings.Contains(said, "level=ERROR") || strings.Contains(said, "level=WARN") {
		t.Errorf("the log calls for help:\n%s", said)
	}
	if n := strings.Count(said, "smtp.host is empty"); n != 1 {
		t.Errorf("the log tells %d times that mails wait:\n%s", n, said)
	}
}
