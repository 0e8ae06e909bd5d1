package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// writeTrail writes rows about several subjects, and seals a week after each of the counts.
func writeTrail(t testing.TB, db *DB, rows int, sealAfter ...int) {
	t.Helper()
	kinds := []tasks.SubjectKind{tasks.SubjectAssignment, tasks.SubjectDocument, tasks.SubjectPerson}
	for i := range rows {
		update(t, db, func(tx *Tx) error {
			_, err := tx.Audit(tasks.AuditEntry{
				At: noon.Add(time.Duration(i) * time.Minute), ActorID: int64(i%3 + 1), ActorName: "Trần Văn Minh", AgencyID: int64(i % 4), Action: fmt.Sprintf("assignment.step%d", i%5),
				Subject: tasks.Subject{Kind: kinds[i%3], ID: int64(i%4 + 1)}, Before: `{"state":"assigned"}`, After: `{"percent":` + fmt.Sprint(i) + `}`,
			})
			return err
		})
		if n := slices.Index(sealAfter, i+1); n >= 0 {
			sealWeek(t, db, today.AddDays(7*n))
		}
	}
}

func sealWeek(t testing.TB, db *DB, monday calendar.Date) {
	t.Helper()
	weeks := &tasks.Weeks{
		Store: db.Weeks(), Rules: tasks.DefaultRules(time.FixedZone("+07", 7*60*60), calendar.New(calendar.Default())), Now: func() time.Time { return monday.Start(time.UTC) },
	}
	if err := weeks.Freeze(t.Context(), monday); err != nil {
		t.Fatal(err)
	}
}

// broken answers what the verification finds.
func broken(t testing.TB, db *DB) (*tasks.ChainCheck, []tasks.ChainBreak) {
	t.Helper()
	c, _, err := db.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found, _ := c.End()
	return c, found
}

// tamper does to the trail what only somebody with the database in his hands can do.
func tamper(t testing.TB, db *DB, statements ...string) {
	t.Helper()
	lift := []string{"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_weeks_no_update", "DROP TRIGGER audit_weeks_no_delete"}
	if db.Engine() == "postgres" {
		lift = []string{"ALTER TABLE audit DISABLE TRIGGER USER", "ALTER TABLE audit_weeks DISABLE TRIGGER USER"}
	}
	update(t, db, func(tx *Tx) error { return tx.each(append(lift, statements...)) })
}

