package store

import (
	"errors"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

func TestLeases(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		take := func(holder string, now, until time.Time) notify.Lease {
			t.Helper()
			var l notify.Lease
			update(t, db, func(tx *Tx) (err error) {
				l, err = tx.TakeLease("x", holder, now, until)
				return err
			})
			return l
		}
		later := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
		view(t, db, func(tx *Tx) error {
			if _, err := tx.Lease("x"); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("a lease that nobody took: %v", err)
			}
			return nil
		})
		for _, step := range []struct {
			holder     string
			now, until time.Time
			want       notify.Lease
		}{
			{"a", noon, later(2), notify.Lease{Holder: "a", Until: later(2)}},
			{"b", later(1), later(3), notify.Lease{Holder: "a", Until: later(2)}},
			{"a", later(1), later(3), notify.Lease{Holder: "a", Until: later(3)}},
			{"b", later(3).Add(-time.Millisecond), later(5), notify.Lease{Holder: "a", Until: later(3)}},
			{"b", later(3), later(5), notify.Lease{Holder: "b", Until: later(5)}},
			{"a", later(4), later(6), notify.Lease{Holder: "b", Until: later(5)}},
		} {
			if got := take(step.holder, step.now, step.until); got != step.want {
				t.Errorf("%s at %s: %+v, want %+v", step.holder, step.now, got, step.want)
			}
		}
		update(t, db, func(tx *Tx) error {
			for _, err := range []error{tx.KeepLease("x", "a", later(9)), tx.Beat("x", "a", later(9)), tx.KeepLease("y", "b", later(9))} {
				if !errors.Is(err, tasks.ErrNotFound) {
					t.Errorf("kept a lease of another: %v", err)
				}
			}
			return errors.Join(tx.KeepLease("x", "b", later(7)), tx.Beat("x", "b", later(4)))
		})
		if got, want := take("a", later(6), later(8)), (notify.Lease{Holder: "b", Until: later(7), Beat: later(4)}); got != want {
			t.Errorf("after renewing %+v, want %+v", got, want)
		}
		if got, want := take("a", later(7), later(8)), (notify.Lease{Holder: "a", Until: later(8), Beat: later(4)}); got != want {
			t.Errorf("after its end %+v, want %+v", got, want)
		}
	})
}
