package notify_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates/templatetest"
)

// TestEachReaderHisLanguage tells people of one agency of the same things, each in his own language, also when he changes it.
func TestEachReaderHisLanguage(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Nội vụ", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.language = "en"
	w.person("Ben Lee", "ben@nv.vn", focal(interior))
	carol := w.person("Carol Wu", "carol@nv.vn", focal(interior))
	w.stepTo("2026-10-05 09:30")
	w.issue("10/CT-UBND", duty{text: "Review", due: "2026-10-09", leads: []int64{interior}})
	w.stepTo("2026-10-05 10:00")
	equal(t, "issued", sorted(w.told(tasks.NoticeIssued)),
		"an@nv.vn: Nội vụ được giao 1 việc chủ trì theo Chỉ thị 10/CT-UBND",
		"ben@nv.vn: Nội vụ: 1 task to lead under Directive 10/CT-UBND",
		"carol@nv.vn: Nội vụ: 1 task to lead under Directive 10/CT-UBND")
	_, err := w.accounts.SetLanguage(t.Context(), carol, "vi")
	w.check(err)
	w.stepTo("2026-10-08 09:00")
	equal(t, "reminders", sorted(w.told(tasks.NoticeReminder)),
		"an@nv.vn: Nội vụ có 1 việc sắp đến hạn", "ben@nv.vn: Nội vụ: 1 task due soon", "carol@nv.vn: Nội vụ có 1 việc sắp đến hạn")
	for _, r := range w.server.all() {
		m := parse(t, r.body)
		if r.to != "ben@nv.vn" {
			continue
		}
		text := strings.NewReplacer("Nội vụ", "", "tỉnh Mẫu Sơn", "", "Đẩy mạnh cải cách hành chính", "").Replace(m.subject + m.text + strings.Join(m.outline, " "))
		if letter := templatetest.Vietnamese(text); letter != "" {
			t.Errorf("a mail in English holds %q: %s", letter, text)
		}
	}
}

func sorted(lines []string) []string { return slices.Sorted(slices.Values(lines)) }