func TestTamperingIsFound(t *testing.T) {
	for name, test := range map[string]struct {
		statements []string
		fault      tasks.ChainFault
		row        int64 // 0: a week
	}{
		"edited":                         {[]string{"UPDATE audit SET actor_name = 'Người khác' WHERE id = 8"}, tasks.ChainContent, 8},
		"moved to another day":           {[]string{"UPDATE audit SET at = at - 86400000 WHERE id = 9"}, tasks.ChainContent, 9},
		"removed":                        {[]string{"DELETE FROM audit WHERE id = 8"}, tasks.ChainGap, 20},
		"the last of a chain removed":    {[]string{"DELETE FROM audit WHERE id = 40"}, tasks.ChainWeek, 0},
		"a whole chain removed":          {[]string{"DELETE FROM audit WHERE subject_kind = 'document' AND subject_id = 2"}, tasks.ChainWeek, 0},
		"swapped":                        {[]string{"UPDATE audit SET id = 900 WHERE id = 8", "UPDATE audit SET id = 8 WHERE id = 20", "UPDATE audit SET id = 20 WHERE id = 900"}, tasks.ChainContent, 20},
		"contents swapped":               {[]string{"UPDATE audit SET after = (SELECT o.after FROM audit o WHERE o.id = 28 - audit.id) WHERE id IN (8, 20)"}, tasks.ChainContent, 8},
		"a row without a seal":           {[]string{"INSERT INTO audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after) VALUES (1, 1, 'x', 0, 'x', 'document', 2, '', '')"}, tasks.ChainUnsealed, 49},
		"a row slipped in":               {[]string{"UPDATE audit SET position = position + 1000 WHERE subject_kind = 'document' AND subject_id = 2 AND position > 1", "INSERT INTO audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after, position, seal) SELECT at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after, 2, seal FROM audit WHERE subject_kind = 'document' AND subject_id = 2 AND position = 1"}, tasks.ChainContent, 49},
		"a week's seal changed":          {[]string{"UPDATE audit_weeks SET chains = chains + 1 WHERE monday = '2026-10-12'"}, tasks.ChainWeek, 0},
		"a week's seal removed":          {[]string{"DELETE FROM audit_weeks WHERE monday = '2026-10-05'"}, tasks.ChainWeek, 0},
		"a chain that no week knows yet": {[]string{"UPDATE audit SET action = 'x' WHERE id = 48"}, tasks.ChainContent, 48},
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(t *testing.T, db *DB) {
				writeTrail(t, db, 48, 24, 42)
				c, found := broken(t, db)
				if len(found) > 0 || c.Rows != 48 || c.Chains != 12 {
					t.Fatalf("untouched: %d rows in %d chains, %+v", c.Rows, c.Chains, found)
				}
				tamper(t, db, test.statements...)
				_, found = broken(t, db)
				switch {
				case len(found) == 0:
					t.Fatal("nothing was found")
				case test.row != 0 && (found[0].Fault != test.fault || found[0].RowID != test.row):
					t.Errorf("found %s of row %d, want %s of row %d", found[0].Fault, found[0].RowID, test.fault, test.row)
				case test.row == 0 && found[0].Fault != tasks.ChainWeek:
					t.Errorf("found %+v, want a week alone", found)
				}
			})
		})
	}
}

// The table itself refuses changes.
func TestTheTrailCannotBeChanged(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		writeTrail(t, db, 5, 3)
		statements := []string{
			"UPDATE audit SET actor_name = 'x' WHERE id = 1", "UPDATE audit SET seal = NULL", "DELETE FROM audit WHERE id = 2",
			"UPDATE audit_weeks SET last_id = 0", "DELETE FROM audit_weeks",
		}
		if db.Engine() == "postgres" {
			statements = append(statements, "TRUNCATE audit", "TRUNCATE audit_weeks")
		}
		for _, s := range statements {
			if err := attempt(t, db, func(tx *Tx) error { return tx.exec(s) }); err == nil || !strings.Contains(err.Error(), "append only") {
				t.Errorf("%s: %v", s, err)
			}
		}
		if _, found := broken(t, db); len(found) > 0 {
			t.Errorf("%+v", found)
		}
	})
}

// Many write to the same chains at the same time: none forks. Who read no row that all lock may be told of a conflict.
func TestChainsDoNotFork(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var wg sync.WaitGroup
		for writer := range 8 {
			wg.Go(func() {
				for i := 0; i < 20; {
					err := db.Update(t.Context(), func(tx *Tx) error {
						for n := range 2 { // and one after the other in the same transaction
							if _, err := tx.Audit(tasks.AuditEntry{At: noon, Action: "person.changed", ActorID: int64(writer), Subject: tasks.Subject{Kind: tasks.SubjectPerson, ID: int64(i%2 + 1 + n)}}); err != nil {
								return err
							}
						}
						return nil
					})
					switch {
					case err == nil:
						i++
					case !errors.Is(err, tasks.ErrConflict):
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Go(func() {
			for week := range 5 {
				sealWeek(t, db, today.AddDays(7*week))
			}
		})
		wg.Wait()
		c, found := broken(t, db)
		if len(found) > 0 || c.Rows != 8*20*2 || c.Chains != 3 {
			t.Errorf("%d rows in %d chains, broken %+v", c.Rows, c.Chains, found)
		}
	})
}

// Texts that an engine stores otherwise than they were given are sealed as they are stored.
func TestOddTextsAreSealed(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			_, err := tx.Audit(tasks.AuditEntry{At: noon, ActorName: "a\x00b\xff\xfec", Action: "x", Before: "\xf0\x28", After: "Tiến độ 😀", Subject: tasks.Subject{Kind: tasks.SubjectProvince}})
			return err
		})
		if _, found := broken(t, db); len(found) > 0 {
			t.Errorf("%+v", found)
		}
	})
}

