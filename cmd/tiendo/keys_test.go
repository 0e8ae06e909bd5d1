package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// A directive as provinces issue them: eight duties of all, ten of three agencies, and a closing order to all; few dates.
const keyDirective = `ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN

Số: 21/CT-UBND
Mẫu Sơn, ngày 06 tháng 7 năm 2026

CHỈ THỊ
Về việc chấn chỉnh tiếp nhận và trả kết quả thủ tục hành chính trên địa bàn tỉnh Mẫu Sơn

Sáu tháng đầu năm, hồ sơ trễ hạn còn nhiều, tỷ lệ hồ sơ nộp trực tuyến chưa đạt chỉ tiêu. Để khắc phục, Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành, Chủ tịch UBND các xã, phường thực hiện các nhiệm vụ sau:

1. Thủ trưởng các sở, ban, ngành tỉnh; Chủ tịch UBND các xã, phường
a) Kiểm tra toàn bộ hồ sơ đang trễ hạn, xin lỗi người nộp và trả kết quả trước ngày 31/7/2026.
b) Niêm yết đủ thủ tục hành chính tại nơi tiếp nhận và trên trang thông tin của đơn vị.
c) Bố trí người trực tiếp nhận phản ánh của người dân trong giờ làm việc.
d) Số hóa hồ sơ khi tiếp nhận, không yêu cầu người dân nộp lại giấy tờ đã có trong cơ sở dữ liệu.
đ) Rà soát biểu mẫu điện tử, bỏ các mục người dân phải khai nhiều lần.
e) Công khai mức độ hài lòng của người nộp hồ sơ theo từng bộ phận.
g) Tập huấn cho người làm việc tại bộ phận một cửa.
h) Tuyên truyền để người dân, doanh nghiệp nộp hồ sơ trực tuyến.

2. Sở Khoa học và Công nghệ
a) Bảo đảm Hệ thống thông tin giải quyết thủ tục hành chính hoạt động ổn định.
b) Kết nối dữ liệu của hệ thống với Cổng Dịch vụ công quốc gia.
c) Nâng cấp kho dữ liệu điện tử của tổ chức, cá nhân, hoàn thành trong quý IV năm 2026.
d) Hướng dẫn các đơn vị khắc phục lỗi khi đồng bộ hồ sơ.
đ) Thống nhất cách tính các chỉ số phục vụ người dân, doanh nghiệp.

3. Sở Nội vụ
a) Kiểm tra công vụ tại các đơn vị có tỷ lệ hồ sơ trễ hạn cao.
b) Đề xuất hình thức khen thưởng người làm tốt tại bộ phận một cửa.
c) Lấy kết quả giải quyết hồ sơ làm căn cứ xếp loại người đứng đầu.

4. Văn phòng UBND tỉnh
a) Theo dõi, đôn đốc việc thực hiện Chỉ thị này.
b) Tổng hợp, báo cáo Chủ tịch UBND tỉnh hằng quý.

Chủ tịch UBND tỉnh yêu cầu Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các xã, phường tổ chức quán triệt và thực hiện nghiêm túc Chỉ thị này./.

Nơi nhận:
- Như trên;
- Lưu: VT.
`

// typist is a person at a keyboard without a mouse; every key that goes down is counted.
type typist struct {
	*visitor
	pressed int
}

// keys presses keys one after the other.
func (y *typist) keys(keys ...input.Key) {
	y.t.Helper()
	for _, key := range keys {
		y.pressed++
		if err := y.page.Keyboard.Type(key); err != nil {
			y.t.Fatalf("press a key at %s: %v", y.url(), err)
		}
	}
}

// leads presses keys of which the last one leads to another page.
func (y *typist) leads(keys ...input.Key) {
	y.t.Helper()
	y.keys(keys[:len(keys)-1]...)
	wait := y.page.WaitNavigation(proto.PageLifecycleEventNameLoad)
	y.keys(keys[len(keys)-1])
	wait()
	y.loaded()
}

// steps presses keys of which some are steps of a review; it waits for the answer to the last one alone.
func (y *typist) steps(keys ...input.Key) {
	y.t.Helper()
	y.keys(keys...)
	if err := y.page.Wait(rod.Eval(`() => document.querySelector("main").ariaBusy !== "true"`)); err != nil {
		y.t.Fatalf("wait for the step at %s: %v", y.url(), err)
	}
}

