package notify_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

var update = flag.Bool("update", false, "write the mails of this run to testdata as those that are wanted")

// Every kind of mail, taken apart and compared with what was read and found right: header, plain text, and what the HTML shows.
func TestGoldenMails(t *testing.T) {
	t.Run("vi", func(t *testing.T) { goldenMails(t, "vi", "testdata") })
	t.Run("en", func(t *testing.T) { goldenMails(t, "en", filepath.Join("testdata", "en")) })
}

func goldenMails(t *testing.T, language, folder string) {
	w := newWorld(t, "2026-10-05 06:00")
	w.language = language
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	police, health := w.agency("Công an tỉnh", directory.KindVertical), w.agency("Sở Y tế", directory.KindDepartment)
	an := w.person("Lê Thị An", "an@nv.vn", focal(interior))
	binh := w.person("Trần Bình", "binh@tc.vn", focal(finance), focal(interior))
	w.person("Phạm Công", "cong@ca.vn", focal(police))
	w.person("Hoàng Trưởng", "truong@nv.vn", head(interior))
	leader := w.person("Nguyễn Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.stepTo("2026-10-05 09:30")
	_, a := w.issue("10/CT-UBND",
		duty{text: "Rà soát, công bố danh mục thủ tục hành chính nội bộ <cấp tỉnh & xã>", due: "2026-10-09", phrase: "trước ngày 10/10/2026", leads: []int64{interior}, cooperating: []int64{police}},
		duty{text: "Báo cáo tiến độ số hóa hồ sơ", due: "2026-10-18", phrase: "trong tuần thứ hai", leads: []int64{interior, finance}, joint: true},
		duty{text: "Niêm yết công khai phí, lệ phí", due: "2027-01-15", phrase: "trước ngày 16/01/2027", leads: []int64{finance}},
		duty{text: "Trả lời phản ánh, kiến nghị đúng hạn", cadence: "FREQ=MONTHLY;BYMONTHDAY=25", phrase: "thường xuyên", leads: []int64{interior}},
		duty{text: "Kiểm tra kỷ luật hành chính", due: "2026-10-16", phrase: "xong trước 17/10", leads: []int64{police}, cooperating: []int64{interior}},
		duty{text: "Rút ngắn thời gian chờ khám bệnh", due: "2027-03-31", phrase: "trong quý I năm 2027", leads: []int64{health}},
	)
	w.stepTo("2026-10-08 10:00")
	w.submit(an, a[0].ID)
	w.check(w.assignments.Return(t.Context(), w.secretariat, a[0].ID, 0, "Chưa kèm quyết định công bố"))
	w.submit(binh, a[2].ID)
	w.check(w.assignments.Confirm(t.Context(), w.secretariat, a[2].ID, 0))
	w.stepTo("2026-10-16 12:00")
	_, err := w.accounts.Invite(t.Context(), tasks.System, leader.ID)
	w.check(err)
	w.check(w.accounts.RequestReset(t.Context(), binh.Email))
	w.stepTo("2026-10-19 12:00")

	// The newest of each kind and person; of two that are alike in form one is enough.
	want := map[string]string{
		"issued-binh@tc.vn": "issued", "issued-cong@ca.vn": "issued-asked", "event-an@nv.vn": "event", "reminder-an@nv.vn": "reminder",
		"rollup-truong@nv.vn": "rollup", "digest-ct@mauson.vn": "digest", "account-ct@mauson.vn": "account-invited", "account-binh@tc.vn": "account-reset",
	}
	newest := make(map[string]parsed)
	for _, r := range w.server.all() {
		m := parse(t, r.body)
		if name, ok := want[m.kind+"-"+r.to]; ok {
			newest[name] = m
		}
	}
	for _, name := range want {
		m, ok := newest[name]
		if !ok {
			t.Errorf("no mail %s", name)
			continue
		}
		t.Run(name, func(t *testing.T) { m.golden(t, language, folder, name) })
	}
}

// golden compares the mail with the one of that name which was read and found right.
func (p parsed) golden(t *testing.T, language, folder, name string) {
	t.Helper()
	if !strings.Contains(p.html, `<html lang="`+language+`"`) {
		t.Errorf("the HTML is not said to be in %q", language)
	}
	got := secrets(p.String())
	path := filepath.Join(folder, name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(golden) {
		t.Errorf("differs from %s (go test -run Golden -update writes it anew):\n%s", path, got)
	}
}

func (p parsed) String() string {
	lists := ""
	for _, name := range []string{"List-Id", "List-Unsubscribe"} {
		if value := p.header.Get(name); value != "" {
			lists += name + ": " + value + "\n"
		}
	}
	return "Kind: " + p.kind + "\n" + lists + "From: " + p.from + "\nTo: " + p.to + "\nSubject: " + p.subject + "\nDate: " + p.date +
		"\n\n======== text\n" + p.text + "\n======== HTML\n" + strings.Join(p.outline, "\n") + "\n"
}

// sealShown is the seal of a week; any step that is recorded otherwise changes it.
var sealShown = regexp.MustCompile(`([0-9a-f]{4} ){7}[0-9a-f]{4}`)

// secrets takes the random part out of one-time links, and the week's seal.
func secrets(text string) string {
	text = sealShown.ReplaceAllString(text, "SEAL")
	const link = baseURL + "/password/link/"
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, link)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteString(link + "SECRET")
		text = strings.TrimLeft(after, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
	}
}
