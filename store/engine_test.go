package store

import (
	"path/filepath"
	"testing"
	"time"

	"tiendo/store/pgtest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// engines lists how a test gets a fresh database of each engine.
var engines = []struct {
	name string
	dsn  func(testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "tiến độ #1?.db") }},
	{"postgres", pgtest.Schema},
}

// eachEngine runs a test on a fresh database of every engine.
func eachEngine(t *testing.T, test func(t *testing.T, db *DB)) {
	t.Helper()
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) { test(t, open(t, engine.dsn(t))) })
	}
}

func open(t testing.TB, dsn string) *DB {
	t.Helper()
	db, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// must ends the test on an error and gives the value otherwise.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func update(t testing.TB, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// attempt answers how a transaction of its own ends: an error of the engine ends the one that it happens in.
func attempt(t testing.TB, db *DB, fn func(tx *Tx) error) error {
	t.Helper()
	return db.Update(t.Context(), fn)
}

func view(t testing.TB, db *DB, fn func(tx *Tx) error) {
	t.Helper()
	if err := db.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

var (
	noon  = time.Date(2026, 10, 5, 5, 0, 0, 0, time.UTC)
	today = calendar.NewDate(2026, 10, 5)
)

func date(t testing.TB, s string) calendar.Date {
	t.Helper()
	if s == "" {
		return calendar.Date{}
	}
	return must(calendar.ParseDate(s))(t)
}

func agency(t testing.TB, tx *Tx, code, name string) int64 {
	t.Helper()
	return must(tx.InsertAgency(tasks.Agency{Code: code, Name: name, Kind: "department"}))(t)
}

func person(t testing.TB, tx *Tx, email, name string, grants ...tasks.Grant) int64 {
	t.Helper()
	return must(tx.InsertPerson(tasks.Person{Email: email, Name: name, Language: "vi", Active: true, CreatedAt: noon, Grants: grants}))(t)
}

func document(t testing.TB, tx *Tx, number, title string, state tasks.DocumentState) tasks.Document {
	t.Helper()
	d := tasks.Document{Head: tasks.Head{Kind: tasks.KindDirective, Number: number, Title: title, Date: today}, State: state, CreatedAt: noon}
	if state != tasks.DocumentDraft {
		d.IssuedAt = noon
	}
	return must(tx.Document(must(tx.InsertDocument(d))(t)))(t)
}

// assign writes a task with one assignment.
func assign(t testing.TB, tx *Tx, d tasks.Document, text string, a tasks.Assignment) int64 {
	t.Helper()
	task := must(tx.InsertTask(tasks.Task{DocumentID: d.ID, Text: text, Ref: "II.1", Deliverable: "Báo cáo"}))(t)
	a.TaskID, a.DocumentID, a.FirstDue, a.DueVersion, a.AssignedAt = task, d.ID, a.Due, 1, noon
	if a.DueSetOn.IsZero() {
		a.DueSetOn = today
	}
	if a.State == "" {
		a.State = tasks.StateAssigned
	}
	return must(tx.InsertAssignment(a))(t)
}
