package store

import (
	"reflect"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func TestJobs(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			if runs, err := tx.LastRuns(); len(runs) != 0 || err != nil {
				t.Errorf("run before the first: %v, %v", runs, err)
			}
			for _, at := range []time.Time{noon, noon.Add(time.Hour)} {
				if err := tx.SetLastRun("remind", at); err != nil {
					t.Error(err)
				}
				if got, err := tx.LastRuns(); len(got) != 1 || !got["remind"].Equal(at) || err != nil {
					t.Errorf("last runs %v, %v", got, err)
				}
			}
			a, b := agency(t, tx, "a", "A"), agency(t, tx, "b", "B")
			d := document(t, tx, "1/CT", "t", tasks.DocumentIssued)
			var want []notify.Deadline
			for _, state := range tasks.States {
				for _, due := range []calendar.Date{{}, today.AddDays(-1), today, today.AddDays(1)} {
					id := assign(t, tx, d, "việc", tasks.Assignment{Leads: []int64{b, a}, State: state, Due: due, DueSetOn: today.AddDays(-9)})
					if state.Open() && !due.IsZero() && !due.After(today) {
						want = append(want, notify.Deadline{AssignmentID: id, TaskID: must(tx.Assignment(id))(t).TaskID, DocumentID: d.ID, Leads: []int64{b, a}, Due: due, DueVersion: 1, DueSetOn: today.AddDays(-9)})
					}
				}
			}
			var got []notify.Deadline
			for after := int64(0); ; {
				batch := must(tx.OpenDeadlines(today, after, 4))(t)
				if len(batch) == 0 {
					break
				}
				got = append(got, batch...)
				after = batch[len(batch)-1].AssignmentID
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("deadlines %+v, want %+v", got, want)
			}
			return nil
		})
	})
}
