package notify_test

import (
	"strings"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// remindersTo lists the reminders to an address as "2/1: subject", oldest first.
func (w *world) remindersTo(to string) []string {
	w.t.Helper()
	var out []string
	for _, m := range w.mails(tasks.NoticeReminder) {
		if m.To == to {
			out = append(out, m.CreatedAt.In(w.rules.Location).Format("2/1: ")+m.Subject)
		}
	}
	return out
}

// lastReminder is the newest reminder that arrived at the address, parsed.
func (w *world) lastReminder(to string) parsed {
	w.t.Helper()
	mails := w.parsedTo(tasks.NoticeReminder, to)
	if len(mails) == 0 {
		w.t.Fatalf("no reminder to %s", to)
	}
	return mails[len(mails)-1]
}

// Day by day through the whole ladder, counted by hand from a calendar of Mondays to Fridays: due on Tuesday the 20th of October.
func TestLadderByRole(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	w.person("Bùi Đầu", "dau@tc.vn", head(finance))
	chi := w.person("Vũ Chi", "chi@vp.vn", tasks.Grant{Role: tasks.RoleSecretariat})
	id, _ := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-20", leads: []int64{interior}, cooperating: []int64{finance}})
	w.check(w.documents.SetFollowers(t.Context(), w.secretariat, id, 0, tasks.Followers{Specialist: chi.ID}))
	w.stepTo("2026-11-11 12:00")
	equal(t, "the focal point", w.remindersTo("an@nv.vn"),
		"6/10: Sở Nội vụ có 1 việc sắp đến hạn", "13/10: Sở Nội vụ có 1 việc sắp đến hạn", "19/10: Sở Nội vụ có 1 việc sắp đến hạn",
		"20/10: Sở Nội vụ có 1 việc cần hoàn thành hôm nay", "21/10: Sở Nội vụ có 1 việc quá hạn", "28/10: Sở Nội vụ có 1 việc quá hạn",
		"4/11: Sở Nội vụ có 1 việc quá hạn", "11/11: Sở Nội vụ có 1 việc quá hạn")
	equal(t, "the head", w.remindersTo("truong@nv.vn"),
		"23/10: Sở Nội vụ có 1 việc quá hạn cần thủ trưởng chỉ đạo", "30/10: Sở Nội vụ có 1 việc quá hạn cần thủ trưởng chỉ đạo",
		"6/11: Sở Nội vụ có 1 việc quá hạn cần thủ trưởng chỉ đạo")
	equal(t, "the specialist", w.remindersTo("chi@vp.vn"),
		"3/11: Việc ông/bà theo dõi: 1 việc quá hạn kéo dài", "10/11: Việc ông/bà theo dõi: 1 việc quá hạn kéo dài")
	equal(t, "the cooperating agency", w.remindersTo("binh@tc.vn"),
		"13/10: Sở Tài chính có 1 việc phối hợp sắp đến hạn", "20/10: Sở Tài chính có 1 việc phối hợp sắp đến hạn")
	equal(t, "the head of the cooperating agency", w.remindersTo("dau@tc.vn"))
	equal(t, "the rest of the secretariat", w.remindersTo("thu@vp.example.gov.vn"))

	w.holds(w.lastReminder("truong@nv.vn"), "QUÁ HẠN", "Việc một", "đầu mối: Lê An", "thủ trưởng của Sở Nội vụ", "/mine")
	w.holds(w.lastReminder("chi@vp.vn"), "QUÁ HẠN", "Việc một", "Sở Nội vụ", "Quá hạn kéo dài, cần đôn đốc (1)", "bộ phận thường trực", "/assignments?timeliness=overdue")
	w.holds(w.lastReminder("binh@tc.vn"), "Việc một", "Sở Nội vụ chủ trì", "Việc cơ quan phối hợp (1)", "đầu mối của Sở Tài chính")
}

// One mail a person a day, whatever he is: what he is told of in several ways is one line, that of who is nearest to it.
func TestOneReminderForSeveralRoles(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior), head(interior), tasks.Grant{Role: tasks.RoleSecretariat})
	w.person("Trần Bình", "binh@tc.vn", focal(interior), focal(finance))
	w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-20", leads: []int64{interior}, cooperating: []int64{finance}},
		duty{text: "Việc hai", due: "2026-10-27", leads: []int64{interior}},
		duty{text: "Việc ba", due: "2026-11-03", leads: []int64{finance}},
	)
	w.stepTo("2026-11-03 12:00")
	// The first is overdue by three on the 23rd, by six on the 28th, by eight on the 30th and by ten on the 3rd; the second is overdue
	// by one on the 28th, by three on the 30th and by five on the 3rd, which is no step. The third is another agency's.
	equal(t, "focal point, head and secretariat in one", w.remindersTo("an@nv.vn")[5:],
		"23/10: Sở Nội vụ có 1 việc quá hạn cần thủ trưởng chỉ đạo", "26/10: Sở Nội vụ có 1 việc sắp đến hạn", "27/10: Sở Nội vụ có 1 việc cần hoàn thành hôm nay",
		"28/10: Sở Nội vụ có 2 việc quá hạn", "30/10: Sở Nội vụ có 2 việc quá hạn cần thủ trưởng chỉ đạo",
		"3/11: Việc ông/bà theo dõi: 1 việc quá hạn kéo dài")
	// The cooperating agency is his too: he is told of it as of what he leads.
	equal(t, "lead and cooperating agency in one", w.remindersTo("binh@tc.vn")[1:2], "13/10: Sở Nội vụ, Sở Tài chính có 2 việc sắp đến hạn")
	days := make(map[string]bool)
	for _, m := range w.mails(tasks.NoticeReminder) {
		day := m.To + m.CreatedAt.In(w.rules.Location).Format(" 2/1")
		if days[day] {
			t.Errorf("two reminders: %s", day)
		}
		days[day] = true
	}
}

