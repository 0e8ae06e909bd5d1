package store

import (
	"context"
	"errors"
	"slices"
	"testing"

	"tiendo/tasks"
)

// A line in memory follows each change of what it says, whichever program made it.
func TestKeptLinesFollowChanges(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			dsn := engine.dsn(t)
			one, other := open(t, dsn), open(t, dsn)
			var id, lead int64
			var d tasks.Document
			update(t, one, func(tx *Tx) error {
				lead = agency(t, tx, "a", "A")
				d = document(t, tx, "1/KH", "Kế hoạch", tasks.DocumentIssued)
				id = assign(t, tx, d, "Công khai kết quả", tasks.Assignment{Leads: []int64{lead}, Due: today})
				return nil
			})
			row := func(db *DB) (r tasks.AssignmentRow) {
				view(t, db, func(tx *Tx) error {
					page := must(tx.Assignments(tasks.AssignmentQuery{}))(t)
					if len(page.Rows) != 1 || page.Total != 1 {
						t.Fatalf("%d rows of %d", len(page.Rows), page.Total)
					}
					r = page.Rows[0]
					return nil
				})
				return r
			}
			report := func(tx *Tx, kind tasks.ReportKind, text, reason string) int64 {
				return must(tx.InsertReport(tasks.Report{AssignmentID: id, AgencyID: lead, Kind: kind, At: noon, On: today, Text: text, Reason: reason}))(t)
			}
			change := func(fn func(*tasks.Assignment)) func(*Tx) error {
				return func(tx *Tx) error {
					a := must(tx.Assignment(id))(t)
					fn(&a)
					return tx.UpdateAssignment(a)
				}
			}
			for _, step := range []struct {
				name   string
				change func(*Tx) error
				want   func(tasks.AssignmentRow) bool
			}{
				{"nothing", func(*Tx) error { return nil }, func(r tasks.AssignmentRow) bool { return r.State == tasks.StateAssigned && r.DocumentNumber == "1/KH" }},
				{"the deadline", change(func(a *tasks.Assignment) { a.Due = today.AddDays(5) }), func(r tasks.AssignmentRow) bool { return r.Due == today.AddDays(5) }},
				{"the document's number", func(tx *Tx) error {
					doc := must(tx.Document(d.ID))(t)
					doc.Number = "2/KH"
					return tx.UpdateDocument(doc)
				}, func(r tasks.AssignmentRow) bool { return r.DocumentNumber == "2/KH" }},
				{"submitted", func(tx *Tx) error {
					report(tx, tasks.ReportSubmission, "Đã xong", "")
					return change(func(a *tasks.Assignment) { a.State = tasks.StateSubmitted })(tx)
				}, func(r tasks.AssignmentRow) bool {
					return r.State == tasks.StateSubmitted && r.LastReport == "Đã xong" && r.LastReason == ""
				}},
				{"returned", func(tx *Tx) error {
					report(tx, tasks.ReportSubmission, "Đã xong", "Thiếu số liệu")
					return change(func(a *tasks.Assignment) { a.State = tasks.StateReturned })(tx)
				}, func(r tasks.AssignmentRow) bool { return r.LastReason == "Thiếu số liệu" && r.LastReport == "" }},
				// These two change no version.
				{"a report alone", func(tx *Tx) error {
					report(tx, tasks.ReportProgress, "", "Vẫn thiếu")
					return nil
				}, func(r tasks.AssignmentRow) bool { return r.LastReason == "Vẫn thiếu" }},
				{"a note of the cadence", func(tx *Tx) error {
					must(tx.InsertCadenceNote(tasks.CadenceNote{AssignmentID: id, Due: today.AddDays(9)}))(t)
					return nil
				}, func(r tasks.AssignmentRow) bool { return r.NextReport == today.AddDays(9) }},
			} {
				update(t, other, step.change)
				for range 2 { // the second from memory
					for _, db := range []*DB{one, other} {
						r := row(db)
						if !step.want(r) || !slices.Equal(r.Leads, []int64{lead}) || r.Text != "Công khai kết quả" {
							t.Errorf("%s: %+v", step.name, r)
						}
						r.Leads[0] = -1 // the caller's own
					}
				}
			}
			// What is undone was never there, though its version is given again.
			for _, fails := range []bool{true, false} {
				err := one.Update(t.Context(), func(tx *Tx) error {
					percent := 40
					if fails {
						percent = 90
					}
					if err := change(func(a *tasks.Assignment) { a.Percent = percent })(tx); err != nil {
						return err
					}
					must(tx.Assignments(tasks.AssignmentQuery{}))(t)
					if fails {
						return context.Canceled
					}
					return nil
				})
				if fails != errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
			}
			if r := row(one); r.Percent != 40 {
				t.Errorf("%d %%, want 40", r.Percent)
			}
		})
	}
}

