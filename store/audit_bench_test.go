package store

import (
	"cmp"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"tiendo/tasks"
)

// BenchmarkTrail measures a trail of so many rows as TIENDO_TRAIL_ROWS says (100,000) on every engine: sealing the rows of a program
// that had no seals yet, verifying, and a page of each filter.
//
//	TIENDO_TRAIL_ROWS=1000000 go test -run '^$' -bench Trail -benchtime 1x ./store
func BenchmarkTrail(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("TIENDO_TRAIL_ROWS"), "100000"))
	if err != nil {
		b.Fatal(err)
	}
	for _, engine := range engines {
		b.Run(engine.name, func(b *testing.B) {
			dsn := engine.dsn(b)
			oldTrail(b, dsn, n)
			begun := time.Now()
			db := open(b, dsn)
			upgrade := time.Since(begun)
			b.Run("upgrade", func(b *testing.B) {
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(upgrade.Seconds(), "s")
			})
			sealWeek(b, db, today)
			b.Run("verify", func(b *testing.B) {
				for b.Loop() {
					var before, after runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&before)
					if c, found := broken(b, db); len(found) > 0 || c.Rows != int64(n) {
						b.Fatalf("%d rows, broken %+v", c.Rows, found)
					}
					runtime.ReadMemStats(&after)
					b.ReportMetric(float64(after.Sys)/(1<<20), "MB")
				}
			})
			for name, q := range auditQueries {
				b.Run(name, func(b *testing.B) {
					for b.Loop() {
						view(b, db, func(tx *Tx) error {
							_, _, err := tx.AuditPage(q)
							return err
						})
					}
				})
			}
			b.Run("write", func(b *testing.B) {
				for b.Loop() {
					update(b, db, func(tx *Tx) error {
						for i := range 1000 {
							if _, err := tx.Audit(tasks.AuditEntry{At: noon, ActorID: 3, Action: "assignment.assigned", Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: int64(n + i)}, After: "{}"}); err != nil {
								return err
							}
						}
						return nil
					})
				}
			})
		})
	}
}
