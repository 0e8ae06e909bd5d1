package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// By night, and in one instance alone, what nobody refers to any more is removed; what is in use stays.
func TestMaintenanceSweepsByNight(t *testing.T) {
	dir := t.TempDir()
	c, err := loadConfig(settings(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	now := mustTime("2026-10-05T22:00:00+07:00")
	clock := func() time.Time { return now }
	var said bytes.Buffer
	boot := func() *app {
		a, err := newApp(t.Context(), c, clocks{clock, clock}, slog.New(slog.NewTextHandler(&said, nil)))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = a.Close() })
		return a
	}
	a, other := boot(), boot()
	other.scheduler.Holder = "another"
	at := func(a *app, text string) {
		t.Helper()
		now = mustTime(text)
		if err := a.scheduler.RunDue(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	at(a, "2026-10-05T22:00:00+07:00") // first start: counted from here

	stays, _, err := a.files.Put(t.Context(), strings.NewReader("in use"))
	if err != nil {
		t.Fatal(err)
	}
	orphan, _, err := a.files.Put(t.Context(), strings.NewReader("of nobody"))
	if err != nil {
		t.Fatal(err)
	}
	err = a.db.Documents().Update(t.Context(), func(tx tasks.DocumentTx) error {
		id, err := tx.InsertDocument(tasks.Document{Head: tasks.Head{Kind: tasks.KindOther}, State: tasks.DocumentDraft, CreatedAt: now})
		if err != nil {
			return err
		}
		_, err = tx.InsertAttachment(tasks.Attachment{DocumentID: id, Name: "a.txt", Hash: stays, CreatedAt: now})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path := func(hash string) string { return filepath.Join(c.Files.Dir, hash[:2], hash) }
	for _, hash := range []string{stays, orphan} {
		if err := os.Chtimes(path(hash), now, now.AddDate(0, 0, -3)); err != nil {
			t.Fatal(err)
		}
	}
	sessions := a.db.Sessions(clock)
	for token, ends := range map[string]time.Time{"over": now.Add(time.Hour), "live": now.AddDate(0, 0, 7)} {
		if err := sessions.Commit(token, []byte("x"), ends); err != nil {
			t.Fatal(err)
		}
	}
	err = a.db.Accounts().Update(t.Context(), func(tx tasks.AccountTx) error {
		id, err := tx.InsertPerson(tasks.Person{Email: "a@mauson.example", Name: "An", Active: true, CreatedAt: now})
		if err != nil {
			return err
		}
		return tx.InsertToken(tasks.Token{Hash: "link", PersonID: id, Purpose: "reset", Expires: now.Add(time.Hour)})
	})
	if err != nil {
		t.Fatal(err)
	}

	there := func(hash string) bool { _, err := os.Stat(path(hash)); return err == nil }
	at(a, "2026-10-06T02:59:00+07:00")
	at(other, "2026-10-06T03:00:00+07:00") // has no lease
	if !there(orphan) || strings.Contains(said.String(), "msg=swept") {
		t.Fatalf("swept before its time, or without the lease:\n%s", said.String())
	}
	at(a, "2026-10-06T03:00:00+07:00")
	if there(orphan) || !there(stays) {
		t.Errorf("the orphan is there: %v; the file in use: %v", there(orphan), there(stays))
	}
	if !strings.Contains(said.String(), "msg=swept files=1 sessions=1 links=1 throttles=0 conversions=") {
		t.Errorf("the log does not tell the counts:\n%s", said.String())
	}
	if _, found, err := sessions.Find("live"); !found || err != nil {
		t.Errorf("the session that lives: %v, %v", found, err)
	}
	at(a, "2026-10-06T03:01:00+07:00")
	if n := strings.Count(said.String(), "msg=swept"); n != 1 {
		t.Errorf("swept %d times in one night", n)
	}
}
