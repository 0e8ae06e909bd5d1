package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

func TestReadTextEncodings(t *testing.T) {
	const words = "Sở Nội vụ: đề nghị, Quý III"
	encode := func(e encoding.Encoding, s string) []byte {
		out, err := e.NewEncoder().Bytes([]byte(s))
		must(t, err)
		return out
	}
	tests := map[string][]byte{
		"UTF-8":           []byte(words),
		"byte order mark": []byte("\ufeff" + words),
		"decomposed":      []byte("So\u031b\u0309 Nô\u0323i vu\u0323: đê\u0300 nghi\u0323, Quy\u0301 III"),
		"UTF-16 LE":       encode(xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM), words),
		"UTF-16 BE":       encode(xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM), words),
		// Windows-1258 has ơ, ô, ê and the tones, which follow their vowels.
		"Windows-1258": encode(charmap.Windows1258, "Sơ\u0309 Nô\u0323i vu\u0323: đê\u0300 nghi\u0323, Quy\u0301 III"),
	}
	for name, data := range tests {
		t.Run(name, func(t *testing.T) {
			src, err := Read("a.txt", data)
			must(t, err)
			wantLines(t, src.Blocks, words)
		})
	}
}

func TestReadTextParagraphs(t *testing.T) {
	tests := []struct {
		name string
		text []string
		want []string
	}{
		{"blank lines", []string{"một", "", " ", "hai"}, []string{"một", "hai"}},
		{"wrapped at the page's width", []string{
			"Thời gian qua, tỉnh đã có nhiều nỗ lực trong việc triển khai các chủ trương về",
			"sắp xếp đơn vị hành chính; công tác cải cách được triển khai đồng bộ, Chủ tịch",
			"Ủy ban nhân dân tỉnh yêu cầu:",
			"1. Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan rà soát danh mục, trình",
			"Ủy ban nhân dân tỉnh trước ngày 15/12/2026.",
			"a) Rà soát hồ sơ phát triển kinh tế",
			"- xã hội của tỉnh.",
			"2. Sở Tài chính",
			"Bố trí kinh phí.",
		}, []string{
			"Thời gian qua, tỉnh đã có nhiều nỗ lực trong việc triển khai các chủ trương về sắp xếp đơn vị hành chính; công tác cải cách được triển khai đồng bộ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:",
			"1. Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan rà soát danh mục, trình Ủy ban nhân dân tỉnh trước ngày 15/12/2026.",
			"a) Rà soát hồ sơ phát triển kinh tế",
			"- xã hội của tỉnh.",
			"2. Sở Tài chính",
			"Bố trí kinh phí.",
		}},
		{"one line a paragraph", []string{
			"CHỈ THỊ", "Về việc tăng cường cải cách thủ tục hành chính",
			strings.Repeat("Dài ", 60) + "hết.", "Chủ tịch yêu cầu:", "1. Sở A:", "- Việc một", "+ Việc con", "đ) Việc khác", "I. MỤC ĐÍCH", "Điều 1. Ban hành", "Nơi nhận:", "- Như trên;",
		}, []string{
			"CHỈ THỊ", "Về việc tăng cường cải cách thủ tục hành chính",
			strings.Repeat("Dài ", 60) + "hết.", "Chủ tịch yêu cầu:", "1. Sở A:", "- Việc một", "+ Việc con", "đ) Việc khác", "I. MỤC ĐÍCH", "Điều 1. Ban hành", "Nơi nhận:", "- Như trên;",
		}},
		{"a mark alone on its line", []string{"1.", "Sở Nội vụ", "a)", "Rà soát"}, []string{"1. Sở Nội vụ", "a) Rà soát"}},
		{"Markdown", []string{"**2. Sở", "Tài chính**", "*Thứ nhất,* rà soát", "|", "|"}, []string{"2. Sở Tài chính", "Thứ nhất, rà soát"}},
		{"pasted table", []string{"Danh mục", "STT\tNhiệm vụ\tCơ quan", "1\tRà soát\tSở Nội vụ", "Ghi chú"}, []string{"Danh mục", "|STT|Nhiệm vụ|Cơ quan", "|1|Rà soát|Sở Nội vụ", "Ghi chú"}},
		{"two columns of a head", []string{"ỦY BAN NHÂN DÂN\tCỘNG HÒA", "TỈNH MẪU SƠN\tĐộc lập"}, []string{"ỦY BAN NHÂN DÂN CỘNG HÒA", "TỈNH MẪU SƠN Độc lập"}},
	}
	for _, test := range tests {
		for _, end := range []string{"\n", "\r\n"} {
			t.Run(test.name, func(t *testing.T) {
				src, err := Read("a.txt", []byte(strings.Join(test.text, end)))
				must(t, err)
				wantLines(t, src.Blocks, test.want...)
				for i, b := range src.Blocks {
					if b.Index != i+1 {
						t.Errorf("block %d has index %d", i+1, b.Index)
					}
				}
			})
		}
	}
}

func TestReadTextBold(t *testing.T) {
	src, err := Read("a.txt", []byte("**I. MỤC ĐÍCH**\n\n**Sở A** và **Sở B**\n"))
	must(t, err)
	if !src.Blocks[0].Bold || src.Blocks[1].Bold {
		t.Errorf("bold %v and %v, want true and false", src.Blocks[0].Bold, src.Blocks[1].Bold)
	}
}
