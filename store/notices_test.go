package store

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

func TestNoticesAreUnique(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		n := tasks.Notice{
			Kind: tasks.NoticeReminder, Event: "e", Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 5}, AgencyID: 2, Role: tasks.RoleFocal,
			PersonID: 9, Occurrence: "v1:-5", Day: today, At: noon, Payload: "p",
		}
		update(t, db, func(tx *Tx) error {
			variants := []func(*tasks.Notice){
				func(*tasks.Notice) {},
				func(*tasks.Notice) {}, // the first again
				func(n *tasks.Notice) {
					n.Payload, n.At, n.Day, n.Event = "other", noon.Add(time.Hour), calendar.Date{}, "f"
				}, // and again
				func(n *tasks.Notice) { n.Kind = tasks.NoticeEvent },
				func(n *tasks.Notice) { n.Subject.ID = 6 },
				func(n *tasks.Notice) { n.Subject.Kind = tasks.SubjectCadence },
				func(n *tasks.Notice) { n.AgencyID = 0 },
				func(n *tasks.Notice) { n.AgencyID = 0 }, // none is a value like others
				func(n *tasks.Notice) { n.Role = "" },
				func(n *tasks.Notice) { n.PersonID = 0 },
				func(n *tasks.Notice) { n.Occurrence = "v1:-1" },
			}
			for _, vary := range variants {
				v := n
				vary(&v)
				if err := tx.AddNotice(v); err != nil {
					t.Fatal(err)
				}
			}
			if got := must(tx.total("FROM notices", &where{}))(t); got != len(variants)-3 {
				t.Errorf("%d notices, want %d", got, len(variants)-3)
			}
			got := must(tx.OpenNotices(tasks.NoticeReminder, noon, 0, 100))(t)
			first := n
			first.ID = 1
			if i := slices.IndexFunc(got, func(n tasks.Notice) bool { return n.ID == 1 }); i < 0 || got[i] != first {
				t.Errorf("notices %+v, want among them %+v", got, first)
			}
			return nil
		})
	})
}

func TestOpenNotices(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			for i, agency := range []int64{2, 1, 2, 1} {
				for _, role := range []tasks.Role{tasks.RoleHead, tasks.RoleFocal} {
					n := tasks.Notice{Kind: tasks.NoticeRollUp, Subject: tasks.Subject{Kind: tasks.SubjectAgency}, AgencyID: agency, Role: role, Occurrence: fmt.Sprint(i), At: noon}
					if err := tx.AddNotice(n); err != nil {
						t.Fatal(err)
					}
				}
			}
			late := tasks.Notice{Kind: tasks.NoticeRollUp, Occurrence: "late", At: noon.Add(time.Millisecond)}
			account := tasks.Notice{Kind: tasks.NoticeAccount, PersonID: 7, Occurrence: "a", At: noon, Payload: "secret"}
			if err := errors.Join(tx.AddNotice(late), tx.AddNotice(account)); err != nil {
				t.Fatal(err)
			}
			list := func(after int64, limit int) (got []int64) {
				for _, n := range must(tx.OpenNotices(tasks.NoticeRollUp, noon, after, limit))(t) {
					got = append(got, n.ID)
				}
				return got
			}
			if got, want := list(0, 100), []int64{4, 8, 3, 7, 2, 6, 1, 5}; !slices.Equal(got, want) {
				t.Errorf("by agency, role, identifier: %v, want %v", got, want)
			}
			// Going on from the highest identifier misses none.
			first := list(0, 3)
			rest := list(slices.Max(first), 100)
			if all := slices.Sorted(slices.Values(append(first, rest...))); !slices.Equal(all, []int64{1, 2, 3, 4, 5, 6, 7, 8}) {
				t.Errorf("in two parts: %v and %v", first, rest)
			}
			if err := errors.Join(tx.CloseNotices([]int64{1, 2}, false), tx.CloseNotices([]int64{3}, true)); err != nil {
				t.Error(err)
			}
			if got := list(0, 100); slices.Contains(got, 1) || slices.Contains(got, 3) || len(got) != 5 {
				t.Errorf("open %v", got)
			}
			open := must(tx.OpenNotices(tasks.NoticeAccount, noon, 0, 9))(t)
			if len(open) != 1 || open[0].Payload != "secret" {
				t.Fatalf("account notices %+v", open)
			}
			if err := tx.CloseNotices([]int64{open[0].ID}, false); err != nil {
				t.Error(err)
			}
			if secret := must(tx.exists("SELECT 1 FROM notices WHERE payload <> ''"))(t); secret {
				t.Error("the one-time link outlives its mail")
			}
			return nil
		})
	})
}
