package store

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func rowIDs(rows []tasks.AssignmentRow) []int64 {
	var ids []int64
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestAssignmentFilters(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b, c := agency(t, tx, "a", "A"), agency(t, tx, "b", "B"), agency(t, tx, "c", "C")
			d := document(t, tx, "12/CT-UBND", "Siết kỷ cương hành chính", tasks.DocumentIssued)
			e := document(t, tx, "15/KH-UBND", "Chuyển đổi số", tasks.DocumentIssued)
			one := assign(t, tx, d, "Đẩy nhanh giải ngân vốn đầu tư công", tasks.Assignment{Leads: []int64{b, a}, Cooperating: []int64{c}, Due: today.AddDays(3)})
			two := assign(t, tx, d, "Rà soát thủ tục", tasks.Assignment{Leads: []int64{b}, State: tasks.StateSubmitted, SubmittedOn: today, Due: today})
			three := assign(t, tx, e, "Họp giao ban hoà giải", tasks.Assignment{Leads: []int64{a}, Cadence: "FREQ=MONTHLY"})
			for name, q := range map[string]struct {
				q    tasks.AssignmentQuery
				want []int64
			}{
				"all, most urgent first":      {tasks.AssignmentQuery{}, []int64{two, one, three}},
				"newest first":                {tasks.AssignmentQuery{Sort: tasks.SortNewest}, []int64{three, two, one}},
				"longest waiting first":       {tasks.AssignmentQuery{Sort: tasks.SortWaiting}, []int64{two, one, three}},
				"document":                    {tasks.AssignmentQuery{DocumentID: e.ID}, []int64{three}},
				"agency":                      {tasks.AssignmentQuery{AgencyID: a}, []int64{one, three}},
				"agency cooperates":           {tasks.AssignmentQuery{AgencyID: c, Part: tasks.PartCooperating}, []int64{one}},
				"agency leads":                {tasks.AssignmentQuery{AgencyID: c, Part: tasks.PartLead}, nil},
				"visible":                     {tasks.AssignmentQuery{Visible: []int64{c, a}}, []int64{one, three}},
				"visible to nobody":           {tasks.AssignmentQuery{Visible: []int64{}}, nil},
				"agency and visible":          {tasks.AssignmentQuery{AgencyID: b, Visible: []int64{c}}, []int64{one}},
				"states":                      {tasks.AssignmentQuery{States: []tasks.State{tasks.StateSubmitted, tasks.StateReturned}}, []int64{two}},
				"due from":                    {tasks.AssignmentQuery{DueFrom: today.AddDays(1)}, []int64{one}},
				"due to":                      {tasks.AssignmentQuery{DueTo: today}, []int64{two}},
				"submitted up to the day":     {tasks.AssignmentQuery{SubmittedTo: today}, []int64{two}},
				"submitted up to a day ago":   {tasks.AssignmentQuery{SubmittedTo: today.AddDays(-1)}, nil},
				"a word without tone marks":   {tasks.AssignmentQuery{Words: "giai"}, []int64{one, three}},
				"words from their beginnings": {tasks.AssignmentQuery{Words: "day nh giai ng"}, []int64{one}},
				"words with tone marks":       {tasks.AssignmentQuery{Words: "Hòa giải"}, []int64{three}},
				"not from the middle":         {tasks.AssignmentQuery{Words: "hanh iai"}, nil},
				"words of the document":       {tasks.AssignmentQuery{Words: "ky cuong"}, []int64{two, one}},
				"number of the document":      {tasks.AssignmentQuery{Words: "15/KH"}, []int64{three}},
				"deliverable":                 {tasks.AssignmentQuery{Words: "bao cao"}, []int64{two, one, three}},
				"signs that are no words":     {tasks.AssignmentQuery{Words: "'%_ ;--"}, []int64{two, one, three}},
			} {
				page := must(tx.Assignments(q.q))(t)
				if got := rowIDs(page.Rows); !slices.Equal(got, q.want) || page.Total != len(q.want) || page.Next != "" {
					t.Errorf("%s: %v of %d, want %v", name, got, page.Total, q.want)
				}
			}
			rows := must(tx.AssignmentRows([]int64{three, 999, one}))(t)
			if got := rowIDs(rows); !slices.Equal(got, []int64{three, one}) {
				t.Errorf("rows %v, want those asked for in their order", got)
			}
			row := rows[1]
			want := tasks.Assignment{
				ID: one, TaskID: row.TaskID, DocumentID: d.ID, Leads: []int64{b, a}, Cooperating: []int64{c}, State: tasks.StateAssigned,
				FirstDue: today.AddDays(3), Due: today.AddDays(3), DueVersion: 1, DueSetOn: today, AssignedAt: noon, Version: 1,
			}
			if !reflect.DeepEqual(row.Assignment, want) || row.DocumentNumber != d.Number || row.Ref != "II.1" || !strings.HasPrefix(row.Text, "Đẩy") {
				t.Errorf("row %+v, want %+v", row, want)
			}
			// A corrected title is found at once.
			d.Title = "Giải phóng mặt bằng"
			if err := tx.UpdateDocument(d); err != nil {
				t.Error(err)
			}
			if page := must(tx.Assignments(tasks.AssignmentQuery{Words: "ky cuong"}))(t); page.Total != 0 {
				t.Errorf("found by the old title: %v", rowIDs(page.Rows))
			}
			if page := must(tx.Assignments(tasks.AssignmentQuery{Words: "mat bang"}))(t); page.Total != 2 {
				t.Errorf("found by the new title: %v", rowIDs(page.Rows))
			}
			return nil
		})
	})
}

