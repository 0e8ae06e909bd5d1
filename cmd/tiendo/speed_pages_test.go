package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/cmd/tiendo/sample"
)

const (
	speedOffice = "minh.tv@vpub.mauson.example"
	speedFocal  = "hoa.nt@snv.mauson.example"
)

// BenchmarkSpeedPages starts `tiendo serve` as a process of its own and asks it for pages over 8 connections.
func BenchmarkSpeedPages(b *testing.B) {
	binary := buildProgram(b)
	eachProvince(b, func(b *testing.B, p province) {
		draft := p.draft(b)
		s := startServer(b, binary, p)
		b.Run("start", func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(s.first)/1e6, "first-page-ms")
			b.ReportMetric(s.memory(b), "idle-MB")
		})
		office, focal := s.signIn(b, speedOffice), s.signIn(b, speedFocal)
		for _, page := range []struct{ name, path, cookie string }{
			{"list", "/assignments", office}, {"overdue", "/assignments?timeliness=overdue", office}, {"words", "/assignments?q=cong+khai", office},
			{"mine", "/mine", focal}, {"task", "/assignments/" + strconv.Itoa(p.size/2), office},
			{"review", fmt.Sprintf("/documents/%d/review", draft), office},
		} {
			b.Run(page.name, func(b *testing.B) {
				request := get(s.host, page.path, page.cookie)
				put(b, s.host, loadTime(b)/10, http.StatusOK, func(int, int) []byte { return request }) // caches are warm in service
				l := put(b, s.host, loadTime(b), http.StatusOK, func(int, int) []byte { return request })
				if l.refused > 0 {
					b.Errorf("%d of %d requests were refused, status %d", l.refused, len(l.times), l.status)
				}
				l.report(b)
				b.ReportMetric(float64(s.queries(b)), "queries/op")
			})
		}
		b.Run("memory", func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(s.memory(b), "loaded-MB")
		})
	})
}

// draft imports the sample's directive, for the review page.
func (p province) draft(b *testing.B) int64 {
	a := p.open(b, slog.DiscardHandler)
	who, err := a.byEmail(b.Context(), speedOffice)
	if err != nil {
		b.Fatal(err)
	}
	d, err := a.documents.Import(b.Context(), who, newDocument(sample.Documents()[0]))
	if err != nil {
		b.Fatal(err)
	}
	return d.ID
}

// server is the program running as a process of its own.
type server struct {
	process *os.Process
	host    string
	first   time.Duration // from its start to its first page
	log     string
}

func startServer(b *testing.B, binary string, p province) *server {
	dir := b.TempDir()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &server{host: ln.Addr().String(), log: filepath.Join(dir, "log")}
	if err := ln.Close(); err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(dir, "config.toml")
	settings := fmt.Sprintf("base_url = %q\nlisten = %q\nprovince = %q\n[database]\ndsn = %q\n[files]\ndir = %q\n[log]\nformat = \"json\"\n",
		"http://"+s.host, s.host, p.config.Province, p.config.Database.DSN, p.config.Files.Dir)
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		b.Fatal(err)
	}
	out, err := os.Create(s.log)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	command := exec.Command(binary, "serve", "-config", file)
	command.Stdout, command.Stderr = out, out
	begun := time.Now()
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	s.process = command.Process
	b.Cleanup(func() {
		err := errors.Join(command.Process.Signal(syscall.SIGTERM), command.Wait())
		if err != nil {
			text, _ := os.ReadFile(s.log) // shown beside the error
			b.Errorf("serve: %v\n%s", err, tail(string(text)))
		}
	})
	for {
		answer, err := http.Get("http://" + s.host + "/login")
		if err == nil {
			answer.Body.Close()
			s.first = time.Since(begun)
			return s
		}
		if time.Since(begun) > 20*time.Second {
			b.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
}

func tail(text string) string { return text[max(0, len(text)-2000):] }

// memory is the process's resident memory in MB.
func (s *server) memory(b *testing.B) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kilobytes float64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		b.Fatal(err)
	}
	return kilobytes / 1000
}

// queries is what the last request cost, as the program's log says.
func (s *server) queries(b *testing.B) int {
	text, err := os.ReadFile(s.log)
	if err != nil {
		b.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		var record struct {
			Msg     string
			Queries int
		}
		if json.Unmarshal([]byte(lines[i]), &record) == nil && record.Msg == "request" {
			return record.Queries
		}
	}
	b.Fatal("the log tells of no request")
	return 0
}

// signIn answers the cookie of a new session.
func (s *server) signIn(b *testing.B, email string) string {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.PostForm("http://"+s.host+"/login", url.Values{"email": {email}, "password": {demoPassword}})
	if err != nil {
		b.Fatal(err)
	}
	answer.Body.Close()
	var cookies []string
	for _, c := range answer.Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	if answer.StatusCode != http.StatusSeeOther {
		b.Fatalf("%s cannot sign in: %s", email, answer.Status)
	}
	return strings.Join(cookies, "; ")
}

// BenchmarkSpeedHandler asks the handler for the list page without a server between, one request after the other: to be profiled with
// -cpuprofile and -benchtime 5s.
func BenchmarkSpeedHandler(b *testing.B) {
	eachProvince(b, func(b *testing.B, p province) {
		a := p.open(b, slog.DiscardHandler)
		handler, err := a.handler(nil, nil)
		if err != nil {
			b.Fatal(err)
		}
		form := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader(url.Values{"email": {speedOffice}, "password": {demoPassword}}.Encode()))
		form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		signedIn := httptest.NewRecorder()
		handler.ServeHTTP(signedIn, form)
		request := httptest.NewRequest(http.MethodGet, "/assignments", nil)
		for _, c := range signedIn.Result().Cookies() {
			request.AddCookie(c)
		}
		b.ReportAllocs()
		for b.Loop() {
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, request.Clone(b.Context()))
			if answer.Code != http.StatusOK {
				b.Fatal(answer.Code)
			}
		}
	})
}
