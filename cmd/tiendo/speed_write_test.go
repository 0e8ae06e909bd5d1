package main

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"tiendo/tasks"
)

const speedWriters = 8

// BenchmarkSpeedWrite reports on assignments with 8 writers and compares with bare durable transactions of one row by as many writers
// on the same engine. It goes by the service: the pages slow down a person who sends many forms.
func BenchmarkSpeedWrite(b *testing.B) {
	eachProvince(b, func(b *testing.B, p province) {
		a := p.open(b, slog.DiscardHandler)
		who, own := p.ownDuties(b, a)
		bare := bareCommits(b, p, speedWriters)
		b.Run("bare", func(b *testing.B) {
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(bare, "commits/s")
		})
		b.Run("report", func(b *testing.B) {
			l := byWriters(b, func(ctx context.Context, writer, n int) error {
				mine := own[writer]
				return a.assignments.Report(ctx, who, mine[n%len(mine)], tasks.ReportInput{
					Kind: tasks.ReportProgress, Percent: 1 + n%99, Text: "Đang tổng hợp số liệu của các phòng chuyên môn.",
				})
			})
			l.report(b)
			b.ReportMetric(100*l.perSecond()/bare, "%of-bare")
		})
	})
}

// ownDuties are open assignments that the focal point's agency leads, shared out among the writers.
func (p province) ownDuties(b *testing.B, a *app) (who tasks.Person, own [speedWriters][]int64) {
	who, err := a.byEmail(b.Context(), speedFocal)
	if err != nil {
		b.Fatal(err)
	}
	page, err := a.assignments.List(b.Context(), who, tasks.AssignmentQuery{
		AgencyID: who.AgencyIDs(tasks.RoleFocal)[0], Part: tasks.PartLead, States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress}, Limit: tasks.MaxPage,
	})
	if err != nil || len(page.Rows) < speedWriters {
		b.Fatalf("%d duties of the agency are open, %v", len(page.Rows), err)
	}
	for i, row := range page.Rows {
		own[i%speedWriters] = append(own[i%speedWriters], row.ID)
	}
	return who, own
}

// byWriters lets each writer do one thing after the other; any error ends the benchmark.
func byWriters(b *testing.B, do func(ctx context.Context, writer, n int) error) load {
	var (
		mu   sync.Mutex
		sum  load
		errs []error
		wg   sync.WaitGroup
	)
	begun := time.Now()
	for writer := range speedWriters {
		wg.Go(func() {
			var times []time.Duration
			var err error
			for n := 0; err == nil && time.Since(begun) < loadTime(b); n++ {
				at := time.Now()
				err = do(b.Context(), writer, n)
				times = append(times, time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			sum.times, errs = append(sum.times, times...), append(errs, err)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		b.Fatal(err)
	}
	sum.took = time.Since(begun)
	sum.sort()
	return sum
}

// bareCommits is how many transactions of one row a second the engine makes durable for so many writers, with nothing of ours but
// the settings of the connection.
func bareCommits(b *testing.B, p province, writers int) float64 {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_txlock=immediate&_journal_mode=WAL&_busy_timeout=5000&_synchronous=2")
	insert := "INSERT INTO speed_bare (text) VALUES (?1)"
	if strings.HasPrefix(p.config.Database.DSN, "postgres") {
		db, err = sql.Open("pgx", p.config.Database.DSN)
		insert = "INSERT INTO speed_bare (text) VALUES ($1)"
	}
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(writers)
	db.SetMaxIdleConns(writers)
	if !strings.HasPrefix(p.config.Database.DSN, "postgres") {
		db.SetMaxOpenConns(1) // one writer at a time
	}
	for _, statement := range []string{"DROP TABLE IF EXISTS speed_bare", "CREATE TABLE speed_bare (text TEXT NOT NULL)"} {
		if _, err := db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	var (
		done   atomic.Int64
		failed atomic.Pointer[error]
		wg     sync.WaitGroup
	)
	begun := time.Now()
	for range writers {
		wg.Go(func() {
			for time.Since(begun) < loadTime(b) {
				if err := commitOne(b.Context(), db, insert); err != nil {
					failed.Store(&err)
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	took := time.Since(begun)
	if err := failed.Load(); err != nil {
		b.Fatal(*err)
	}
	if _, err := db.ExecContext(b.Context(), "DROP TABLE speed_bare"); err != nil {
		b.Fatal(err)
	}
	return float64(done.Load()) / took.Seconds()
}

func commitOne(ctx context.Context, db *sql.DB, insert string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, insert, "Đang tổng hợp số liệu của các phòng chuyên môn."); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
