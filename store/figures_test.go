package store

import (
	"reflect"
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// everyCase writes one assignment for each state, deadline and day of submission that the rules tell apart.
func everyCase(t *testing.T, tx *Tx, d tasks.Document, leads ...int64) []tasks.Assignment {
	var written []tasks.Assignment
	days := []string{"", "2026-09-30", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-11", "2026-10-12", "2026-10-13"}
	for _, state := range tasks.States {
		for _, due := range days {
			for _, submitted := range days {
				a := tasks.Assignment{Leads: leads, State: state, Due: date(t, due), SubmittedOn: date(t, submitted)}
				a.ID = assign(t, tx, d, "việc", a)
				written = append(written, a)
			}
		}
	}
	return written
}

func TestTimelinessIsThatOfTheDomain(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a := agency(t, tx, "a", "A")
			written := everyCase(t, tx, document(t, tx, "1/CT", "t", tasks.DocumentIssued), a)
			// The last: the soon day before today, as no calendar makes it.
			for _, soon := range []calendar.Date{today.AddDays(7), today, today.AddDays(-3)} {
				found := 0
				for _, timeliness := range tasks.Timelinesses {
					var want []int64
					for _, a := range written {
						if a.Timeliness(today, soon) == timeliness {
							want = append(want, a.ID)
						}
					}
					var got []int64
					q := tasks.AssignmentQuery{Timeliness: timeliness, Today: today, SoonUntil: soon, Sort: tasks.SortNewest, Limit: tasks.MaxPage}
					for {
						page := must(tx.Assignments(q))(t)
						if page.Total != len(want) {
							t.Errorf("%s: total %d, want %d", timeliness, page.Total, len(want))
						}
						got = append(got, rowIDs(page.Rows)...)
						if len(got) > len(written) {
							t.Fatalf("%s goes on after %d rows", timeliness, len(got))
						}
						if q.After = page.Next; q.After == "" {
							break
						}
					}
					slices.Sort(got)
					if !slices.Equal(got, want) {
						t.Errorf("%s: %v, want %v", timeliness, got, want)
					}
					found += len(got)
				}
				stopped := 0
				for _, a := range written {
					if a.State == tasks.StateOnHold || a.State == tasks.StateCancelled {
						stopped++
					}
				}
				if found != len(written)-stopped {
					t.Errorf("%d assignments have a timeliness, of %d, of which %d are on hold or cancelled", found, len(written), stopped)
				}
			}
			return nil
		})
	})
}

func TestFigures(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b, c := agency(t, tx, "a", "A"), agency(t, tx, "b", "B"), agency(t, tx, "c", "C")
			d := document(t, tx, "1/CT", "t", tasks.DocumentIssued)
			written := everyCase(t, tx, d, a, b)
			closed := document(t, tx, "2/CT", "t", tasks.DocumentClosed)
			assign(t, tx, closed, "việc", tasks.Assignment{Leads: []int64{c}, Cooperating: []int64{a}})
			q := tasks.FigureQuery{Today: today, SoonUntil: today.AddDays(7), WeekEnd: today.AddDays(6)}
			var want tasks.Figures
			for _, a := range written {
				if a.State == tasks.StateOnHold || a.State == tasks.StateCancelled {
					continue // in no denominator
				}
				want.All++
				*map[tasks.State]*int{
					tasks.StateAssigned: &want.Assigned, tasks.StateInProgress: &want.InProgress, tasks.StateReturned: &want.Returned,
					tasks.StateSubmitted: &want.Waiting, tasks.StateCompleted: &want.Completed,
				}[a.State]++
				due, open := a.Due.String(), a.State != tasks.StateSubmitted && a.State != tasks.StateCompleted
				switch {
				case a.State == tasks.StateCompleted && (due == "" || a.SubmittedOn.String() <= due):
					want.OnTime++
				case open && due == "":
					want.NoDeadline++
				case open && due < "2026-10-05":
					want.Overdue++
				}
				if open && "2026-10-05" <= due && due <= "2026-10-12" {
					want.DueSoon++
				}
				if open && "2026-10-05" <= due && due <= "2026-10-11" {
					want.DueWeek++
				}
				if due != "" && due < "2026-10-05" {
					want.Passed++
				}
			}
			// What goes on of a closed document counts as anything else.
			goesOn := tasks.Figures{All: 1, Assigned: 1, NoDeadline: 1}
			all := want
			all.All, all.Assigned, all.NoDeadline = want.All+1, want.Assigned+1, want.NoDeadline+1
			if got := must(tx.Figures(q))(t); got != all {
				t.Errorf("province %+v, want %+v", got, all)
			}
			if got := must(tx.AgencyFigures(q))(t); !reflect.DeepEqual(got, map[int64]tasks.Figures{a: want, b: want, c: goesOn}) {
				t.Errorf("agencies %+v", got)
			}
			q.AgencyID = b
			if got := must(tx.Figures(q))(t); got != want {
				t.Errorf("agency %+v, want %+v", got, want)
			}
			q.AgencyID, q.DocumentID = 0, closed.ID
			if got := must(tx.Figures(q))(t); got.All != 1 || got.NoDeadline != 1 {
				t.Errorf("closed document %+v", got)
			}
			if got := must(tx.LeadingAgencies())(t); !slices.Equal(got, []int64{a, b, c}) {
				t.Errorf("leading agencies %v", got)
			}
			// Frozen once, whatever comes later.
			worst := []tasks.LateDuty{{AssignmentID: written[9].ID, DaysLate: 3}, {AssignmentID: written[8].ID, DaysLate: 2}}
			frozen := []tasks.WeekFigures{{Monday: today, Figures: want}, {Monday: today, AgencyID: a, Figures: want}}
			for range 2 {
				if err := tx.FreezeWeek(frozen, worst); err != nil {
					t.Error(err)
				}
				if got := must(tx.WeekFigures(today))(t); !slices.Equal(got, []tasks.WeekFigures{{Monday: today, Figures: want}, {Monday: today, AgencyID: a, Figures: want}}) {
					t.Errorf("frozen %+v", got)
				}
				if got := must(tx.LateDuties(today))(t); len(got) != 2 || got[0].DaysLate != 3 {
					t.Errorf("late duties %v", got)
				}
				frozen[0].All++
			}
			for day, want := range map[calendar.Date]calendar.Date{today: today, today.AddDays(6): today, today.AddDays(-1): {}} {
				if got := must(tx.LatestMonday(day))(t); got != want {
					t.Errorf("latest Monday up to %s: %q, want %q", day, got, want)
				}
			}
			return nil
		})
	})
}
