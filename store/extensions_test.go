package store

import (
	"errors"
	"slices"
	"testing"

	"tiendo/tasks"
)

func TestExtensionsComeBackAsWritten(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var id, lead, who int64
		var want tasks.Extension
		update(t, db, func(tx *Tx) error {
			lead, who = agency(t, tx, "SNV", "Sở Nội vụ"), person(t, tx, "a@mauson.example", "An")
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			id = assign(t, tx, d, "Rà soát", tasks.Assignment{Leads: []int64{lead}, Due: today.AddDays(9)})
			want = tasks.Extension{
				AssignmentID: id, AgencyID: lead, PersonID: who, Was: today.AddDays(9), Asked: today.AddDays(30), Reason: "Chờ ý kiến", Document: "214/SNV",
				At: noon,
			}
			want.ID = must(tx.InsertExtension(want))(t)
			if got := must(tx.Extensions(id))(t); len(got) != 1 || got[0] != want {
				t.Errorf("read %+v, want %+v", got, want)
			}
			return nil
		})
		// One at a time, whoever writes it.
		if err := attempt(t, db, func(tx *Tx) error { _, err := tx.InsertExtension(want); return err }); !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("a second request that waits: %v", err)
		}
		waiting := func(limit int, after int64) (ids []int64) {
			view(t, db, func(tx *Tx) error {
				for _, x := range must(tx.WaitingExtensions(after, limit))(t) {
					ids = append(ids, x.ID)
				}
				return nil
			})
			return ids
		}
		if got := waiting(5, 0); !slices.Equal(got, []int64{want.ID}) {
			t.Errorf("waiting %v", got)
		}
		if got := waiting(5, want.ID); len(got) != 0 {
			t.Errorf("waiting behind the last: %v", got)
		}
		update(t, db, func(tx *Tx) error {
			a := must(tx.Assignment(id))(t)
			a.State = tasks.StateCompleted
			return tx.UpdateAssignment(a)
		})
		if got := waiting(5, 0); len(got) != 0 {
			t.Errorf("of a completed duty: %v", got)
		}
		want.Outcome, want.Granted, want.DecidedBy, want.DecidedAt = tasks.ExtensionGranted, today.AddDays(20), who, noon.AddDate(0, 0, 1)
		want.Authority, want.Decision, want.Answer = "Chủ tịch", "55/UBND", "Đồng ý"
		update(t, db, func(tx *Tx) error { return tx.UpdateExtension(want) })
		if err := attempt(t, db, func(tx *Tx) error { return tx.UpdateExtension(want) }); !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("decided twice: %v", err)
		}
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Extension(want.ID))(t); got != want {
				t.Errorf("read %+v, want %+v", got, want)
			}
			if rows := must(tx.AssignmentRows([]int64{id}))(t); rows[0].Extended != 1 {
				t.Errorf("the row counts %d", rows[0].Extended)
			}
			if _, err := tx.Extension(99); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("one that is not there: %v", err)
			}
			return nil
		})
	})
}

func TestDeadlineCorrectionsComeBackAsWritten(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			lead, who := agency(t, tx, "SNV", "Sở Nội vụ"), person(t, tx, "a@mauson.example", "An")
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			id := assign(t, tx, d, "Rà soát", tasks.Assignment{Leads: []int64{lead}, Due: today.AddDays(9)})
			first := tasks.DeadlineCorrection{AssignmentID: id, PersonID: who, Was: today.AddDays(9), Due: today.AddDays(8), OfFirst: true, Reason: "Gõ nhầm", Document: "II.1", At: noon}
			first.ID = must(tx.InsertDeadlineCorrection(first))(t)
			second := tasks.DeadlineCorrection{AssignmentID: id, Was: today.AddDays(8), Due: today.AddDays(7), Reason: "Lại nhầm", At: noon}
			second.ID = must(tx.InsertDeadlineCorrection(second))(t)
			if got := must(tx.DeadlineCorrections(id))(t); !slices.Equal(got, []tasks.DeadlineCorrection{second, first}) {
				t.Errorf("read %+v", got)
			}
			if got := must(tx.DeadlineCorrection(first.ID))(t); got != first {
				t.Errorf("read %+v, want %+v", got, first)
			}
			a := must(tx.Assignment(id))(t)
			a.FirstMended = today.AddDays(7)
			if err := tx.UpdateAssignment(a); err != nil {
				return err
			}
			got := must(tx.Assignment(id))(t)
			if got.FirstMended != today.AddDays(7) || got.FirstDue != today.AddDays(9) || got.First() != today.AddDays(7) {
				t.Errorf("the first deadline is %+v", got)
			}
			return nil
		})
	})
}

// A recall throws away nobody's request, and no correction.
func TestRecallMindsRequests(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var asked, mended tasks.Document
		update(t, db, func(tx *Tx) error {
			lead, who := agency(t, tx, "SNV", "Sở Nội vụ"), person(t, tx, "a@mauson.example", "An")
			asked, mended = document(t, tx, "1/CT", "Một", tasks.DocumentIssued), document(t, tx, "2/CT", "Hai", tasks.DocumentIssued)
			id := assign(t, tx, asked, "Việc", tasks.Assignment{Leads: []int64{lead}, Due: today})
			must(tx.InsertExtension(tasks.Extension{AssignmentID: id, AgencyID: lead, PersonID: who, Was: today, Asked: today.AddDays(1), At: noon}))(t)
			id = assign(t, tx, mended, "Việc", tasks.Assignment{Leads: []int64{lead}, Due: today})
			must(tx.InsertDeadlineCorrection(tasks.DeadlineCorrection{AssignmentID: id, PersonID: who, Was: today, Due: today.AddDays(1), At: noon}))(t)
			return nil
		})
		for what, d := range map[string]tasks.Document{"request": asked, "correction": mended} {
			if err := attempt(t, db, func(tx *Tx) error { return tx.DeleteIssue(d.ID) }); !errors.Is(err, tasks.ErrConflict) {
				t.Errorf("a document with a %s: %v", what, err)
			}
		}
	})
}
