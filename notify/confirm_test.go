package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// mailsOf are the event mails that went to the address, parsed.
func (w *world) mailsOf(to string) []parsed {
	w.t.Helper()
	var mails []parsed
	for _, raw := range w.server.all() {
		if m := parse(w.t, raw.body); m.kind == "event" && strings.Contains(m.to, to) {
			mails = append(mails, m)
		}
	}
	return mails
}

func (w *world) holds(m parsed, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(m.subject+" "+m.text), " "), text) {
			w.t.Errorf("the mail to %s lacks %q:\n%s\n%s", m.to, text, m.subject, m.text)
		}
	}
}

// A head is asked, the focal point is told what came back, and nobody is told of what is not so any more.
func TestApprovalMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	head := w.person("Lý Đức", "duc@nv.vn", tasks.Grant{Role: tasks.RoleHead, AgencyID: interior})
	w.check(w.directory.SetApproval(ctx, head, interior, true))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
	w.stepTo("2026-10-05 10:00")
	w.submit(an, a[0].ID)
	w.submit(an, a[1].ID)
	w.check(w.assignments.WithdrawApproval(ctx, an, a[1].ID, 0))
	w.stepTo("2026-10-05 11:00")
	asked := w.mailsOf("duc@nv.vn")
	if len(asked) != 1 || len(w.mailsOf("an@nv.vn")) != 0 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(asked[0], "Sở Nội vụ có 1 báo cáo chờ thủ trưởng duyệt", "Việc một", "Đầu mối trình:", "thủ trưởng của Sở Nội vụ", "Xem và duyệt")
	if strings.Contains(asked[0].text, "Việc hai") {
		t.Error("the head is asked about what was withdrawn")
	}
	w.check(w.assignments.RefuseApproval(ctx, head, a[0].ID, 0, "Thiếu số liệu quý III"))
	w.stepTo("2026-10-05 12:00")
	back := w.mailsOf("an@nv.vn")
	if len(back) != 1 || len(w.mailsOf("duc@nv.vn")) != 1 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(back[0], "1 báo cáo được thủ trưởng trả lại đầu mối", "Ý kiến của thủ trưởng: Thiếu số liệu quý III")
	w.submit(an, a[0].ID)
	w.check(w.assignments.Approve(ctx, head, a[0].ID, 0))
	w.stepTo("2026-10-05 13:00")
	if got := w.mailsOf("duc@nv.vn"); len(got) != 1 {
		t.Errorf("the head is asked again: %q", w.told(tasks.NoticeEvent))
	}
}

// The lead is told what evidence is wanting, unless it was added meanwhile.
func TestEvidenceMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
	w.stepTo("2026-10-05 10:00")
	for _, x := range a {
		w.check(w.assignments.Report(ctx, an, x.ID, tasks.ReportInput{Kind: tasks.ReportSubmission, Text: "Xong", Documents: "1/BC"}))
		v, err := w.assignments.Get(ctx, w.secretariat, x.ID)
		w.check(err)
		w.check(w.assignments.JudgeEvidence(ctx, w.secretariat, x.ID, tasks.JudgeInput{
			ReportID: v.Reports[0].ID, State: tasks.EvidenceWanting, Words: "Thiếu quyết định ban hành",
		}))
		if x.ID == a[1].ID {
			w.check(w.assignments.AddEvidence(ctx, an, x.ID, tasks.EvidenceInput{ReportID: v.Reports[0].ID, Documents: "2/QĐ"}))
		}
	}
	w.stepTo("2026-10-05 11:00")
	told := w.mailsOf("an@nv.vn")
	if len(told) != 1 {
		t.Fatalf("told %q", w.told(tasks.NoticeEvent))
	}
	w.holds(told[0], "Sở Nội vụ có 1 việc cần bổ sung tài liệu kiểm chứng", "Việc một", "Cần bổ sung: Thiếu quyết định ban hành", "Bổ sung tài liệu")
	if strings.Contains(told[0].text, "Việc hai") {
		t.Error("the lead is told of what it has added")
	}
}