func TestPagesShowEachRowOnce(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a := agency(t, tx, "a", "A")
			d := document(t, tx, "1/CT", "t", tasks.DocumentIssued)
			random := rand.New(rand.NewPCG(1, 2))
			const rows = 120
			for range rows {
				as := tasks.Assignment{Leads: []int64{a}}
				// Few days for many rows, so that pages end inside runs of equal keys and inside those without one.
				if n := random.IntN(5); n > 0 {
					as.Due = today.AddDays(n)
				}
				if n := random.IntN(3); n > 0 {
					as.SubmittedOn = today.AddDays(n)
				}
				id := assign(t, tx, d, "việc", as)
				// Up to two cadence notes, the first of them perhaps answered.
				for i := range random.IntN(3) {
					n := tasks.CadenceNote{AssignmentID: id, Due: today.AddDays(10*i + random.IntN(4))}
					if i == 0 && random.IntN(2) == 0 {
						n.AnsweredOn = today
						n.ReportID = must(tx.InsertReport(tasks.Report{AssignmentID: id, AgencyID: a, Kind: tasks.ReportProgress, At: noon, On: today}))(t)
					}
					must(tx.InsertCadenceNote(n))(t)
				}
			}
			key := map[tasks.Sort]func(tasks.AssignmentRow) string{
				tasks.SortUrgent:  func(r tasks.AssignmentRow) string { return fmt.Sprintf("%-10s %06d", cmpLast(r.Due), r.ID) },
				tasks.SortWaiting: func(r tasks.AssignmentRow) string { return fmt.Sprintf("%-10s %06d", cmpLast(r.SubmittedOn), r.ID) },
				tasks.SortNewest:  func(r tasks.AssignmentRow) string { return fmt.Sprintf("%06d", rows-r.ID) },
				tasks.SortReport: func(r tasks.AssignmentRow) string {
					return fmt.Sprintf("%-10s %06d", cmpLast(firstMissing(t, tx, r.ID)), r.ID)
				},
			}
			for sort, key := range key {
				for _, size := range []int{1, 7, 119, 120, 200} {
					for _, agencyID := range []int64{0, a} {
						q := tasks.AssignmentQuery{Sort: sort, AgencyID: agencyID, Limit: size}
						var keys []string
						for {
							page := must(tx.Assignments(q))(t)
							if page.Total != rows {
								t.Fatalf("total %d on the page after %q", page.Total, q.After)
							}
							for _, r := range page.Rows {
								keys = append(keys, key(r))
							}
							if len(keys) > rows {
								t.Fatalf("%s by %d goes on after %d rows", sort, size, len(keys))
							}
							if q.After = page.Next; q.After == "" {
								break
							}
							if len(page.Rows) != size {
								t.Fatalf("a page of %d before the last, want %d", len(page.Rows), size)
							}
						}
						if len(keys) != rows || !slices.IsSorted(keys) || len(slices.Compact(keys)) != rows {
							t.Errorf("%s by %d: %d rows, in order %v", sort, size, len(keys), slices.IsSorted(keys))
						}
					}
				}
			}
			return nil
		})
	})
}

// firstMissing is the day of the assignment's earliest cadence note without a report.
func firstMissing(t *testing.T, tx *Tx, id int64) calendar.Date {
	t.Helper()
	for _, n := range must(tx.CadenceNotes(id))(t) {
		if n.ReportID == 0 {
			return n.Due
		}
	}
	return calendar.Date{}
}

// cmpLast is a day's text, after every other when it is none.
func cmpLast(d calendar.Date) string {
	if d.IsZero() {
		return "~"
	}
	return d.String()
}

func TestBadCursorsAreInvalid(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		view(t, db, func(tx *Tx) error {
			for _, after := range []string{"x", "!!", "e30", "bnVsbA", "eyJpIjotMX0", "WzFd"} {
				_, err := tx.Assignments(tasks.AssignmentQuery{After: after})
				if tasks.CodeOf(err) != tasks.CodeInvalid {
					t.Errorf("cursor %q: %v", after, err)
				}
				if _, err := tx.Documents(tasks.DocumentQuery{After: after}); tasks.CodeOf(err) != tasks.CodeInvalid {
					t.Errorf("cursor %q of documents: %v", after, err)
				}
				if _, err := tx.People(tasks.PersonQuery{After: after}); tasks.CodeOf(err) != tasks.CodeInvalid {
					t.Errorf("cursor %q of people: %v", after, err)
				}
			}
			return nil
		})
	})
}
