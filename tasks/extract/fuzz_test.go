package extract

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fuzzLimits are small, so that a find is a bug and not a large file.
func fuzzLimits() Limits {
	l := DefaultLimits()
	l.FileBytes, l.UnpackedBytes, l.PartBytes, l.TextBytes = 1<<20, 4<<20, 2<<20, 1<<20
	l.Paragraphs, l.Cells = 2000, 2000
	return l
}

// checkReading holds what every reading promises, whatever the file.
func checkReading(t *testing.T, data []byte) {
	src, err := ReadLimited("a", data, fuzzLimits())
	checkSource(t, src, err)
}

func checkSource(t *testing.T, src *Source, err error) {
	if err != nil {
		if fe, ok := err.(*FileError); !ok || fe.Key == "" {
			t.Fatalf("error %v (%T) has no key", err, err)
		}
		return
	}
	if len(src.Blocks) == 0 {
		t.Fatal("neither blocks nor an error")
	}
	sound := func(s string) {
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
			t.Fatalf("%q is not NFC in UTF-8", s)
		}
	}
	for i, b := range src.Blocks {
		if src.Format != FormatXLSX && b.Index != i+1 || b.Index < 1 {
			t.Fatalf("block %d has index %d", i+1, b.Index)
		}
		sound(b.Text)
		sound(b.Label)
		number := 0
		for _, r := range b.Rows {
			if r.Number < number {
				t.Fatalf("row %d after row %d", r.Number, number)
			}
			number = r.Number
			col := 0
			for _, c := range r.Cells {
				sound(c.Text)
				if c.Span < 1 || c.Col < col {
					t.Fatalf("cell %+v stands before column %d", c, col)
				}
				col = c.Col
			}
		}
	}
}

func FuzzReadDOCX(f *testing.F) {
	numbering := abstract("0", lvl("0", "decimal", "%1.", "")+lvl("1", "bullet", "-", "")) + num("1", "0", "")
	f.Add(numbered("1", "0", "Sở A")+numbered("1", "1", "việc"), "", numbering)
	f.Add("<w:tbl><w:tr>"+tc(`<w:vMerge w:val="restart"/>`, "x")+"</w:tr><w:tr>"+tc(`<w:gridSpan w:val="3"/><w:vMerge/>`, "")+"</w:tr></w:tbl>", "", "")
	f.Add(para(`<w:pStyle w:val="a"/>`, run("x")), `<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>`, "")
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		checkReading(t, docxParts{body: body, styles: styles, numbering: numbering}.bytes(t))
	})
}

func FuzzReadXLSX(f *testing.F) {
	parts := unzip(f, sampleWorkbook(f))
	f.Add(string(parts["xl/worksheets/sheet1.xml"]), string(parts["xl/sharedStrings.xml"]), string(parts["xl/styles.xml"]))
	f.Fuzz(func(t *testing.T, sheet, strings, styles string) {
		all := map[string]string{}
		for name, content := range parts {
			all[name] = string(content)
		}
		all["xl/worksheets/sheet1.xml"], all["xl/sharedStrings.xml"], all["xl/styles.xml"] = sheet, strings, styles
		checkReading(t, zipOf(t, all))
	})
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte("KẾ HOẠCH\n\n1. Sở A\na) việc\n- x\ty\tz\n- u\tv\tw\n"))
	f.Add([]byte("\xff\xfeS\x00"))
	f.Fuzz(checkReading)
}

func FuzzReadHTML(f *testing.F) {
	f.Add("<h1>KẾ HOẠCH</h1><p align=center><b>Số: 1</b><br>x<ol type=a start=3><li>một<ul><li value=2>hai</ol>")
	f.Add("<table><thead><tr><th colspan=2>a<th rowspan=0>b</thead><tr><td rowspan=3>c<td>d<tr><td>e<table><tr><td>f<td>g</table></table>")
	f.Add("<pre>một\nhai</pre><div style='display:none'>x</div><p style='mso-element:footnote'>y<font face='.VnTime'>Céng hoµ x· héi</font>")
	f.Fuzz(func(t *testing.T, page string) { checkReading(t, []byte("<html>"+page)) })
}

func FuzzReadPDF(f *testing.F) {
	f.Add(pdfWordsOf("<word xMin=\"50\" yMin=\"50\" xMax=\"90\" yMax=\"62\">một</word>"), svgOf("<path style=\"fill:none;\" d=\"M 40 40 L 200 40 \"/>\n<path style=\"fill:none;\" d=\"M 40 40 L 40 90 \"/>"))
	f.Add(pdfWordsOf(gridWords()), svgOf(gridLines()))
	f.Fuzz(func(t *testing.T, words, drawn string) {
		src, err := Reader{Limits: fuzzLimits(), Converter: pdfStandIn{words, drawn}}.Read(t.Context(), "a", []byte("%PDF-1.4"))
		checkSource(t, src, err)
	})
}
