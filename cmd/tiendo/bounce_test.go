package main

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"tiendo/notify"
	"tiendo/store"
	"tiendo/tasks"
)

// dsnOf is what Postfix writes when a mail comes back.
func dsnOf(messageID, to string) string {
	return "From MAILER-DAEMON Mon Oct  5 08:01:12 2026\nReturn-Path: <>\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\n" +
		"To: tiendo@mauson.example\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nsorry\n\n" +
		"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; " + to +
		"\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n" +
		"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " + messageID + "\n\n--b--\n"
}

func bounce(t *testing.T, config, message string, flags ...string) (code int, out, errs string) {
	t.Helper()
	return bounceFrom(t, config, strings.NewReader(message), flags...)
}

func bounceFrom(t *testing.T, config string, message io.Reader, flags ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append([]string{"bounce", "-config", config}, flags...), streams{in: message, out: &o, err: &e})
	return code, o.String(), e.String()
}

// A message from the mail server's pipe, to what it does and to the code by which the mail server keeps, drops or returns it.
func TestBounce(t *testing.T) {
	r := newHandRig(t)
	config := filepath.Join(t.TempDir(), "config.toml")
	write(t, config, fmt.Appendf(nil, "[database]\ndsn = %q\n", r.config.Database.DSN))
	r.run("composing", func() error { return r.scheduler.ComposeOnce(t.Context(), r.now) })
	page, err := r.outbox.Page(t.Context(), tasks.System, notify.MailQuery{Kind: tasks.NoticeIssued})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%d mails, %v", len(page.Rows), err)
	}
	m := page.Rows[0]
	if err := r.db.Outbox().MarkSent(t.Context(), []int64{m.ID}, r.now); err != nil {
		t.Fatal(err)
	}
	fate := func() notify.MailState {
		page, err := r.outbox.Page(t.Context(), tasks.System, notify.MailQuery{Kind: tasks.NoticeIssued})
		if err != nil {
			t.Fatal(err)
		}
		return page.Rows[0].State
	}
	for _, tt := range []struct {
		name, message string
		code          int
		says          string
		fate          notify.MailState
	}{
		{"a person's reply", "From: An <an@nv.example>\nSubject: Re: Nhac viec\n\nĐã gửi.\n", 65, "không có người đọc", notify.MailSent},
		{"garbage", "\x00\x01", 65, "nobody reads it", notify.MailSent},
		{"nothing", "", 65, "nobody reads it", notify.MailSent},
		{"an absence", "From: An <an@nv.example>\nAuto-Submitted: auto-replied\n\nNghỉ phép.\n", 0, "dropped", notify.MailSent},
		{"about another's mail", dsnOf("<x@elsewhere.example>", "focal@mauson.example"), 0, "no mail of ours", notify.MailSent},
		{"about ours", dsnOf(m.MessageID, "focal@mauson.example"), 0, "came back", notify.MailBounced},
		{"the same again", dsnOf(m.MessageID, "focal@mauson.example"), 0, "known already", notify.MailBounced},
	} {
		code, out, errs := bounce(t, config, tt.message)
		if code != tt.code || !strings.Contains(out+errs, tt.says) || fate() != tt.fate {
			t.Errorf("%s: code %d, %q %q, the mail is %s; want code %d, %q, %s", tt.name, code, out, errs, fate(), tt.code, tt.says, tt.fate)
		}
	}
	// All of a long message is read, so that the mail server does not take it for undelivered.
	for _, tt := range []struct {
		name, start string
		code        int
	}{
		{"a report with the whole mail", strings.TrimSuffix(dsnOf(m.MessageID, "focal@mauson.example"), "\n--b--\n"), 0},
		{"a letter", "From: An <an@nv.example>\nSubject: x\n\n", 65},
	} {
		rest := io.LimitReader(neverending(strings.Repeat("line\n", 20_000)), 50<<20)
		if code, out, errs := bounceFrom(t, config, io.MultiReader(strings.NewReader(tt.start), rest)); code != tt.code {
			t.Errorf("%s: code %d, %q %q", tt.name, code, out, errs)
		}
		if left, err := io.Copy(io.Discard, rest); left != 0 || err != nil {
			t.Errorf("%s: %d octets were not read, %v", tt.name, left, err)
		}
	}
}

// neverending repeats a text of 64 KiB or more.
type neverending string

func (n neverending) Read(p []byte) (int, error) { return copy(p, n), nil }

// What is not the message's fault keeps it in the mail server's queue.
func TestBounceIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	database, config := filepath.Join(dir, "tiendo.db"), filepath.Join(dir, "config.toml")
	write(t, config, fmt.Appendf(nil, "[database]\ndsn = %q\n", "sqlite:"+database))
	message := dsnOf("<x@elsewhere.example>", "an@nv.example")
	try := func(what string, want int, config, message string, flags ...string) {
		t.Helper()
		if code, out, errs := bounce(t, config, message, flags...); code != want {
			t.Errorf("%s: code %d, want %d: %q %q", what, code, want, out, errs)
		}
	}
	try("no database", 75, config, message)
	if db, err := store.Open(t.Context(), "sqlite:"+database, store.Options{AsIs: true}); err == nil {
		_ = db.Close()
		t.Error("an empty database was made")
	}
	db, err := store.Open(t.Context(), "sqlite:"+database, store.Options{})
	if err == nil {
		err = db.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	try("a good one", 0, config, message)
	other, err := sql.Open("sqlite3", "file:"+database+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	try("a busy database", 75, config, message, "-wait", "200ms")
	try("a busy database and a letter", 65, config, "From: a@b.vn\n\nhello\n", "-wait", "200ms")
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	try("no longer busy", 0, config, message)
	for _, schema := range []struct{ what, statement string }{
		{"an older schema", "DELETE FROM schema_versions WHERE version = (SELECT max(version) FROM schema_versions)"},
		{"a newer schema", "INSERT INTO schema_versions (version, name) VALUES (9999, '9999_later')"},
	} {
		if _, err := other.Exec(schema.statement); err != nil {
			t.Fatal(err)
		}
		try(schema.what, 75, config, message)
	}
	try("no configuration", 75, filepath.Join(dir, "missing.toml"), message)
	try("a server that is not there", 75, pgConfig(t, dir), message)
	try("a wrong flag", 75, config, message, "-wiat", "1s")
	try("an argument", 75, config, message, "message.eml")
	if code, _, _ := bounceFrom(t, config, iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(message)))); code != 75 {
		t.Errorf("a pipe that breaks: code %d", code)
	}
	if code := run(t.Context(), []string{"bounce", "-h"}, streams{in: strings.NewReader(""), out: io.Discard, err: io.Discard}); code != 0 {
		t.Errorf("-h: code %d", code)
	}
}

// pgConfig names a server of PostgreSQL that nobody runs.
func pgConfig(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "pg.toml")
	write(t, path, []byte("[database]\ndsn = \"postgres://tiendo@127.0.0.1:1/tiendo?sslmode=disable\"\n"))
	return path
}
