package notify_test

import (
	"fmt"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// eventMails are the parsed event mails, in the order in which they came.
func (w *world) eventMails(t *testing.T) []parsed {
	var mails []parsed
	for _, raw := range w.server.all() {
		if m := parse(t, raw.body); m.kind == "event" {
			mails = append(mails, m)
		}
	}
	return mails
}

// says fails the test when the mail lacks a text in one of its parts.
func (m parsed) says(t *testing.T, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(strings.Join(strings.Fields(m.text), " "), s) || !strings.Contains(m.html, s) {
			t.Errorf("the mail to %s lacks %q:\n%s", m.to, s, m.text)
		}
	}
}

// Agencies are told when a duty rests, goes on, is taken back, and that this is undone; nobody is reminded of one that rests.
func TestMailsOfHolds(t *testing.T) {
	for language, want := range map[string][]string{
		"vi": {"Sở Nội vụ có 1 việc tạm dừng", "Tạm dừng từ 6/10/2026", "Sở Nội vụ có 1 việc tiếp tục thực hiện", "Sở Nội vụ có 1 việc được thu hồi", "Sở Nội vụ có 1 việc được huỷ thu hồi"},
		"en": {"Sở Nội vụ: 1 task on hold", "On hold since 6 October 2026", "Sở Nội vụ: 1 task going on", "Sở Nội vụ: 1 task taken back", "Sở Nội vụ: 1 task restored"},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			w.language = language
			ctx := t.Context()
			interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			w.person("Lê An", "an@nv.vn", focal(interior))
			w.person("Trần Bình", "binh@tc.vn", focal(finance))
			_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-16", leads: []int64{interior}, cooperating: []int64{finance}})
			w.stepTo("2026-10-06 09:00")
			why := func(reason string) tasks.PauseInput {
				return tasks.PauseInput{Reason: reason, Authority: "Chủ tịch UBND tỉnh", Document: "12/TB-VP"}
			}
			w.check(w.assignments.Hold(ctx, w.secretariat, a[0].ID, why("Chờ Trung ương")))
			w.stepTo("2026-10-27 09:00") // over the deadline
			told := w.told(tasks.NoticeEvent)
			if len(told) != 2 || told[0] != "an@nv.vn: "+want[0] || !strings.HasPrefix(told[1], "binh@tc.vn: Sở Tài chính") {
				t.Fatalf("told %q", told)
			}
			for _, m := range w.eventMails(t) {
				m.says(t, want[1], "Chủ tịch UBND tỉnh", "12/TB-VP", "Chờ Trung ương", "Việc một")
			}
			if got := w.told(tasks.NoticeReminder); len(got) != 0 {
				t.Errorf("reminded of a duty that rests: %q", got)
			}
			in := why("Đã có hướng dẫn")
			in.Due = calendar.MustParseDate("2026-11-10")
			w.check(w.assignments.Resume(ctx, w.secretariat, a[0].ID, in))
			w.stepTo("2026-10-27 10:00")
			w.check(w.assignments.Cancel(ctx, w.secretariat, a[0].ID, why("Không còn cần")))
			w.stepTo("2026-10-27 11:00")
			w.check(w.assignments.Restore(ctx, w.secretariat, a[0].ID, why("Nhầm")))
			w.stepTo("2026-10-27 12:00")
			told = w.told(tasks.NoticeEvent)
			for i, headline := range []string{want[2], want[3], want[4]} {
				if told[2+2*i] != "an@nv.vn: "+headline {
					t.Errorf("told %q, want %q", told[2+2*i], headline)
				}
			}
			// Undone within the window: nothing of it is true any more but that it goes on.
			w.check(w.assignments.Hold(ctx, w.secretariat, a[0].ID, why("Nhầm")))
			w.check(w.assignments.Cancel(ctx, w.secretariat, a[0].ID, why("Nhầm")))
			w.check(w.assignments.Restore(ctx, w.secretariat, a[0].ID, why("Nhầm")))
			w.check(w.assignments.Resume(ctx, w.secretariat, a[0].ID, why("Tiếp")))
			w.stepTo("2026-10-27 14:00")
			if more := w.told(tasks.NoticeEvent)[8:]; len(more) != 2 || more[0] != "an@nv.vn: "+want[2] {
				t.Errorf("told %q", more)
			}
			w.stepTo("2026-11-10 12:00")
			if got := w.told(tasks.NoticeReminder); len(got) == 0 {
				t.Error("nobody is reminded of the new deadline")
			}
		})
	}
}

