package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// Each period is told once, to who leads and who cooperates, all of an agency in one mail; not of a duty that was taken back meanwhile.
func TestPeriodMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Vũ Bình", "binh@tc.vn", focal(finance))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Báo cáo cải cách hành chính", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", opens: 10, leads: []int64{interior}, cooperating: []int64{finance}},
		duty{text: "Báo cáo tiếp công dân", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", opens: 10, leads: []int64{interior}},
		duty{text: "Báo cáo thanh tra", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", opens: 10, leads: []int64{interior}},
	)
	if len(a) != 3 {
		t.Fatalf("%d assignments", len(a))
	}
	w.check(w.assignments.Cancel(ctx, w.secretariat, a[2].ID, tasks.PauseInput{Reason: "Không còn cần", Authority: "Chủ tịch"}))
	w.stepTo("2026-11-10 18:00")
	told := len(w.mailsOf("an@nv.vn"))
	w.stepTo("2026-11-11 12:00")
	lead := w.mailsOf("an@nv.vn")[told:]
	if len(lead) != 1 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(lead[0], "2 việc định kỳ vào kỳ mới", "Báo cáo cải cách hành chính", "Báo cáo tiếp công dân", "kỳ tháng 11/2026", "25/11")
	if strings.Contains(lead[0].text, "thanh tra") {
		t.Error("told of a duty that was taken back")
	}
	with := w.mailsOf("binh@tc.vn")
	if len(with) != 1 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(with[0], "Báo cáo cải cách hành chính", "chủ trì: Sở Nội vụ", "kỳ tháng 11/2026")
	w.stepTo("2026-12-09 18:00")
	if got := w.mailsOf("binh@tc.vn"); len(got) != 1 {
		t.Errorf("told again: %q", w.told(tasks.NoticeEvent))
	}
}
