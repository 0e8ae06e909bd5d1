package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// fill writes many assignments: of 40 agencies, each leading a fortieth, a tenth of them still open.
func fill(t testing.TB, db *DB, n int) (agencies []int64) {
	update(t, db, func(tx *Tx) error {
		for i := range 40 {
			agencies = append(agencies, agency(t, tx, fmt.Sprint(i), fmt.Sprintf("Xã %d", i)))
		}
		d := document(t, tx, "12/CT-UBND", "Siết chặt kỷ luật, kỷ cương hành chính", tasks.DocumentIssued)
		for i := range n {
			as := tasks.Assignment{Leads: []int64{agencies[i%40]}, Cooperating: []int64{agencies[(i+7)%40]}, State: tasks.StateCompleted, SubmittedOn: today}
			if i%10 == 0 {
				as.State, as.SubmittedOn = tasks.StateAssigned, calendar.Date{}
			}
			if i%7 > 0 {
				as.Due = today.AddDays(i%200 - 150)
			}
			assign(t, tx, d, fmt.Sprintf("Rà soát, cập nhật quy trình nội bộ giải quyết thủ tục hành chính số %d trên Cổng dịch vụ công", i), as)
		}
		return nil
	})
	return agencies
}

func TestTotalsAreCapped(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		fill(t, db, tasks.CountCap+5)
		view(t, db, func(tx *Tx) error {
			if page := must(tx.Assignments(tasks.AssignmentQuery{}))(t); page.Total != tasks.CountCap+1 || len(page.Rows) != tasks.DefaultPage {
				t.Errorf("total %d, %d rows", page.Total, len(page.Rows))
			}
			if page := must(tx.Assignments(tasks.AssignmentQuery{Limit: 100000}))(t); len(page.Rows) != tasks.MaxPage {
				t.Errorf("%d rows", len(page.Rows))
			}
			if got := must(tx.PeopleByID(make([]int64, 3000)))(t); len(got) != 0 {
				t.Errorf("people %v", got)
			}
			return nil
		})
	})
}

func TestListsDoNotScan(t *testing.T) {
	db := open(t, engines[0].dsn(t))
	fill(t, db, 400)
	states := []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}
	for name, q := range map[string]tasks.AssignmentQuery{
		"province":            {},
		"province, open":      {States: states},
		"province, next page": {After: cursor{"2026-10-05", 7}.String()},
		"province, waiting":   {Sort: tasks.SortWaiting, States: []tasks.State{tasks.StateSubmitted}},
		"province, newest":    {Sort: tasks.SortNewest},
		"agency":              {AgencyID: 3},
		"agency, open, leads": {AgencyID: 3, Part: tasks.PartLead, States: states},
		"agency, visible":     {AgencyID: 3, Visible: []int64{3}},
		"visible":             {Visible: []int64{3, 4}},
		"document":            {DocumentID: 1},
		"evidence":            {Evidence: tasks.EvidenceWanting},
	} {
		t.Run(name, func(t *testing.T) {
			from, w := chooseAssignments(q)
			query, err := listAssignments(q, from, &w)
			if err != nil {
				t.Fatal(err)
			}
			view(t, db, func(tx *Tx) error {
				plan := must(all(tx, func(r scanner) (string, error) {
					var id, parent, unused int
					var detail string
					err := r.Scan(&id, &parent, &unused, &detail)
					return detail, err
				}, "EXPLAIN QUERY PLAN "+query, w.args...))(t)
				t.Log(strings.Join(plan, "\n"))
				for _, step := range plan {
					// A scan along the index that is the order stops at the page's end.
					if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "assignments_urgent") && !strings.Contains(step, "assignments_open_urgent") && !strings.Contains(step, "assignments_waiting") &&
						!(step == "SCAN a" && q.Sort == tasks.SortNewest) && !strings.HasPrefix(step, "SCAN CONSTANT") {
						t.Errorf("%s in\n%s", step, strings.Join(plan, "\n"))
					}
				}
				if name == "province, open" && !slices.ContainsFunc(plan, func(s string) bool { return strings.Contains(s, "assignments_open_urgent") }) {
					t.Errorf("what is finished is read to find what is open:\n%s", strings.Join(plan, "\n"))
				}
				inOrder := !slices.ContainsFunc(plan, func(s string) bool { return strings.Contains(s, "TEMP B-TREE FOR ORDER BY") })
				if whole := strings.HasPrefix(name, "province"); whole && !inOrder {
					t.Errorf("the whole province is sorted:\n%s", strings.Join(plan, "\n"))
				}
				if whole := strings.HasPrefix(name, "agency") || name == "visible"; whole &&
					slices.ContainsFunc(plan, func(s string) bool { return strings.HasPrefix(s, "SCAN a") }) {
					t.Errorf("the province is read for a part of it:\n%s", strings.Join(plan, "\n"))
				}
				return nil
			})
		})
	}
}

func BenchmarkAssignmentList(b *testing.B) {
	db := open(b, engines[0].dsn(b))
	agencies := fill(b, db, 20000)
	for name, q := range map[string]tasks.AssignmentQuery{
		"province":        {},
		"province open":   {States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}},
		"province deep":   {After: cursor{"2026-10-05", 7}.String()},
		"province newest": {Sort: tasks.SortNewest},
		"agency":          {AgencyID: agencies[3]},
		"visible":         {Visible: agencies[3:4]},
		"overdue":         {Timeliness: tasks.Overdue, Today: today, SoonUntil: today.AddDays(7)},
		"words":           {Words: "quy trinh so 1999"},
		"common words":    {Words: "hanh chinh"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				view(b, db, func(tx *Tx) error {
					_, err := tx.Assignments(q)
					return err
				})
			}
		})
	}
	b.Run("figures by agency", func(b *testing.B) {
		for b.Loop() {
			view(b, db, func(tx *Tx) error {
				_, err := tx.AgencyFigures(tasks.FigureQuery{Today: today, SoonUntil: today.AddDays(7), WeekEnd: today.AddDays(6)})
				return err
			})
		}
	})
}
