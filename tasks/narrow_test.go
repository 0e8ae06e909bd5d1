package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

func TestListsAreNarrowed(t *testing.T) {
	r := newRig(t)
	due := func(in *tasks.DraftInput) { in.Deadline = date("2026-12-15") }
	r.at("2026-09-30 23:30")
	_, first := r.issue("12/CT-UBND", r.duty(due))
	r.at("2026-10-01 00:10") // the next day here, the same in UTC
	_, second := r.issue("120/QĐ-UBND", r.duty(due), r.duty(due))
	name := map[int64]string{first[0].ID: "a", second[0].ID: "b", second[1].ID: "c"}
	extend := func(id int64, days ...string) {
		t.Helper()
		for _, day := range days {
			check(t, r.assignments.AskExtension(t.Context(), r.focal, id, tasks.ExtensionInput{Due: date(day), Reason: "Chờ hướng dẫn của Bộ"}))
			check(t, r.assignments.DecideExtension(t.Context(), r.secretariat, id, tasks.ExtensionDecision{
				Grant: true, Due: date(day), Authority: "Chủ tịch UBND tỉnh", Document: "9/TB",
			}))
		}
	}
	extend(first[0].ID, "2026-12-20")
	extend(second[0].ID, "2026-12-20", "2026-12-25")
	check(t, r.assignments.AskExtension(t.Context(), r.focal, second[1].ID, tasks.ExtensionInput{Due: date("2026-12-28"), Reason: "Chưa được quyết định"}))
	r.at("2026-10-09 23:50")
	r.report(r.focal, second[0].ID, tasks.ReportSubmission, 100)
	check(t, r.assignments.Confirm(t.Context(), r.secretariat, second[0].ID, 0))

	for _, test := range []struct {
		name string
		q    tasks.AssignmentQuery
		want string
	}{
		{"number", tasks.AssignmentQuery{Number: "12"}, "a"},
		{"number, longer", tasks.AssignmentQuery{Number: " 120/ qđ"}, "bc"},
		{"number, unknown", tasks.AssignmentQuery{Number: "2/CT"}, ""},
		{"number, wild", tasks.AssignmentQuery{Number: "12%"}, ""},
		{"assigned up to", tasks.AssignmentQuery{AssignedTo: date("2026-09-30")}, "a"},
		{"assigned from", tasks.AssignmentQuery{AssignedFrom: date("2026-10-01")}, "bc"},
		{"assigned on", tasks.AssignmentQuery{AssignedFrom: date("2026-09-30"), AssignedTo: date("2026-10-01")}, "abc"},
		{"completed on", tasks.AssignmentQuery{CompletedFrom: date("2026-10-09"), CompletedTo: date("2026-10-09")}, "b"},
		{"completed later", tasks.AssignmentQuery{CompletedFrom: date("2026-10-10")}, ""},
		{"completed before", tasks.AssignmentQuery{CompletedTo: date("2026-10-08")}, ""},
		{"extended", tasks.AssignmentQuery{Extended: 1}, "ab"},
		{"extended twice", tasks.AssignmentQuery{Extended: 2}, "b"},
		{"extended thrice", tasks.AssignmentQuery{Extended: 3}, ""},
		{"all at once", tasks.AssignmentQuery{Number: "120", Extended: 1, AssignedFrom: date("2026-10-01"), CompletedTo: date("2026-10-09"), States: []tasks.State{tasks.StateCompleted}}, "b"},
		{"with words", tasks.AssignmentQuery{Number: "120", Words: "ra soat thu tuc", CompletedFrom: date("2026-10-01")}, "b"},
		{"with an agency", tasks.AssignmentQuery{Extended: 1, AgencyID: r.snv, Part: tasks.PartLead}, "ab"},
		{"of another agency", tasks.AssignmentQuery{Extended: 1, AgencyID: r.stc}, ""},
	} {
		for _, who := range []tasks.Person{r.secretariat, r.focal} {
			for _, sort := range []tasks.Sort{tasks.SortUrgent, tasks.SortNewest, tasks.SortReport} {
				q := test.q
				q.Sort, q.Limit = sort, 1
				var got []string
				total := -1
				for {
					page := must(r.assignments.List(t.Context(), who, q))(t)
					if total < 0 {
						total = page.Total
					}
					for _, a := range page.Rows {
						got = append(got, name[a.ID])
					}
					if q.After = page.Next; page.Next == "" || len(got) > 10 {
						break
					}
				}
				slices.Sort(got)
				if s := join(got); s != test.want || total != len(test.want) && who.ID == r.secretariat.ID {
					t.Errorf("%s, %s by %s: %q of %d, want %q", test.name, who.Name, sort, s, total, test.want)
				}
			}
		}
		tasksFound := must(r.assignments.Duties(t.Context(), r.secretariat, test.q))(t)
		if tasksFound.Total != len(test.want) { // each duty is one assignment here
			t.Errorf("%s: %d duties, want %d", test.name, tasksFound.Total, len(test.want))
		}
	}
	none := must(r.assignments.List(t.Context(), r.other, tasks.AssignmentQuery{Number: "12"}))(t)
	if none.Total != 0 || len(none.Rows) != 0 {
		t.Errorf("an agency without a part finds %d", none.Total)
	}
}

func join(list []string) (s string) {
	for _, x := range list {
		s += x
	}
	return s
}
