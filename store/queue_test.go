package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"tiendo/tasks"
)

// hook is called at each commit of the writer; true makes the commit fail.
func hook(t *testing.T, db *DB, fail func() bool) {
	t.Helper()
	conn := must(db.write.Conn(t.Context()))(t)
	err := conn.Raw(func(c any) error {
		c.(*sqlite3.SQLiteConn).RegisterCommitHook(func() int {
			if fail() {
				return 1
			}
			return 0
		})
		return nil
	})
	if err := errors.Join(err, conn.Close()); err != nil {
		t.Fatal(err)
	}
}

// queued starts the writers in this order while the first is held up, so that all of them stand behind it, and answers what became
// of each. before runs when they do.
func queued(t *testing.T, db *DB, before func(), writers ...func() error) []error {
	t.Helper()
	errs := make([]error, len(writers))
	var wg sync.WaitGroup
	holding, let := make(chan struct{}), make(chan struct{})
	wg.Go(func() {
		if err := db.updateBriefly(t.Context(), func(*Tx) error { close(holding); <-let; return nil }); err != nil && before == nil {
			t.Error(err)
		}
	})
	<-holding
	for i, w := range writers {
		wg.Go(func() { errs[i] = w() })
		for end := time.Now().Add(5 * time.Second); db.queue.length() <= i; runtime.Gosched() {
			if time.Now().After(end) {
				t.Fatal("the writer does not wait")
			}
		}
	}
	if before != nil {
		before()
	}
	close(let)
	wg.Wait()
	return errs
}

func (q *queue) length() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

func addAgency(tx *Tx, code string) error {
	_, err := tx.InsertAgency(tasks.Agency{Code: code, Name: "Sở " + code, Kind: "department"})
	return err
}

func codes(t *testing.T, db *DB) map[string]bool {
	found := make(map[string]bool)
	view(t, db, func(tx *Tx) error {
		for _, a := range must(tx.Agencies())(t) {
			found[a.Code] = true
		}
		return nil
	})
	return found
}

// Brief writers that wait share a commit; each sees those before it, nobody outside sees any before it, and what one does wrong
// undoes its own changes alone.
func TestBriefWritersShareACommit(t *testing.T) {
	db := open(t, t.TempDir()+"/a.db")
	commits := 0
	hook(t, db, func() bool { commits++; return false })
	failure := errors.New("failure")
	ctx, cancel := context.WithCancel(t.Context())
	add := func(code string, then func(*Tx) error) func() error {
		return func() error {
			return db.updateBriefly(t.Context(), func(tx *Tx) error {
				if err := addAgency(tx, code); err != nil {
					return err
				}
				return then(tx)
			})
		}
	}
	keep := func(*Tx) error { return nil }
	var leaked *Tx
	errs := queued(t, db, nil,
		add("a", keep),
		add("b", func(*Tx) error { return failure }),
		func() (err error) {
			defer func() { err = fmt.Errorf("panic: %v", recover()) }()
			return add("c", func(*Tx) error { panic("in the middle") })()
		},
		func() error {
			gone := make(chan struct{})
			go func() { defer close(gone); _ = add("d", func(*Tx) error { runtime.Goexit(); return nil })() }()
			<-gone
			return nil
		},
		func() error {
			return db.updateBriefly(ctx, func(tx *Tx) error {
				if err := addAgency(tx, "e"); err != nil {
					return err
				}
				cancel()
				return addAgency(tx, "f")
			})
		},
		add("a", keep),
		add("g", func(tx *Tx) error {
			leaked = tx
			for code, want := range map[string]bool{"a": true, "b": false, "c": false, "d": false, "e": false, "g": true} {
				if is := must(tx.exists("SELECT 1 FROM agencies WHERE code = $1", code))(t); is != want {
					t.Errorf("the last sees %s: %v", code, is)
				}
			}
			if seen := codes(t, db); len(seen) != 0 {
				t.Errorf("others see %v before the commit", seen)
			}
			return nil
		}),
	)
	for i, want := range []string{"", "failure", "panic: in the middle", "", "context canceled", "UNIQUE", ""} {
		if got := fmt.Sprint(errs[i]); want == "" && errs[i] != nil || !strings.Contains(got, want) {
			t.Errorf("writer %d: %v, want %q", i, errs[i], want)
		}
	}
	if !errors.Is(errs[1], failure) || !errors.Is(errs[5], tasks.ErrConflict) {
		t.Errorf("errors %v, %v", errs[1], errs[5])
	}
	if found := codes(t, db); len(found) != 2 || !found["a"] || !found["g"] {
		t.Errorf("kept %v", found)
	}
	if commits != 1 {
		t.Errorf("%d commits, want 1", commits)
	}
	if err := addAgency(leaked, "h"); err == nil {
		t.Error("a transaction can be used after its end")
	}
}

// When the commit fails all get the failure, he as well who had been refused because of what is gone now; and the next can write.
func TestFailedCommitIsEverybodys(t *testing.T) {
	db := open(t, t.TempDir()+"/a.db")
	var broken atomic.Bool
	hook(t, db, broken.Load)
	add := func() error {
		return db.updateBriefly(t.Context(), func(tx *Tx) error { return addAgency(tx, "a") })
	}
	for i, err := range queued(t, db, func() { broken.Store(true) }, add, add, add) {
		if e, ok := errors.AsType[sqlite3.Error](err); !ok || e.ExtendedCode != sqlite3.ErrConstraintCommitHook || errors.Is(err, tasks.ErrConflict) {
			t.Errorf("writer %d: %v", i, err)
		}
	}
	broken.Store(false)
	if found := codes(t, db); len(found) != 0 {
		t.Errorf("kept %v", found)
	}
	if err := add(); err != nil {
		t.Error(err)
	}
}

