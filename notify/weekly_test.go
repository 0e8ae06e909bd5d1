package notify_test

import (
	"fmt"
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// Roll-ups go to focal points and heads of agencies that lead something, one a person and agency; the digest to every leader.
func TestWeeklyMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	helper := w.agency("Sở Y tế", directory.KindDepartment)
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	an := w.person("Lê An", "an@nv.vn", focal(interior), head(interior), focal(finance))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	w.person("Ngô Dung", "dung@yt.vn", focal(helper))
	w.runDue("2026-10-05 06:00")

	// The first digest comes although there is nothing yet, roll-ups do not.
	w.stepTo("2026-10-05 09:30")
	equal(t, "first digest", w.told(tasks.NoticeDigest), "ct@mauson.vn: Tuần 41: không có việc quá hạn")
	equal(t, "first roll-ups", w.told(tasks.NoticeRollUp))

	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-08", leads: []int64{interior}, cooperating: []int64{helper}},
		duty{text: "Việc hai", due: "2026-10-15", leads: []int64{interior}},
		duty{text: "Việc ba", due: "2026-10-09", leads: []int64{finance}},
	)
	w.stepTo("2026-10-12 09:30")
	equal(t, "second digest", w.told(tasks.NoticeDigest)[1:], "ct@mauson.vn: Tuần 42: 2 việc quá hạn, thêm 2")
	equal(t, "second roll-ups", w.told(tasks.NoticeRollUp),
		"an@nv.vn: Tuần 42: Sở Nội vụ có 1 việc đến hạn tuần này, 1 việc quá hạn",
		"truong@nv.vn: Tuần 42: Sở Nội vụ có 1 việc đến hạn tuần này, 1 việc quá hạn",
		"an@nv.vn: Tuần 42: Sở Tài chính có 1 việc quá hạn",
	)
	w.submit(an, a[0].ID)
	w.check(w.assignments.Confirm(t.Context(), w.secretariat, a[0].ID, 0))
	w.stepTo("2026-10-19 09:30")
	equal(t, "third digest", w.told(tasks.NoticeDigest)[2:], "ct@mauson.vn: Tuần 43: 2 việc quá hạn, bằng tuần trước")
	if n := len(w.server.all()); n == 0 {
		t.Error("nothing was sent")
	}
	for _, m := range w.mails(tasks.NoticeDigest) {
		if m.State != notify.MailSent {
			t.Errorf("digest %d is %s", m.ID, m.State)
		}
	}
}

// Weeks in which nobody could be told are not told later, one after the other: only the newest is.
func TestDigestForNobody(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	w.runDue("2026-10-05 06:00")
	w.stepTo("2026-10-13 10:00")
	equal(t, "without a leader", w.told(tasks.NoticeDigest))
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.person("Đã Nghỉ", "nghi@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	gone := w.person("Đã Đi", "di@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	gone.Active = false
	_, err := w.accounts.SavePerson(t.Context(), tasks.System, gone)
	w.check(err)
	w.stepTo("2026-10-13 11:00")
	equal(t, "with leaders", w.told(tasks.NoticeDigest),
		"ct@mauson.vn: Tuần 42: không có việc quá hạn", "nghi@mauson.vn: Tuần 42: không có việc quá hạn")
}

// A first start between the two jobs of Monday still gives the digest its figures.
func TestDigestOfFirstDay(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.stepTo("2026-10-05 09:00")
	equal(t, "digest", w.told(tasks.NoticeDigest), "ct@mauson.vn: Tuần 41: không có việc quá hạn")
}

// A mail lists forty duties and says how many more there are; it stays below the size at which Gmail cuts it.
func TestLongMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	var duties []duty
	words := "Chủ trì, phối hợp với các cơ quan, đơn vị liên quan rà soát, sửa đổi, bổ sung quy trình nội bộ giải quyết thủ tục hành chính; "
	for i := range 55 {
		duties = append(duties, duty{text: fmt.Sprintf("%d. %s%s%s", i+1, words, words, words), due: "2026-10-20", phrase: "trước ngày 21/10/2026", leads: []int64{interior}})
	}
	w.issue("10/CT-UBND", duties...)
	w.stepTo("2026-10-20 08:30")
	bodies := w.server.all()
	if len(bodies) == 0 {
		t.Fatal("nothing sent")
	}
	type shown struct {
		duties int
		more   string
	}
	want := map[string]shown{"issued": {40, "và 15 việc khác"}, "reminder": {40, "và 15 việc khác"}, "rollup": {20, "và 35 việc khác"}}
	seen := make(map[string]bool)
	for _, r := range bodies {
		m := parse(t, r.body)
		if len(m.rows) == 0 {
			continue // a week in which nothing falls due
		}
		seen[m.kind] = true
		if got := (shown{len(m.rows), m.more}); got != want[m.kind] {
			t.Errorf("%s: %v, want %v", m.kind, got, want[m.kind])
		}
	}
	if len(seen) != len(want) {
		t.Errorf("kinds seen: %v", seen)
	}
}

// Cadence notes are reminded of beside deadlines, in words of their own, until a report answers them.
func TestPeriodicReminders(t *testing.T) {
	w := newWorld(t, "2026-11-02 07:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc thường xuyên", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", leads: []int64{interior}},
		duty{text: "Việc một", due: "2026-11-25", leads: []int64{interior}},
	)
	w.stepTo("2026-11-11 12:00")
	equal(t, "ten days before", w.told(tasks.NoticeReminder), "an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn, 1 kỳ báo cáo định kỳ")
	w.check(w.assignments.Report(t.Context(), an, a[0].ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: "Đang làm"}))
	w.stepTo("2026-11-25 12:00")
	equal(t, "after the report", w.told(tasks.NoticeReminder)[1:],
		"an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn",
		"an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn",
		"an@nv.vn: Sở Nội vụ có 1 việc cần hoàn thành hôm nay",
	)
}

func TestAccountMails(t *testing.T) {
	w := newWorld(t, "2026-10-04 20:00") // a Sunday
	p := w.person("Lê An", "an@nv.vn", tasks.Grant{Role: tasks.RoleLeader})
	first, err := w.accounts.Invite(t.Context(), tasks.System, p.ID)
	w.check(err)
	second, err := w.accounts.Invite(t.Context(), tasks.System, p.ID)
	w.check(err)
	w.stepTo("2026-10-04 20:01")
	equal(t, "account", w.told(tasks.NoticeAccount), "an@nv.vn: Mời ông/bà đặt mật khẩu để dùng tiendo")
	m := parse(t, w.server.all()[0].body)
	if len(m.links) != 1 || m.links[0] != baseURL+"/password/link/"+second {
		t.Errorf("links %q, want the one of the second invitation (the first was %q)", m.links, first)
	}
	w.check(w.db.Compose().View(t.Context(), func(tx notify.ComposeReader) error {
		open, err := tx.OpenNotices(tasks.NoticeAccount, w.business.now(), 0, 10)
		if len(open) != 0 {
			t.Errorf("%d notices of accounts open", len(open))
		}
		return err
	}))
}
