package notify_test

import (
	"path/filepath"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// The mails of what comes rarely, taken apart and compared with what was read and found right: an event mail with many sorts of news, and a
// consultation from its opening to the replies.
func TestGoldenMailsOfEvents(t *testing.T) {
	t.Run("vi", func(t *testing.T) { goldenEvents(t, "vi", "testdata") })
	t.Run("en", func(t *testing.T) { goldenEvents(t, "en", filepath.Join("testdata", "en")) })
}

func goldenEvents(t *testing.T, language, folder string) {
	w := newWorld(t, "2026-10-05 09:30")
	w.language = language
	ctx, day := t.Context(), calendar.MustParseDate
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê Thị An", "an@nv.vn", focal(interior))
	binh := w.person("Trần Bình", "binh@tc.vn", focal(finance), head(finance))
	chairman, err := w.accounts.SavePerson(ctx, tasks.System, tasks.Person{
		Name: "Hoàng Thịnh", Email: "thinh@ubnd.vn", Position: "Chủ tịch UBND tỉnh", Language: language, Active: true, Grants: []tasks.Grant{{Role: tasks.RoleLeader}},
	})
	w.check(err)
	_, a := w.issue("10/CT-UBND",
		duty{text: "Rà soát, công bố danh mục thủ tục hành chính", due: "2026-10-30", phrase: "trước 31/10/2026", leads: []int64{interior}, cooperating: []int64{finance}},
		duty{text: "Số hóa hồ sơ, kết quả giải quyết", due: "2026-11-13", leads: []int64{interior}},
		duty{text: "Công khai tiến độ giải quyết hồ sơ", due: "2026-11-30", leads: []int64{interior}},
		duty{text: "Tuyên truyền cải cách hành chính", due: "2026-12-15", leads: []int64{interior}},
		duty{text: "Bố trí kinh phí", due: "2026-12-20", leads: []int64{finance}, cooperating: []int64{interior}},
	)
	w.stepTo("2026-10-06 09:00")
	w.check(w.assignments.AskExtension(ctx, an, a[0].ID, tasks.ExtensionInput{Due: day("2026-11-30"), Reason: "Chờ ý kiến bộ"}))
	w.check(w.assignments.DecideExtension(ctx, w.secretariat, a[0].ID, tasks.ExtensionDecision{
		Grant: true, Due: day("2026-11-20"), Authority: "Chủ tịch UBND tỉnh", Document: "55/UBND-TH", Answer: "Lần cuối",
	}))
	w.check(w.assignments.CorrectDeadline(ctx, w.secretariat, a[1].ID, tasks.DeadlineCorrectionInput{Due: day("2026-11-16"), Reason: "Gõ nhầm ngày"}))
	w.check(w.assignments.AskExtension(ctx, an, a[2].ID, tasks.ExtensionInput{Due: day("2026-12-31"), Reason: "Chờ kinh phí"}))
	w.check(w.assignments.DecideExtension(ctx, w.secretariat, a[2].ID, tasks.ExtensionDecision{Answer: "Đã bố trí kinh phí", Authority: "Chủ tịch UBND tỉnh"}))
	w.check(w.assignments.GiveRemark(ctx, chairman, a[3].ID, tasks.RemarkInput{Kind: tasks.RemarkExplain, Words: "Vì sao chưa có kế hoạch <tuyên truyền>?", Due: day("2026-10-15"), Document: "9/UBND"}))
	w.check(w.assignments.AskContributions(ctx, binh, a[4].ID, tasks.ContributionRequest{Agencies: []int64{interior}, Words: "Dự toán quý I & quý II", Due: day("2026-10-20")}))
	w.stepTo("2026-10-06 10:00")
	events := w.parsedTo(tasks.NoticeEvent, "an@nv.vn")
	if len(events) != 1 {
		t.Fatalf("%d event mails", len(events))
	}
	events[0].golden(t, language, folder, "event-many")

	d, err := w.documents.Import(ctx, w.secretariat, tasks.NewDocument{Head: tasks.Head{Kind: tasks.KindDirective, Number: "21/CT-UBND", Date: day("2026-10-06"), Title: "Đẩy mạnh cải cách hành chính"}})
	w.check(err)
	_, err = w.documents.AddDraft(ctx, w.secretariat, d.ID, 0, tasks.DraftInput{Text: "Việc trong dự thảo", Deadline: day("2026-12-31"), Leads: parties([]int64{interior}), Checked: true})
	w.check(err)
	_, err = w.documents.OpenConsultation(ctx, w.secretariat, d.ID, tasks.ConsultationInput{
		Title: "Dự thảo Chỉ thị về cải cách hành chính", Due: day("2026-10-20"), Note: "Đề nghị cho ý kiến cả về <thời hạn>.", Agencies: []int64{interior, finance},
	})
	w.check(err)
	w.stepTo("2026-10-06 11:00")
	w.stepTo("2026-10-21 09:00")
	mails := w.parsedTo(tasks.NoticeConsultation, "an@nv.vn")
	if len(mails) != 3 {
		t.Fatalf("%d mails of the consultation", len(mails))
	}
	for i, name := range []string{"consultation-asked", "consultation-remind", "consultation-late"} {
		mails[i].golden(t, language, folder, name)
	}
}

// The mail that asks for the next year's holidays.
func TestGoldenMailOfTheCalendar(t *testing.T) {
	for language, folder := range map[string]string{"vi": "testdata", "en": filepath.Join("testdata", "en")} {
		w := newWorld(t, "2027-09-30 07:00")
		w.language = language
		w.person("Hải", "hai@vp.vn", tasks.Grant{Role: tasks.RoleSecretariat})
		w.asksForHolidays()
		w.stepTo("2027-10-01 08:30")
		mails := w.parsedTo(tasks.NoticeCalendar, "hai@vp.vn")
		if len(mails) != 1 {
			t.Fatalf("%d mails", len(mails))
		}
		mails[0].golden(t, language, folder, "calendar")
	}
}
