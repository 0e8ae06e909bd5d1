package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Words that are rare, common, common in the list's last assignments alone, and all of them with other filters, find what reading
// every assignment finds.
func TestWordsOfEveryRarity(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var agencies []int64
		update(t, db, func(tx *Tx) error {
			for i := range 3 {
				agencies = append(agencies, agency(t, tx, fmt.Sprint(i), fmt.Sprintf("Xã %d", i)))
			}
			return nil
		})
		texts := searchable(t, db, agencies, 2*rareWord)
		lists := make(map[string][]int64)
		whole := func(t *testing.T, tx *Tx, q tasks.AssignmentQuery) []int64 {
			q.Words, q.Limit = "", 0
			name := fmt.Sprint(q)
			if lists[name] == nil {
				from, w := chooseAssignments(q)
				order := must(orderAssignments(q, &w))(t)
				lists[name] = must(all(tx, readID, "SELECT a.id "+from+w.String()+order, w.args...))(t)
			}
			return lists[name]
		}
		for name, q := range map[string]tasks.AssignmentQuery{
			"rare":                  {Words: "hiem"},
			"one":                   {Words: "so77"},
			"none":                  {Words: "khongco"},
			"common":                {Words: "rà soát"},
			"prefix of many":        {Words: "s"},
			"common and rare":       {Words: "soat hiem"},
			"late alone":            {Words: "muộn"},
			"common, never at once": {Words: "muon som"},
			"open":                  {Words: "soat", States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}},
			"overdue":               {Words: "soat", Timeliness: tasks.Overdue, Today: today, SoonUntil: today.AddDays(7)},
			"agency":                {Words: "soat", AgencyID: agencies[1], Part: tasks.PartLead},
			"agency, rare":          {Words: "hiem", AgencyID: agencies[1]},
			"visible":               {Words: "muon", Visible: agencies[:1]},
			"newest":                {Words: "soat", Sort: tasks.SortNewest},
			"newest, early alone":   {Words: "som", Sort: tasks.SortNewest},
			"next report":           {Words: "soat", Sort: tasks.SortReport, Limit: 10},
		} {
			t.Run(name, func(t *testing.T) {
				view(t, db, func(tx *Tx) error {
					total, want := 0, []int64(nil)
					for _, id := range whole(t, tx, q) {
						if matches(texts[id], q.Words) {
							total++
							want = append(want, id)
						}
					}
					page := must(tx.Assignments(q))(t)
					if page.Total != min(total, tasks.CountCap+1) {
						t.Errorf("total %d, want %d", page.Total, total)
					}
					var got []int64
					for range 3 {
						for _, row := range page.Rows {
							got = append(got, row.ID)
						}
						if q.After = page.Next; q.After == "" {
							break
						}
						page = must(tx.Assignments(q))(t)
					}
					if !slices.Equal(got, want[:min(len(got), len(want))]) || len(got) < min(len(want), 30) {
						t.Errorf("%d found, begins %v, want %v", len(got), got[:min(len(got), 9)], want[:min(len(want), 9)])
					}
					return nil
				})
			})
		}
	})
}

// matches tells whether each typed word begins one of the text's words.
func matches(text, typed string) bool {
	words := directory.Words(text)
	return !slices.ContainsFunc(directory.Words(typed), func(w string) bool {
		return !slices.ContainsFunc(words, func(of string) bool { return strings.HasPrefix(of, w) })
	})
}

