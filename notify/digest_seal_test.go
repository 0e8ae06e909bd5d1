package notify_test

import (
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// Each digest carries the seal of its week, the same in text and HTML, so that a leader's mailbox proves what the trail was.
func TestDigestCarriesTheSeal(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê Thị An", "an@nv.vn", focal(interior))
	w.person("Nguyễn Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.runDue("2026-10-05 06:00")
	_, a := w.issue("10/CT-UBND", duty{text: "Rà soát thủ tục hành chính", due: "2026-10-30", phrase: "trước 31/10", leads: []int64{interior}})
	w.stepTo("2026-10-06 12:00")
	w.submit(an, a[0].ID)
	w.stepTo("2026-10-13 12:00")
	check, weeks, err := w.db.VerifyAudit(t.Context())
	w.check(err)
	if breaks, _ := check.End(); len(breaks) > 0 {
		t.Errorf("the trail is broken: %+v", breaks)
	}
	if len(weeks) != 2 || weeks[0].Seal.String() == weeks[1].Seal.String() {
		t.Fatalf("weeks %+v, want two with different seals", weeks)
	}
	var shown []string
	for _, r := range w.server.all() {
		m := parse(t, r.body)
		if m.kind != "digest" {
			continue
		}
		seal := sealShown.FindString(m.text)
		shown = append(shown, seal)
		if seal == "" || !strings.Contains(m.html, seal) || !strings.Contains(m.text, "Mã niêm phong nhật ký tuần 4") {
			t.Errorf("%s shows the seal %q", m.subject, seal)
		}
	}
	equal(t, "seals", shown, weeks[0].Seal.String(), weeks[1].Seal.String())
}
