package store

import (
	"strings"
	"testing"

	"tiendo/tasks"
)

// planOf is how SQLite runs a query, a step a line.
func planOf(t *testing.T, tx *Tx, query string, args []any) string {
	t.Helper()
	return strings.Join(must(all(tx, func(r scanner) (detail string, err error) {
		var id, parent, unused int
		err = r.Scan(&id, &parent, &unused, &detail)
		return detail, err
	}, "EXPLAIN QUERY PLAN "+query, args...))(t), "\n")
}

// Filters that few assignments fit begin with an index of those.
func TestFiltersSeek(t *testing.T) {
	db := open(t, engines[0].dsn(t))
	o := fillOffice(t, db, 1800)
	want := map[string]string{
		"number/urgent": "assignments_document (document_id=?)", "number/task": "assignments_document (document_id=?)",
		"extended=1/urgent": "extensions_granted", "extended=2/task": "extensions_granted",
		"specialist/urgent": "assignments_specialist (specialist_id=?)", "leader/newest": "assignments_leader (leader_id=?)",
		"evidence=accepted+assigned,in_progress,returned/urgent": "COVERING INDEX assignments_evidence (evidence=?)",
		"evidence=wanting/report":                                "assignments_evidence (evidence=?)",
		"all/report":                                             "cadence_notes_awaited",
		"all+completed/report":                                   "cadence_notes_awaited",
		"all+on_hold/urgent":                                     "COVERING INDEX assignments_passing (state=?)",
		"all+cancelled/newest":                                   "assignments_passing (state=?)",
		"agency,accepted/urgent":                                 "SEARCH p USING",
		"agency,extended/newest":                                 "SEARCH p USING",
		"agency,document/urgent":                                 "assignment_agencies_document (document_id=? AND agency_id=?)",
		"agency/task":                                            "SEARCH p USING",
	}
	view(t, db, func(tx *Tx) error {
		for _, f := range o.filters() {
			for _, order := range []tasks.Sort{tasks.SortUrgent, tasks.SortNewest, tasks.SortReport, "task"} {
				name := f.name + "/" + string(order)
				if want[name] == "" {
					continue
				}
				plan := planOfList(t, tx, f.query, order)
				if !strings.Contains(plan, want[name]) {
					t.Errorf("%s: want %s in\n%s", name, want[name], plan)
				}
				delete(want, name)
			}
		}
		return nil
	})
	for name := range want {
		t.Errorf("there is no list %s", name)
	}
}

// planOfList is how SQLite finds a page of a list; the order "task" is that of tasks.
func planOfList(t *testing.T, tx *Tx, q tasks.AssignmentQuery, order tasks.Sort) string {
	t.Helper()
	query, args := textOfList(t, tx, q, order)
	return planOf(t, tx, query, args)
}

func textOfList(t *testing.T, tx *Tx, q tasks.AssignmentQuery, order tasks.Sort) (query string, args []any) {
	t.Helper()
	q = ofAgency(q)
	if order == "task" {
		query, args, err := listTasks(tx, q)
		if err != nil {
			t.Fatal(err)
		}
		return query, args
	}
	q.Sort = order
	query, _, args, _, err := listPage(q)
	if err != nil {
		t.Fatal(err)
	}
	return query, args
}

// On PostgreSQL a filter that few fit, or none can fit, looks at few assignments.
func TestFiltersSeekOnPostgres(t *testing.T) {
	db := open(t, engines[1].dsn(t))
	const rows = 12000
	o := fillOffice(t, db, rows)
	most := map[string]int{
		"all+on_hold": rows / 10, "all+cancelled": rows / 10,
		"completed_from+submitted": 0, "timeliness=overdue+completed": 0, "timeliness=late+assigned,in_progress,returned": 0, "completed_from+assigned,in_progress,returned": 0,
	}
	view(t, db, func(tx *Tx) error {
		for _, f := range o.filters() {
			limit, asked := most[f.name]
			if !asked {
				continue
			}
			delete(most, f.name)
			orders := []tasks.Sort{tasks.SortUrgent, "task"}
			if limit == 0 {
				orders = append(orders, tasks.SortNewest, tasks.SortReport)
			}
			for _, order := range orders {
				query, args := textOfList(t, tx, f.query, order)
				if plan, lines := explain(t, tx, query, args); plan.read("assignments") > limit {
					t.Errorf("%s/%s reads %d assignments, want up to %d\n%s", f.name, order, plan.read("assignments"), limit, lines)
				}
			}
		}
		return nil
	})
	if len(most) > 0 {
		t.Errorf("there is no list of %v", most)
	}
}
