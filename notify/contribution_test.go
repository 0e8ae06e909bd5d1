package notify_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

func TestContributionMails(t *testing.T) {
	for language, want := range map[string]struct{ asked, again, nudged, sent string }{
		"vi": {
			"Sở Nội vụ đề nghị gửi phần phối hợp trước ngày 20/10/2026: Việc một", "Sở Nội vụ đề nghị gửi lại phần phối hợp trước ngày 22/10/2026: Việc một",
			"Sở Nội vụ chờ phần phối hợp, hạn 20/10/2026: Việc một", "Sở Tài chính đã gửi phần phối hợp: Việc một",
		},
		"en": {
			"Sở Nội vụ asks for your contribution by 20 October 2026: Việc một", "Sở Nội vụ asks for your contribution again by 22 October 2026: Việc một",
			"Sở Nội vụ waits for your contribution, due 20 October 2026: Việc một", "Sở Tài chính sent its contribution: Việc một",
		},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 09:30")
			w.language = language
			ctx, day := t.Context(), calendar.MustParseDate
			interior, finance, health := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment), w.agency("Sở Y tế", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			binh := w.person("Trần Bình", "binh@tc.vn", focal(finance))
			w.person("Hồ Cúc", "cuc@yt.vn", focal(health))
			_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior}, cooperating: []int64{finance, health}})
			id := a[0].ID
			w.stepTo("2026-10-06 09:00")
			w.check(w.assignments.AskContributions(ctx, an, id, tasks.ContributionRequest{Agencies: []int64{finance}, Words: "Số liệu quý III", Due: day("2026-10-20")}))
			w.stepTo("2026-10-06 10:00")
			equal(t, "asked", w.told(tasks.NoticeEvent), "binh@tc.vn: "+want.asked)
			if m := w.events("binh@tc.vn")[0]; !strings.Contains(m.text, "“Số liệu quý III”") || !strings.Contains(m.html, "Số liệu quý III") {
				t.Errorf("the mail that asks:\n%s", m.text)
			}
			part := func() tasks.ContributionLine {
				v, err := w.assignments.Contributions(ctx, w.secretariat, id)
				w.check(err)
				return v.Lines[0]
			}
			last := func(to string) parsed {
				mails := w.events(to)
				if len(mails) == 0 {
					t.Fatalf("no mail to %s", to)
				}
				return mails[len(mails)-1]
			}
			w.stepTo("2026-10-07 09:00")
			w.check(w.assignments.NudgeContribution(ctx, an, id, part().ID, 0))
			w.stepTo("2026-10-07 10:00")
			if m := last("binh@tc.vn"); m.subject != want.nudged {
				t.Errorf("urged: %q", m.subject)
			}
			w.check(w.assignments.SendContribution(ctx, binh, id, tasks.ContributionInput{Words: "Biểu tổng hợp", Document: "5/STC"}))
			w.stepTo("2026-10-07 11:00")
			if m := last("an@nv.vn"); m.subject != want.sent || !strings.Contains(m.text, "“Biểu tổng hợp”") || !strings.Contains(m.text, "5/STC") {
				t.Errorf("sent: %q\n%s", m.subject, m.text)
			}
			w.check(w.assignments.SettleContribution(ctx, an, id, part().ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAskAgain, Words: "Thiếu quý II", Due: day("2026-10-22")}))
			w.stepTo("2026-10-07 12:00")
			if m := last("binh@tc.vn"); m.subject != want.again || !strings.Contains(m.text, "“Thiếu quý II”") || strings.Contains(m.text, "Số liệu quý III") {
				t.Errorf("asked again: %q\n%s", m.subject, m.text)
			}
			// Sent and accepted, or asked and needed no more, within the ten minutes: nobody is told.
			before := len(w.told(tasks.NoticeEvent))
			w.check(w.assignments.SendContribution(ctx, binh, id, tasks.ContributionInput{Words: "Đủ"}))
			w.check(w.assignments.SettleContribution(ctx, an, id, part().ID, tasks.ContributionSettlement{Outcome: tasks.ContributionAccept}))
			w.check(w.assignments.AskContributions(ctx, an, id, tasks.ContributionRequest{Agencies: []int64{finance}, Words: "Nhầm", Due: day("2026-10-20")}))
			w.check(w.assignments.SettleContribution(ctx, an, id, part().ID, tasks.ContributionSettlement{Outcome: tasks.ContributionDrop}))
			w.stepTo("2026-10-08 12:00")
			if told := w.told(tasks.NoticeEvent); len(told) != before || len(w.events("cuc@yt.vn")) > 0 {
				t.Errorf("told for nothing: %v", told[before:])
			}
		})
	}
}

