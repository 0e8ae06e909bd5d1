package notify_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

func equal(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// An issue tells each focal point once, of all duties of his agencies, and no agency of another's.
func TestIssuedMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance, police := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment), w.agency("Công an tỉnh", directory.KindVertical)
	empty := w.agency("Sở Y tế", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance), focal(interior))
	w.person("Phạm Công", "cong@ca.vn", focal(police))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	_, assignments := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior, finance}},
		duty{text: "Việc hai", due: "2026-11-30", leads: []int64{interior}, cooperating: []int64{police, empty}},
		duty{text: "Việc ba", due: "2026-12-15", leads: []int64{finance}},
	)
	w.runDue("2026-10-05 07:00")
	equal(t, "issued", w.told(tasks.NoticeIssued),
		"an@nv.vn: Sở Nội vụ được giao 2 việc chủ trì theo Chỉ thị 10/CT-UBND",
		"binh@tc.vn: Sở Nội vụ, Sở Tài chính được giao 4 việc chủ trì theo Chỉ thị 10/CT-UBND",
		"cong@ca.vn: Đề nghị Công an tỉnh thực hiện 1 việc phối hợp theo Chỉ thị 10/CT-UBND",
		"thu@vp.example.gov.vn: Sở Y tế được giao 1 việc phối hợp theo Chỉ thị 10/CT-UBND",
	)
	if len(assignments) != 4 {
		t.Fatalf("%d assignments, want 4", len(assignments))
	}
	w.runDue("2026-10-05 07:01")
	if n := len(w.mails(tasks.NoticeIssued)); n != 4 {
		t.Errorf("%d mails after a second run, want 4", n)
	}
	// Held for ten business minutes, then sent.
	w.stepTo("2026-10-05 07:09")
	if n := len(w.server.all()); n != 0 {
		t.Errorf("%d mails sent during the hold", n)
	}
	unreached, err := w.outbox.Unreached(t.Context(), w.secretariat)
	w.check(err)
	if len(unreached) != 0 {
		t.Errorf("%d notices unreached within the hold", len(unreached))
	}
	w.stepTo("2026-10-05 07:10")
	if n := len(w.server.all()); n != 4 {
		t.Errorf("%d mails sent after the hold, want 4", n)
	}
	// Nobody at Sở Y tế: the secretariat is told, but it stays open, is shown, and composed as soon as there is somebody.
	unreached, err = w.outbox.Unreached(t.Context(), w.secretariat)
	w.check(err)
	if len(unreached) != 1 || unreached[0].AgencyID != empty {
		t.Errorf("unreached %v, want the one agency without a focal point", unreached)
	}
	w.person("Ngô Dung", "dung@yt.vn", focal(empty))
	w.stepTo("2026-10-05 07:30")
	equal(t, "issued later", w.told(tasks.NoticeIssued)[4:], "dung@yt.vn: Sở Y tế được giao 1 việc phối hợp theo Chỉ thị 10/CT-UBND")
	if n := len(w.server.all()); n != 5 {
		t.Errorf("%d mails sent, want 5", n)
	}
}

// A recalled issue tells nobody.
func TestRecalledIssue(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	id, _ := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}})
	w.runDue("2026-10-05 07:05")
	w.check(w.documents.Recall(t.Context(), w.secretariat, id, 0))
	w.stepTo("2026-10-05 07:59")
	if got := w.server.all(); len(got) != 0 {
		t.Errorf("%d mails sent of a recalled issue", len(got))
	}
	if got := w.told(tasks.NoticeIssued); len(got) != 0 {
		t.Errorf("mails left: %q", got)
	}
}

