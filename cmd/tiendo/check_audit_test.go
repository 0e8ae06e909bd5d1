package main

import (
	"bytes"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tiendo/store"
	"tiendo/store/storetest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// What check -audit prints and answers: 0 and the weeks' seals, or 1 and the first row that is not as it was sealed.
func TestCheckAudit(t *testing.T) {
	dsn := storetest.DSN(t)
	path := filepath.Join(t.TempDir(), "config.toml")
	write(t, path, []byte("[database]\ndsn = \""+dsn+"\"\n"))
	monday := calendar.NewDate(2026, 10, 5)
	func() {
		db, err := store.Open(t.Context(), dsn, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		add := func(kind tasks.SubjectKind, id int64) {
			err := db.Update(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Audit(tasks.AuditEntry{
					At: monday.Start(time.UTC), ActorName: "Lan", Action: "assignment.progress", Subject: tasks.Subject{Kind: kind, ID: id}, After: `{"percent":40}`,
				})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		for range 3 {
			add(tasks.SubjectAssignment, 41)
			add(tasks.SubjectDocument, 2)
		}
		weeks := &tasks.Weeks{Store: db.Weeks(), Rules: tasks.DefaultRules(time.UTC, calendar.New(calendar.Default())), Now: func() time.Time { return monday.Start(time.UTC) }}
		if err := weeks.Freeze(t.Context(), monday); err != nil {
			t.Fatal(err)
		}
		add(tasks.SubjectAssignment, 41)
	}()
	check := func(code int, want ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		if got := run(t.Context(), []string{"check", "-audit", "-config", path}, streams{in: strings.NewReader(""), out: &out, err: &errs}); got != code {
			t.Errorf("it answers %d, want %d:\n%s%s", got, code, &out, &errs)
		}
		for _, text := range want {
			if !strings.Contains(out.String(), text) {
				t.Errorf("it says\n%swant %q", &out, text)
			}
		}
	}
	check(0, "ok     seal of week 41, Monday 2026-10-05: ", "2 chains up to row 6", "ok     audit trail: 7 rows in 2 chains and 1 weeks are as they were sealed")
	edit(t, dsn, "UPDATE audit SET after = '{}' WHERE id = 3")
	check(1, "WRONG  audit trail: assignment 41, row 3 (assignment.progress, 2026-10-05 07:00) is not as it was sealed")
	edit(t, dsn, `UPDATE audit SET after = '{"percent":40}' WHERE id = 3`)
	check(0)
	edit(t, dsn, "DELETE FROM audit WHERE id = 6")
	check(1, "WRONG  audit trail: the seal of week 41, Monday 2026-10-05, made at 2026-10-05 07:00, is not that of the trail up to row 6")
}

// edit changes the trail behind its triggers' back.
func edit(t *testing.T, dsn, statement string) {
	t.Helper()
	path, isFile := strings.CutPrefix(dsn, "sqlite:")
	driver, source, lift := "pgx", dsn, "ALTER TABLE audit DISABLE TRIGGER USER"
	if isFile {
		driver, source, lift = "sqlite3", "file:"+path, "DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range []string{lift, statement} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}
