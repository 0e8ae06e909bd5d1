package office

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Rà soát thủ tục":       "Rà soát thủ tục",
		"a\x00b\x07c\x1bd":      "abcd",
		"a\r\nb\rc\nd\te":       "a\nb\nc\nd\te",
		"\xff\xfeSở":            "\uFFFDSở",
		"x\u202edocx.exe":       "xdocx.exe",
		"a\ufffeb\uffffc":       "abc",
		"👩‍👩‍👧 vẫn còn":         "👩‍👩‍👧 vẫn còn",
		"a\u0085b\u007fc\u2028": "abc\u2028",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// What is typed anywhere in the program may stand in a cell that is one day saved as CSV and opened again.
func TestGuard(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"Báo cáo":                "Báo cáo",
		"=1+1":                   "'=1+1",
		"=cmd|' /C calc'!A0":     "'=cmd|' /C calc'!A0",
		`=HYPERLINK("http://x")`: `'=HYPERLINK("http://x")`,
		"+84 912":                "'+84 912",
		"-1+1":                   "'-1+1",
		"-cmd|'/C calc'!A0":      "'-cmd|'/C calc'!A0",
		"@SUM(A1)":               "'@SUM(A1)",
		"\t=1+1":                 "'=1+1",
		"\r=1+1":                 "'=1+1",
		"\n=1+1":                 "'=1+1",
		"  =1+1":                 "'=1+1",
		"\u00a0\u3000=1+1":       "'=1+1",
		"\x01=1+1":               "'=1+1",
		"\u202e=1+1":             "'=1+1",
		"＝1+1":                   "'＝1+1",
		"＋1":                     "'＋1",
		"－1":                     "'－1",
		"＠SUM(A1)":               "'＠SUM(A1)",
		"- Rà soát, báo cáo":     "– Rà soát, báo cáo",
		"- =1+1":                 "'- =1+1",
		"-":                      "'-",
		"'=1+1":                  "'=1+1",
		"\tBáo cáo":              "Báo cáo",
		"12/CT-UBND = 13":        "12/CT-UBND = 13",
	} {
		got := Guard(in)
		if got != want {
			t.Errorf("Guard(%q) = %q, want %q", in, got, want)
		}
		if first, _ := utf8.DecodeRuneInString(strings.TrimSpace(got)); strings.ContainsRune(formulaStarts, first) && got != "" {
			t.Errorf("Guard(%q) = %q still begins a formula", in, got)
		}
	}
}

func TestCellTextFits(t *testing.T) {
	long := cellText(strings.Repeat("ộ", 40_000))
	if n := utf8.RuneCountInString(long); n > maxCell || !strings.HasSuffix(long, "…") {
		t.Errorf("%d characters", n)
	}
	if n := utf8.RuneCountInString(cellText(strings.Repeat("👍", 20_000))); 2*n > maxCell+1 {
		t.Errorf("%d characters outside the basic plane", n)
	}
}

func TestSheetNames(t *testing.T) {
	for in, want := range map[string]string{
		"Sổ theo dõi": "Sổ theo dõi", "a/b:c[d]*?": "a b c d", "'x'": "x", "": "1", "[]": "1",
		strings.Repeat("ă", 40): strings.Repeat("ă", 31),
	} {
		if got := sheetName(Sheet{Title: in}); got != want {
			t.Errorf("sheetName(%q) = %q, want %q", in, got, want)
		}
	}
}
