package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// asking is a world in which two departments are asked about a draft until 20 October.
func asking(t *testing.T, language string) (w *world, id int64, interior, finance int64, an tasks.Person) {
	w = newWorld(t, "2026-10-05 09:30")
	w.language = language
	interior, finance = w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an = w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	d, err := w.documents.Import(t.Context(), w.secretariat, tasks.NewDocument{Head: tasks.Head{
		Kind: tasks.KindDirective, Number: "21/CT-UBND", Date: w.rules.Day(w.business.now()), Title: "Đẩy mạnh cải cách hành chính",
	}})
	w.check(err)
	_, err = w.documents.AddDraft(t.Context(), w.secretariat, d.ID, 0, tasks.DraftInput{
		Text: "Chữ của dự thảo", Deadline: calendar.MustParseDate("2026-12-31"), Leads: parties([]int64{interior}), Checked: true,
	})
	w.check(err)
	id, err = w.documents.OpenConsultation(t.Context(), w.secretariat, d.ID, tasks.ConsultationInput{
		Title: "Dự thảo Chỉ thị", Due: calendar.MustParseDate("2026-10-20"), Note: "Kính gửi các cơ quan", Agencies: []int64{interior, finance},
	})
	w.check(err)
	return w, id, interior, finance, an
}

// A day that is moved is told to those who have not answered, and reminders follow it; who is asked later is told and reminded likewise.
func TestAConsultationThatChangesIsTold(t *testing.T) {
	for language, want := range map[string]struct{ asked, moved, remind string }{
		"vi": {
			"Xin ý kiến dự thảo Chỉ thị 21/CT-UBND, trả lời trước ngày 30/10/2026", "Dời hạn cho ý kiến dự thảo Chỉ thị 21/CT-UBND đến 30/10/2026",
			"Nhắc: cho ý kiến dự thảo Chỉ thị 21/CT-UBND trước ngày 30/10/2026",
		},
		"en": {
			"Your comment on the draft Directive 21/CT-UBND is asked by 30 October 2026", "The day to comment on the draft Directive 21/CT-UBND was moved to 30 October 2026",
			"Reminder: comment on the draft Directive 21/CT-UBND by 30 October 2026",
		},
	} {
		t.Run(language, func(t *testing.T) {
			w, id, interior, _, an := asking(t, language)
			ctx := t.Context()
			w.stepTo("2026-10-05 11:00")
			w.check(w.documents.AnswerConsultation(ctx, an, id, interior, tasks.AnswerInput{Send: true, AgreeRest: true}))
			w.stepTo("2026-10-15 09:00")
			before := len(w.told(tasks.NoticeConsultation))
			w.check(w.documents.MoveConsultation(ctx, w.secretariat, id, tasks.ConsultationMove{Due: calendar.MustParseDate("2026-10-30"), Reason: "Xin thêm ngày"}))
			w.stepTo("2026-10-15 12:00")
			equal(t, "moved", w.told(tasks.NoticeConsultation)[before:], "binh@tc.vn: "+want.moved)
			for _, raw := range w.server.all() {
				if m := parse(t, raw.body); strings.Contains(m.subject, want.moved) && (!strings.Contains(m.text, "/consultations/1") || !strings.Contains(m.text, "Dự thảo Chỉ thị")) {
					t.Errorf("the mail says:\n%s", m.text)
				}
			}
			w.stepTo("2026-10-22 09:00")
			if got := w.told(tasks.NoticeConsultation)[before+1:]; len(got) != 0 {
				t.Errorf("reminded of the day before it was moved: %q", got)
			}
			health := w.agency("Sở Y tế", directory.KindDepartment)
			w.person("Mai Hoa", "hoa@yt.vn", focal(health))
			w.check(w.documents.AddAskedAgencies(ctx, w.secretariat, id, tasks.AskMore{Agencies: []int64{health}, Reason: "Có liên quan"}))
			w.stepTo("2026-10-22 12:00")
			equal(t, "asked later", w.told(tasks.NoticeConsultation)[before+1:], "hoa@yt.vn: "+want.asked)
			w.stepTo("2026-10-28 12:00")
			equal(t, "reminded", w.told(tasks.NoticeConsultation)[before+2:], "binh@tc.vn: "+want.remind, "hoa@yt.vn: "+want.remind)
		})
	}
}

// Who is asked on the very day of a reminder is not reminded at once.
func TestWhoIsJustAskedIsNotReminded(t *testing.T) {
	w, id, _, _, _ := asking(t, "vi")
	w.stepTo("2026-10-16 06:00")
	before := len(w.told(tasks.NoticeConsultation))
	health := w.agency("Sở Y tế", directory.KindDepartment)
	w.person("Mai Hoa", "hoa@yt.vn", focal(health))
	w.check(w.documents.AddAskedAgencies(t.Context(), w.secretariat, id, tasks.AskMore{Agencies: []int64{health}, Reason: "Có liên quan"}))
	w.stepTo("2026-10-16 12:00")
	for _, told := range w.told(tasks.NoticeConsultation)[before:] {
		if strings.HasPrefix(told, "hoa@yt.vn: Nhắc") {
			t.Errorf("reminded on the day of asking: %q", told)
		}
	}
}

// Replies are told to those whose comments have some, also when the consultation is closed; the mail brings none of them.
func TestPublishedRepliesAreTold(t *testing.T) {
	for language, want := range map[string]string{
		"vi": "an@nv.vn: Có kết quả tiếp thu, giải trình ý kiến về dự thảo Chỉ thị 21/CT-UBND",
		"en": "an@nv.vn: There are replies to your comments on the draft Directive 21/CT-UBND",
	} {
		t.Run(language, func(t *testing.T) {
			w, id, interior, _, an := asking(t, language)
			ctx := t.Context()
			w.stepTo("2026-10-05 11:00")
			view := func() tasks.ConsultationView {
				v, err := w.documents.Consultation(ctx, w.secretariat, id)
				w.check(err)
				return v
			}
			said := []tasks.ItemAnswer{{ItemID: view().Items[0].ID, Text: "Chữ góp ý"}}
			w.check(w.documents.AnswerConsultation(ctx, an, id, interior, tasks.AnswerInput{Send: true, Items: said}))
			comment := view().Comments[0]
			_, err := w.documents.ReplyToComments(ctx, w.secretariat, id, []tasks.ReplyInput{{CommentID: comment.ID, Reply: tasks.ReplyExplained, Text: "Chữ giải trình"}})
			w.check(err)
			w.check(w.documents.CloseConsultation(ctx, w.secretariat, id, 0))
			w.stepTo("2026-10-06 11:00")
			before := len(w.told(tasks.NoticeConsultation))
			_, err = w.documents.PublishReplies(ctx, w.secretariat, id, 0)
			w.check(err)
			w.stepTo("2026-10-06 13:00")
			equal(t, "replied", w.told(tasks.NoticeConsultation)[before:], want)
			for _, raw := range w.server.all() {
				if m := parse(t, raw.body); strings.Contains(m.text+m.html+m.subject, "Chữ g") {
					t.Errorf("a mail brings a comment or a reply:\n%s", m.text)
				}
			}
		})
	}
}