// When the engine gives the transaction up in the middle, those before get an error and those behind begin anew, whether or not the
// one who caused it took notice.
func TestTransactionGivenUp(t *testing.T) {
	for name, instead := range map[string]func(error) error{
		"told":         func(err error) error { return err },
		"swallowed":    func(error) error { return nil },
		"put in words": func(error) error { return tasks.E(tasks.CodeInvalid, "error.invalid") },
		"a conflict":   func(err error) error { return fmt.Errorf("%w: %w", tasks.ErrConflict, err) },
	} {
		db := open(t, t.TempDir()+"/a.db")
		add := func(code string) func() error {
			return func() error {
				return db.updateBriefly(t.Context(), func(tx *Tx) error { return addAgency(tx, code) })
			}
		}
		errs := queued(t, db, func() {}, add("a"), func() error {
			return db.updateBriefly(t.Context(), func(tx *Tx) error {
				_, err := tx.tx.ExecContext(t.Context(), "INSERT OR ROLLBACK INTO agencies SELECT * FROM agencies")
				return instead(err)
			})
		}, add("b"))
		if errs[0] == nil || errs[1] == nil || errs[2] != nil {
			t.Errorf("%s: errors %v", name, errs)
		}
		// What another did wrong is not told to those before him.
		if told, ok := errors.AsType[*tasks.Error](errs[0]); ok || (name != "told") != errors.Is(errs[0], errGivenUp) {
			t.Errorf("%s: error %v, %v", name, errs[0], told)
		}
		if found := codes(t, db); len(found) != 1 || !found["b"] {
			t.Errorf("kept %v", found)
		}
	}
}

// A long transaction keeps nobody waiting who has done his work: it begins when that is on the disk.
func TestLongWriterStandsAlone(t *testing.T) {
	db := open(t, t.TempDir()+"/a.db")
	commits := 0
	hook(t, db, func() bool { commits++; return false })
	brief := func(code string) func() error {
		return func() error {
			return db.updateBriefly(t.Context(), func(tx *Tx) error { return addAgency(tx, code) })
		}
	}
	errs := queued(t, db, nil, brief("a"), func() error {
		return db.Update(t.Context(), func(tx *Tx) error {
			if found := codes(t, db); !found["a"] {
				t.Error("what was done before the long transaction is not kept when it begins")
			}
			return addAgency(tx, "b")
		})
	}, func() error {
		return db.updateBriefly(t.Context(), func(tx *Tx) error {
			if found := codes(t, db); !found["b"] {
				t.Error("the one behind joins a long transaction")
			}
			return addAgency(tx, "c")
		})
	}, brief("d"))
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if found := codes(t, db); len(found) != 4 || commits != 3 {
		t.Errorf("kept %v by %d commits", found, commits)
	}
}

// Whoever gives up waiting has written nothing, and holds nobody up.
func TestGivingUpTheWait(t *testing.T) {
	db := open(t, t.TempDir()+"/a.db")
	ctx, cancel := context.WithCancel(t.Context())
	add := func(ctx context.Context, code string) func() error {
		return func() error {
			return db.updateBriefly(ctx, func(tx *Tx) error { return addAgency(tx, code) })
		}
	}
	errs := queued(t, db, func() {
		cancel()
		for db.queue.length() > 2 {
			runtime.Gosched()
		}
	}, add(t.Context(), "a"), add(ctx, "b"), add(t.Context(), "c"))
	if errs[0] != nil || !errors.Is(errs[1], context.Canceled) || errs[2] != nil {
		t.Errorf("errors %v", errs)
	}
	if found := codes(t, db); len(found) != 2 || found["b"] {
		t.Errorf("kept %v", found)
	}
}

// Many writers at once who succeed, fail, panic and give up: what is kept is what those wrote who were told so, one after the other.
func TestBriefWritersAreASequence(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var id int64
		update(t, db, func(tx *Tx) error {
			id = person(t, tx, "an@mauson.gov.vn", "Nguyễn Văn An")
			return nil
		})
		const writers, each = 12, 40
		var kept atomic.Int64
		var seen sync.Map
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					ctx, cancel := context.WithCancel(t.Context())
					how := rand.IntN(8)
					if how == 4 {
						time.AfterFunc(time.Duration(rand.IntN(300))*time.Microsecond, cancel)
					}
					var mine int64
					err := func() (err error) {
						defer func() {
							if v := recover(); v != nil {
								err = fmt.Errorf("panic: %v", v)
							}
						}()
						write := db.updateBriefly
						if how == 5 {
							write = db.Update
						}
						return write(ctx, func(tx *Tx) error {
							p, err := tx.Person(id)
							if err != nil {
								return err
							}
							p.Epoch++
							mine = p.Epoch
							if err := tx.UpdatePerson(p); err != nil {
								return err
							}
							switch how {
							case 2:
								return errors.New("failure")
							case 3:
								panic("in the middle")
							}
							return nil
						})
					}()
					cancel()
					switch {
					case err == nil:
						kept.Add(1)
						if _, twice := seen.LoadOrStore(mine, true); twice {
							t.Errorf("two writers were told that they wrote %d", mine)
						}
					case how < 2 || how > 4:
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		view(t, db, func(tx *Tx) error {
			if p := must(tx.Person(id))(t); p.Epoch != kept.Load() {
				t.Errorf("epoch %d after %d changes", p.Epoch, kept.Load())
			}
			return nil
		})
	})
}