// A part is reminded of five working days before its day and on the day; never once it was sent or the duty has ended.
func TestRemindersOfContributions(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx, day := t.Context(), calendar.MustParseDate
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	binh := w.person("Trần Bình", "binh@tc.vn", focal(finance))
	var duties []duty
	for _, text := range []string{"Việc một", "Việc hai", "Việc ba", "Việc bốn"} {
		duties = append(duties, duty{text: text, due: "2026-12-31", leads: []int64{interior}, cooperating: []int64{finance}})
	}
	_, a := w.issue("10/CT-UBND", duties...)
	w.stepTo("2026-10-06 09:00")
	for _, x := range a {
		// Sunday 25 October: its own day is Friday the 23rd, five working days before it the 16th.
		w.check(w.assignments.AskContributions(ctx, an, x.ID, tasks.ContributionRequest{Agencies: []int64{finance}, Words: "Số liệu", Due: day("2026-10-25")}))
	}
	w.stepTo("2026-10-07 09:00")
	w.check(w.assignments.SendContribution(ctx, binh, a[1].ID, tasks.ContributionInput{Words: "Đây"}))
	w.check(w.assignments.Cancel(ctx, w.secretariat, a[2].ID, tasks.PauseInput{Reason: "Thôi", Authority: "Chủ tịch"}))
	var got []string
	for d := day("2026-10-07"); d.Before(day("2026-11-06")); d = d.AddDays(1) {
		if d == day("2026-10-20") {
			w.check(w.assignments.SendContribution(ctx, binh, a[3].ID, tasks.ContributionInput{Words: "Đây"}))
		}
		before := len(w.mails(tasks.NoticeReminder))
		w.stepTo(d.String() + " 12:00")
		if len(w.mails(tasks.NoticeReminder)) == before {
			continue
		}
		all := w.server.all()
		text := strings.Join(strings.Fields(parse(t, all[len(all)-1].body).text), " ")
		line := d.String()
		for _, part := range []string{"Việc một", "Việc hai", "Việc ba", "Việc bốn", "Phần phối hợp chờ gửi", "Sở Nội vụ chờ phần phối hợp, hạn 25/10/2026: “Số liệu”"} {
			if strings.Contains(text, part) {
				line += " · " + part
			}
		}
		got = append(got, line)
	}
	const said = " · Phần phối hợp chờ gửi · Sở Nội vụ chờ phần phối hợp, hạn 25/10/2026: “Số liệu”"
	want := []string{"2026-10-16 · Việc một · Việc bốn" + said, "2026-10-23 · Việc một" + said}
	if !slices.Equal(got, want) {
		t.Errorf("reminded\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Those that are urged get one mail; who reports within the ten minutes gets none, and an agency that was added is told why.
func TestDutyMails(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	ctx := t.Context()
	interior, finance, health := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment), w.agency("Sở Y tế", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	w.person("Hồ Cúc", "cuc@yt.vn", focal(health))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-30", leads: []int64{interior, finance}})
	w.stepTo("2026-10-06 09:00")
	if _, err := w.assignments.Nudge(ctx, w.secretariat, a[0].TaskID, nil); err != nil {
		t.Fatal(err)
	}
	w.check(w.assignments.Report(ctx, an, a[0].ID, tasks.ReportInput{Kind: tasks.ReportProgress, Percent: 10, Text: "Đang làm"}))
	w.stepTo("2026-10-06 10:00")
	equal(t, "urged", w.told(tasks.NoticeEvent), "binh@tc.vn: Sở Tài chính có 1 việc được đôn đốc báo cáo")
	if m := w.events("binh@tc.vn")[0]; !strings.Contains(m.text, "Việc một") || !strings.Contains(m.text, "Đôn đốc báo cáo") {
		t.Errorf("the mail that urges:\n%s", m.text)
	}
	w.check(w.assignments.AddAgencies(ctx, w.secretariat, a[0].TaskID, tasks.AddAgenciesInput{
		Agencies: []int64{health}, Reason: "Bổ sung theo chỉ đạo", Document: "9/UBND", Authority: "Chủ tịch UBND tỉnh",
	}))
	w.stepTo("2026-10-06 11:00")
	m := w.events("cuc@yt.vn")
	if len(m) != 1 || !strings.Contains(m[0].text, "Bổ sung theo chỉ đạo") || !strings.Contains(m[0].text, "9/UBND") || !strings.Contains(m[0].text, "Việc một") {
		t.Errorf("the mails to who was added: %+v", m)
	}
}