// What waits for its confirmation longer than it should reminds who follows it, and all of the secretariat when nobody does.
func TestWaitingReportsRemindTheSecretariat(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	chi := w.person("Vũ Chi", "chi@vp.vn", tasks.Grant{Role: tasks.RoleSecretariat})
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-12-18", leads: []int64{interior}},
		duty{text: "Việc hai", due: "2026-12-18", leads: []int64{interior}},
		duty{text: "Việc ba", due: "2026-12-18", leads: []int64{interior}},
	)
	w.stepTo("2026-10-06 09:00")
	w.check(w.assignments.NameFollowers(ctx, w.secretariat, a[0].ID, 0, tasks.Followers{Specialist: chi.ID}))
	for _, d := range a {
		w.submit(an, d.ID)
	}
	// Five working days are until Tuesday the 13th: the first that is too late is the 14th, then every five.
	w.stepTo("2026-10-14 07:00")
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[2].ID, 0))
	w.stepTo("2026-10-22 12:00")
	equal(t, "who follows one of them", w.remindersTo("chi@vp.vn"),
		"14/10: Việc ông/bà theo dõi: 2 báo cáo chờ xác nhận quá lâu", "21/10: Việc ông/bà theo dõi: 2 báo cáo chờ xác nhận quá lâu")
	equal(t, "the rest of the secretariat", w.remindersTo("thu@vp.example.gov.vn"),
		"14/10: Việc ông/bà theo dõi: 1 báo cáo chờ xác nhận quá lâu", "21/10: Việc ông/bà theo dõi: 1 báo cáo chờ xác nhận quá lâu")
	w.holds(w.lastReminder("chi@vp.vn"), "Việc một", "Việc hai", "báo cáo ngày 6/10 · đã chờ xác nhận 11 ngày làm việc", "Sở Nội vụ", "/inbox")
	equal(t, "the agency, whose clock is stopped", append(w.remindersTo("an@nv.vn"), w.remindersTo("truong@nv.vn")...))
	// Returned and submitted again, it waits anew.
	w.stepTo("2026-10-22 14:00")
	w.check(w.assignments.Return(ctx, w.secretariat, a[0].ID, 0, "Thiếu số liệu"))
	w.stepTo("2026-10-23 09:00")
	w.submit(an, a[0].ID)
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[1].ID, 0))
	w.stepTo("2026-11-03 12:00")
	equal(t, "submitted again", w.remindersTo("chi@vp.vn")[2:], "2/11: Việc ông/bà theo dõi: 1 báo cáo chờ xác nhận quá lâu")
}

// The ladder climbs for a missing periodic report likewise.
func TestLadderOfPeriodicReports(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	w.issue("10/CT-UBND", duty{text: "Việc một", cadence: "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=20", leads: []int64{interior}, cooperating: []int64{finance}})
	w.stepTo("2026-11-03 12:00")
	equal(t, "the head", w.remindersTo("truong@nv.vn"), "23/10: Sở Nội vụ có 1 kỳ báo cáo định kỳ", "30/10: Sở Nội vụ có 1 kỳ báo cáo định kỳ")
	equal(t, "the secretariat", w.remindersTo("thu@vp.example.gov.vn"), "3/11: Việc ông/bà theo dõi: 1 kỳ báo cáo còn thiếu kéo dài")
	equal(t, "the cooperating agency", w.remindersTo("binh@tc.vn"))
}

// Nothing is told that has ceased to be true since it was written: the server was away, and then the duty was extended, given to others,
// or done.
func TestEscalationsStayTrue(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	ctx := t.Context()
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-20", leads: []int64{interior}, cooperating: []int64{finance}},
		duty{text: "Việc hai", due: "2026-10-20", leads: []int64{interior}},
	)
	w.stepTo("2026-10-22 12:00")
	w.server.stop()
	w.stepTo("2026-10-23 09:00") // the head's mail waits
	w.submit(an, a[0].ID)
	w.check(w.assignments.CorrectDeadline(ctx, w.secretariat, a[1].ID, tasks.DeadlineCorrectionInput{Due: calendar.MustParseDate("2026-11-30"), Reason: "Gõ nhầm"}))
	server := startMailServer(t)
	w.deliverer.Close()
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(time.Hour)
	w.stepTo("2026-10-26 12:00")
	for _, m := range arrivedAs(t, server) {
		if strings.HasPrefix(m, "reminder") {
			t.Errorf("told of what is not so any more: %s", m)
		}
	}
}
