package extract

import (
	"fmt"
	"strings"
	"testing"
)

func readPages(t *testing.T, words, drawn []string) *Source {
	t.Helper()
	src, err := Reader{Limits: DefaultLimits(), Converter: pdfStandIn{pdfWordsOf(words...), svgOf(drawn...)}}.Read(t.Context(), "a.pdf", []byte("%PDF-1.4"))
	must(t, err)
	if src.Format != FormatPDF {
		t.Errorf("format %s", src.Format)
	}
	return src
}

// set sets lines one below another from a height on.
func set(x, y float64, lines ...string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(typed(x, y+18*float64(i), l))
	}
	return b.String()
}

const fullLine = "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín"

func TestReadPDFParagraphs(t *testing.T) {
	tests := []struct {
		name string
		page string
		want []string
	}{
		{"wrapped", set(60, 100, "1. "+fullLine, "tám chín mười một hai", "2. "+fullLine, "cuối"), []string{"1. " + fullLine + " tám chín mười một hai", "2. " + fullLine + " cuối"}},
		{"a line that ends early ends a paragraph", set(60, 100, "I. MỤC ĐÍCH", "Nâng cao", fullLine+" hai"), []string{"I. MỤC ĐÍCH", "Nâng cao", fullLine + " hai"}},
		{"a full line before a mark", set(60, 100, fullLine+" hai;", "a) Rà soát", "- Trình"), []string{fullLine + " hai;", "a) Rà soát", "- Trình"}},
		{"counting within a paragraph", set(60, 100, "Yêu cầu: (1) "+fullLine+";", "(2) sáu bảy tám", "Hết"), []string{"Yêu cầu: (1) " + fullLine + "; (2) sáu bảy tám", "Hết"}},
		{"a number cut behind its stroke", set(60, 100, strings.TrimSuffix(fullLine, "chín")+"số 15/KH-", "UBND của tỉnh"), []string{strings.TrimSuffix(fullLine, "chín") + "số 15/KH-UBND của tỉnh"}},
		{"two columns without lines", set(60, 100, "ỦY BAN NHÂN DÂN", "TỈNH MẪU SƠN", "Số: 15/CT-UBND") + set(330, 100, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Độc lập - Tự do", "Mẫu Sơn, ngày 01 tháng 6 năm 2026") + typed(280, 190, "CHỈ THỊ"),
			[]string{"|ỦY BAN NHÂN DÂN⏎TỈNH MẪU SƠN⏎Số: 15/CT-UBND|CỘNG HÒA XÃ HỘI CHỦ NGHĨA⏎Độc lập - Tự do⏎Mẫu Sơn, ngày 01 tháng 6 năm 2026", "CHỈ THỊ"}},
		{"letters that the font misnames", typed(60, 100, "đƣợc Ƣu tiên"), []string{"được Ưu tiên"}},
		{"an old font", set(60, 100, strings.Fields(tcvn3Words)...), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := readPages(t, []string{test.page}, []string{""})
			if test.want == nil {
				sameText(t, strings.Join(strings.Fields(lines(src.Blocks)), " "), todayWords)
				return
			}
			wantLines(t, src.Blocks, test.want...)
		})
	}
}

