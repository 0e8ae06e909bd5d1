package extract

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// The same sentences in the encodings; the old ones as their fonts' western letters.
const (
	todayWords = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Ủy ban nhân dân tỉnh quyết định: Sở Tài chính chủ trì, phối hợp với các đơn vị rà soát, báo cáo trước ngày 15 tháng 6 năm 2004."
	tcvn3Words = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc. ñy ban nh©n d©n tØnh quyÕt ®Þnh: Së Tµi chÝnh chñ tr×, phèi hîp víi c¸c ®¬n vÞ rµ so¸t, b¸o c¸o tr\u00adíc ngµy 15 th¸ng 6 n¨m 2004."
	vniWords   = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc. UÛy ban nhaân daân tænh quyeát ñònh: Sôû Taøi chính chuû trì, phoái hôïp vôùi caùc ñôn vò raø soaùt, baùo caùo tröôùc ngaøy 15 thaùng 6 naêm 2004."
)

// sameText: small and large letters aside, since TCVN3 has no large ones with tones but by another font.
func sameText(t *testing.T, got, want string) {
	t.Helper()
	if !strings.EqualFold(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDecodeLegacy(t *testing.T) {
	sameText(t, legacyTCVN3.decode(tcvn3Words, false), todayWords)
	sameText(t, legacyVNI.decode(vniWords, false), todayWords)
	if got := legacyTCVN3.decode("ñy ban nh©n d©n", true); got != "ỦY BAN NHÂN DÂN" {
		t.Errorf("the font of capitals gives %q", got)
	}
	if got := legacyTCVN3.decode("\uf0a7\uf0e9c l\uf0cbp", false); got != "Độc lập" {
		t.Errorf("places of a symbol font give %q", got)
	}
	if got := legacyVNI.decode("UÛY BAN NHAÂN DAÂN, ÑÒNH", false); got != "ỦY BAN NHÂN DÂN, ĐỊNH" {
		t.Errorf("capitals of VNI give %q", got)
	}
	if got := legacyTCVN3.decode("Sở Nội vụ có", false); got != "Sở Nội vụ có" {
		t.Errorf("words of today became %q", got)
	}
}

// TestTCVN3IsWhole holds that every letter with its tone is reached once, so that no place was mistyped twice.
func TestTCVN3IsWhole(t *testing.T) {
	const small = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
	seen := map[rune]int{}
	for _, to := range tcvn3 {
		seen[to]++
	}
	for _, r := range small + "ĂÂĐÊÔƠƯ" {
		if seen[r] != 1 {
			t.Errorf("%c has %d places", r, seen[r])
		}
	}
}

func TestGuessLegacy(t *testing.T) {
	for want, text := range map[legacy]string{legacyNone: todayWords, legacyTCVN3: tcvn3Words, legacyVNI: vniWords} {
		if got := guessLegacy(text); got != want {
			t.Errorf("%q read as %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"", "Một việc", "Thủ tục n¨m", "The quick brown fox, café, naïve, été, où, là-bas à côté"} {
		if got := guessLegacy(text); got != legacyNone {
			t.Errorf("%q read as %s", text, got)
		}
	}
}

func TestReadOldText(t *testing.T) {
	for name, words := range map[string]string{"TCVN3": tcvn3Words, "VNI": vniWords} {
		bytes, err := charmap.ISO8859_1.NewEncoder().String(words)
		must(t, err)
		for how, data := range map[string]string{"one byte a letter": bytes, "pasted into UTF-8": words} {
			t.Run(name+" "+how, func(t *testing.T) {
				src, err := Read("a.txt", []byte(data))
				must(t, err)
				sameText(t, lines(src.Blocks), todayWords)
			})
		}
	}
}

func oldRun(font, text string) string {
	return `<w:r><w:rPr><w:rFonts w:ascii="` + font + `" w:hAnsi="` + font + `"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func TestReadDOCXOldFonts(t *testing.T) {
	tests := []struct {
		name string
		docx docxParts
		want []string
	}{
		{"by the run", docxParts{body: para("", oldRun(".VnTimeH", "chØ thÞ")) + para("", oldRun(".VnTime", "Së Néi vô tr\u00adíc ngµy"), oldRun("Times New Roman", " có số 15"))},
			[]string{"CHỈ THỊ", "Sở Nội vụ trước ngày có số 15"}},
		{"VNI", docxParts{body: para("", oldRun("VNI-Times", "Sôû Noäi vuï tröôùc ngaøy"))}, []string{"Sở Nội vụ trước ngày"}},
		{"by the style", docxParts{body: para(`<w:pStyle w:val="a"/>`, run("QuyÕt ®Þnh")), styles: `<w:style w:type="paragraph" w:styleId="b"><w:name w:val="B"/><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="a"><w:name w:val="A"/><w:basedOn w:val="b"/></w:style>`},
			[]string{"Quyết định"}},
		{"by the defaults, but for one run", docxParts{body: para("", run("QuyÕt ®Þnh "), oldRun("Arial", "số ©")), styles: `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>`},
			[]string{"Quyết định số ©"}},
		{"by a style of letters", docxParts{body: para("", `<w:r><w:rPr><w:rStyle w:val="c"/></w:rPr><w:t>n¨m</w:t></w:r>`), styles: `<w:style w:type="character" w:styleId="c"><w:name w:val="C"/><w:rPr><w:rFonts w:hAnsi=".VnArial"/></w:rPr></w:style>`},
			[]string{"năm"}},
		{"words of today under an old name", docxParts{body: para("", oldRun(".VnTime", "không có nhà nào và không là và theo các")) + para("", oldRun(".VnTime", "Sở Nội vụ"))},
			[]string{"không có nhà nào và không là và theo các", "Sở Nội vụ"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { wantLines(t, test.docx.read(t), test.want...) })
	}
}

// TestReadNamesOldEncoding: a file that does not name its fonts is refused with what to do, not read as letters of nobody's.
func TestReadNamesOldEncoding(t *testing.T) {
	_, err := Read("a.docx", docxParts{body: para("", run(tcvn3Words))}.bytes(t))
	wantKey(t, err, KeyEncoding)
	if fe, ok := err.(*FileError); ok && (len(fe.Args) != 1 || fe.Args[0] != "TCVN3") {
		t.Errorf("args %v", fe.Args)
	}
}

// TestOldSecrecyMark: the mark of secrecy is seen in an old font too.
func TestOldSecrecyMark(t *testing.T) {
	data := docxParts{body: para("", oldRun(".VnTimeH", "tèi mËt")) + para("", oldRun(".VnTimeH", "ñy ban nh©n d©n"))}.bytes(t)
	src, err := Read("a.docx", data)
	must(t, err)
	if _, err := Extract([]*Source{src}, Options{}); err != ErrClassified {
		t.Errorf("got %v, want ErrClassified", err)
	}
}
