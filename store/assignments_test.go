package store

import (
	"errors"
	"testing"

	"tiendo/tasks"
)

// Every column that may change is written when it does, whatever else stays as it was, and whether or not the row was read before.
func TestUpdateAssignmentColumns(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var id int64
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			id = assign(t, tx, d, "việc", tasks.Assignment{})
			return nil
		})
		all := func(a *tasks.Assignment) {
			a.State, a.Percent, a.Due, a.DueVersion, a.DueSetOn = tasks.StateSubmitted, 70, today.AddDays(9), 2, today.AddDays(1)
			a.Cadence, a.SubmittedOn, a.CompletedAt = "FREQ=MONTHLY", today, noon
		}
		for name, change := range map[string]func(*tasks.Assignment){
			"state":        func(a *tasks.Assignment) { a.State = tasks.StateReturned },
			"percent":      func(a *tasks.Assignment) { a.Percent = 31 },
			"due":          func(a *tasks.Assignment) { a.Due = today.AddDays(3) },
			"due version":  func(a *tasks.Assignment) { a.DueVersion = 7 },
			"due set on":   func(a *tasks.Assignment) { a.DueSetOn = today.AddDays(4) },
			"cadence":      func(a *tasks.Assignment) { a.Cadence = "FREQ=WEEKLY" },
			"submitted on": func(a *tasks.Assignment) { a.SubmittedOn = today.AddDays(5) },
			"completed at": func(a *tasks.Assignment) { a.CompletedAt = noon.AddDate(0, 0, 2) },
			"all":          all,
			"nothing":      func(*tasks.Assignment) {},
			"to nothing": func(a *tasks.Assignment) {
				*a = tasks.Assignment{ID: a.ID, Version: a.Version, State: tasks.StateAssigned}
			},
		} {
			for _, again := range []bool{false, true} {
				var want tasks.Assignment
				update(t, db, func(tx *Tx) error {
					want = must(tx.Assignment(id))(t)
					if again {
						tx.held = tasks.Assignment{} // as if it had been read elsewhere
					}
					change(&want)
					return tx.UpdateAssignment(want)
				})
				view(t, db, func(tx *Tx) error {
					got := must(tx.Assignment(id))(t)
					if got.Version != want.Version+1 {
						t.Errorf("%s: version %d after %d", name, got.Version, want.Version)
					}
					for i, v := range changingValues(got) {
						if v != changingValues(want)[i] {
							t.Errorf("%s: %s is %v, want %v", name, changingColumns[i], v, changingValues(want)[i])
						}
					}
					return nil
				})
			}
		}
		// What was read of another version, or of another duty, says nothing of this row.
		err := db.Update(t.Context(), func(tx *Tx) error {
			a := must(tx.Assignment(id))(t)
			a.Version--
			return tx.UpdateAssignment(a)
		})
		if !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("an older version: %v", err)
		}
	})
}