func TestReadPDFTables(t *testing.T) {
	xs := []float64{50, 100, 300, 400}
	head := typed(55, 105, "TT") + typed(105, 105, "Nhiệm vụ") + typed(305, 105, "Chủ trì")
	t.Run("cells", func(t *testing.T) {
		src := readPages(t, []string{typed(60, 60, "PHỤ LỤC") + head + set(105, 135, "Rà soát các quy định hiện hành về", "tài sản của tỉnh") + typed(55, 140, "1.") + typed(305, 140, "Sở Tài chính") + typed(60, 300, "Ghi chú")},
			[]string{drawnGrid(xs, []float64{100, 130, 180})})
		wantLines(t, src.Blocks, "PHỤ LỤC", "|TT|Nhiệm vụ|Chủ trì", "|1.|Rà soát các quy định hiện hành về tài sản của tỉnh|Sở Tài chính", "Ghi chú")
	})
	t.Run("lines as thin boxes, a section over all columns, a cell over two rows", func(t *testing.T) {
		bar := func(x0, y0, x1, y1 float64) string {
			return fmt.Sprintf("<path style=\"fill-rule:nonzero;\" d=\"M %g %g L %g %g L %g %g L %g %g Z M %g %g \"/>\n", x0, y0, x1, y0, x1, y1, x0, y1, x0, y0)
		}
		drawn := ""
		for _, y := range []float64{100, 130, 160, 220} {
			drawn += bar(50, y, 400, y+0.5)
		}
		drawn += bar(50, 190, 300, 190.5) // the third column is one cell from 160 to 220
		drawn += bar(50, 100, 50.5, 220) + bar(400, 100, 400.5, 220)
		for _, x := range []float64{100, 300} {
			drawn += bar(x, 100, x+0.5, 130) + bar(x, 160, x+0.5, 220)
		}
		src := readPages(t, []string{head + typed(55, 135, "I. CẢI CÁCH THỂ CHẾ") + typed(55, 165, "1") + typed(105, 165, "Một") + typed(55, 195, "2") + typed(105, 195, "Hai") + typed(305, 180, "Sở A")}, []string{drawn})
		wantLines(t, src.Blocks, "|TT|Nhiệm vụ|Chủ trì", "|--I. CẢI CÁCH THỂ CHẾ", "|1|Một|Sở A", "|2|Hai|^Sở A")
	})
	t.Run("over pages", func(t *testing.T) {
		first := head + typed(55, 135, "1") + typed(105, 135, "Rà soát quy định về") + typed(305, 135, "Sở A")
		second := head + typed(105, 135, "tài sản công") + typed(55, 165, "2") + typed(105, 165, "Trình") + typed(305, 165, "Sở B")
		src := readPages(t, []string{first + typed(290, 20, "1"), second + typed(290, 20, "2")},
			[]string{drawnGrid(xs, []float64{100, 130, 160}), drawnGrid(xs, []float64{100, 130, 160, 190})})
		wantLines(t, src.Blocks, "|TT|Nhiệm vụ|Chủ trì", "|1|Rà soát quy định về tài sản công|Sở A", "|2|Trình|Sở B")
		if !src.Blocks[0].Rows[0].Header {
			t.Error("the repeated head is not marked")
		}
	})
	t.Run("columns that a page's merged cells hide", func(t *testing.T) {
		src := readPages(t, []string{head + typed(55, 135, "1") + typed(105, 135, "Một") + typed(305, 135, "Sở A"), typed(55, 105, "2") + typed(105, 105, "Hai, do Sở B chủ trì")},
			[]string{drawnGrid(xs, []float64{100, 130, 160}), drawnGrid([]float64{50, 100, 400}, []float64{100, 130})})
		wantLines(t, src.Blocks, "|TT|Nhiệm vụ|Chủ trì", "|1|Một|Sở A", "|2|-Hai, do Sở B chủ trì")
	})
	t.Run("a date that a narrow column breaks", func(t *testing.T) {
		src := readPages(t, []string{set(102, 105, "30/0", "9/20", "25") + typed(55, 105, "1") + typed(135, 105, "x")}, []string{drawnGrid([]float64{50, 100, 130, 200}, []float64{100, 160})})
		wantLines(t, src.Blocks, "|1|30/09/2025|x")
	})
	t.Run("an underline and a frame are no table", func(t *testing.T) {
		src := readPages(t, []string{set(60, 100, "Độc lập", "Hai")}, []string{drawnGrid([]float64{40, 500}, []float64{50, 700}) + "<path style=\"fill:none\" d=\"M 60 113 L 110 113 \"/>"})
		wantLines(t, src.Blocks, "Độc lập", "Hai")
	})
}

func TestReadPDFFurniture(t *testing.T) {
	var words []string
	for i := range 4 {
		words = append(words, typed(290, 20, fmt.Sprint(i+1))+typed(60, 100, fmt.Sprintf("Đoạn %s của văn bản", "abcd"[i:i+1]))+typed(60, 780, fmt.Sprintf("Kế hoạch 15, trang %d/4", i+1)))
	}
	words[1] += "<word xMin=\"60\" yMin=\"700\" xMax=\"120\" yMax=\"708\">chú</word>\n"
	src := readPages(t, words, []string{"", "<path style=\"fill:none\" d=\"M 60 695 L 200 695 \"/>", "", ""})
	wantLines(t, src.Blocks, "Đoạn a của văn bản", "Đoạn b của văn bản", "Đoạn c của văn bản", "Đoạn d của văn bản")

	// A figure that belongs to the text stays.
	src = readPages(t, []string{set(60, 100, "Chỉ tiêu", "95")}, []string{""})
	wantLines(t, src.Blocks, "Chỉ tiêu", "95")
}

func TestReadPDFRefuses(t *testing.T) {
	_, err := Read("a.pdf", []byte("%PDF-1.4"))
	wantKey(t, err, KeyPDF)
	with := func(words, drawn string, limit func(*Limits)) error {
		limits := DefaultLimits()
		limit(&limits)
		_, err := Reader{Limits: limits, Converter: pdfStandIn{words, drawn}}.Read(t.Context(), "a.pdf", []byte("%PDF-1.4"))
		return err
	}
	wantKey(t, with(pdfWordsOf("", ""), "", func(*Limits) {}), KeyScan)
	for name, err := range map[string]error{
		limitPages: with(pdfWordsOf("", "", ""), "", func(l *Limits) { l.Pages = 2 }),
		limitText:  with(pdfWordsOf(set(50, 50, fullLine)), "", func(l *Limits) { l.TextBytes = 40 }),
		limitParas: with(pdfWordsOf(set(50, 50, "1. một", "2. hai", "3. ba")), "", func(l *Limits) { l.Paragraphs = 2 }),
	} {
		wantKey(t, err, KeyTooLarge)
		if fe, ok := err.(*FileError); ok && fe.Args[0] != name {
			t.Errorf("limit %v, want %s", fe.Args, name)
		}
	}
}
