package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"tiendo/store/pgtest"
	"tiendo/tasks"
)

// Two transactions that wait for each other's rows are both done: the one that the engine gives up runs again, and sees what the other
// has written.
func TestATransactionThatIsGivenUpRunsAgain(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var rows [2]int64
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			rows[0], rows[1] = assign(t, tx, d, "một", tasks.Assignment{}), assign(t, tx, d, "hai", tasks.Assignment{})
			return nil
		})
		var met sync.WaitGroup
		met.Add(2)
		runs := [2]int{}
		crossing := func(i int, swallow bool) func() error {
			return func() error {
				return db.Update(context.Background(), func(tx *Tx) error {
					runs[i]++
					for n, id := range []int64{rows[i], rows[1-i]} {
						if n == 1 && runs[i] == 1 && db.queue == nil {
							met.Done()
							met.Wait() // each holds its first row
						}
						a, err := tx.Assignment(id)
						if swallow && errors.Is(err, tasks.ErrConflict) {
							return tasks.E(tasks.CodeConflict, "assignment.step_not_allowed") // in other words
						}
						if err != nil {
							return err
						}
						a.Percent += 10
						if err := tx.UpdateAssignment(a); err != nil {
							return err
						}
					}
					return nil
				})
			}
		}
		if a, b := both(crossing(0, false), crossing(1, true)); a != nil || b != nil {
			t.Fatalf("%v, %v", a, b)
		}
		if db.queue == nil && runs[0]+runs[1] < 3 {
			t.Errorf("%v runs, want one of them again", runs)
		}
		view(t, db, func(tx *Tx) error {
			for _, id := range rows {
				if a := must(tx.Assignment(id))(t); a.Percent != 20 {
					t.Errorf("%d per cent, want 20", a.Percent)
				}
			}
			return nil
		})
	})
}

// A transaction that is given up each time ends. (On SQLite nobody runs at the same time.)
func TestATransactionIsNotRunForEver(t *testing.T) {
	db := open(t, pgtest.Schema(t))
	runs := 0
	err := attempt(t, db, func(tx *Tx) error {
		runs++
		return tx.exec("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$")
	})
	if !errors.Is(err, tasks.ErrConflict) || runs != mostRuns {
		t.Errorf("%d runs, %v", runs, err)
	}
}
