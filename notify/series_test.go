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

// What becomes of a recurring duty is told to those who have its newest period, be that completed or not; only what is still true.
func TestSeriesMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Vũ Bình", "binh@tc.vn", focal(finance))
	_, a := w.issue("10/CT-UBND", duty{text: "Báo cáo cải cách hành chính", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", leads: []int64{interior}, cooperating: []int64{finance}})
	task := a[0].TaskID
	w.stepTo("2026-10-12 08:00")
	news := func(address string) []parsed {
		var out []parsed
		for _, m := range w.mailsOf(address) {
			if strings.Contains(m.text, "định kỳ · ") || strings.Contains(m.text, "Nhiệm vụ định kỳ") {
				out = append(out, m)
			}
		}
		return out
	}
	series := tasks.SeriesInput{Rule: "FREQ=MONTHLY;BYMONTHDAY=25", Ahead: 10, Reason: "Xác nhận từng kỳ"}
	w.check(w.assignments.BeginSeries(ctx, w.secretariat, task, series))
	w.stepTo("2026-10-12 12:00")
	for _, address := range []string{"an@nv.vn", "binh@tc.vn"} {
		got := news(address)
		if len(got) != 1 {
			t.Fatalf("%s was told %q", address, w.told(tasks.NoticeEvent))
		}
		w.holds(got[0], "1 việc từ nay giao theo từng kỳ", "Báo cáo cải cách hành chính", "kỳ tháng 10/2026", "25/10", "tháng 11/2026, thời hạn 25/11/2026, mở ngày 11/11/2026", "Xác nhận từng kỳ")
	}
	w.check(w.assignments.Report(ctx, an, a[0].ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Percent: 100, Text: "Xong"}))
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[0].ID, 0))
	// Changed and changed again before a mail goes: the newest alone is told, although the period is completed.
	series.Rule, series.Reason = "FREQ=WEEKLY;BYDAY=FR", "Nhầm"
	w.check(w.assignments.ChangeSeries(ctx, w.secretariat, task, series))
	series.Rule, series.Ahead, series.Reason = "FREQ=MONTHLY;BYMONTHDAY=20", 2, "Theo Công văn 12"
	w.check(w.assignments.ChangeSeries(ctx, w.secretariat, task, series))
	w.stepTo("2026-10-13 12:00")
	got := news("an@nv.vn")
	if len(got) != 2 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(got[1], "1 việc đổi định kỳ", "tháng 11/2026, thời hạn 20/11/2026", "Theo Công văn 12")
	if strings.Contains(got[1].text, "Nhầm") {
		t.Error("told of what was changed again")
	}
	w.check(w.assignments.EndSeries(ctx, w.secretariat, task, 0, "Không còn cần"))
	w.stepTo("2026-10-14 12:00")
	if got = news("binh@tc.vn"); len(got) != 3 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(got[2], "1 việc kết thúc định kỳ", "Không mở kỳ mới nữa", "Không còn cần")
	// Of one that ended and goes on again before the mail goes, only that it goes on.
	series.Reason = "Lại cần"
	w.check(w.assignments.ChangeSeries(ctx, w.secretariat, task, series))
	w.check(w.assignments.EndSeries(ctx, w.secretariat, task, 0, "Thôi hẳn"))
	w.stepTo("2026-10-15 12:00")
	if got = news("an@nv.vn"); len(got) != 4 || !strings.Contains(got[3].text, "Thôi hẳn") || strings.Contains(got[3].text, "Lại cần") {
		t.Errorf("told %q", w.told(tasks.NoticeEvent))
	}
}
