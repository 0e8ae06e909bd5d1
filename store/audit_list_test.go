package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
)

// fillTrail writes many rows past the chains: of 40 people, most of them reports, a few of other kinds.
func fillTrail(t testing.TB, db *DB, n int) {
	t.Helper()
	update(t, db, func(tx *Tx) error {
		d := document(t, tx, "12/CT-UBND", "Siết chặt kỷ luật, kỷ cương hành chính", tasks.DocumentIssued)
		lead := agency(t, tx, "SNV", "Sở Nội vụ")
		for i := range 20 {
			assign(t, tx, d, fmt.Sprintf("Nhiệm vụ %d", i), tasks.Assignment{Leads: []int64{lead}, Due: today})
			person(t, tx, fmt.Sprintf("p%d@x.vn", i), fmt.Sprintf("Người %02d", i))
		}
		var values []any
		for i := range n {
			kind, action := tasks.SubjectAssignment, []string{"assignment.progress", "assignment.submit", "assignment.confirm"}[i%3]
			switch {
			case i%50 == 7:
				kind, action = tasks.SubjectDocument, "document.head"
			case i%211 == 3:
				kind, action = tasks.SubjectAgency, "agency.changed"
			}
			values = append(values, noon.Add(time.Duration(i)*time.Minute).UnixMilli(), i%40+1, "Trần Văn Minh", i%4, action, string(kind), i%400+1, "{}", "{}", i+1)
		}
		return tx.insertRows("audit (at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after, position)", 10, values)
	})
}

// naiveTrail is the list by reading all of the trail.
func naiveTrail(t testing.TB, db *DB, q tasks.AuditQuery) []int64 {
	t.Helper()
	var rows []tasks.AuditEntry
	of := make(map[int64]bool)
	view(t, db, func(tx *Tx) error {
		rows = must(all(tx, readAudit, "SELECT "+auditColumns+" FROM audit"))(t)
		for _, id := range must(all(tx, readID, "SELECT id FROM assignments WHERE document_id = $1", q.DocumentID))(t) {
			of[id] = true
		}
		return nil
	})
	rows = slices.DeleteFunc(rows, func(e tasks.AuditEntry) bool {
		s := e.Subject
		return q.Kind != "" && s.Kind != q.Kind || q.PersonID != 0 && e.ActorID != q.PersonID || q.AgencyID != 0 && e.AgencyID != q.AgencyID ||
			q.AssignmentID != 0 && s != (tasks.Subject{Kind: tasks.SubjectAssignment, ID: q.AssignmentID}) ||
			q.DocumentID != 0 && s != (tasks.Subject{Kind: tasks.SubjectDocument, ID: q.DocumentID}) && !(s.Kind == tasks.SubjectAssignment && of[s.ID]) ||
			q.Actions != nil && !slices.Contains(q.Actions, e.Action) || !q.Since.IsZero() && e.At.Before(q.Since) || !q.Until.IsZero() && !e.At.Before(q.Until)
	})
	slices.SortFunc(rows, func(a, b tasks.AuditEntry) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	ids := make([]int64, len(rows))
	for i, e := range rows {
		ids[i] = e.ID
	}
	return ids
}

var auditQueries = map[string]tasks.AuditQuery{
	"all":                 {},
	"kind":                {Kind: tasks.SubjectAgency, Actions: []string{"agency.changed"}},
	"person":              {PersonID: 3},
	"agency":              {AgencyID: 2},
	"assignment":          {AssignmentID: 5},
	"document":            {DocumentID: 1},
	"topic":               {Actions: []string{"assignment.progress", "assignment.submit", "document.head"}},
	"topic nobody did":    {Actions: []string{"assignment.nothing"}},
	"no topic":            {Actions: []string{}},
	"days":                {Since: noon.Add(time.Hour), Until: noon.Add(9 * time.Hour)},
	"person, topic, days": {PersonID: 8, Actions: []string{"assignment.submit", "document.head"}, Since: noon.Add(time.Hour), Until: noon.Add(30 * time.Hour)},
	"agency, topic":       {AgencyID: 3, Actions: []string{"assignment.confirm"}},
	"document, kind":      {DocumentID: 1, Kind: tasks.SubjectDocument, Actions: []string{"document.head"}},
	"assignment, topic":   {AssignmentID: 2, Actions: []string{"assignment.progress"}},
	"topic, days":         {Actions: []string{"assignment.progress", "agency.changed"}, Since: noon.Add(time.Hour), Until: noon.Add(30 * time.Hour)},
}

func TestAuditPages(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		fillTrail(t, db, 2500)
		for name, q := range auditQueries {
			want := naiveTrail(t, db, q)
			var got []int64
			for pages := 0; ; pages++ {
				var next string
				view(t, db, func(tx *Tx) error {
					rows, after, err := tx.AuditPage(q)
					for _, e := range rows {
						got = append(got, e.ID)
					}
					next = after
					return err
				})
				if next == "" || pages > 100 {
					break
				}
				q.After = next
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
			}
		}
		view(t, db, func(tx *Tx) error {
			if got := must(tx.AuditActions())(t); !slices.Equal(got, []string{"agency.changed", "assignment.confirm", "assignment.progress", "assignment.submit", "document.head"}) {
				t.Errorf("actions %v", got)
			}
			if got := must(tx.AuditActors())(t); len(got) != 20 || got[0] != (tasks.AuditActor{ID: 1, Name: "Người 00"}) {
				t.Errorf("%d actors, %v", len(got), got)
			}
			titles := must(tx.AuditTitles([]tasks.Subject{{Kind: tasks.SubjectDocument, ID: 1}, {Kind: tasks.SubjectAssignment, ID: 2}, {Kind: tasks.SubjectAgency, ID: 99}, {Kind: "x", ID: 1}}))(t)
			if len(titles) != 2 || titles[tasks.Subject{Kind: tasks.SubjectAssignment, ID: 2}] != "Nhiệm vụ 1" {
				t.Errorf("titles %v", titles)
			}
			_, _, err := tx.AuditPage(tasks.AuditQuery{After: cursor{"soon", 3}.String()})
			if tasks.CodeOf(err) != tasks.CodeInvalid {
				t.Errorf("a cursor of another list: %v", err)
			}
			return nil
		})
	})
}

