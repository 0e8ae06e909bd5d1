package notify_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// events lists the texts of the event mails to an address, white space made single.
func (w *world) events(to string) []parsed {
	mails := w.parsedTo(tasks.NoticeEvent, to)
	for i := range mails {
		mails[i].text = strings.Join(strings.Fields(mails[i].text), " ")
	}
	return mails
}

func TestRemarkMails(t *testing.T) {
	for language, want := range map[string]struct{ subject, again, why, wide string }{
		"vi": {
			"Chủ tịch UBND tỉnh yêu cầu giải trình trước ngày 15/10/2026: Việc một",
			"Chủ tịch UBND tỉnh yêu cầu trả lời lại trước ngày 20/10/2026: Việc một", "đầu mối hoặc thủ trưởng của Sở Nội vụ",
			"gửi cơ quan phối hợp để biết",
		},
		"en": {
			"Chủ tịch UBND tỉnh asks for an explanation by 15 October 2026: Việc một",
			"Chủ tịch UBND tỉnh asks for another answer by 20 October 2026: Việc một", "a focal point or the head of Sở Nội vụ",
			"told to cooperating agencies for information",
		},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			w.language = language
			ctx, day := t.Context(), calendar.MustParseDate
			interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			w.person("Vũ Trưởng", "truong@nv.vn", head(interior))
			w.person("Trần Bình", "binh@tc.vn", focal(finance))
			chairman, err := w.accounts.SavePerson(ctx, tasks.System, tasks.Person{
				Name: "Hoàng Thịnh", Email: "thinh@ubnd.vn", Position: "Chủ tịch UBND tỉnh", Active: true, Grants: []tasks.Grant{{Role: tasks.RoleLeader}},
			})
			w.check(err)
			_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}, cooperating: []int64{finance}},
				duty{text: "Việc hai", due: "2026-10-30", leads: []int64{interior}})
			w.stepTo("2026-10-06 09:00")
			w.check(w.assignments.GiveRemark(ctx, chairman, a[0].ID, tasks.RemarkInput{
				Kind: tasks.RemarkExplain, Words: "Vì sao chưa trình?", Due: day("2026-10-15"), Wide: true, Document: "9/UBND",
			}))
			w.stepTo("2026-10-06 10:00")
			equal(t, "told", w.told(tasks.NoticeEvent), "an@nv.vn: "+want.subject, "truong@nv.vn: "+want.subject, "binh@tc.vn: "+want.subject)
			lead := w.events("truong@nv.vn")[0]
			for _, part := range []string{"“Vì sao chưa trình?”", "9/UBND", "Việc một", want.why} {
				if !strings.Contains(lead.text, part) || !strings.Contains(lead.html, part) {
					t.Errorf("the mail to the head lacks %q:\n%s", part, lead.text)
				}
			}
			if cooperating := w.events("binh@tc.vn")[0]; !strings.Contains(cooperating.text, want.wide) || strings.Contains(lead.text, want.wide) {
				t.Errorf("the mail to who cooperates:\n%s", cooperating.text)
			}

			word := func() tasks.Remark {
				v, err := w.assignments.RemarkView(ctx, w.secretariat, a[0].ID)
				w.check(err)
				return v.Lines[0].Remark
			}
			w.check(w.assignments.AnswerRemark(ctx, an, a[0].ID, word().ID, tasks.RemarkAnswerInput{Words: "Chờ bộ"}))
			w.check(w.assignments.SettleRemark(ctx, chairman, a[0].ID, word().ID, tasks.RemarkSettlement{Outcome: tasks.RemarkAskAgain, Words: "Bộ nào?", Due: day("2026-10-20")}))
			w.stepTo("2026-10-06 11:00")
			mails := w.events("an@nv.vn")
			if m := mails[len(mails)-1]; m.subject != want.again || !strings.Contains(m.text, "“Bộ nào?”") || strings.Contains(m.text, "Vì sao") {
				t.Errorf("asked again: %q\n%s", m.subject, m.text)
			}

			// Two words on one duty are both told; of one that was answered or withdrawn within the ten minutes, nothing.
			before := len(w.events("an@nv.vn"))
			say := func(kind tasks.RemarkKind, words string) {
				w.check(w.assignments.GiveRemark(ctx, w.secretariat, a[1].ID, tasks.RemarkInput{Kind: kind, Words: words, Authority: "Phó Chủ tịch"}))
			}
			say(tasks.RemarkOrder, "Làm ngay")
			say(tasks.RemarkOrder, "Rút lại")
			v, err := w.assignments.RemarkView(ctx, w.secretariat, a[1].ID)
			w.check(err)
			w.check(w.assignments.SettleRemark(ctx, w.secretariat, a[1].ID, v.Lines[0].ID, tasks.RemarkSettlement{Outcome: tasks.RemarkWithdraw, Words: "Nhầm"}))
			say(tasks.RemarkNote, "Làm tốt")
			w.stepTo("2026-10-06 12:00")
			mails = w.events("an@nv.vn")[before:]
			if len(mails) != 1 || !strings.Contains(mails[0].text, "“Làm ngay”") || !strings.Contains(mails[0].text, "“Làm tốt”") || strings.Contains(mails[0].text, "Rút lại") {
				t.Errorf("two words at once: %+v", mails)
			}
		})
	}
}

