package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// status is what words of a tracker's state come to.
type status struct {
	state string
	said  string
	loose bool // the words tell the state only roughly
}

// statusRule gives the state of words that contain one of a list, as whole words, folded.
type statusRule struct {
	words []string
	status
}

// statusRules are asked from the first to the last: what is not done stands before what is, since "chưa hoàn thành" contains "hoàn thành".
var statusRules = []statusRule{
	{[]string{"thu hoi", "khong thuc hien nua", "khong phai thuc hien", "khong tiep tuc thuc hien", "da huy", "huy bo", "huy nhiem vu", "dung thuc hien", "cham dut"}, status{state: StateCancelled}},
	{[]string{"khong thuc hien", "khong con phu hop", "bai bo"}, status{state: StateCancelled, loose: true}},
	{[]string{"tam dung", "tam ngung", "tam hoan", "tam ngung thuc hien"}, status{state: StateOnHold}},
	{[]string{"tra lai", "yeu cau lam lai", "yeu cau bo sung", "yeu cau hoan thien", "can bo sung"}, status{state: StateReturned}},
	{[]string{"cho xac nhan", "cho tham dinh", "cho nghiem thu", "cho phe duyet", "cho duyet", "cho danh gia", "da trinh", "dang trinh", "dang tham dinh", "trinh tham dinh", "da gui bao cao", "da bao cao cho"}, status{state: StateSubmitted}},
	{[]string{"chua hoan thanh", "chua xong", "chua dat"}, status{state: StateInProgress, loose: true}},
	{[]string{"chua thuc hien", "chua trien khai", "chua bat dau", "chua lam", "moi giao", "chua den han thuc hien"}, status{state: StateAssigned}},
	{[]string{"chua cap nhat", "chua bao cao", "chua trinh", "chua co bao cao", "chua co ket qua", "chua den han"}, status{state: StateAssigned, loose: true}},
	{[]string{"se hoan thanh", "du kien hoan thanh", "phan dau hoan thanh", "co ban hoan thanh", "hoan thanh mot phan", "hoan thanh co ban", "gan hoan thanh", "sap hoan thanh"}, status{state: StateInProgress, loose: true}},
	{[]string{"dang hoan thanh", "dang hoan thien", "dang thuc hien", "dang trien khai", "dang xu ly", "dang tham muu", "dang xay dung", "dang du thao", "dang lay y kien", "dang tong hop", "dang lam", "dang tien hanh"}, status{state: StateInProgress}},
	{[]string{"hoan thanh", "da xong", "hoan tat", "da hoan thien"}, status{state: StateCompleted}},
	{[]string{"da thuc hien", "da ban hanh", "da xu ly", "da bao cao", "da tham muu", "da trien khai", "da giai quyet", "da tra loi", "xong", "dat"}, status{state: StateCompleted, loose: true}},
	{[]string{"thuong xuyen", "theo doi ban hanh", "tiep tuc thuc hien", "tiep tuc theo doi"}, status{state: StateInProgress, loose: true}},
	{[]string{"can don doc", "rat gap", "tre han", "qua han", "cham tien do", "cham", "trong han", "sap den han", "can cap nhat han"}, status{state: StateAssigned, loose: true}},
}

var (
	onTimeWords = []string{"dung han", "truoc han", "som han", "dung tien do", "trong han", "kip thoi", "vuot tien do"}
	lateWords   = []string{"qua han", "tre han", "cham", "muon", "khong dung han", "tre"}
)

// wholly matches words that stand in text as whole words.
func wholly(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(" "+text+" ", " "+w+" ") })
}

// statusOf reads words as a state; ok is false when they are not understood.
func statusOf(text string) (status, bool) {
	folded, low := foldWords(text), " "+strings.ToLower(squeeze(text))+" "
	for _, r := range statusRules {
		if r.state == StateCompleted {
			// Any other work that is under way, or not begun. Without its marks "đang" would be "Đảng", and "chưa" "chứa".
			switch {
			case strings.Contains(low, " chưa "):
				return status{state: StateAssigned, loose: true}, true
			case strings.Contains(low, " đang "):
				return status{state: StateInProgress}, true
			}
		}
		if !wholly(folded, r.words) {
			continue
		}
		s := r.status
		if s.state == StateCompleted {
			if p, ok := percentIn(folded); ok && p < 100 {
				return status{state: StateInProgress}, true
			}
			switch {
			case wholly(folded, lateWords):
				s.said = SaidLate
			case wholly(folded, onTimeWords):
				s.said = SaidOnTime
			}
		}
		return s, true
	}
	return status{}, false
}

var percentPattern = regexp.MustCompile(`(?:^| )(?:dat|hoan thanh|khoang|duoc) (\d{1,3})(?: |$)`)

// percentIn finds "đạt 80%" in folded words, which have lost the sign.
func percentIn(folded string) (int, bool) {
	m := percentPattern.FindStringSubmatch(folded)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n, err == nil && n <= 100
}

// cellNumber reads a cell that holds one number, with a sign of per cent or without.
func cellNumber(text string) (v float64, sign, ok bool) {
	text = strings.TrimSpace(text)
	if rest, found := strings.CutSuffix(text, "%"); found {
		text, sign = strings.TrimSpace(rest), true
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
	return v, sign, err == nil && v >= 0
}

// tickMarks are what offices put into a column that is a state of its own.
var tickMarks = []string{"x", "v", "✓", "✔", "√", "●", "•", "*", "+", "1", "có", "co"}

func ticked(text string) bool {
	return slices.Contains(tickMarks, strings.ToLower(strings.TrimSpace(text)))
}
