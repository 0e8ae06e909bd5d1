package catcher

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	netsmtp "net/smtp"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"tiendo/notify/message"
)

var saigon = time.FixedZone("+07", 7*3600)

func start(t *testing.T, options Options) *Catcher {
	t.Helper()
	options.Location = saigon
	c, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// deliver sends mail number n to an address, over SMTP.
func deliver(t *testing.T, c *Catcher, n int, to string) error {
	t.Helper()
	from, rcpt, raw, err := message.Message{
		From: message.Address{Name: "Theo dõi", Address: "tiendo@mauson.example"}, To: message.Address{Name: "Nguyễn An", Address: to},
		Subject: fmt.Sprintf("Nhắc việc số %d <b>", n), MessageID: fmt.Sprintf("<m%d@mauson.example>", n), Kind: "reminder",
		// In UTC the day before: the catcher must show the province's day.
		Date: time.Date(2026, 10, 4, 23, 30, 0, 0, time.UTC),
		Text: "Còn 2 ngày làm việc\n<script>alert(1)</script>\n",
		HTML: `<!doctype html><html><head><title>x</title></head><body><p>Còn 2 ngày</p><a href="https://x.example/">Mở</a></body></html>`,
	}.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return netsmtp.SendMail(c.SMTPAddr(), nil, from, rcpt, raw)
}

func get(t *testing.T, c *Catcher, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestAPI(t *testing.T) {
	c := start(t, Options{})
	if got := strings.TrimSpace(get(t, c, "/api/messages").Body.String()); got != "[]" {
		t.Errorf("without mails: %s", got)
	}
	for i, to := range []string{"an@x.example", "binh@x.example"} {
		if err := deliver(t, c, i+1, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Wait(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal(get(t, c, "/api/messages").Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("%d mails", len(got))
	}
	for i, to := range []string{"an@x.example", "binh@x.example"} {
		want := map[string]any{
			"id": float64(i + 1), "kind": "reminder", "from": "tiendo@mauson.example", "to": to, "subject": fmt.Sprintf("Nhắc việc số %d <b>", i+1),
			"date": "2026-10-05T06:30:00+07:00", "message_id": fmt.Sprintf("<m%d@mauson.example>", i+1), "text": "Còn 2 ngày làm việc\n<script>alert(1)</script>\n",
		}
		for key, value := range want {
			if got[i][key] != value {
				t.Errorf("mail %d: %s is %v, want %v", i, key, got[i][key], value)
			}
		}
		if body, _ := got[i]["html"].(string); !strings.Contains(body, "Còn 2 ngày") {
			t.Errorf("mail %d: html %q", i, body)
		}
		if len(got[i]) != len(want)+1 {
			t.Errorf("mail %d has fields %v", i, got[i])
		}
	}
}

func TestSeveralRecipients(t *testing.T) {
	c := start(t, Options{})
	if err := netsmtp.SendMail(c.SMTPAddr(), nil, "a@x.example", []string{"b@x.example", "c@x.example"}, []byte("Subject: x\r\n\r\nbody\r\n")); err != nil {
		t.Fatal(err)
	}
	if got := c.Messages(); len(got) != 1 || got[0].To != "b@x.example, c@x.example" || got[0].Text != "body\n" || got[0].Kind != "" {
		t.Errorf("%+v", got)
	}
}

func TestPages(t *testing.T) {
	c := start(t, Options{})
	if body := get(t, c, "/").Body.String(); !strings.Contains(body, "Chưa có thư nào") {
		t.Errorf("empty list:\n%s", body)
	}
	for i := range 105 {
		to := "an@x.example"
		if i == 50 {
			to = "binh@x.example"
		}
		if err := deliver(t, c, i+1, to); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		path      string
		status    int
		has, lack []string
	}{
		{"/", 200, []string{"Đã nhận 105 thư", "Nhắc việc số 105 &lt;b&gt;", "Nhắc việc số 6 &lt;", "thứ Hai, 5/10/2026, 06:30", "nhắc việc", "?before=6"}, []string{"Nhắc việc số 5 &lt;", "<b>"}},
		{"/?before=6", 200, []string{"Nhắc việc số 5 &lt;", "Nhắc việc số 1 &lt;", "Thư mới nhất"}, []string{"Nhắc việc số 6 &lt;", "Thư cũ hơn"}},
		{"/?to=BINH%40", 200, []string{"1 thư gửi “BINH@”", "Nhắc việc số 51 &lt;"}, []string{"an@x.example"}},
		{"/?to=%22%3E%3Cscript%3E", 200, []string{"0 thư gửi", "Không có thư nào"}, []string{"<script>"}},
		{"/messages/1", 200, []string{`src="../messages/1/html"`, `sandbox="allow-popups`, "an@x.example"}, []string{"alert(1)", "allow-scripts", "allow-same-origin"}},
		{"/messages/1/text", 200, []string{"Còn 2 ngày làm việc", "&lt;script&gt;"}, []string{"<script>", "<iframe"}},
		{"/messages/1/source", 200, []string{"X-Tiendo-Kind: reminder", "C=C3=B2n"}, []string{"<script>", "<iframe"}},
		{"/messages/1/html", 200, []string{`<head><base target="_blank"><title>`}, nil},
		{"/messages/999", 404, []string{"Không có thư này"}, nil},
		{"/messages/x/html", 404, []string{"Không có thư này"}, nil},
		{"/nowhere", 404, []string{"Không có thư này"}, nil},
		{"/style.css", 200, []string{"--paper"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			w := get(t, c, tt.path)
			body := w.Body.String()
			if w.Code != tt.status {
				t.Errorf("status %d", w.Code)
			}
			for _, s := range tt.has {
				if !strings.Contains(body, s) && !strings.Contains(html.UnescapeString(body), s) {
					t.Errorf("%q is missing:\n%.3000s", s, body)
				}
			}
			for _, s := range tt.lack {
				if strings.Contains(body, s) {
					t.Errorf("%q is there", s)
				}
			}
			h := w.Header()
			if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "script-src") {
				t.Errorf("CSP %q", csp)
			}
			if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
				t.Errorf("headers %v", h)
			}
		})
	}
	csp := get(t, c, "/messages/1/html").Header().Get("Content-Security-Policy")
	if !strings.HasPrefix(csp, "sandbox ") || strings.Contains(csp, "allow-scripts") || strings.Contains(csp, "allow-same-origin") {
		t.Errorf("a mail is served with %q", csp)
	}
}

func TestFolderSurvivesRestart(t *testing.T) {
	dir := t.TempDir()
	c := start(t, Options{Dir: dir, MaxMessages: 3})
	for i := range 4 {
		if err := deliver(t, c, i+1, fmt.Sprintf("p%d@x.example", i+1)); err != nil {
			t.Fatal(err)
		}
	}
	before := c.Messages()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "00000009.eml.tmp"), []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	c = start(t, Options{Dir: dir, MaxMessages: 3})
	after := c.Messages()
	if len(before) != 3 || len(after) != 3 {
		t.Fatalf("%d mails before, %d after, want the newest 3", len(before), len(after))
	}
	for i := range after {
		b, a := before[i], after[i]
		if a.ID != int64(i+2) || a.ID != b.ID || a.To != b.To || a.From != b.From || a.Subject != b.Subject || !a.Date.Equal(b.Date) || string(a.Raw) != string(b.Raw) {
			t.Errorf("mail %d\nbefore %+v\nafter  %+v", i, b, a)
		}
	}
	if err := deliver(t, c, 5, "p5@x.example"); err != nil {
		t.Fatal(err)
	}
	if got := c.Messages(); got[len(got)-1].ID != 5 {
		t.Errorf("the id after a restart is %d", got[len(got)-1].ID)
	}
	if _, err := os.Stat(filepath.Join(dir, "00000001.eml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the oldest file is still there: %v", err)
	}
}

func TestBytesAreBounded(t *testing.T) {
	c := start(t, Options{MaxBytes: 5000})
	for i := range 20 {
		if err := deliver(t, c, i+1, "an@x.example"); err != nil {
			t.Fatal(err)
		}
	}
	total := 0
	for _, m := range c.Messages() {
		total += len(m.Raw)
	}
	if total == 0 || total > 5000 {
		t.Errorf("%d octets kept", total)
	}
}

func TestBehaviour(t *testing.T) {
	c := start(t, Options{Behaviour: func(stage, rcpt string) *smtp.SMTPError {
		switch {
		case stage == "rcpt" && rcpt == "gone@x.example":
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		case stage == "data" && rcpt == "full@x.example":
			return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "mailbox full"}
		}
		return nil
	}})
	for to, code := range map[string]int{"gone@x.example": 550, "full@x.example": 452, "an@x.example": 0} {
		err := deliver(t, c, 1, to)
		reply, _ := errors.AsType[*textproto.Error](err)
		if (err == nil) != (code == 0) || reply != nil && reply.Code != code {
			t.Errorf("%s: %v, want code %d", to, err, code)
		}
	}
	if got := c.Messages(); len(got) != 1 || got[0].To != "an@x.example" {
		t.Errorf("kept %+v", got)
	}
}

func TestWait(t *testing.T) {
	c := start(t, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := c.Wait(ctx, 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	arrived := make(chan error, 1)
	go func() { arrived <- c.Wait(t.Context(), 1) }()
	if err := deliver(t, c, 1, "an@x.example"); err != nil {
		t.Fatal(err)
	}
	if err := <-arrived; err != nil {
		t.Error(err)
	}
}

func TestAddressInUse(t *testing.T) {
	c := start(t, Options{})
	if _, err := New(Options{Addr: c.SMTPAddr()}); err == nil {
		t.Error("two servers on one address")
	}
}