// Returned reports are gathered for ten minutes into one mail a person; what is no longer true is left out.
func TestEventMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	binh := w.person("Trần Bình", "binh@tc.vn", focal(finance))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-11-30", leads: []int64{interior}},
		duty{text: "Việc ba", due: "2026-12-15", leads: []int64{finance}},
	)
	w.stepTo("2026-10-05 10:00")
	ctx := t.Context()
	w.submit(an, a[0].ID)
	w.submit(an, a[1].ID)
	w.submit(binh, a[2].ID)
	w.check(w.assignments.Return(ctx, w.secretariat, a[0].ID, 0, "Thiếu số văn bản"))
	w.check(w.assignments.Return(ctx, w.secretariat, a[2].ID, 0, "Thiếu tệp"))
	w.stepTo("2026-10-05 10:04")
	w.check(w.assignments.Return(ctx, w.secretariat, a[1].ID, 0, "Chưa đạt"))
	w.submit(binh, a[2].ID) // answered before the mail: nothing to tell any more
	w.stepTo("2026-10-05 10:09")
	if got := w.told(tasks.NoticeEvent); len(got) != 0 {
		t.Fatalf("composed within the window: %q", got)
	}
	w.stepTo("2026-10-05 11:00")
	equal(t, "events", w.told(tasks.NoticeEvent), "an@nv.vn: Sở Nội vụ có 2 việc bị trả lại")
	m := w.mails(tasks.NoticeEvent)[0]
	if !m.CreatedAt.Equal(w.at("2026-10-05 10:10")) {
		t.Errorf("composed at %s, want the end of the window", m.CreatedAt.In(w.rules.Location))
	}
	// Reopened and returned are told apart.
	w.submit(an, a[0].ID)
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[0].ID, 0))
	w.check(w.assignments.Reopen(ctx, w.secretariat, a[0].ID, 0, "Số liệu đổi"))
	w.stepTo("2026-10-05 12:00")
	equal(t, "events", w.told(tasks.NoticeEvent)[1:], "an@nv.vn: Sở Nội vụ có 1 việc được mở lại")
}

// One mail a person a day, whatever the number of agencies and duties; then day by day what the ladder asks for.
func TestReminderMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior), focal(finance))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-20", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-10-13", leads: []int64{finance}},
		duty{text: "Việc ba", due: "2026-10-20", leads: []int64{interior, finance}, joint: true},
		duty{text: "Việc bốn", due: "2026-10-19", leads: []int64{interior}},
	)
	w.stepTo("2026-10-19 12:00")
	w.submit(an, a[3].ID) // done: no more reminders of it
	w.stepTo("2026-10-29 12:00")
	var got []string
	for _, m := range w.mails(tasks.NoticeReminder) {
		got = append(got, m.CreatedAt.In(w.rules.Location).Format("2/1 15:04 ")+m.To+": "+m.Subject)
	}
	// By hand from a calendar of Mondays to Fridays: one and three are due on Tuesday the 20th, two on Tuesday the 13th, four on
	// Monday the 19th. The tenth day before that Monday is the day of issue, on which nothing is reminded of.
	const both = "an@nv.vn: Sở Nội vụ, Sở Tài chính có "
	equal(t, "reminders", got,
		"6/10 08:00 "+both+"3 việc sắp đến hạn", // one and three −10, two −5
		"12/10 08:00 "+both+"2 việc sắp đến hạn",
		"13/10 08:00 "+both+"1 việc cần hoàn thành hôm nay, 2 việc sắp đến hạn",
		"14/10 08:00 an@nv.vn: Sở Tài chính có 1 việc quá hạn",
		"16/10 08:00 an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn",
		"16/10 08:00 thu@vp.example.gov.vn: Sở Tài chính có 1 việc quá hạn cần thủ trưởng chỉ đạo",
		"19/10 08:00 "+both+"1 việc cần hoàn thành hôm nay, 2 việc sắp đến hạn",
		"20/10 08:00 "+both+"2 việc cần hoàn thành hôm nay",
		"21/10 08:00 "+both+"3 việc quá hạn",                                           // one and three +1, two +6
		"23/10 08:00 truong@nv.vn: Sở Nội vụ có 2 việc quá hạn cần thủ trưởng chỉ đạo", // one and three +3
		"23/10 08:00 thu@vp.example.gov.vn: Sở Tài chính có 2 việc quá hạn cần thủ trưởng chỉ đạo",
		"27/10 08:00 thu@vp.example.gov.vn: Việc ông/bà theo dõi: 1 báo cáo chờ xác nhận quá lâu, 1 việc quá hạn kéo dài", // four waits since the 19th; two +10
		"28/10 08:00 "+both+"3 việc quá hạn",
	)
}