// A backup keeps chains and weeks, whichever engine it goes to.
func TestBackupKeepsTheChains(t *testing.T) {
	for _, from := range engines {
		for _, to := range engines {
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				db := open(t, from.dsn(t))
				writeTrail(t, db, 40, 20, 33)
				files := must(OpenFiles(t.TempDir()))(t)
				var archive bytes.Buffer
				must(db.Backup(t.Context(), &archive, files, "test", noon))(t)
				dsn := to.dsn(t)
				must(Restore(t.Context(), bytes.NewReader(archive.Bytes()), dsn, filepath.Join(t.TempDir(), "files")))(t)
				restored := open(t, dsn)
				if c, found := broken(t, restored); len(found) > 0 || c.Rows != 40 {
					t.Errorf("%d rows, broken %+v", c.Rows, found)
				}
				// It goes on behind them, and is still closed.
				writeTrail(t, restored, 6)
				sealWeek(t, restored, today.AddDays(21))
				if c, found := broken(t, restored); len(found) > 0 || c.Rows != 46 {
					t.Errorf("gone on: %d rows, broken %+v", c.Rows, found)
				}
				if err := attempt(t, restored, func(tx *Tx) error { return tx.exec("DELETE FROM audit WHERE id = 1") }); err == nil {
					t.Error("the restored trail can be changed")
				}
			})
		}
	}
}

// oldTrail makes a database as the program before the chains left it.
func oldTrail(t testing.TB, dsn string, rows int) {
	t.Helper()
	if !isPostgres(dsn) {
		path := must(sqlitePath(dsn))(t)
		must(0, os.WriteFile(path, nil, 0o600))(t)
	}
	db := must(Open(t.Context(), dsn, Options{AsIs: true}))(t)
	defer db.Close()
	list := must(loadMigrations(migrations, db.dialect))(t)
	if err := db.apply(t.Context(), list[:12]); err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *Tx) error {
		var values []any
		for i := range rows {
			text := fmt.Sprintf(`{"n":%d,"text":"Rà soát, cập nhật quy trình nội bộ"}`, i)
			values = append(values, noon.UnixMilli()+int64(i), i%7, "Trần Văn Minh", i%3, "assignment.progress", []string{"assignment", "document"}[i%5%2], i*7919%(rows/3+1)+1, text, text)
		}
		return tx.insertRows("audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after)", 9, values)
	})
}

func TestOldRowsAreSealed(t *testing.T) {
	for _, engine := range engines {
		for _, rows := range []int{0, 1, 7, oldRows + 200} {
			t.Run(fmt.Sprint(engine.name, " ", rows), func(t *testing.T) {
				dsn := engine.dsn(t)
				oldTrail(t, dsn, rows)
				db := open(t, dsn)
				c, found := broken(t, db)
				if len(found) > 0 || c.Rows != int64(rows) {
					t.Fatalf("%d rows, broken %+v", c.Rows, found)
				}
				writeTrail(t, db, 9, 5)
				_, weeks, err := db.VerifyAudit(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if want := min(rows, 1) + 1; len(weeks) != want || rows > 0 && (!weeks[0].Monday.IsZero() || weeks[0].LastID != int64(rows)) {
					t.Errorf("weeks %+v, want %d", weeks, want)
				}
				if _, found := broken(t, db); len(found) > 0 {
					t.Fatalf("broken after more rows: %+v", found)
				}
				if rows > 1 {
					tamper(t, db, "UPDATE audit SET after = '' WHERE id = 2")
					if _, found := broken(t, db); len(found) == 0 || found[0].RowID != 2 {
						t.Errorf("an old row was changed: %+v", found)
					}
				}
			})
		}
	}
}
