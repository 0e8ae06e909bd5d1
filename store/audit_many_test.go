package store

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"tiendo/tasks"
)

// Rows written together are those that one by one would be, each behind the newest of its chain, in few statements where that saves a
// round trip.
func TestAuditAll(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var entries []tasks.AuditEntry
		for i := range 3 * auditAtOnce {
			entries = append(entries, tasks.AuditEntry{
				At: noon, ActorID: 3, ActorName: "Trần Văn Minh", Action: "assignment.assigned", After: fmt.Sprintf(`{"n":%d,"odd":"%s"}`, i, "\x00\xff"),
				Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: int64(i%(2*auditAtOnce) + 1)},
			})
		}
		update(t, db, func(tx *Tx) error {
			_, err := tx.Audit(tasks.AuditEntry{At: noon, Action: "assignment.assigned", Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 5}})
			return err
		})
		statements := 0
		db.onQuery = func(context.Context) { statements++ }
		update(t, db, func(tx *Tx) error { return tx.AuditAll(entries) })
		db.onQuery = func(context.Context) {}
		if db.Engine() == "postgres" && statements > 6 {
			t.Errorf("%d statements for %d rows", statements, len(entries))
		}
		if c, found := broken(t, db); len(found) > 0 || c.Rows != int64(len(entries)+1) {
			t.Errorf("%d rows, broken %+v", c.Rows, found)
		}
		view(t, db, func(tx *Tx) error {
			ids := must(all(tx, readID, "SELECT subject_id FROM audit WHERE id > 1 ORDER BY id"))(t)
			for i, id := range ids {
				if id != entries[i].Subject.ID {
					t.Fatalf("row %d is about %d, want %d", i, id, entries[i].Subject.ID)
				}
			}
			of := must(tx.Trail(tasks.Subject{Kind: tasks.SubjectAssignment, ID: 5}, 10))(t)
			if len(of) != 3 || of[2].After != "" || !strings.HasPrefix(of[1].After, `{"n":4,`) || !strings.HasPrefix(of[0].After, `{"n":164,`) {
				t.Errorf("trail of one subject %+v", of)
			}
			return nil
		})
	})
}

// What many agencies get of one duty takes few statements, and is what one by one gives.
func TestInsertAssignments(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		const agencies = 170
		var list []tasks.Assignment
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "7/CT-UBND", "Chỉ thị", tasks.DocumentIssued)
			who := person(t, tx, "a@x.example", "A")
			d.Followers.Specialist = who
			if err := tx.SetDocumentFollowers(d); err != nil {
				return err
			}
			task := must(tx.InsertTask(tasks.Task{DocumentID: d.ID, Text: "Rà soát, cập nhật quy trình nội bộ"}))(t)
			for i := range agencies {
				a := tasks.Assignment{TaskID: task, DocumentID: d.ID, State: tasks.StateAssigned, DueVersion: 1, DueSetOn: today, AssignedAt: noon,
					Leads: []int64{agency(t, tx, fmt.Sprint(i), "Xã")}}
				if i%2 == 0 {
					a.Due, a.FirstDue = today.AddDays(i), today.AddDays(i)
				}
				list = append(list, a)
			}
			return nil
		})
		statements := 0
		db.onQuery = func(context.Context) { statements++ }
		var ids []int64
		update(t, db, func(tx *Tx) (err error) {
			ids, err = tx.InsertAssignments(list)
			return err
		})
		db.onQuery = func(context.Context) {}
		if statements > 12 {
			t.Errorf("%d statements for %d assignments", statements, agencies)
		}
		view(t, db, func(tx *Tx) error {
			for i, row := range must(tx.AssignmentRows(ids))(t) {
				want := list[i]
				if row.ID != ids[i] || row.Leads[0] != want.Leads[0] || row.Due != want.Due || row.FirstDue != want.FirstDue || row.Version != 1 || row.Followers.Specialist == 0 {
					t.Errorf("assignment %d is %+v, want %+v", i, row.Assignment, want)
				}
			}
			if page := must(tx.Assignments(tasks.AssignmentQuery{Words: "quy trinh 7/CT"}))(t); page.Total != agencies {
				t.Errorf("%d found by words", page.Total)
			}
			differs := must(tx.exists(agencyCopyDiffers))(t)
			if differs {
				t.Error("what stands beside an agency is not what stands in its assignment")
			}
			return nil
		})
		if err := attempt(t, db, func(tx *Tx) error { _, err := tx.InsertAssignments(nil); return err }); err != nil {
			t.Error(err)
		}
	})
}
