package store

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
)

// Every filter in every order, page by page, and by task, answers what looking at each assignment by itself answers.
func TestListsAreThoseOfLookingAtEach(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		o := fillOffice(t, db, 1900)
		view(t, db, func(tx *Tx) error {
			every := must(tx.AssignmentRows(must(all(tx, readID, "SELECT id FROM assignments ORDER BY id"))(t)))(t)
			for _, f := range o.filters() {
				fitting := slices.Clone(every)
				fitting = slices.DeleteFunc(fitting, func(a tasks.AssignmentRow) bool { return !fitsList(a, f.query) })
				for sort, order := range map[tasks.Sort]func(a, b tasks.AssignmentRow) int{
					tasks.SortUrgent: func(a, b tasks.AssignmentRow) int { return cmp.Compare(cmpLast(a.Due), cmpLast(b.Due)) },
					tasks.SortReport: func(a, b tasks.AssignmentRow) int {
						return cmp.Compare(cmpLast(firstMissing(t, tx, a.ID)), cmpLast(firstMissing(t, tx, b.ID)))
					},
					tasks.SortNewest: func(a, b tasks.AssignmentRow) int { return cmp.Compare(b.ID, a.ID) },
				} {
					want := slices.Clone(fitting)
					if sort != tasks.SortReport || len(want) < 150 { // what it costs to ask for notes one by one
						slices.SortStableFunc(want, order)
					} else {
						want = nil
					}
					q := f.query
					q.Sort, q.Limit = sort, 30
					var got []tasks.AssignmentRow
					for range 4 {
						page := must(tx.Assignments(q))(t)
						if page.Total != min(len(fitting), tasks.CountCap+1) {
							t.Errorf("%s by %s counts %d, want %d", f.name, sort, page.Total, len(fitting))
						}
						if got = append(got, page.Rows...); page.Next == "" {
							break
						}
						q.After = page.Next
					}
					if n := min(len(fitting), 120); len(got) != n || want != nil && !slices.Equal(rowIDs(got), rowIDs(want[:n])) {
						t.Errorf("%s by %s: %d rows, want %d of %d", f.name, sort, len(got), n, len(fitting))
					}
				}
				var want []int64
				for _, a := range fitting {
					want = append(want, a.TaskID)
				}
				slices.Sort(want)
				want = slices.Compact(want)
				slices.Reverse(want)
				q, got := f.query, []int64(nil)
				q.Limit = 30
				for range 3 {
					page := must(tx.DutyGroups(q))(t)
					if page.Total != min(len(want), tasks.CountCap+1) {
						t.Errorf("%s by task counts %d, want %d", f.name, page.Total, len(want))
					}
					for _, g := range page.Rows {
						got = append(got, g.TaskID)
					}
					if q.After = page.Next; q.After == "" {
						break
					}
				}
				if n := min(len(want), 90); !slices.Equal(got, want[:n]) {
					t.Errorf("%s by task: %d, want %d", f.name, len(got), n)
				}
			}
			return nil
		})
	})
}

// fitsList tells whether an assignment fits the filter, asking the domain alone.
func fitsList(a tasks.AssignmentRow, q tasks.AssignmentQuery) bool {
	parts := slices.Concat(a.Leads, a.Cooperating)
	if q.Part == tasks.PartLead {
		parts = a.Leads
	}
	followers := a.Followers
	switch {
	case q.AgencyID != 0 && !slices.Contains(parts, q.AgencyID),
		q.Visible != nil && !slices.ContainsFunc(q.Visible, func(id int64) bool { return a.HasPart(id) }),
		len(q.States) > 0 && !slices.Contains(q.States, a.State),
		q.Timeliness != "" && a.Timeliness(q.Today, q.SoonUntil) != q.Timeliness,
		q.DocumentID != 0 && a.DocumentID != q.DocumentID,
		q.Evidence != "" && a.Evidence != q.Evidence,
		a.Extended < q.Extended,
		q.Specialist != 0 && followers.Specialist != q.Specialist,
		q.Leader != 0 && followers.Leader != q.Leader,
		q.NotSpecialist != 0 && followers.Specialist == q.NotSpecialist,
		!q.DueFrom.IsZero() && (a.Due.IsZero() || a.Due.Before(q.DueFrom)),
		!q.DueTo.IsZero() && (a.Due.IsZero() || a.Due.After(q.DueTo)),
		!q.SubmittedTo.IsZero() && (a.SubmittedOn.IsZero() || a.SubmittedOn.After(q.SubmittedTo)),
		a.AssignedAt.Before(q.AssignedSince),
		!q.AssignedBefore.IsZero() && !a.AssignedAt.Before(q.AssignedBefore),
		!q.CompletedSince.IsZero() && (a.CompletedAt.IsZero() || a.CompletedAt.Before(q.CompletedSince)),
		!q.CompletedBefore.IsZero() && (a.CompletedAt.IsZero() || !a.CompletedAt.Before(q.CompletedBefore)),
		!q.OpenAfter.IsZero() && !a.CompletedAt.IsZero() && a.CompletedAt.Before(q.OpenAfter):
		return false
	}
	if digits := strings.Trim(q.Number, "0123456789") == ""; q.Number != "" && !(strings.HasPrefix(a.DocumentNumber, q.Number) && (!digits || strings.HasPrefix(a.DocumentNumber, q.Number+"/"))) {
		return false
	}
	return matches(a.Text+"\n"+a.Ref+"\n"+a.Deliverable+"\n"+a.DocumentNumber+"\nKế hoạch cải cách hành chính", q.Words)
}
