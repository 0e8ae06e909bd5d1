package store

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Lists put together from what stands beside agencies are those that assignments themselves give, also after every change.
func TestAgencyListsAreThoseOfAssignments(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b, c := agency(t, tx, "a", "A"), agency(t, tx, "b", "B"), agency(t, tx, "c", "C")
			d := document(t, tx, "1/CT", "t", tasks.DocumentIssued)
			everyCase(t, tx, d, a, b)
			everyCase(t, tx, d, c, a)
			var queries []tasks.AssignmentQuery
			for _, q := range []tasks.AssignmentQuery{
				{AgencyID: a}, {AgencyID: a, Part: tasks.PartLead}, {AgencyID: b, Part: tasks.PartCooperating}, {AgencyID: a, Visible: []int64{a}},
				{AgencyID: a, Visible: []int64{b}}, {AgencyID: a, Part: "?"}, {Visible: []int64{b}}, {Visible: []int64{c, b, c}}, {Visible: []int64{}},
			} {
				for _, states := range [][]tasks.State{nil, {tasks.StateReturned}, {tasks.StateCompleted, tasks.StateAssigned}} {
					for _, timeliness := range append([]tasks.Timeliness{""}, tasks.Timelinesses...) {
						q := q
						q.States, q.Timeliness, q.Today, q.SoonUntil, q.Limit = states, timeliness, today, today.AddDays(7), 150
						for _, sort := range []tasks.Sort{tasks.SortUrgent, tasks.SortWaiting, tasks.SortNewest, tasks.SortReport} {
							q.Sort = sort
							queries = append(queries, q)
						}
						q.Sort, q.DueFrom = "", today
						queries = append(queries, q)
						q.DueFrom, q.DueTo, q.SubmittedTo = calendar.Date{}, today, today
						queries = append(queries, q)
					}
				}
			}
			compare := func() {
				t.Helper()
				for _, q := range queries {
					from, w := chooseAssignments(q)
					var want []int64
					if q.Part != "?" {
						order, err := orderAssignments(q, &w)
						if err != nil {
							t.Fatal(err)
						}
						want = must(all(tx, readID, "SELECT a.id "+from+w.String()+order, w.args...))(t)
					}
					var got []int64
					for {
						page := must(tx.Assignments(q))(t)
						if page.Total != min(len(want), tasks.CountCap+1) {
							t.Errorf("%+v counts %d, want %d", q, page.Total, len(want))
						}
						if got = append(got, rowIDs(page.Rows)...); page.Next == "" || len(got) > len(want) {
							break
						}
						q.After = page.Next
					}
					if !slices.Equal(got, want) {
						t.Fatalf("%+v: %v, want %v", q, got, want)
					}
				}
			}
			compare()
			for i, id := range must(all(tx, readID, "SELECT id FROM assignments ORDER BY id"))(t) {
				as := must(tx.Assignment(id))(t)
				switch i % 5 {
				case 0:
					as.Due = today.AddDays(i%9 - 4)
				case 1:
					as.Due = calendar.Date{}
				case 2:
					as.State, as.SubmittedOn = tasks.StateSubmitted, today.AddDays(i%3-1)
				case 3:
					as.State, as.SubmittedOn = tasks.StateReturned, calendar.Date{}
				case 4:
					as.Percent++
				}
				if i%2 == 0 {
					must(tx.Assignment(id%7 + 1))(t) // what is changed was not read last
				}
				if err := tx.UpdateAssignment(as); err != nil {
					t.Fatal(err)
				}
			}
			differs := must(tx.exists(agencyCopyDiffers))(t)
			if differs {
				t.Error("what stands beside an agency is not what stands in its assignment")
			}
			compare()
			return nil
		})
	})
}

// agencyCopyDiffers finds a row of assignment_agencies that is not as its assignment.
const agencyCopyDiffers = `SELECT 1 FROM assignment_agencies p JOIN assignments a ON a.id = p.assignment_id
	WHERE p.state <> a.state OR p.due <> coalesce(a.due, '~') OR coalesce(p.submitted_on, '') <> coalesce(a.submitted_on, '')`

