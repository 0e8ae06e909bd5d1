package store

import (
	"context"
	"testing"

	"tiendo/store/pgtest"
	"tiendo/tasks"
)

// What is gone between the two statements of a list has no line, and nobody else's stands in its place.
func TestALineThatIsGoneIsLeftOut(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var ids []int64
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			for _, text := range []string{"một", "hai", "ba"} {
				ids = append(ids, assign(t, tx, d, text, tasks.Assignment{}))
			}
			return nil
		})
		for _, c := range []struct {
			stamps []int64
			want   []int64
		}{
			{[]int64{ids[2] + 1}, nil},
			{[]int64{ids[2] + 1, ids[0]}, []int64{ids[0]}},
			{[]int64{ids[1], ids[0] - 1, ids[1]}, []int64{ids[1], ids[1]}},
		} {
			read := func(tx *Tx) error {
				var stamps []rowStamp
				for _, id := range c.stamps {
					stamps = append(stamps, rowStamp{id: id, version: 1, documentVersion: 1})
				}
				var got []int64
				for _, row := range must(tx.stampedRows(stamps))(t) {
					if row.ID != 0 {
						got = append(got, row.ID)
					}
				}
				if len(got) != len(c.want) {
					t.Fatalf("%v: lines of %v, want %v", c.stamps, got, c.want)
				}
				for i := range got {
					if got[i] != c.want[i] {
						t.Errorf("%v: lines of %v, want %v", c.stamps, got, c.want)
					}
				}
				return nil
			}
			update(t, db, read)
			view(t, db, read)
			view(t, db, read) // from memory
		}
	})
}

// A recall between the two statements of a list, in a transaction that writes, takes its line away and breaks nothing.
// (On SQLite nobody writes at the same time.)
func TestARecallInTheMiddleOfAList(t *testing.T) {
	db := open(t, pgtest.Schema(t))
	var recalled tasks.Document
	update(t, db, func(tx *Tx) error {
		for _, number := range []string{"1/CT", "2/CT", "3/CT"} {
			d := document(t, tx, number, "Chỉ thị", tasks.DocumentIssued)
			assign(t, tx, d, "việc", tasks.Assignment{})
			if number == "2/CT" {
				recalled = d
			}
		}
		return nil
	})
	update(t, db, func(tx *Tx) error {
		statements, before := 0, tx.onQuery
		tx.onQuery = func(ctx context.Context) {
			if statements++; statements == 2 {
				if err := db.Update(context.WithoutCancel(t.Context()), func(tx *Tx) error { return tx.DeleteIssue(recalled.ID) }); err != nil {
					t.Error(err)
				}
			}
			before(ctx)
		}
		page := must(tx.Assignments(tasks.AssignmentQuery{}))(t)
		if len(page.Rows) != 2 || page.Rows[0].DocumentNumber != "1/CT" || page.Rows[1].DocumentNumber != "3/CT" {
			t.Errorf("lines %+v", page.Rows)
		}
		return nil
	})
}