// searchable writes so many assignments, half of them with words of their own, and answers their texts.
func searchable(t *testing.T, db *DB, agencies []int64, n int) map[int64]string {
	t.Helper()
	var duties []BulkDuty
	for i := range n + 500 {
		word, due := "sớm", today.AddDays(i%300-400)
		if i%2 == 1 {
			word, due = "muộn", today.AddDays(i%300+1)
		}
		if i%100 == 7 {
			word += " hiếm"
		}
		if i%50 == 3 {
			due = calendar.Date{}
		}
		state := tasks.StateCompleted
		if i%10 == 0 {
			state = tasks.StateAssigned
		}
		duties = append(duties, BulkDuty{
			Task:       tasks.Task{Position: i, Text: fmt.Sprintf("Rà soát số%d %s", i, word)},
			Assignment: tasks.Assignment{Leads: []int64{agencies[i%len(agencies)]}, State: state, Due: due, FirstDue: due, DueVersion: 1},
		})
	}
	d := tasks.Document{Head: tasks.Head{Kind: tasks.KindPlan, Number: "9/KH", Title: "Kế hoạch"}, State: tasks.DocumentIssued}
	if err := db.Bulk(t.Context(), func(b *Bulk) error { return b.Add(d, duties) }); err != nil {
		t.Fatal(err)
	}
	texts := make(map[int64]string)
	view(t, db, func(tx *Tx) error {
		must(all(tx, func(r scanner) (id int64, err error) {
			var text string
			err = r.Scan(&id, &text)
			texts[id] = text
			return id, err
		}, "SELECT a.id, t.text FROM assignments a JOIN tasks t ON t.id = a.task_id"))(t)
		return nil
	})
	return texts
}

// PostgreSQL reads the table of assignments whole neither for a list nor for words that are on all or on one of them. (For a hundred of
// ten thousand it may: those are few pages.)
func TestSearchesDoNotScanOnPostgres(t *testing.T) {
	db := open(t, engines[1].dsn(t))
	var agencies []int64
	update(t, db, func(tx *Tx) error { agencies = []int64{agency(t, tx, "a", "A")}; return nil })
	searchable(t, db, agencies, 2*rareWord)
	near, nearArgs, err := nearList(tasks.AssignmentQuery{}, []string{"ra", "soat"}, nearRows)
	if err != nil {
		t.Fatal(err)
	}
	from, w := leadByWord(tasks.AssignmentQuery{}, []string{"so7777"}, 0, having)
	rare, rareArgs, err := listLed(tasks.AssignmentQuery{}, from, w, 1)
	if err != nil {
		t.Fatal(err)
	}
	plain, own := chooseAssignments(tasks.AssignmentQuery{})
	list, err := listAssignments(tasks.AssignmentQuery{}, plain, &own)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		query string
		args  []any
	}{"near": {near, nearArgs}, "rare": {rare, rareArgs}, "list": {list, own.args}} {
		t.Run(name, func(t *testing.T) {
			view(t, db, func(tx *Tx) error {
				plan, lines := explain(t, tx, c.query, c.args)
				if n := plan.read("assignments"); n == 0 || n > nearRows {
					t.Errorf("%d assignments were read in\n%s", n, lines)
				}
				return nil
			})
		})
	}
}

// explain runs a query on PostgreSQL and answers how, also as text.
func explain(t *testing.T, tx *Tx, query string, args []any) (planNode, string) {
	t.Helper()
	lines := must(all(tx, func(r scanner) (line string, err error) { err = r.Scan(&line); return line, err }, "EXPLAIN (ANALYZE, FORMAT JSON) "+query, args...))(t)
	text := strings.Join(lines, "\n")
	var plans []struct{ Plan planNode }
	if err := json.Unmarshal([]byte(text), &plans); err != nil {
		t.Fatal(err)
	}
	return plans[0].Plan, text
}

// planNode is a part of what EXPLAIN (ANALYZE, FORMAT JSON) tells.
type planNode struct {
	Relation string     `json:"Relation Name"`
	Rows     int        `json:"Actual Rows"`
	Removed  int        `json:"Rows Removed by Filter"`
	Loops    int        `json:"Actual Loops"`
	Plans    []planNode `json:"Plans"`
}

// read is how many rows of a table were looked at.
func (p planNode) read(table string) int {
	n := 0
	if p.Relation == table {
		n = (p.Rows + p.Removed) * p.Loops
	}
	for _, below := range p.Plans {
		n += below.read(table)
	}
	return n
}
