package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"

	"tiendo/cmd/tiendo/catcher"
	"tiendo/cmd/tiendo/sample"
)

// TestStory walks the main job in a real browser: the secretariat uploads a directive, reviews and issues it; a focal point reads
// the mail, follows its link, signs in and reports with evidence; the secretariat confirms; next Monday's digest says so.
func TestStory(t *testing.T) {
	b := openBrowser(t)
	dir := t.TempDir()
	d := bootDemo(t, dir, mustTime("2026-07-07T08:00:00+07:00"), false)
	const (
		office = "minh.tv@vpub.mauson.example"
		focal  = "hoa.nt@snv.mauson.example"
		leader = "thinh.hd@ubnd.mauson.example"
	)
	directive := filepath.Join(dir, sample.Documents()[0].Files[0].Name)
	write(t, directive, sample.Documents()[0].Files[0].Data)
	photo := filepath.Join(dir, "anh-chup.png")
	write(t, photo, tinyPNG)

	// The secretariat uploads, reviews and issues.
	o := visit(t, b, d.config.BaseURL)
	o.open("/documents/new")
	o.signIn(office, demoPassword)
	o.attach("input[type=file]", directive)
	o.press(o.containing("main button", "Đọc|Tạo|Tải"))
	o.says("Chỉ thị 10/CT-UBND: đọc được 27 nhiệm vụ")
	o.says("Trung tâm Chuyển đổi số tỉnh")
	o.completes("#names input[name=party_text]", "so khoa hoc", "Sở Khoa học và Công nghệ")
	o.press(o.containing("#names button", "Ghép tên"))
	o.press(o.containing("a.btn", "Giao 27 nhiệm vụ"))
	o.says("UBND xã Phiêng Ban") // whom no mail reaches
	o.press(o.containing("main form button", "^Giao"))
	o.says("Thu hồi")

	// The mails are held ten minutes.
	if n := len(d.sent("issued")); n != 0 {
		t.Fatalf("%d mails went before the hold ended", n)
	}
	d.moveTo(t, "2026-07-07T08:11:00+07:00")
	issued := d.mailTo(t, "issued", focal)
	if !strings.Contains(issued.Text, "Quy chế đánh giá trách nhiệm của người đứng đầu") {
		t.Errorf("the mail does not tell the duty:\n%s", issued.Text)
	}
	if n := len(d.sentTo("issued", focal)); n != 1 {
		t.Errorf("the focal point got %d mails of one document, want one with all duties", n)
	}

	// The focal point follows the link of the duty, signs in, lands on it and reports.
	link := linkBeside(t, issued.Text, "Quy chế đánh giá trách nhiệm của người đứng đầu")
	f := visit(t, b, d.config.BaseURL)
	f.open(link)
	f.signIn(focal, demoPassword)
	if !strings.HasSuffix(f.url(), mustPath(t, link)) {
		t.Fatalf("after signing in at %s, want %s", f.url(), link)
	}
	f.press2("input[name=kind][value=submission]")
	f.fill("textarea[name=text]", "Đã trình dự thảo Quy chế kèm Tờ trình.")
	f.fill("input[name=documents]", "Tờ trình 214/TTr-SNV")
	f.attach("input[type=file]", photo)
	f.press(f.containing("main button", "Gửi báo cáo"))
	f.says("Chờ xác nhận")
	f.says("anh-chup.png")

	// The secretariat confirms.
	o.open("/inbox")
	o.says("1 báo cáo chờ xác nhận")
	o.press(o.containing("a.btn", "Xem và xác nhận"))
	o.says("Đã trình dự thảo Quy chế kèm Tờ trình.")
	o.press2("input[name=evidence][value=accepted]")
	o.press(o.containing("main button", "^Xác nhận"))
	o.says("Hoàn thành")

	// Next Monday's digest counts it, and its link leads to the week.
	d.moveTo(t, "2026-07-13T10:00:00+07:00")
	digest := d.mailTo(t, "digest", leader)
	if !strings.Contains(digest.Text, "1 hoàn thành, 100 % đúng hạn") {
		t.Errorf("the digest does not count what was confirmed:\n%s", digest.Text)
	}
	l := visit(t, b, d.config.BaseURL)
	l.open(linkIn(t, digest.Text, "/week/"))
	l.signIn(leader, demoPassword)
	l.says("Tuần 29")
	l.says("hoàn thành · 100 % đúng hạn")
}

// completes types a beginning without tone marks and takes the first suggestion by keyboard.
func (v *visitor) completes(selector, typed, want string) {
	v.t.Helper()
	e := v.element(selector)
	if err := e.Input(typed); err != nil {
		v.t.Fatalf("type into %s: %v", selector, err)
	}
	v.containing("[role=option]", want)
	if err := v.page.Keyboard.Type(input.ArrowDown, input.Enter); err != nil {
		v.t.Fatal(err)
	}
	if got, err := e.Property("value"); err != nil || got.String() != want {
		v.t.Fatalf("typing %q completes to %q (%v), want %q", typed, got.String(), err, want)
	}
}

// attach chooses a file in a form.
func (v *visitor) attach(selector, path string) {
	v.t.Helper()
	if err := v.element(selector).SetFiles([]string{path}); err != nil {
		v.t.Fatalf("attach %s: %v", path, err)
	}
}

// press2 presses what leads to no other page.
func (v *visitor) press2(selector string) {
	v.t.Helper()
	if _, err := v.element(selector).Eval("() => this.click()"); err != nil {
		v.t.Fatalf("press %s: %v", selector, err)
	}
}

func (d *demo) moveTo(t testing.TB, at string) {
	t.Helper()
	if err := d.MoveTo(t.Context(), mustTime(at)); err != nil {
		t.Fatal(err)
	}
}

// sent lists the caught mails of a kind.
func (d *demo) sent(kind string) []catcher.Message {
	var out []catcher.Message
	for _, m := range d.catcher.Messages() {
		if m.Kind == kind {
			out = append(out, m)
		}
	}
	return out
}

func (d *demo) sentTo(kind, to string) []catcher.Message {
	var out []catcher.Message
	for _, m := range d.sent(kind) {
		if m.To == to {
			out = append(out, m)
		}
	}
	return out
}

// mailTo is the newest caught mail of a kind to somebody.
func (d *demo) mailTo(t testing.TB, kind, to string) catcher.Message {
	t.Helper()
	mails := d.sentTo(kind, to)
	if len(mails) == 0 {
		t.Fatalf("%s got no mail of the kind %s", to, kind)
	}
	return mails[len(mails)-1]
}

// linkBeside is the first address behind the words in a mail's text.
func linkBeside(t testing.TB, text, words string) string {
	t.Helper()
	i := strings.Index(text, words)
	if i < 0 {
		t.Fatalf("the mail does not say %q", words)
	}
	return linkIn(t, text[i:], "http")
}

// linkIn is the first address in a text that holds the part.
func linkIn(t testing.TB, text, part string) string {
	t.Helper()
	for _, word := range strings.Fields(text) {
		if strings.HasPrefix(word, "http") && strings.Contains(word, part) {
			return word
		}
	}
	t.Fatalf("no address with %q in:\n%s", part, text)
	return ""
}

func mustPath(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// tinyPNG is a photo of one pixel.
var tinyPNG = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89" +
	"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82")
