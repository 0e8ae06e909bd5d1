package store

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// The agencies of a closed document lead while something of it goes on.
func TestLeadingAgenciesOfAClosedDocument(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b := agency(t, tx, "a", "A"), agency(t, tx, "b", "B")
			d := document(t, tx, "1/CT", "t", tasks.DocumentClosed)
			assign(t, tx, d, "việc một", tasks.Assignment{Leads: []int64{a}, State: tasks.StateCompleted})
			assign(t, tx, d, "việc hai", tasks.Assignment{Leads: []int64{b}, State: tasks.StateInProgress})
			if got := must(tx.LeadingAgencies())(t); !slices.Equal(got, []int64{b}) {
				t.Errorf("leading agencies %v", got)
			}
			return nil
		})
	})
}

// A part that stays keeps its row, one that goes loses it, and the copies of the assignment's columns are as they are for all.
func TestPartsAreSet(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b, c, e := agency(t, tx, "a", "A"), agency(t, tx, "b", "B"), agency(t, tx, "c", "C"), agency(t, tx, "e", "E")
			d := document(t, tx, "1/CT", "t", tasks.DocumentIssued)
			x := assign(t, tx, d, "việc", tasks.Assignment{Leads: []int64{a, b}, Cooperating: []int64{c}})
			read := must(tx.Assignment(x))(t)
			read.Leads, read.Cooperating, read.State = []int64{c, e}, []int64{b}, tasks.StateInProgress
			if err := tx.UpdateAssignment(read); err != nil {
				return err
			}
			if err := tx.SetParts(read); err != nil {
				return err
			}
			got := must(tx.Assignment(x))(t)
			if !slices.Equal(got.Leads, []int64{c, e}) || !slices.Equal(got.Cooperating, []int64{b}) || got.Version != 2 {
				t.Errorf("parts %+v", got)
			}
			rows := must(all(tx, func(r scanner) (s [3]string, err error) {
				err = r.Scan(&s[0], &s[1], &s[2])
				return s, err
			}, "SELECT part, state, document_id FROM assignment_agencies WHERE assignment_id = $1 ORDER BY position", x))(t)
			id := rows[0][2]
			if want := [][3]string{{"lead", "in_progress", id}, {"lead", "in_progress", id}, {"cooperating", "in_progress", id}}; !slices.Equal(rows, want) {
				t.Errorf("rows %v, want %v", rows, want)
			}
			return nil
		})
	})
}
