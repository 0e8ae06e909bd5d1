package store

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// listsSize names the environment variable with how many assignments BenchmarkLists fills its database with; 20000 otherwise.
const listsSize = "TIENDO_LISTS_SIZE"

// BenchmarkLists asks for the first page of the list of assignments by every filter in every order, and by task, on every engine:
//
//	TIENDO_LISTS_SIZE=100000 go test -run '^$' -bench Lists -benchtime 5x ./store
func BenchmarkLists(b *testing.B) {
	n := 20000
	if text := os.Getenv(listsSize); text != "" {
		n = must(strconv.Atoi(text))(b)
	}
	for _, engine := range engines {
		b.Run(engine.name, func(b *testing.B) {
			db := open(b, engine.dsn(b))
			office := fillOffice(b, db, n)
			for _, f := range office.filters() {
				for order, ask := range listOrders {
					b.Run(f.name+"/"+order, func(b *testing.B) {
						for b.Loop() {
							view(b, db, func(tx *Tx) error { return ask(tx, f.query) })
						}
					})
				}
			}
		})
	}
}

// listOrders are the ways in which the list is asked for.
var listOrders = map[string]func(*Tx, tasks.AssignmentQuery) error{
	"urgent": sortedList(tasks.SortUrgent), "newest": sortedList(tasks.SortNewest), "report": sortedList(tasks.SortReport),
	"task": func(tx *Tx, q tasks.AssignmentQuery) error {
		_, err := tx.DutyGroups(q)
		return err
	},
}

func sortedList(sort tasks.Sort) func(*Tx, tasks.AssignmentQuery) error {
	return func(tx *Tx, q tasks.AssignmentQuery) error {
		q.Sort = sort
		_, err := tx.Assignments(q)
		return err
	}
}

// office is a province of many assignments with what lists filter by.
type office struct {
	agencies, people []int64
	documents        int
}

const (
	officeAgencies = 180
	officeDuties   = 600 // a document
	// Of the people the first follow documents as specialists, the others as leaders.
	officeSpecialists = 30
	officeLeaders     = 5
)