// One reminder goes on the working day before the day to answer by, one on the working day after; none once it is answered, and none of
// a duty that has ended.
func TestRemindersOfAnAnswer(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx, day := t.Context(), calendar.MustParseDate
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	var duties []duty
	for _, text := range []string{"Việc một", "Việc hai", "Việc ba", "Việc bốn"} {
		duties = append(duties, duty{text: text, due: "2026-12-31", leads: []int64{interior}})
	}
	_, a := w.issue("10/CT-UBND", duties...)
	w.stepTo("2026-10-06 09:00")
	for _, x := range a {
		// Monday 19 October: the working day before is the Friday.
		w.check(w.assignments.GiveRemark(ctx, w.secretariat, x.ID, tasks.RemarkInput{
			Kind: tasks.RemarkExplain, Words: "Vì sao chậm?", Due: day("2026-10-19"), Authority: "Chủ tịch UBND tỉnh",
		}))
	}
	answer := func(i int) {
		v, err := w.assignments.RemarkView(ctx, w.secretariat, a[i].ID)
		w.check(err)
		w.check(w.assignments.AnswerRemark(ctx, an, a[i].ID, v.Lines[0].ID, tasks.RemarkAnswerInput{Words: "Chờ bộ"}))
	}
	w.stepTo("2026-10-07 09:00")
	answer(1)
	w.submit(an, a[2].ID)
	w.check(w.assignments.Confirm(ctx, w.secretariat, a[2].ID, 0))
	var got []string
	for d := day("2026-10-07"); d.Before(day("2026-11-03")); d = d.AddDays(1) {
		if d == day("2026-10-19") {
			answer(3) // after its first reminder
		}
		before := len(w.mails(tasks.NoticeReminder))
		w.stepTo(d.String() + " 12:00")
		for range w.mails(tasks.NoticeReminder)[before:] {
			all := w.server.all()
			m := parse(t, all[len(all)-1].body)
			line := d.String()
			for _, text := range []string{"Việc một", "Việc hai", "Việc ba", "Việc bốn", "QUÁ HẠN", "Chủ tịch UBND tỉnh yêu cầu giải trình trước ngày 19/10/2026: “Vì sao chậm?”"} {
				if strings.Contains(strings.Join(strings.Fields(m.text), " "), text) {
					line += " · " + text
				}
			}
			got = append(got, line)
		}
	}
	const said = " · Chủ tịch UBND tỉnh yêu cầu giải trình trước ngày 19/10/2026: “Vì sao chậm?”"
	want := []string{"2026-10-16 · Việc một · Việc bốn" + said, "2026-10-20 · Việc một · QUÁ HẠN" + said}
	if !slices.Equal(got, want) {
		t.Errorf("reminded\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// The history of the duty names the reminders among its mails.
	told, err := w.outbox.ToldOf(ctx, w.secretariat, a[0], 50)
	w.check(err)
	if n := len(slices.DeleteFunc(told, func(m notify.Mail) bool { return m.Kind != tasks.NoticeReminder })); n != 2 {
		t.Errorf("the history names %d reminders", n)
	}
}
