package store

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/tasks"
)

// However many take from a budget at the same moment, on however many connections, no more get through than there is room for.
func TestThrottles(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		const every = time.Minute
		take := func(at time.Time) (taken bool) {
			err := db.Update(t.Context(), func(tx *Tx) (err error) {
				taken, err = tx.Take("k", at, at.Add(4*every), every) // five at once
				return err
			})
			if err != nil {
				t.Error(err)
			}
			return taken
		}
		var through atomic.Int64
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if take(noon) {
					through.Add(1)
				}
			})
		}
		wg.Wait()
		if n := through.Load(); n != 5 {
			t.Fatalf("%d of 20 got through, want 5", n)
		}
		if take(noon.Add(every-time.Millisecond)) || !take(noon.Add(every)) || take(noon.Add(every)) {
			t.Error("one more is not allowed after exactly one period")
		}
		update(t, db, func(tx *Tx) error {
			if err := tx.GiveBack("k", every); err != nil {
				return err
			}
			at := must(tx.FullAt("k"))(t)
			if want := noon.Add(5 * every); !at.Equal(want) {
				t.Errorf("full at %v, want %v", at, want)
			}
			if at := must(tx.FullAt("other"))(t); !at.IsZero() {
				t.Errorf("a budget that nobody took from is full at %v", at)
			}
			return nil
		})
		update(t, db, func(tx *Tx) error {
			if n := must(tx.SweepThrottles(noon.Add(5 * every)))(t); n != 0 {
				t.Errorf("%d removed too early", n)
			}
			if n := must(tx.SweepThrottles(noon.Add(6 * every)))(t); n != 1 {
				t.Errorf("%d removed, want 1", n)
			}
			return tx.Refill("k")
		})
		// Long after it was full: it holds no more than at first.
		at := noon.Add(24 * time.Hour)
		n := 0
		for range 10 {
			if take(at) {
				n++
			}
		}
		if n != 5 {
			t.Errorf("%d at once after a day, want 5", n)
		}
	})
}

func TestDevices(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var lan, minh int64
		update(t, db, func(tx *Tx) error {
			lan = must(tx.InsertPerson(tasks.Person{Email: "lan@x.vn", Name: "Lan", Active: true, CreatedAt: noon}))(t)
			minh = must(tx.InsertPerson(tasks.Person{Email: "minh@x.vn", Name: "Minh", Active: true, CreatedAt: noon}))(t)
			for _, until := range []time.Time{noon.Add(time.Hour), noon.Add(2 * time.Hour)} {
				if err := tx.AddDevice("h", lan, until); err != nil {
					return err
				}
			}
			return tx.AddDevice("g", minh, noon.Add(time.Hour))
		})
		update(t, db, func(tx *Tx) error {
			for _, c := range []struct {
				hash, email string
				at          time.Time
				want        bool
			}{
				{"h", "lan@x.vn", noon, true}, {"h", "lan@x.vn", noon.Add(90 * time.Minute), true}, {"h", "lan@x.vn", noon.Add(2 * time.Hour), false},
				{"h", "minh@x.vn", noon, false}, {"g", "minh@x.vn", noon, true}, {"", "lan@x.vn", noon, false}, {"h", "", noon, false}, {"h", "\x00\xff", noon, false},
			} {
				if got := must(tx.KnowsDevice(c.hash, c.email, c.at))(t); got != c.want {
					t.Errorf("%q of %q at %v: %v", c.hash, c.email, c.at, got)
				}
			}
			if n := must(tx.SweepThrottles(noon.Add(90 * time.Minute)))(t); n != 1 {
				t.Errorf("%d removed, want 1", n)
			}
			return nil
		})
		if err := db.Update(t.Context(), func(tx *Tx) error { return tx.AddDevice("x", 4711, noon) }); err == nil || errors.Is(err, tasks.ErrConflict) {
			t.Errorf("a device of nobody: %v", err)
		}
	})
}

// A session that was ended stays so, even when a request that began before writes it once more.
func TestEndedSessionsStayEnded(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		s := db.Sessions(func() time.Time { return noon })
		for _, step := range []func() error{
			func() error { return s.Commit("k", []byte("one"), noon.Add(time.Hour)) },
			func() error { return s.Delete("k") },
			func() error { return s.Commit("k", []byte("two"), noon.Add(2*time.Hour)) },
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		if data, found, err := s.Find("k"); found || err != nil {
			t.Errorf("found %q, %v", data, err)
		}
	})
}
