package tasks_test

import (
	"database/sql"
	"strings"
	"testing"

	"tiendo/store"
	"tiendo/store/storetest"
	"tiendo/tasks"
)

// A change whose row is damaged keeps no other from being carried out; when it is whole again it is made up for.
func TestAChangeThatFailsKeepsNoOtherFromBeingCarriedOut(t *testing.T) {
	dsn := storetest.DSN(t)
	db := must(store.Open(t.Context(), dsn, store.Options{}))(t)
	t.Cleanup(func() { check(t, db.Close()) })
	r := newRigOn(t, db)
	day := date("2026-10-12")
	first := r.change(tasks.ChangeInput{Kind: tasks.ChangeRename, Day: day, Predecessors: []int64{r.snv}, Founded: founded("Sở Một")})
	second := r.change(tasks.ChangeInput{Kind: tasks.ChangeRename, Day: day, Predecessors: []int64{r.stc}, Founded: founded("Sở Hai")})
	edit(t, dsn, "UPDATE agency_changes SET people = 'x' || people WHERE id = $1", first.ID)
	r.at("2026-10-12 00:00")
	if n, err := r.changes().CarryOut(t.Context()); n != 1 || err == nil {
		t.Errorf("%d changes carried out, error %v; want one, and the reason of the other", n, err)
	}
	if got := r.coming(second.ID).Change.State; got != tasks.ChangeApplied {
		t.Errorf("the other change is %s", got)
	}
	edit(t, dsn, "UPDATE agency_changes SET people = substr(people, 2) WHERE id = $1", first.ID)
	if n := r.carry("2026-10-13 00:00"); n != 1 || r.coming(first.ID).Change.State != tasks.ChangeApplied {
		t.Errorf("%d changes made up for, it is %s", n, r.coming(first.ID).Change.State)
	}
}

// edit changes rows behind the program's back.
func edit(t *testing.T, dsn, statement string, args ...any) {
	t.Helper()
	driver, source := "pgx", dsn
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		driver, source = "sqlite3", "file:"+path+"?_busy_timeout=5000"
	}
	db := must(sql.Open(driver, source))(t)
	defer db.Close()
	_, err := db.ExecContext(t.Context(), statement, args...)
	check(t, err)
}
