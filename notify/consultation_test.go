package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// A consultation is told to focal points and heads, each once; those who have not answered are reminded two working days before the day
// and on the working day after it, and nobody once it is closed.
func TestConsultationMails(t *testing.T) {
	for language, want := range map[string]struct{ asked, remind, late string }{
		"vi": {
			"Xin ý kiến dự thảo Chỉ thị 21/CT-UBND, trả lời trước ngày 20/10/2026", "Nhắc: cho ý kiến dự thảo Chỉ thị 21/CT-UBND trước ngày 20/10/2026",
			"Chưa có ý kiến về dự thảo Chỉ thị 21/CT-UBND, hạn trả lời 20/10/2026",
		},
		"en": {
			"Your comment on the draft Directive 21/CT-UBND is asked by 20 October 2026", "Reminder: comment on the draft Directive 21/CT-UBND by 20 October 2026",
			"No comment yet on the draft Directive 21/CT-UBND, which was due on 20 October 2026",
		},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			w.language = language
			ctx := t.Context()
			interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior), head(interior))
			w.person("Hoàng Trưởng", "truong@tc.vn", head(finance))
			w.person("Trần Bình", "binh@tc.vn", focal(finance))
			d, err := w.documents.Import(ctx, w.secretariat, tasks.NewDocument{Head: tasks.Head{
				Kind: tasks.KindDirective, Number: "21/CT-UBND", Date: w.rules.Day(w.business.now()), Title: "Đẩy mạnh cải cách hành chính",
			}})
			w.check(err)
			_, err = w.documents.AddDraft(ctx, w.secretariat, d.ID, 0, tasks.DraftInput{
				Text: "Chữ của dự thảo", Deadline: calendar.MustParseDate("2026-12-31"), Leads: parties([]int64{interior}), Checked: true,
			})
			w.check(err)
			id, err := w.documents.OpenConsultation(ctx, w.secretariat, d.ID, tasks.ConsultationInput{
				Title: "Dự thảo Chỉ thị về cải cách hành chính", Due: calendar.MustParseDate("2026-10-20"), Note: "Kính gửi <các cơ quan>", Agencies: []int64{interior, finance},
			})
			w.check(err)
			w.stepTo("2026-10-05 11:00")
			equal(t, "asked", w.told(tasks.NoticeConsultation), "an@nv.vn: "+want.asked, "truong@tc.vn: "+want.asked, "binh@tc.vn: "+want.asked)
			for _, raw := range w.server.all() {
				m := parse(t, raw.body)
				if m.kind != "consultation" {
					continue
				}
				for _, part := range []string{"Dự thảo Chỉ thị về cải cách hành chính", "/consultations/1"} {
					if !strings.Contains(m.text, part) || !strings.Contains(m.html, part) {
						t.Errorf("the mail to %s lacks %q:\n%s", m.to, part, m.text)
					}
				}
				if !strings.Contains(m.text, "Kính gửi <các cơ quan>") || strings.Contains(m.text+m.html, "Chữ của dự thảo") {
					t.Errorf("the mail to %s:\n%s", m.to, m.text)
				}
			}
			// One agency answers; the other begins and does not send.
			w.check(w.documents.AnswerConsultation(ctx, an, id, interior, tasks.AnswerInput{Send: true, AgreeRest: true}))
			w.stepTo("2026-10-16 06:00")
			if got := w.told(tasks.NoticeConsultation); len(got) != 3 {
				t.Errorf("reminded before the day: %q", got[3:])
			}
			w.stepTo("2026-10-16 12:00")
			equal(t, "reminded", w.told(tasks.NoticeConsultation)[3:], "truong@tc.vn: "+want.remind, "binh@tc.vn: "+want.remind)
			w.stepTo("2026-10-21 12:00")
			equal(t, "late", w.told(tasks.NoticeConsultation)[5:], "truong@tc.vn: "+want.late, "binh@tc.vn: "+want.late)
			w.stepTo("2026-10-30 12:00")
			if got := w.told(tasks.NoticeConsultation); len(got) != 7 {
				t.Errorf("reminded for ever: %q", got[7:])
			}
		})
	}
}

// What was closed or answered before its mail went is not told.
func TestConsultationsThatAreOverAreNotTold(t *testing.T) {
	w := newWorld(t, "2026-10-12 09:30")
	ctx := t.Context()
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	d, err := w.documents.Import(ctx, w.secretariat, tasks.NewDocument{Head: tasks.Head{Kind: tasks.KindDirective, Number: "21/CT-UBND"}})
	w.check(err)
	_, err = w.documents.AddDraft(ctx, w.secretariat, d.ID, 0, tasks.DraftInput{Text: "Một việc", Leads: parties([]int64{interior}), Checked: true})
	w.check(err)
	id, err := w.documents.OpenConsultation(ctx, w.secretariat, d.ID, tasks.ConsultationInput{
		Title: "Dự thảo", Due: calendar.MustParseDate("2026-10-14"), Agencies: []int64{interior},
	})
	w.check(err)
	// None of the agency could be told so far.
	w.stepTo("2026-10-13 12:00")
	equal(t, "the secretariat", w.told(tasks.NoticeConsultation), "thu@vp.example.gov.vn: Xin ý kiến dự thảo Chỉ thị 21/CT-UBND, trả lời trước ngày 14/10/2026")
	w.check(w.documents.CloseConsultation(ctx, w.secretariat, id, 0))
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.stepTo("2026-10-16 12:00")
	if got := w.told(tasks.NoticeConsultation); len(got) != 1 {
		t.Errorf("told %q", got)
	}
}
