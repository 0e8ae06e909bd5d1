package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"

	"tiendo/cmd/tiendo/sample"
)

// BenchmarkPages asks the demo's pages, as their visitors do, and reports what each costs: time, database queries and octets.
//
//	go test -run '^$' -bench Pages ./cmd/tiendo
func BenchmarkPages(b *testing.B) {
	d := bootDemo(b, b.TempDir(), mustTime(demoStart), true)
	queries := new(queryCount)
	d.log = slog.New(queries)
	handler, err := d.handler(d, nil)
	if err != nil {
		b.Fatal(err)
	}
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	const (
		office = "minh.tv@vpub.mauson.example"
		focal  = "hoa.nt@snv.mauson.example"
		leader = "thinh.hd@ubnd.mauson.example"
		admin  = "khanh.vq@vpub.mauson.example"
	)
	who, err := d.byEmail(b.Context(), office)
	if err != nil {
		b.Fatal(err)
	}
	draft, err := d.documents.Import(b.Context(), who, newDocument(sample.Documents()[0]))
	if err != nil {
		b.Fatal(err)
	}
	clients := make(map[string]*http.Client)
	for _, page := range []struct{ email, path string }{
		{"", "/login"},
		{focal, "/mine"}, {focal, "/assignments/1"}, {focal, "/documents"}, {focal, "/documents/1"},
		{office, "/inbox"}, {office, "/assignments"}, {office, "/assignments?timeliness=overdue"}, {office, "/assignments?words=cong khai"},
		{office, "/assignments/1"}, {office, "/documents"}, {office, "/documents/1"},
		{office, fmt.Sprintf("/documents/%d/review", draft.ID)}, {office, fmt.Sprintf("/documents/%d/issue", draft.ID)},
		{leader, "/week"}, {admin, "/directory"}, {admin, "/people"}, {admin, "/outbox"}, {admin, "/health"},
	} {
		if clients[page.email] == nil {
			clients[page.email] = signedIn(b, server.URL, page.email)
		}
		address := server.URL + (&url.URL{Path: mustURL(b, page.path).Path, RawQuery: mustURL(b, page.path).Query().Encode()}).String()
		b.Run(page.path, func(b *testing.B) {
			var octets int64
			queries.n.Store(0)
			for b.Loop() {
				octets = fetch(b, clients[page.email], address)
			}
			b.ReportMetric(float64(queries.n.Load())/float64(b.N), "queries/op")
			b.ReportMetric(float64(octets), "octets")
		})
	}
}

func signedIn(b *testing.B, base, email string) *http.Client {
	b.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	c := &http.Client{Jar: jar}
	if email == "" {
		return c
	}
	answer, err := c.PostForm(base+"/login", url.Values{"email": {email}, "password": {demoPassword}})
	if err != nil {
		b.Fatal(err)
	}
	answer.Body.Close()
	if answer.Request.URL.Path == "/login" {
		b.Fatalf("%s cannot sign in", email)
	}
	return c
}

func fetch(b *testing.B, c *http.Client, address string) int64 {
	answer, err := c.Get(address)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	n, err := io.Copy(io.Discard, answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("%s: status %d, %v", address, answer.StatusCode, err)
	}
	return n
}

func mustURL(b *testing.B, text string) *url.URL {
	b.Helper()
	u, err := url.Parse(text)
	if err != nil {
		b.Fatal(err)
	}
	return u
}

// queryCount is a log handler that adds up the queries of request records.
type queryCount struct{ n atomic.Int64 }

func (*queryCount) Enabled(context.Context, slog.Level) bool { return true }

func (q *queryCount) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "queries" {
			q.n.Add(a.Value.Int64())
		}
		return true
	})
	return nil
}

func (q *queryCount) WithAttrs([]slog.Attr) slog.Handler { return q }
func (q *queryCount) WithGroup(string) slog.Handler      { return q }
