package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// An extension that is granted is told to lead and cooperating agencies, one that is refused to the lead; reminders follow the new date.
func TestDeadlineMails(t *testing.T) {
	for language, want := range map[string]struct{ granted, note, refused string }{
		"vi": {
			"Sở Nội vụ có 1 việc được gia hạn",
			"Hạn cũ 9/10/2026, hạn mới 20/11/2026, theo ý kiến của Chủ tịch UBND tỉnh, văn bản 55/UBND-TH",
			"Sở Nội vụ có 1 đề nghị gia hạn không được chấp thuận",
		},
		"en": {
			"Sở Nội vụ: 1 deadline extended",
			"by the word of Chủ tịch UBND tỉnh, document 55/UBND-TH",
			"Sở Nội vụ: 1 extension refused",
		},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			w.language = language
			ctx := t.Context()
			interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			w.person("Trần Bình", "binh@tc.vn", focal(finance))
			_, a := w.issue("10/CT-UBND",
				duty{text: "Việc một", due: "2026-10-09", leads: []int64{interior}, cooperating: []int64{finance}},
				duty{text: "Việc hai", due: "2026-10-09", leads: []int64{interior}, cooperating: []int64{finance}})
			w.stepTo("2026-10-06 09:00")
			day := calendar.MustParseDate
			for _, x := range a {
				w.check(w.assignments.AskExtension(ctx, an, x.ID, tasks.ExtensionInput{Due: day("2026-11-30"), Reason: "Chờ ý kiến bộ"}))
			}
			w.stepTo("2026-10-06 10:00")
			if got := w.told(tasks.NoticeEvent); len(got) != 0 {
				t.Fatalf("told of a request: %q", got)
			}
			w.check(w.assignments.DecideExtension(ctx, w.secretariat, a[0].ID, tasks.ExtensionDecision{
				Grant: true, Due: day("2026-11-20"), Authority: "Chủ tịch UBND tỉnh", Document: "55/UBND-TH", Answer: "Lần cuối",
			}))
			w.stepTo("2026-10-06 11:00")
			told := w.told(tasks.NoticeEvent)
			if len(told) != 2 || told[0] != "an@nv.vn: "+want.granted || !strings.HasPrefix(told[1], "binh@tc.vn: Sở Tài chính") {
				t.Errorf("told %q", told)
			}
			var mails []parsed
			for _, raw := range w.server.all() {
				if m := parse(t, raw.body); m.kind == "event" {
					mails = append(mails, m)
				}
			}
			for _, m := range mails {
				for _, part := range []string{want.note, "Lần cuối", "Việc một"} {
					if !strings.Contains(strings.Join(strings.Fields(m.text), " "), part) || !strings.Contains(m.html, part) {
						t.Errorf("the mail to %s lacks %q:\n%s", m.to, part, m.text)
					}
				}
				if strings.Contains(m.text, "Việc hai") || len(m.rows) == 0 {
					t.Errorf("the mail to %s tells of another duty or of none", m.to)
				}
			}
			w.check(w.assignments.DecideExtension(ctx, w.secretariat, a[1].ID, tasks.ExtensionDecision{Authority: "Chủ tịch UBND tỉnh", Answer: "Không có lý do"}))
			w.stepTo("2026-10-06 12:00")
			equal(t, "refused", w.told(tasks.NoticeEvent)[2:], "an@nv.vn: "+want.refused)

			// On the old deadline only the duty that was not extended is reminded of; on the new one the other.
			w.stepTo("2026-10-09 12:00")
			reminded := w.server.all()
			last := parse(t, reminded[len(reminded)-1].body)
			if last.kind != "reminder" || !strings.Contains(last.text, "Việc hai") || strings.Contains(last.text, "Việc một") {
				t.Errorf("on the old deadline %s: %s", last.kind, last.text)
			}
		})
	}
}

// A report that came back and a deadline that was moved within the same ten minutes are both told, in one mail; of a duty that ended
// meanwhile nothing is.
func TestDeadlineAndReportInOneMail(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
	w.stepTo("2026-10-05 10:00")
	w.submit(an, a[0].ID)
	w.check(w.assignments.Return(ctx, w.secretariat, a[0].ID, 0, "Thiếu số văn bản"))
	correct := func(id int64) {
		w.check(w.assignments.CorrectDeadline(ctx, w.secretariat, id, tasks.DeadlineCorrectionInput{Due: calendar.MustParseDate("2026-10-23"), Reason: "Gõ nhầm"}))
	}
	correct(a[0].ID)
	correct(a[1].ID)
	w.submit(an, a[1].ID)
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[1].ID, 0))
	w.stepTo("2026-10-05 11:00")
	equal(t, "events", w.told(tasks.NoticeEvent), "an@nv.vn: Sở Nội vụ có 1 việc bị trả lại, 1 việc được đính chính thời hạn")
	all := w.server.all()
	m := parse(t, all[len(all)-1].body)
	for _, part := range []string{"Thiếu số văn bản", "Ngày ghi nhầm 30/10/2026, ngày đúng 23/10/2026. Lý do: Gõ nhầm"} {
		if !strings.Contains(strings.Join(strings.Fields(m.text), " "), part) {
			t.Errorf("the mail lacks %q:\n%s", part, m.text)
		}
	}
}
