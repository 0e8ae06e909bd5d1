package store

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// What a duty costs at the end of a year does not grow with what was done on it: what many have in common is asked once for all.
func TestEndingAYearAsksLittleOfEachDuty(t *testing.T) {
	const most = 6 // the extension, the duty, its agencies' copies, its trail (two where the engine is in the process), one agency to be told
	eachEngine(t, func(t *testing.T, db *DB) {
		var lead, office int64
		update(t, db, func(tx *Tx) error {
			lead = agency(t, tx, "a", "A")
			office = person(t, tx, "thu@x.vn", "Thư", tasks.Grant{Role: tasks.RoleSecretariat})
			return nil
		})
		var count atomic.Int64
		db.onQuery = func(context.Context) { count.Add(1) }
		service := &tasks.Assignments{
			Store: db.Assignments(), Now: func() time.Time { return noon }, Rules: tasks.DefaultRules(time.UTC, calendar.New(calendar.Default())),
		}
		actor := tasks.Person{ID: office, Name: "Thư", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleSecretariat}}}
		cost := func(duties int) int64 {
			var d tasks.Document
			in := tasks.YearEndInput{Reason: "Tổng kết", Authority: "Chủ tịch", Due: today.AddDays(180)}
			update(t, db, func(tx *Tx) error {
				d = document(t, tx, strconv.Itoa(duties)+"/CT", "t", tasks.DocumentIssued)
				for range duties {
					id := assign(t, tx, d, "việc", tasks.Assignment{Leads: []int64{lead}, Due: today})
					in.Rows = append(in.Rows, tasks.YearEndRow{AssignmentID: id, Version: 1, Choice: tasks.YearEndCarry})
				}
				return nil
			})
			before := count.Load()
			out := must(service.EndYearOfMany(t.Context(), actor, d.ID, in))(t)
			if out.Carried != duties {
				t.Fatalf("carried %d of %d: %+v", out.Carried, duties, out.Left)
			}
			return count.Load() - before
		}
		few, many := cost(10), cost(110)
		t.Logf("10 duties %d statements, 110 duties %d", few, many)
		if each := float64(many-few) / 100; each > most {
			t.Errorf("%.1f statements a duty, want at most %d", each, most)
		}
	})
}
