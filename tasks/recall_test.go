package tasks_test

import (
	"testing"

	"tiendo/tasks"
)

// What somebody has done to an assignment is not thrown away, in whichever state it left it.
func TestARecallThrowsNothingAway(t *testing.T) {
	for name, do := range map[string]func(r *rig, id int64) error{
		"corrected": func(r *rig, id int64) error {
			return r.assignments.CorrectDeadline(r.t.Context(), r.secretariat, id, tasks.DeadlineCorrectionInput{Due: date("2026-10-29"), Reason: "Gõ nhầm"})
		},
		"asked for": func(r *rig, id int64) error {
			return r.assignments.AskExtension(r.t.Context(), r.focal, id, tasks.ExtensionInput{Due: date("2026-11-29"), Reason: "Chờ"})
		},
		"reported": func(r *rig, id int64) error {
			return r.assignments.Report(r.t.Context(), r.focal, id, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: "Đã làm"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			id, a := r.issue("1/CT", r.duty())
			if v := must(r.documents.Get(t.Context(), r.secretariat, id))(t); !v.Recallable {
				t.Fatal("recallable as long as nothing was done")
			}
			check(t, do(r, a[0].ID))
			if v := must(r.documents.Get(t.Context(), r.secretariat, id))(t); v.Recallable {
				t.Error("offered still")
			}
			refused(t, r.documents.Recall(t.Context(), r.secretariat, id, 0), tasks.CodeConflict, "document.recall_too_late")
		})
	}
}

// An agency to which a duty was given since is not forgotten: what would be recalled is more than what was issued.
func TestNoRecallOnceAnAgencyWasAdded(t *testing.T) {
	r := newRig(t)
	id, a := r.issue("1/CT", r.duty())
	r.at("2026-10-05 07:05")
	check(t, r.assignments.AddAgencies(t.Context(), r.secretariat, a[0].TaskID, tasks.AddAgenciesInput{
		Agencies: []int64{r.stc}, Reason: "Thiếu", Document: "12/TB-VP", Authority: "Chủ tịch UBND tỉnh",
	}))
	if must(r.documents.Get(t.Context(), r.secretariat, id))(t).Recallable {
		t.Error("offered to recall")
	}
	refused(t, r.documents.Recall(t.Context(), r.secretariat, id, 0), tasks.CodeConflict, "document.recall_too_late")
}
