package notify_test

import (
	"strings"
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// Between the freezing of a Monday's figures and the hour of the mails, the secretariat looks at the digest and the roll-ups that are
// about to go, with the words that it has written for them; not at those of the week before.
func TestPreviewsAreOfTheWeekThatIsAboutToGo(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-08", leads: []int64{interior}})
	look := func(kind tasks.NoticeKind) string {
		t.Helper()
		m, ok, err := w.composer.Preview(t.Context(), w.business.now(), notify.PreviewName{Kind: kind}, w.secretariat, "")
		w.check(err)
		if !ok {
			return "nothing"
		}
		return m.Subject
	}
	equal(t, "before the first figures", []string{look(tasks.NoticeDigest)}, "nothing")
	w.runDue("2026-10-05 06:00")
	w.stepTo("2026-10-05 07:30")
	equal(t, "before the first digest", []string{look(tasks.NoticeDigest)}, "Tuần 41: không có việc quá hạn")
	w.stepTo("2026-10-09 07:30")
	equal(t, "on Friday", []string{look(tasks.NoticeDigest), look(tasks.NoticeRollUp)}, "Tuần 41: không có việc quá hạn", "Tuần 41: Sở Nội vụ có 1 việc quá hạn")
	w.stepTo("2026-10-12 07:30")
	equal(t, "on Monday", []string{look(tasks.NoticeDigest), look(tasks.NoticeRollUp)}, "Tuần 42: 1 việc quá hạn, thêm 1", "Tuần 42: Sở Nội vụ có 1 việc quá hạn")
}

// The example of a reminder is of what is near or late: a duty of next year is not said to be due soon while there is another.
func TestPreviewOfAReminderIsOfWhatIsNear(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	look := func() string {
		t.Helper()
		m, ok, err := w.composer.Preview(t.Context(), w.business.now(), notify.PreviewName{Kind: tasks.NoticeReminder, Role: tasks.RoleFocal}, w.secretariat, "")
		w.check(err)
		if !ok {
			t.Fatal("no example")
		}
		return m.Text
	}
	w.issue("10/CT-UBND", duty{text: "Việc sang năm", due: "2027-03-31", leads: []int64{interior}})
	if text := look(); !strings.Contains(text, "Việc sang năm") {
		t.Errorf("nothing near: the example is\n%s", text)
	}
	w.issue("11/CT-UBND", duty{text: "Việc tuần này", due: "2026-10-09", leads: []int64{interior}})
	if text := look(); !strings.Contains(text, "Việc tuần này") || strings.Contains(text, "Việc sang năm") {
		t.Errorf("the example is\n%s", text)
	}
}
