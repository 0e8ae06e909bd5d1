package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// trickle sends what it has an octet at a time and answers how long the server held out, until it closed the connection.
func trickle(address, begin string) (time.Duration, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	began := time.Now()
	if _, err := io.WriteString(conn, begin); err != nil {
		return 0, err
	}
	closed := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, bufio.NewReader(conn)) // ends when the server closes
		closed <- err
	}()
	for {
		select {
		case <-closed:
			return time.Since(began), nil
		case <-time.After(20 * time.Millisecond):
			if time.Since(began) > 15*time.Second {
				return 0, errors.New("the server does not give up")
			}
			_, _ = io.WriteString(conn, "a") // refused when the server has gone, which is seen above
		}
	}
}

// Clients that send the head or the body of a request an octet at a time are given up in time, and others are served meanwhile.
func TestSlowClients(t *testing.T) {
	dir := t.TempDir()
	c := defaultConfig()
	c.Database.DSN, c.Files.Dir, c.unsynced = "sqlite:"+filepath.Join(dir, "tiendo.db"), filepath.Join(dir, "files"), true
	if err := c.complete(dir); err != nil {
		t.Fatal(err)
	}
	a, err := newApp(t.Context(), c, realClocks(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	handler, err := a.handler(nil, func() {})
	if err != nil {
		t.Fatal(err)
	}
	server := a.server(handler)
	if h, r, w := server.ReadHeaderTimeout, server.ReadTimeout, server.WriteTimeout; h <= 0 || h > 15*time.Second || r <= 0 || r > 10*time.Minute || w <= 0 || w > 10*time.Minute {
		t.Fatalf("the server waits %v for a head, %v for a request, %v for an answer", h, r, w)
	}
	// The same limits, made short for the test.
	server.ReadHeaderTimeout, server.ReadTimeout, server.WriteTimeout = 500*time.Millisecond, 1500*time.Millisecond, 1500*time.Millisecond
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var served sync.WaitGroup
	served.Go(func() {
		if err := server.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	address := ln.Addr().String()
	body := fmt.Sprintf("POST /login HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n", address)
	file := fmt.Sprintf("POST /documents HTTP/1.1\r\nHost: %s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n", address)
	var slow sync.WaitGroup
	for range 20 {
		for begin, most := range map[string]time.Duration{
			"GET / HTTP/1.1\r\nX-Head: ": 4 * time.Second, body: 6 * time.Second, file: 6 * time.Second, "": 4 * time.Second,
		} {
			slow.Go(func() {
				held, err := trickle(address, begin)
				if err != nil || held > most {
					t.Errorf("%.20q: held for %v, %v", begin, held, err)
				}
			})
		}
	}
	for range 10 {
		began := time.Now()
		res, err := http.Get("http://" + address + "/login")
		if err != nil {
			t.Error(err)
			break
		}
		if err := drain(res.Body); err != nil || res.StatusCode != http.StatusOK || time.Since(began) > 3*time.Second {
			t.Errorf("others are answered %s after %v, %v", res.Status, time.Since(began), err)
		}
	}
	slow.Wait()
	if err := server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	served.Wait()
}

func drain(body io.ReadCloser) error {
	_, err := io.Copy(io.Discard, body)
	return errors.Join(err, body.Close())
}
