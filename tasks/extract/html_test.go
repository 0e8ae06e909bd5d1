package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestReadHTML(t *testing.T) {
	tests := []struct {
		name, page string
		want       []string
	}{
		{"paragraphs and breaks", "<p>KẾ\n HOẠCH</p><p>Sở Nội vụ<br>1. Rà soát và\n<br>báo cáo<br>2. Trình</p>cuối", []string{"KẾ HOẠCH", "Sở Nội vụ", "1. Rà soát và báo cáo", "2. Trình", "cuối"}},
		{"numbers of lists", "<ol><li>một<ol type=a><li>hai<li>ba</ol><li value=5>bốn</ol><ol start=3 type=I><li>năm</ol><ol reversed start=2><li>x<li>y</ol>",
			[]string{"1. một", "a. hai", "b. ba", "5. bốn", "III. năm", "2. x", "1. y"}},
		{"kinds of numbers by style", "<ol style='list-style-type: lower-roman'><li>một</ol><ul><li>hai</ul><ul style='list-style:none'><li>ba</ul>", []string{"i. một", "- hai", "ba"}},
		{"letters after z", "<ol type=A start=26><li>một<li>hai</ol>", []string{"Z. một", "AA. hai"}},
		{"what is not shown", "<script>a</script><style>b</style><p hidden>c</p><p style='display: none'>d</p><nav>e</nav><div title=header>f</div><p>một<del>hai</del><ins> ba</ins><sup><a class=sdfootnoteanc>1</a></sup><div id=sdfootnote1>g</div>",
			[]string{"một ba"}},
		{"spans", "<table><tr><th colspan=2>a<th rowspan=2>b<tr><td>c<td>d<tr><td rowspan=0>e<td>f<td>g<tr><td>h<td>i</table>",
			[]string{"|-a|b", "|c|d|^b", "|e|f|g", "|^e|h|i"}},
		{"a cell that comes down at the end of a shorter row", "<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>", []string{"|a|b|c", "|d|^c"}},
		{"paragraphs of a cell", "<table><tr><td>1<td><p>một</p><p>hai</p></table>", []string{"|1|một⏎hai"}},
		{"a table that lays out the page", "<table><tr><td><p>một</p><table><tr><td>a<td>b<tr><td>c<td>d</table><p>hai</p></table>", []string{"một", "|a|b", "|c|d", "hai"}},
		{"a frame", "<table><tr><td><p>một<p>hai</table>", []string{"một", "hai"}},
		{"lines as they stand", "<pre>Một\nHai</pre>", []string{"Một", "Hai"}},
		{"entities", "<p>S&#7903;&nbsp;N&#7897;i v&#7909; &amp; b</p>", []string{"Sở Nội vụ & b"}},
		{"an old font", "<p><font face='.VnTime'>Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc</font>", []string{"Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src, err := Read("a.html", []byte("<!DOCTYPE html><html><body>"+test.page+"</body></html>"))
			must(t, err)
			if src.Format != FormatHTML {
				t.Errorf("format %s", src.Format)
			}
			wantLines(t, src.Blocks, test.want...)
		})
	}
}

func TestReadHTMLMarks(t *testing.T) {
	src, err := Read("a", []byte("<h2>I. MỤC ĐÍCH</h2><p align=center><b>KẾ</b> <span style='font-weight: bold'>HOẠCH</span></p><p><b>Sở A</b>: việc</p><table><thead><tr><th>a<th>b</thead><tr><td>c<td>d</table>"))
	must(t, err)
	b := src.Blocks
	if b[0].Style != "heading2" || !b[0].Bold {
		t.Errorf("heading %+v", b[0])
	}
	if b[1].Align != "center" || !b[1].Bold || b[2].Bold || b[2].Align != "" {
		t.Errorf("paragraphs %+v, %+v", b[1], b[2])
	}
	if rows := b[3].Rows; !rows[0].Header || rows[1].Header || !rows[0].Cells[0].Bold {
		t.Errorf("rows %+v", rows)
	}
}

func TestReadHTMLEncodings(t *testing.T) {
	const want = "Sở Nội vụ báo cáo"
	page := func(charset string) string {
		return "<html><meta charset=" + charset + "><p>So\u031b\u0309 Nô\u0323i vu\u0323 ba\u0301o ca\u0301o</p>"
	}
	old, err := charmap.Windows1258.NewEncoder().String(strings.ReplaceAll(page("windows-1258"), "o\u031b", "ơ"))
	must(t, err)
	for name, data := range map[string]string{
		"UTF-8":                       page("utf-8"),
		"UTF-8 that says another":     page("windows-1252"),
		"Windows-1258":                old,
		"Windows-1258 without a word": strings.Replace(old, "<meta charset=windows-1258>", "", 1),
	} {
		t.Run(name, func(t *testing.T) {
			src, err := Read("a.html", []byte(data))
			must(t, err)
			wantLines(t, src.Blocks, want)
		})
	}
}

func TestReadHTMLLimits(t *testing.T) {
	for name, test := range map[string]struct {
		page, which string
		limit       func(*Limits)
	}{
		"nested":             {strings.Repeat("<div>", 300) + "x", limitDepth, func(*Limits) {}},
		"paragraphs":         {strings.Repeat("<p>x", 11), limitParas, func(l *Limits) { l.Paragraphs = 10 }},
		"cells":              {"<table>" + strings.Repeat("<tr><td>x<td>y", 11) + "</table>", limitCells, func(l *Limits) { l.Cells = 20 }},
		"repeated by a span": {"<table><tr><td rowspan=1000>" + strings.Repeat("x", 900) + "<td>y" + strings.Repeat("<tr><td>z", 100) + "</table>", limitText, func(l *Limits) { l.TextBytes = 20_000 }},
	} {
		t.Run(name, func(t *testing.T) {
			limits := DefaultLimits()
			test.limit(&limits)
			_, err := ReadLimited("a", []byte("<html>"+test.page), limits)
			wantKey(t, err, KeyTooLarge)
			if fe, ok := err.(*FileError); ok && (len(fe.Args) != 2 || fe.Args[0] != test.which) {
				t.Errorf("args %v, want %s", fe.Args, test.which)
			}
		})
	}
}