// Who gets a duty is told as when it is issued, who loses it where it went, without a link that would lead nowhere.
func TestMailsOfReassigning(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior, finance, health := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment), w.agency("Sở Y tế", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	w.person("Phạm Chi", "chi@yt.vn", focal(health))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}, cooperating: []int64{finance}},
		duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
	w.stepTo("2026-10-06 09:00")
	for _, x := range a {
		w.check(w.assignments.Decline(ctx, an, x.ID, tasks.DeclineInput{Proposed: health, Reason: "Thuộc ngành y tế"}))
	}
	w.stepTo("2026-10-06 10:00")
	if got := w.told(tasks.NoticeEvent); len(got) != 0 {
		t.Fatalf("told of a request: %q", got)
	}
	w.check(w.assignments.Insist(ctx, w.secretariat, a[1].ID, tasks.PauseInput{Reason: "Đúng Quy chế", Document: "9/VP", Authority: "Chủ tịch UBND tỉnh"}))
	w.check(w.assignments.Reassign(ctx, w.secretariat, a[0].ID, tasks.ReassignInput{
		Leads: []int64{health}, Cooperating: []int64{finance}, Due: calendar.MustParseDate("2026-12-15"),
		Reason: "Đúng chức năng", Document: "15/TB-VP", Authority: "Chủ tịch UBND tỉnh",
	}))
	w.stepTo("2026-10-06 11:00")
	byTo := make(map[string]parsed)
	for _, m := range w.eventMails(t) {
		byTo[m.to] = m
	}
	if len(byTo) != 3 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	for to, m := range byTo {
		switch {
		case strings.Contains(to, "an@nv.vn"):
			m.says(t, "Giữ nguyên phân công (1)", "Đúng Quy chế", "Việc hai", "Chuyển cho cơ quan khác (1)", "chủ trì: Sở Y tế", "Việc một", "văn bản 15/TB-VP")
			if strings.Contains(m.html, fmt.Sprintf(`/assignments/%d"`, a[0].ID)) {
				t.Error("a link leads to what he may not see any more")
			}
		case strings.Contains(to, "chi@yt.vn"):
			m.says(t, "1 việc được giao theo phân công mới", "Việc một", "15/12", "chủ trì: Sở Y tế", "phối hợp: Sở Tài chính", "thay Sở Nội vụ", "Đúng chức năng")
		default:
			m.says(t, "1 việc thay đổi cơ quan cùng thực hiện", "chủ trì: Sở Y tế")
		}
	}
	w.stepTo("2026-12-15 12:00")
	for _, line := range w.told(tasks.NoticeReminder) {
		if strings.HasPrefix(line, "chi@yt.vn") {
			return
		}
	}
	t.Errorf("the new lead is not reminded: %q", w.told(tasks.NoticeReminder))
}

// What goes on in the next year is told with its new deadline.
func TestMailsOfAYearsEnd(t *testing.T) {
	w := newWorld(t, "2026-12-21 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	document, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-25", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-12-25", leads: []int64{interior}})
	w.stepTo("2026-12-22 09:00")
	if _, _, err := w.assignments.EndYear(ctx, w.secretariat, document, tasks.YearEndInput{Reason: "Tổng kết năm", Authority: "Chủ tịch", Rows: []tasks.YearEndRow{
		{AssignmentID: a[0].ID, Choice: tasks.YearEndCarry, Due: calendar.MustParseDate("2027-06-30")}, {AssignmentID: a[1].ID, Choice: tasks.YearEndClose},
	}}); err != nil {
		t.Fatal(err)
	}
	w.stepTo("2026-12-22 10:00")
	mails := w.eventMails(t)
	if len(mails) != 1 {
		t.Fatalf("%d mails", len(mails))
	}
	mails[0].says(t, "Chuyển tiếp sang năm sau (1)", "Hạn cũ 25/12/2026, hạn mới 30/6/2027", "Thu hồi (1)", "Tổng kết năm", "Việc một", "Việc hai")
}