// However deep, a page comes in the order of its index, and an agency's list is read from one index alone.
func TestPagesSeek(t *testing.T) {
	db := open(t, engines[0].dsn(t))
	agencies := fill(t, db, 400)
	after, last := cursor{"2026-10-05", 7}.String(), cursor{"", 7}.String()
	open := tasks.AssignmentQuery{States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}, After: after}
	for name, c := range map[string]struct {
		q    tasks.AssignmentQuery
		want string
	}{
		"urgent":                   {tasks.AssignmentQuery{After: after}, "assignments_urgent"},
		"urgent, without deadline": {tasks.AssignmentQuery{After: last}, "assignments_urgent (<expr>=? AND due=? AND id>?)"},
		"open":                     {open, "assignments_open_urgent"},
		"waiting":                  {tasks.AssignmentQuery{Sort: tasks.SortWaiting, After: after}, "assignments_waiting"},
		"agency":                   {tasks.AssignmentQuery{AgencyID: agencies[3]}, "COVERING INDEX assignment_agencies_list (agency_id=? AND part=? AND state=?)"},
		"agency, late page":        {tasks.AssignmentQuery{AgencyID: agencies[3], After: after}, "COVERING INDEX assignment_agencies_list (agency_id=? AND part=? AND state=? AND (due,assignment_id)>(?,?))"},
		"agency, overdue": {tasks.AssignmentQuery{AgencyID: agencies[3], Timeliness: tasks.Overdue, Today: today},
			"COVERING INDEX assignment_agencies_list (agency_id=? AND part=? AND state=? AND due<?)"},
	} {
		t.Run(name, func(t *testing.T) {
			text, _, args, _, err := listPage(c.q)
			if err != nil {
				t.Fatal(err)
			}
			view(t, db, func(tx *Tx) error {
				plan := strings.Join(must(all(tx, func(r scanner) (detail string, err error) {
					var id, parent, unused int
					err = r.Scan(&id, &parent, &unused, &detail)
					return detail, err
				}, "EXPLAIN QUERY PLAN "+text, args...))(t), "\n")
				sorted := strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") && c.q.AgencyID == 0
				if !strings.Contains(plan, c.want) || sorted || strings.Contains(plan, "SCAN assignment_agencies") {
					t.Errorf("want %s in\n%s", c.want, plan)
				}
				return nil
			})
		})
	}
}

// On PostgreSQL a list late in the order reads no more than its page, of an agency also no row but those of its index.
func TestPagesSeekOnPostgres(t *testing.T) {
	db := open(t, engines[1].dsn(t))
	var agencies []int64
	update(t, db, func(tx *Tx) error { agencies = []int64{agency(t, tx, "a", "A")}; return nil })
	searchable(t, db, agencies, 2*rareWord)
	for name, q := range map[string]tasks.AssignmentQuery{
		"urgent":           {After: cursor{today.AddDays(200).String(), 9000}.String()},
		"without deadline": {After: cursor{"", 5000}.String()},
		"agency":           {AgencyID: agencies[0], After: cursor{today.AddDays(200).String(), 9000}.String()},
		"agency, overdue":  {AgencyID: agencies[0], Timeliness: tasks.Overdue, Today: today},
	} {
		t.Run(name, func(t *testing.T) {
			text, _, args, _, err := listPage(q)
			if err != nil {
				t.Fatal(err)
			}
			view(t, db, func(tx *Tx) error {
				plan, lines := explain(t, tx, text, args)
				limit := tasks.DefaultPage + 1
				if q.AgencyID != 0 {
					limit = len(tasks.States) * (tasks.CountCap + 1)
					if q.After != "" {
						limit = len(tasks.States) * (tasks.DefaultPage + 1)
					}
				}
				n := plan.read("assignments") + plan.read("assignment_agencies")
				if n == 0 || n > limit || q.AgencyID != 0 && plan.read("assignments") > 0 {
					t.Errorf("%d rows were read, want up to %d, in\n%s", n, limit, lines)
				}
				return nil
			})
		})
	}
}
