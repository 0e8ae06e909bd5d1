package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Who gave a word is mailed what the agency answers: several answers within the window in one mail, and none that he has settled meanwhile.
func TestAnswerMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	chief := w.person("Bùi Chủ Tịch", "chutich@tinh.vn", tasks.Grant{Role: tasks.RoleLeader})
	vice := w.person("Đỗ Phó", "pho@tinh.vn", tasks.Grant{Role: tasks.RoleLeader})
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
	w.stepTo("2026-10-05 10:00")
	say := func(id int64, kind tasks.RemarkKind) int64 {
		t.Helper()
		w.check(w.assignments.GiveRemark(ctx, chief, id, tasks.RemarkInput{Kind: kind, Words: "Vì sao chậm?", Due: calendar.MustParseDate("2026-10-12")}))
		v, err := w.assignments.RemarkView(ctx, chief, id)
		w.check(err)
		return v.Lines[0].ID
	}
	answer := func(id, word int64, words string) {
		t.Helper()
		w.check(w.assignments.AnswerRemark(ctx, an, id, word, tasks.RemarkAnswerInput{Words: words, Document: "7/SNV-VP"}))
	}
	first, second, third := say(a[0].ID, tasks.RemarkExplain), say(a[1].ID, tasks.RemarkOrder), say(a[1].ID, tasks.RemarkOrder)
	w.stepTo("2026-10-05 11:00")
	answer(a[0].ID, first, "Chờ ý kiến của bộ")
	w.stepTo("2026-10-05 12:00")
	mails := w.mailsOf("chutich@tinh.vn")
	if len(mails) != 1 || len(w.mailsOf("pho@tinh.vn")) != 0 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(mails[0], "Sở Nội vụ giải trình: Việc một", "Chờ ý kiến của bộ", "7/SNV-VP", "ý kiến mà Sở Nội vụ trả lời", "Mở việc này để xem")
	if strings.Contains(mails[0].text, "/mine") {
		t.Error("the mail leads to a page that is not a leader's")
	}

	answer(a[1].ID, second, "Đã làm xong phần một")
	answer(a[1].ID, third, "Đã làm xong phần hai")
	w.stepTo("2026-10-05 14:00")
	if mails = w.mailsOf("chutich@tinh.vn"); len(mails) != 2 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(mails[1], "Sở Nội vụ có 2 trả lời ý kiến của lãnh đạo", "Đã làm xong phần một", "Đã làm xong phần hai", "/remarks?state=answered")

	w.check(w.assignments.SettleRemark(ctx, vice, a[0].ID, first, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Words: "Rõ hơn", Due: calendar.MustParseDate("2026-10-12")}))
	answer(a[0].ID, first, "Đã rõ")
	w.check(w.assignments.SettleRemark(ctx, vice, a[0].ID, first, tasks.RemarkSettlement{Outcome: tasks.RemarkAccept}))
	w.stepTo("2026-10-05 15:00")
	if mails = w.mailsOf("chutich@tinh.vn"); len(mails) != 2 {
		t.Errorf("he is told of what was accepted already: %q", mails[len(mails)-1].text)
	}
}

// What somebody is to do waits while the duty rests: it is told once, when the duty goes on.
func TestWhatIsAskedWaitsWhileADutyRests(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Vũ Bình", "binh@tc.vn", focal(finance))
	head := w.person("Lý Đức", "duc@nv.vn", tasks.Grant{Role: tasks.RoleHead, AgencyID: interior})
	w.check(w.directory.SetApproval(ctx, head, interior, true))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}, cooperating: []int64{finance}})
	id := a[0].ID
	w.stepTo("2026-10-05 10:00")
	w.submit(an, id)
	w.check(w.assignments.AskContributions(ctx, an, id, tasks.ContributionRequest{Agencies: []int64{finance}, Words: "Số liệu", Due: calendar.MustParseDate("2026-10-30")}))
	why := tasks.PauseInput{Reason: "Chờ nghị định", Authority: "Chủ tịch UBND tỉnh"}
	w.check(w.assignments.Hold(ctx, w.secretariat, id, why))
	asks := func(to string) (n int) {
		for _, m := range w.mailsOf(to) {
			if strings.Contains(m.text, "chờ thủ trưởng duyệt") || strings.Contains(m.text, "Đầu mối trình") || strings.Contains(m.text, "Số liệu") {
				n++
			}
		}
		return n
	}
	w.stepTo("2026-10-12 10:00")
	if asks("duc@nv.vn") != 0 || asks("binh@tc.vn") != 0 {
		t.Fatalf("while it rests they are told %q", w.told(tasks.NoticeEvent))
	}
	w.check(w.assignments.Resume(ctx, w.secretariat, id, why))
	w.stepTo("2026-10-12 11:00")
	if asks("duc@nv.vn") != 1 || asks("binh@tc.vn") != 1 {
		t.Errorf("when it goes on they are told %q", w.told(tasks.NoticeEvent))
	}
	// Told once is told: another rest changes nothing. What was withdrawn while it rested is not told.
	w.check(w.assignments.Hold(ctx, w.secretariat, id, why))
	w.stepTo("2026-10-13 10:00")
	w.check(w.assignments.Resume(ctx, w.secretariat, id, why))
	w.stepTo("2026-10-13 11:00")
	if asks("duc@nv.vn") != 1 || asks("binh@tc.vn") != 1 {
		t.Errorf("told again: %q", w.told(tasks.NoticeEvent))
	}
}