// fillOffice writes so many assignments: most of them done, nine of ten with a specialist, a few extended; the duties of each tenth
// document are given to a hundred agencies each.
func fillOffice(t testing.TB, db *DB, n int) office {
	t.Helper()
	var o office
	update(t, db, func(tx *Tx) error {
		for i := range officeAgencies {
			o.agencies = append(o.agencies, agency(t, tx, fmt.Sprint(i), fmt.Sprintf("Xã %d", i)))
		}
		for i := range officeSpecialists + officeLeaders {
			o.people = append(o.people, person(t, tx, fmt.Sprintf("p%d@x.example", i), fmt.Sprintf("Người %d", i)))
		}
		return nil
	})
	err := db.Bulk(t.Context(), func(b *Bulk) error {
		for done := 0; done < n; done += officeDuties {
			day := today.AddDays(-1000 + 990*done/n)
			d := tasks.Document{Head: tasks.Head{Kind: tasks.KindPlan, Number: fmt.Sprintf("%d/KH-UBND", o.documents+1), Title: "Kế hoạch cải cách hành chính", Date: day},
				State: tasks.DocumentIssued, CreatedAt: day.Start(time.UTC), IssuedAt: day.Start(time.UTC)}
			duties := make([]BulkDuty, min(officeDuties, n-done))
			for i := range duties {
				duties[i] = o.duty(done+i, day)
			}
			if err := b.Add(d, duties); err != nil {
				return err
			}
			o.documents++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(tx *Tx) error {
		return tx.each([]string{
			// Documents take turns; every tenth is nobody's.
			fmt.Sprintf(`UPDATE assignments SET specialist_id = %d + document_id %% %d WHERE document_id %% 10 <> 1`, o.people[0], officeSpecialists),
			fmt.Sprintf(`UPDATE assignments SET leader_id = %d + document_id %% %d WHERE document_id %% 2 = 0`, o.people[officeSpecialists], officeLeaders),
			`UPDATE assignments SET evidence = CASE WHEN state = 'completed' THEN 'accepted' WHEN state = 'returned' OR id % 7 = 0 THEN 'wanting' ELSE 'pending' END
				WHERE state IN ('completed', 'returned', 'submitted')`,
			`UPDATE assignments SET task_id = task_id - (task_id - 1) % 100 WHERE document_id % 10 = 3`,
			fmt.Sprintf(`INSERT INTO extensions (assignment_id, agency_id, person_id, was, asked, reason, document, at, outcome, granted, authority, decision, answer)
				SELECT a.id, %d, %d, '2026-01-01', '2026-03-01', 'Khó', '', 0, 'granted', '2026-03-01', '', '', '' FROM assignments a
				JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) k ON n = 0 OR n = 1 AND a.id %% 5 = 0 OR n = 2 AND a.id %% 20 = 0 WHERE a.id %% 33 = 5`,
				o.agencies[0], o.people[0]),
		})
	})
	if engine, err := db.dialect.bulk(); err == nil && engine.tidy != "" {
		if _, err := db.write.ExecContext(t.Context(), engine.tidy); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

// duty makes up the i-th duty, of a document of the day.
func (o office) duty(i int, day calendar.Date) BulkDuty {
	due := day.AddDays(20 + i*37%340)
	a := tasks.Assignment{
		Leads: []int64{o.agencies[i*7%officeAgencies]}, Cooperating: []int64{o.agencies[(i*7+1)%officeAgencies]}, Due: due, FirstDue: due, DueVersion: 1, DueSetOn: day,
		AssignedAt: day.Start(time.UTC), State: tasks.StateAssigned,
	}
	var notes []calendar.Date
	if i%6 == 5 {
		a.Due, a.FirstDue, a.Cadence = calendar.Date{}, calendar.Date{}, "FREQ=MONTHLY"
		notes = []calendar.Date{today.AddDays(i%90 - 10)}
	}
	done := 10
	if !a.Due.IsZero() && due.Before(today) {
		done = 94
	}
	switch p := i * 61 % 100; {
	case p < done:
		a.State, a.Percent, a.SubmittedOn = tasks.StateCompleted, 100, due.AddDays(i%20-15)
		if !a.SubmittedOn.Before(today) {
			a.SubmittedOn = today.AddDays(-1 - i%60)
		}
		a.CompletedAt, notes = a.SubmittedOn.Start(time.UTC).Add(15*time.Hour), nil
	case p < done+2:
		a.State, a.Percent, a.SubmittedOn = tasks.StateSubmitted, 100, today.AddDays(-i%9)
	case p < done+3:
		a.State, a.Percent = tasks.StateReturned, 90
	case p < done+4:
		a.State = tasks.StateOnHold
	case i%2 == 0:
		a.State, a.Percent = tasks.StateInProgress, 40
	}
	duty := BulkDuty{Task: tasks.Task{Position: i, Ref: fmt.Sprintf("%d.%d", i/20+1, i%20+1), Text: fmt.Sprintf("Rà soát quy trình nội bộ số %d trên Cổng dịch vụ công", i)}, Assignment: a, Notes: notes}
	if a.State != tasks.StateAssigned && a.State != tasks.StateOnHold {
		outcome := map[tasks.State]tasks.Outcome{tasks.StateCompleted: tasks.OutcomeConfirmed, tasks.StateReturned: tasks.OutcomeReturned}[a.State]
		duty.Reports = []tasks.Report{{AgencyID: a.Leads[0], PersonID: o.people[0], Kind: tasks.ReportSubmission, Percent: a.Percent, Text: "Đã làm xong", Outcome: outcome, At: noon, On: today}}
	}
	return duty
}

// namedQuery is a filter of the list.
type namedQuery struct {
	name  string
	query tasks.AssignmentQuery
}

// filters are those of the list's form, each alone and those that meet most often, of the office, a specialist, a leader and agencies.
func (o office) filters() []namedQuery {
	var out []namedQuery
	add := func(name string, q tasks.AssignmentQuery, states ...[]tasks.State) {
		q.Today, q.SoonUntil = today, today.AddDays(7)
		out = append(out, namedQuery{name, q})
		for _, s := range states {
			q.States = s
			names := make([]string, len(s))
			for i := range s {
				names[i] = string(s[i])
			}
			out = append(out, namedQuery{name + "+" + strings.Join(names, ","), q})
		}
	}
	open := []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}
	undone := append([]tasks.State{tasks.StateSubmitted}, open...)
	done, waits, back, hold := []tasks.State{tasks.StateCompleted}, []tasks.State{tasks.StateSubmitted}, []tasks.State{tasks.StateReturned}, []tasks.State{tasks.StateOnHold}
	gone := []tasks.State{tasks.StateCancelled}
	at := func(days int) time.Time { return today.AddDays(days).Start(time.UTC) }
	specialist, leader := o.people[3], o.people[officeSpecialists+2]
	number := fmt.Sprintf("%d/KH", o.documents/2)
	document := int64(o.documents / 2)
	add("all", tasks.AssignmentQuery{}, open, undone, done, waits, back, hold, gone)
	for _, t := range tasks.Timelinesses {
		add("timeliness="+string(t), tasks.AssignmentQuery{Timeliness: t}, open, done)
	}
	add("due_from", tasks.AssignmentQuery{DueFrom: today.AddDays(30)}, open, done, waits)
	add("due_to", tasks.AssignmentQuery{DueTo: today.AddDays(-900)}, open, done, hold)
	add("due_span", tasks.AssignmentQuery{DueFrom: today.AddDays(-100), DueTo: today.AddDays(-60)}, open, done, back)
	add("document", tasks.AssignmentQuery{DocumentID: document}, open, done)
	for _, e := range tasks.EvidenceStates {
		add("evidence="+string(e), tasks.AssignmentQuery{Evidence: e}, open, done, waits, gone)
	}
	add("number", tasks.AssignmentQuery{Number: number}, open, done)
	add("number_many", tasks.AssignmentQuery{Number: "KH"})
	add("number_one", tasks.AssignmentQuery{Number: strconv.Itoa(o.documents / 2)}, open)
	add("number_none", tasks.AssignmentQuery{Number: "999999/QĐ"}, open)
	add("assigned_from", tasks.AssignmentQuery{AssignedSince: at(-60)}, open, done, back)
	add("assigned_from_old", tasks.AssignmentQuery{AssignedSince: at(-900)}, open, done, back)
	add("assigned_to", tasks.AssignmentQuery{AssignedBefore: at(-900)}, open, done, back)
	add("assigned_to_late", tasks.AssignmentQuery{AssignedBefore: at(-60)}, open, done, back)
	add("assigned_span", tasks.AssignmentQuery{AssignedSince: at(-500), AssignedBefore: at(-470)}, open, done, back)
	add("completed_from", tasks.AssignmentQuery{CompletedSince: at(-30)}, open, done, waits)
	add("completed_from_old", tasks.AssignmentQuery{CompletedSince: at(-900)}, open, done, back)
	add("completed_to", tasks.AssignmentQuery{CompletedBefore: at(-30)}, open, done, waits)
	add("completed_span", tasks.AssignmentQuery{CompletedSince: at(-500), CompletedBefore: at(-470)}, open, done, hold)
	for n := 1; n <= 3; n++ {
		add("extended="+strconv.Itoa(n), tasks.AssignmentQuery{Extended: n}, open, done, hold)
	}
	add("specialist", tasks.AssignmentQuery{Specialist: specialist}, open, done, waits, hold)
	add("specialist,overdue", tasks.AssignmentQuery{Specialist: specialist, Timeliness: tasks.Overdue})
	add("leader", tasks.AssignmentQuery{Leader: leader}, open, done, waits, hold)
	add("leader,overdue", tasks.AssignmentQuery{Leader: leader, Timeliness: tasks.Overdue})
	add("not_specialist", tasks.AssignmentQuery{NotSpecialist: specialist}, open, waits)
	add("waiting_long", tasks.AssignmentQuery{SubmittedTo: today.AddDays(-5), States: waits})
	add("waiting_long,specialist", tasks.AssignmentQuery{SubmittedTo: today.AddDays(-5), States: waits, Specialist: specialist})
	add("words", tasks.AssignmentQuery{Words: "quy trinh"}, open, hold)
	add("words_rare", tasks.AssignmentQuery{Words: "so 19999"}, open)
	add("words,specialist", tasks.AssignmentQuery{Words: "quy trinh", Specialist: specialist}, open)
	add("words,extended", tasks.AssignmentQuery{Words: "quy trinh", Extended: 1}, open)
	add("words,completed_from", tasks.AssignmentQuery{Words: "quy trinh", CompletedSince: at(-30)}, done)
	add("register", tasks.AssignmentQuery{AssignedBefore: at(-5), OpenAfter: at(-95)})
	for _, who := range []struct {
		name  string
		limit func(*tasks.AssignmentQuery)
	}{
		{"agency", func(q *tasks.AssignmentQuery) { q.AgencyID = o.agencies[3] }},
		{"agency_leads", func(q *tasks.AssignmentQuery) { q.AgencyID, q.Part = o.agencies[3], tasks.PartLead }},
		{"focal", func(q *tasks.AssignmentQuery) { q.Visible = o.agencies[3:4] }},
		{"focal_many", func(q *tasks.AssignmentQuery) { q.Visible = o.agencies[3:13] }},
	} {
		for _, f := range []namedQuery{
			{"", tasks.AssignmentQuery{}}, {",overdue", tasks.AssignmentQuery{Timeliness: tasks.Overdue}}, {",late", tasks.AssignmentQuery{Timeliness: tasks.Late}},
			{",due_span", tasks.AssignmentQuery{DueFrom: today.AddDays(-100), DueTo: today.AddDays(-60)}},
			{",wanting", tasks.AssignmentQuery{Evidence: tasks.EvidenceWanting}}, {",accepted", tasks.AssignmentQuery{Evidence: tasks.EvidenceAccepted}},
			{",number", tasks.AssignmentQuery{Number: number}}, {",assigned_from", tasks.AssignmentQuery{AssignedSince: at(-60)}},
			{",assigned_to", tasks.AssignmentQuery{AssignedBefore: at(-60)}},
			{",completed_from", tasks.AssignmentQuery{CompletedSince: at(-30)}}, {",completed_to", tasks.AssignmentQuery{CompletedBefore: at(-30)}},
			{",extended", tasks.AssignmentQuery{Extended: 1}}, {",specialist", tasks.AssignmentQuery{Specialist: specialist}},
			{",document", tasks.AssignmentQuery{DocumentID: document}}, {",words", tasks.AssignmentQuery{Words: "quy trinh"}},
		} {
			who.limit(&f.query)
			add(who.name+f.name, f.query, open, done)
		}
	}
	return out
}