func TestLinesAreForgotten(t *testing.T) {
	var m rowMemo
	stamp := func(i int) rowStamp { return rowStamp{id: int64(i), version: 1, documentVersion: 1} }
	for i := range 5 * keptRows {
		m.put(stamp(i), tasks.AssignmentRow{Text: "a"})
		if _, ok := m.get(stamp(0)); !ok {
			t.Fatalf("what is asked for all the time is forgotten after %d", i)
		}
	}
	if n := len(m.newer) + len(m.before); n > 2*keptRows {
		t.Errorf("%d lines are kept", n)
	}
	if _, ok := m.get(stamp(1)); ok {
		t.Error("nothing is ever forgotten")
	}
	last := stamp(5*keptRows - 1)
	if _, ok := m.get(last); !ok {
		t.Error("the newest is forgotten")
	}
	last.documentVersion++
	if _, ok := m.get(last); ok {
		t.Error("an older one is answered")
	}
}

// Several lists at once are what each is by itself.
func TestListsAtOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		agencies := fill(t, db, 600)
		agency := agencies[3]
		queries := []tasks.AssignmentQuery{
			{}, {AgencyID: agency, Part: tasks.PartLead, Limit: 4}, {AgencyID: agency, Part: tasks.PartCooperating, Limit: 3, Visible: []int64{agency}},
			{AgencyID: agency, Visible: agencies[9:10]}, {States: []tasks.State{tasks.StateCompleted, tasks.StateReturned}, Sort: tasks.SortNewest, Limit: 5},
			{AgencyID: agency, Timeliness: tasks.Overdue, Today: today, SoonUntil: today.AddDays(5)}, {Words: "quy trinh 59"}, {Sort: tasks.SortWaiting, DueFrom: today},
			{States: []tasks.State{"'; --"}},
		}
		view(t, db, func(tx *Tx) error {
			for pages := range 3 {
				got := must(tx.AssignmentPages(queries))(t)
				for i, q := range queries {
					want := must(tx.Assignments(q))(t)
					ids := must(all(tx, readID, "SELECT assignment_id FROM assignment_agencies WHERE agency_id = $1 AND part = $2", q.AgencyID, string(q.Part)))(t)
					if i == 1 && got[i].Total != len(ids) || i == 8 && got[i].Total != 0 {
						t.Errorf("page %d of list %d counts %d", pages, i, got[i].Total)
					}
					if !slices.Equal(rowIDs(got[i].Rows), rowIDs(want.Rows)) || got[i].Total != want.Total || got[i].Next != want.Next {
						t.Errorf("page %d of list %d: %v of %d, want %v of %d", pages, i, rowIDs(got[i].Rows), got[i].Total, rowIDs(want.Rows), want.Total)
					}
					queries[i].After = got[i].Next
				}
			}
			return nil
		})
	})
}

func TestViewsGiveTheirConnectionBack(t *testing.T) {
	db := must(Open(t.Context(), engines[0].dsn(t), Options{Readers: 1}))(t)
	t.Cleanup(func() { _ = db.Close() })
	func() {
		defer func() { _ = recover() }()
		_ = db.View(t.Context(), func(*Tx) error { panic("?") })
	}()
	ctx, cancel := context.WithCancel(t.Context())
	err := db.View(ctx, func(tx *Tx) error {
		must(tx.Agencies())(t)
		cancel()
		_, err := tx.Agencies()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
	var kept *Tx
	view(t, db, func(tx *Tx) error {
		kept = tx
		must(tx.Agencies())(t)
		return nil
	})
	if _, err := kept.Agencies(); err == nil {
		t.Error("a transaction that has ended reads")
	}
	if err := db.View(t.Context(), func(tx *Tx) error { return tx.exec("DELETE FROM agencies") }); err == nil {
		t.Error("a View writes")
	}
}
