package notify_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// The reminders of those who do not report themselves and an agency's month, taken apart and compared with what was read and found right.
func TestGoldenMailsOfRoles(t *testing.T) {
	t.Run("vi", func(t *testing.T) { goldenRoles(t, "vi", "testdata") })
	t.Run("en", func(t *testing.T) { goldenRoles(t, "en", filepath.Join("testdata", "en")) })
}

func goldenRoles(t *testing.T, language, folder string) {
	w := newWorld(t, "2026-10-05 07:00")
	w.language = language
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	health := w.agency("Sở Y tế", directory.KindDepartment)
	an := w.person("Lê Thị An", "an@nv.vn", focal(interior))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	binh := w.person("Trần Bình", "binh@tc.vn", focal(finance))
	w.person("Ngô Dung", "dung@yt.vn", focal(health))
	chi := w.person("Vũ Chi", "chi@vp.vn", tasks.Grant{Role: tasks.RoleSecretariat})
	// On 3/11 these are overdue by three and by ten working days, due in five, and waiting since the sixth working day before.
	id, a := w.issue("10/CT-UBND",
		duty{text: "Rà soát, công bố danh mục thủ tục hành chính", due: "2026-10-29", phrase: "trước ngày 30/10/2026", leads: []int64{interior}},
		duty{text: "Bố trí kinh phí số hóa hồ sơ", due: "2026-10-20", leads: []int64{finance}},
		duty{text: "Công khai giá dịch vụ khám bệnh", due: "2026-11-10", leads: []int64{finance}, cooperating: []int64{health}},
		duty{text: "Báo cáo sử dụng biên chế", due: "2026-12-18", leads: []int64{interior}},
		duty{text: "Báo cáo tiến độ giải ngân", cadence: "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=20", phrase: "hằng quý", leads: []int64{finance}},
		duty{text: "Sơ kết công tác cải cách hành chính", due: "2026-12-11", leads: []int64{interior}},
	)
	w.check(w.documents.SetFollowers(t.Context(), w.secretariat, id, 0, tasks.Followers{Specialist: chi.ID}))
	w.stepTo("2026-10-26 10:00")
	w.submit(an, a[3].ID)
	w.stepTo("2026-11-03 12:00")
	for _, mail := range []struct{ to, name string }{
		{"truong@nv.vn", "reminder-head"}, {"chi@vp.vn", "reminder-specialist"}, {"dung@yt.vn", "reminder-cooperating"},
	} {
		t.Run(mail.name, func(t *testing.T) { w.lastReminder(mail.to).golden(t, language, folder, mail.name) })
	}
	w.submit(an, a[0].ID)
	w.submit(binh, a[2].ID)
	for _, done := range []int64{a[0].ID, a[2].ID} {
		w.check(w.assignments.Confirm(t.Context(), w.secretariat, done, 0))
	}
	w.stepTo("2026-12-01 12:00")
	mails := slices.DeleteFunc(w.parsedTo(tasks.NoticeRollUp, "truong@nv.vn"), func(p parsed) bool { return !strings.Contains(p.date, "1 Dec 2026") })
	if len(mails) != 1 {
		t.Fatalf("%d summaries of November", len(mails))
	}
	t.Run("rollup-month", func(t *testing.T) { mails[0].golden(t, language, folder, "rollup-month") })
}