// No page of the trail reads all of it, on either engine.
func TestAuditPagesDoNotScan(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		fillTrail(t, db, 20000)
		update(t, db, func(tx *Tx) error { return tx.exec("ANALYZE") })
		for name, q := range auditQueries {
			if name == "no topic" {
				continue
			}
			for _, after := range []string{"", cursor{fmt.Sprint(noon.Add(5 * time.Hour).UnixMilli()), 300}.String()} {
				q.After = after
				query, args, err := listAudit(q)
				if err != nil {
					t.Fatal(err)
				}
				view(t, db, func(tx *Tx) error {
					if db.Engine() == "postgres" {
						plan := must(all(tx, func(r scanner) (s string, err error) { err = r.Scan(&s); return s, err }, "EXPLAIN "+query, args...))(t)
						text := strings.Join(plan, "\n")
						if strings.Contains(text, "Seq Scan on audit") {
							t.Errorf("%s: the trail is scanned:\n%s", name, text)
						}
						return nil
					}
					plan := must(all(tx, func(r scanner) (string, error) {
						var id, parent, unused int
						var detail string
						err := r.Scan(&id, &parent, &unused, &detail)
						return detail, err
					}, "EXPLAIN QUERY PLAN "+query, args...))(t)
					text := strings.Join(plan, "\n")
					for _, step := range plan {
						// Along the index that is the order it stops at the page's end.
						if strings.HasPrefix(step, "SCAN audit") && !strings.Contains(step, "audit_time") {
							t.Errorf("%s: %s in\n%s", name, step, text)
						}
					}
					// Put together from several, a page's rows are sorted; those of an index are not, but of one subject or document.
					sorts, most := strings.Count(text, "TEMP B-TREE"), 1
					if q.AssignmentID != 0 {
						most = 2
					}
					if q.DocumentID != 0 {
						most = 3
					}
					if sorts > most {
						t.Errorf("%s: sorted %d times:\n%s", name, sorts, text)
					}
					return nil
				})
			}
		}
	})
}
