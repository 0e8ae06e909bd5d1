package extract

import (
	"strings"
	"testing"
)

// lvl writes one level of a list.
func lvl(at, format, text, more string) string {
	return `<w:lvl w:ilvl="` + at + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + more + `<w:lvlText w:val="` + text + `"/></w:lvl>`
}

func abstract(id, levels string) string {
	return `<w:abstractNum w:abstractNumId="` + id + `">` + levels + `</w:abstractNum>`
}

func num(id, abstractID, overrides string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + abstractID + `"/>` + overrides + `</w:num>`
}

func TestNumbering(t *testing.T) {
	legal := lvl("0", "upperRoman", "%1.", "") + lvl("1", "decimal", "%1.%2.", "<w:isLgl/>") + lvl("2", "lowerLetter", "%3)", "")
	symbol := `<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>`
	tests := []struct {
		name, numbering, body string
		want                  []string
	}{
		{"levels restart", abstract("0", legal) + num("1", "0", ""),
			numbered("1", "0", "A") + numbered("1", "1", "B") + numbered("1", "2", "C") + numbered("1", "2", "D") + numbered("1", "1", "E") + numbered("1", "2", "F") + numbered("1", "0", "G") + numbered("1", "1", "H"),
			[]string{"I. A", "1.1. B", "a) C", "b) D", "1.2. E", "a) F", "II. G", "2.1. H"}},
		{"goes on across tables and text", abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", ""),
			numbered("1", "0", "A") + para("", run("xen")) + `<w:tbl><w:tr><w:tc>` + numbered("1", "0", "") + `</w:tc><w:tc>` + numbered("1", "0", "B") + `</w:tc></w:tr></w:tbl>` + numbered("1", "0", "C"),
			[]string{"1. A", "xen", "|2.|3. B", "4. C"}},
		{"nums share a list", abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", "") + num("2", "0", ""),
			numbered("1", "0", "A") + numbered("2", "0", "B"), []string{"1. A", "2. B"}},
		{"startOverride", abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", "") + num("2", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`),
			numbered("1", "0", "A") + numbered("2", "0", "B") + numbered("2", "0", "C") + numbered("1", "0", "D"), []string{"1. A", "5. B", "6. C", "7. D"}},
		{"level override", abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", `<w:lvlOverride w:ilvl="0">`+lvl("0", "upperLetter", "%1)", "")+`</w:lvlOverride>`),
			numbered("1", "0", "A") + numbered("1", "0", "B"), []string{"A) A", "B) B"}},
		{"never restarts", abstract("0", lvl("0", "decimal", "%1.", "")+lvl("1", "decimal", "%2)", `<w:lvlRestart w:val="0"/>`)) + num("1", "0", ""),
			numbered("1", "0", "A") + numbered("1", "1", "B") + numbered("1", "0", "C") + numbered("1", "1", "D"), []string{"1. A", "1) B", "2. C", "2) D"}},
		{"restarts after the first level only", abstract("0", lvl("0", "decimal", "%1.", "")+lvl("1", "decimal", "%2)", "")+lvl("2", "lowerLetter", "%3.", `<w:lvlRestart w:val="1"/>`)) + num("1", "0", ""),
			numbered("1", "0", "A") + numbered("1", "1", "B") + numbered("1", "2", "C") + numbered("1", "1", "D") + numbered("1", "2", "E") + numbered("1", "0", "F") + numbered("1", "2", "G"),
			[]string{"1. A", "1) B", "a. C", "2) D", "b. E", "2. F", "a. G"}},
		{"lower level first", abstract("0", lvl("0", "decimal", "%1.", "")+lvl("1", "decimal", "%1.%2.", "")) + num("1", "0", ""),
			numbered("1", "1", "A") + numbered("1", "0", "B") + numbered("1", "1", "C"), []string{"1.1. A", "1. B", "1.1. C"}},
		{"bullets", abstract("0", lvl("0", "bullet", "-", "")+lvl("1", "bullet", "+", "")+lvl("2", "bullet", "•", "")+lvl("3", "bullet", "\uf0b7", symbol)+lvl("4", "bullet", "o", "")+lvl("5", "bullet", "–", "")) + num("1", "0", ""),
			numbered("1", "0", "A") + numbered("1", "1", "B") + numbered("1", "2", "C") + numbered("1", "3", "D") + numbered("1", "4", "E") + numbered("1", "5", "F"),
			[]string{"- A", "+ B", "• C", "- D", "- E", "- F"}},
		{"none and fixed words", abstract("0", lvl("0", "none", "", "")+lvl("1", "decimal", "Điều %2.", "")+lvl("2", "decimalZero", "%3", "")) + num("1", "0", ""),
			numbered("1", "0", "A") + numbered("1", "1", "B") + numbered("1", "2", "C"), []string{"A", "Điều 1. B", "01 C"}},
		{"number turned off", abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", ""), numbered("0", "0", "A") + numbered("7", "0", "B"), []string{"A", "B"}},
		{"old format beside a new one", abstract("0", `<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice><mc:Fallback><w:numFmt w:val="upperLetter"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl>`) + num("1", "0", ""),
			numbered("1", "0", "x"), []string{"A. x"}},
		{"a deleted paragraph does not count", abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", ""),
			numbered("1", "0", "A") + para(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>`, `<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>`) + numbered("1", "0", "B"),
			[]string{"1. A", "2. B"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wantLines(t, docxParts{body: test.body, numbering: test.numbering}.read(t), test.want...)
		})
	}
}

func TestNumberingByStyle(t *testing.T) {
	styles := `<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="H2"/></w:style>
		<w:style w:type="numbering" w:styleId="Kieu"><w:name w:val="Kiểu"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>`
	numbering := abstract("0", lvl("0", "upperRoman", "%1.", `<w:pStyle w:val="H1"/>`)+lvl("1", "decimal", "%2.", `<w:pStyle w:val="H2"/>`)) +
		abstract("1", `<w:styleLink w:val="Kieu"/>`+lvl("0", "lowerLetter", "%1)", "")) +
		abstract("2", `<w:numStyleLink w:val="Kieu"/>`) +
		num("1", "0", "") + num("2", "1", "") + num("3", "2", "")
	styled := func(style, text string) string { return para(`<w:pStyle w:val="`+style+`"/>`, run(text)) }
	body := styled("H1", "A") + styled("H2", "B") + styled("Con", "C") +
		para(`<w:pStyle w:val="H2"/><w:numPr><w:numId w:val="0"/></w:numPr>`, run("D")) + numbered("3", "0", "E") + numbered("3", "0", "F") + styled("H1", "G") + styled("H2", "H")
	blocks := docxParts{body: body, styles: styles, numbering: numbering}.read(t)
	wantLines(t, blocks, "I. A", "1. B", "2. C", "D", "a) E", "b) F", "II. G", "1. H")
	if b := blocks[2]; b.Level != 1 || b.Style != "heading2" {
		t.Errorf("level %d, style %q; want 1, heading2", b.Level, b.Style)
	}
}

func TestFormatNumber(t *testing.T) {
	tests := []struct {
		n            int
		format, want string
	}{
		{4, "upperRoman", "IV"}, {1994, "lowerRoman", "mcmxciv"}, {0, "upperRoman", "0"}, {26, "lowerLetter", "z"},
		{28, "lowerLetter", "bb"}, {0, "lowerLetter", "0"}, {9, "decimalZero", "09"}, {10, "decimalZero", "10"}, {7, "ordinal", "7"}, {3, "none", ""},
	}
	for _, test := range tests {
		if got := formatNumber(test.n, test.format); got != test.want {
			t.Errorf("formatNumber(%d, %s) = %q, want %q", test.n, test.format, got, test.want)
		}
	}
	if got := letterNumeral(1<<40, 'a'); len(got) > 30 || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz") != "" {
		t.Errorf("a huge number gives %q", got)
	}
}
