package tasks_test

import (
	"fmt"
	"testing"

	"tiendo/tasks"
)

// BenchmarkIssue issues a document of 500 duties, each of two agencies with one cooperating, and takes it back.
func BenchmarkIssue(b *testing.B) {
	r := newRig(b)
	for i := range 500 {
		r.reader.out.Drafts = append(r.reader.out.Drafts, tasks.Draft{
			Ref: fmt.Sprint(i), Text: fmt.Sprintf("Nhiệm vụ %d: rà soát, đơn giản hóa thủ tục hành chính, báo cáo Ủy ban nhân dân tỉnh", i),
			Leads: written("Sở Nội vụ", "Sở Tài chính"), Cooperating: written("Thuế tỉnh"),
		})
	}
	d := must(r.documents.Import(b.Context(), r.secretariat, tasks.NewDocument{Text: "x", Head: tasks.Head{Number: "1/KH", Date: date("2026-10-01")}}))(b)
	for b.Loop() {
		check(b, r.documents.Issue(b.Context(), r.secretariat, d.ID, 0))
		b.StopTimer()
		check(b, r.documents.Recall(b.Context(), r.secretariat, d.ID, 0))
		b.StartTimer()
	}
}