// writes types words without tone marks, letter by letter.
func (y *typist) writes(words string) {
	y.t.Helper()
	for _, r := range words {
		y.keys(input.Key(r))
	}
}

// tabTo presses Tab until the focus is on what fits the selector.
func (y *typist) tabTo(selector string) {
	y.t.Helper()
	for range 60 {
		if y.focused(selector) {
			return
		}
		y.keys(input.Tab)
	}
	y.t.Fatalf("Tab does not reach %s at %s", selector, y.url())
}

func (y *typist) focused(selector string) bool {
	y.t.Helper()
	v, err := y.page.Eval(`(selector) => document.activeElement.matches(selector)`, selector)
	if err != nil {
		y.t.Fatal(err)
	}
	return v.Value.Bool()
}

// TestFromUploadToIssuedByKeys takes a directive of 19 duties, nine of them to groups, from upload to issued with the keyboard alone. On the way
// a deadline is set for two duties at once and an agency added to them, two duties are merged and parted again, and one is taken out and
// brought back.
func TestFromUploadToIssuedByKeys(t *testing.T) {
	const most = 120
	b := openBrowser(t)
	dir := t.TempDir()
	d := bootDemo(t, dir, mustTime("2026-07-07T08:00:00+07:00"), false)
	path := filepath.Join(dir, "chi-thi-21.txt")
	write(t, path, []byte(keyDirective))
	y := &typist{visitor: visit(t, b, d.config.BaseURL)}
	y.open("/documents/new")
	y.signIn("minh.tv@vpub.mauson.example", demoPassword)

	y.tabTo("input[type=file]")
	choose, err := y.page.HandleFileDialog()
	if err != nil {
		t.Fatal(err)
	}
	y.keys(input.Enter)
	if err := choose([]string{path}); err != nil {
		t.Fatal(err)
	}
	y.tabTo("main form button")
	y.leads(input.Enter)
	y.says("Chỉ thị 21/CT-UBND: đọc được 19 nhiệm vụ")
	if n := strings.Count(y.text(), "mỗi cơ quan một phân công"); n != 9 {
		t.Fatalf("%d duties are for groups, want 9:\n%s", n, y.text())
	}

	// 1.b and 1.c: a deadline in words for both, and one more lead, named without tone marks.
	y.keys('j', 'j', input.Space, 'j', input.Space, 'c')
	if !y.focused("#columns-deadline") {
		t.Fatal("c does not lead to the deadline of the columns")
	}
	y.writes("30/9")
	y.keys(input.Tab, input.Tab, input.Tab, input.Tab)
	y.writes("cong an tinh")
	y.containing("[role=option]", "Công an tỉnh")
	y.keys(input.ArrowDown, input.Enter, input.Tab, input.ArrowRight)
	y.leads(input.Enter)
	y.says("Đã đổi ở 2 nhiệm vụ.")
	if n := strings.Count(y.text(), "hạn 30/9/2026"); n != 2 {
		t.Errorf("%d duties have the deadline that was typed, want 2", n)
	}

	// Merged with the one above, and undone; no duty, and undone.
	y.keys('j', 'j')
	y.steps('m')
	y.says("đọc được 18 nhiệm vụ")
	y.steps('u')
	y.says("đọc được 19 nhiệm vụ")
	y.keys('j')
	y.steps('x')
	y.says("đọc được 18 nhiệm vụ")
	y.steps('u')

	// Each is accepted; what is to be looked at comes first.
	y.keys('n')
	if !y.focused("[data-doubt]") {
		y.keys('j')
	}
	for range 19 {
		y.steps(input.Enter)
	}
	y.says("19 nhiệm vụ đã rà soát xong")
	y.leads('g')
	y.says("Giao 19 nhiệm vụ")
	y.leads(input.Enter)
	y.says("Thu hồi")
	if y.pressed > most {
		t.Errorf("%d keys were pressed, want at most %d", y.pressed, most)
	}
	t.Logf("%d keys", y.pressed)
}
