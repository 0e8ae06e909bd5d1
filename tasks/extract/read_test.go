package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// compound makes the front of an OLE compound file: a header sector and one sector of directory entries.
func compound(streams ...string) []byte {
	data := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 504)...)
	for _, name := range streams {
		entry := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*i:], u)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
		data = append(data, entry...)
	}
	return data
}

func TestReadRefuses(t *testing.T) {
	sound := docxParts{body: para("", run("một"))}.bytes(t)
	tests := []struct {
		name string
		data []byte
		key  string
	}{
		{"empty", nil, KeyEmpty},
		{"white space only", []byte(" \n\t\n"), KeyNoText},
		{"docx without words", docxParts{body: para("")}.bytes(t), KeyNoText},
		{"docx cut off", sound[:len(sound)/2], KeyDamaged},
		{"docx without a body", zipOf(t, map[string]string{"word/document.xml": wordRoot + "</w:document>"}), KeyDamaged},
		{"XML cut off", zipOf(t, map[string]string{"word/document.xml": wordRoot + "<w:body>" + para("", run("một"))}), KeyDamaged},
		{"entities of its own", zipOf(t, map[string]string{"word/document.xml": `<!DOCTYPE a [<!ENTITY x "xxxx">]>` + wordRoot + "<w:body>" + para("", run("&x;")) + "</w:body></w:document>"}), KeyDamaged},
		{"another zip", zipOf(t, map[string]string{"a.txt": "một"}), KeyUnknown},
		{"slides", zipOf(t, map[string]string{"_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="ppt/presentation.xml"/></Relationships>`, "ppt/presentation.xml": "<p/>"}), KeyUnknown},
		{"PDF", []byte("%PDF-1.7\n..."), KeyPDF},
		{"PDF after other bytes", []byte("\n\n%PDF-1.4\n"), KeyPDF},
		{"Word 97", compound("Root Entry", "1Table", "WordDocument"), KeyOldDoc},
		{"Excel 97", compound("Root Entry", "Workbook"), KeyOldSheet},
		{"a Word file with a sheet in it", compound("Root Entry", "Workbook", "WordDocument"), KeyOldDoc},
		{"with a password", compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), KeyPassword},
		{"another compound file", compound("Root Entry"), KeyUnknown},
		{"rich text", []byte(`{\rtf1\ansi một}`), KeyOldDoc},
		{"XML of another kind", []byte(`<?xml version="1.0"?><w:wordDocument>một</w:wordDocument>`), KeyUnknown},
		{"picture", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), KeyUnknown},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Read("tệp.docx", test.data)
			wantKey(t, err, test.key)
			if !strings.Contains(fmt.Sprint(err), "tệp.docx") {
				t.Errorf("the error does not name the file: %v", err)
			}
		})
	}
}

func TestReadGoesByContent(t *testing.T) {
	src, err := Read("chỉ thị.txt", docxParts{body: para("", run("một"))}.bytes(t))
	if err != nil || src.Format != FormatDOCX {
		t.Errorf("a .docx named .txt: %v, %v", src, err)
	}
	src, err = Read("chỉ thị.docx", []byte("một"))
	if err != nil || src.Format != FormatText {
		t.Errorf("text named .docx: %v, %v", src, err)
	}
}

func TestReadFollowsRelationships(t *testing.T) {
	data := zipOf(t, map[string]string{
		"_rels/.rels":                   `<Relationships><Relationship Id="1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/Document2.xml"/></Relationships>`,
		"word/document2.xml":            strings.Replace(wordRoot, "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", 1) + "<w:body>" + numbered("1", "0", "một") + "</w:body></w:document>",
		"word/_rels/document2.xml.rels": `<Relationships><Relationship Id="1" Type="x/numbering" Target="so.xml"/></Relationships>`,
		"word/so.xml":                   "<w:numbering" + wordNS + ">" + abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", "") + "</w:numbering>",
	})
	src, err := Read("a.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	wantLines(t, src.Blocks, "1. một")
}

func TestReadLimits(t *testing.T) {
	nested := strings.Repeat("<w:sdt><w:sdtContent>", 1_000_000)
	manyParts := map[string]string{}
	for i := range 30 {
		manyParts[fmt.Sprint(i)] = ""
	}
	cells := "<w:tbl>" + strings.Repeat("<w:tr>"+strings.Repeat(tc("", "x"), 10)+"</w:tr>", 10) + "</w:tbl>"
	sheet := func(fill func(f *excelize.File)) []byte { return workbookBytes(t, fill) }
	merged := strings.Repeat("<w:tr>"+tc(`<w:vMerge/>`, "")+"</w:tr>", 50)
	tests := []struct {
		name  string
		data  []byte
		which string
		limit func(*Limits)
	}{
		{"file", []byte("một hai ba"), limitBytes, func(l *Limits) { l.FileBytes = 5 }},
		{"bomb", docxParts{body: para("", run(strings.Repeat("x", 80<<20)))}.bytes(t), limitPart, func(l *Limits) { l.PartBytes = 1 << 20 }},
		{"bomb beside the body", docxParts{body: para("", run("x")), styles: strings.Repeat(" ", 2<<20)}.bytes(t), limitPart, func(l *Limits) { l.PartBytes = 1 << 20 }},
		{"unpacked together", docxParts{body: para("", run("x")), styles: strings.Repeat(" ", 3000)}.bytes(t), limitTotal, func(l *Limits) { l.UnpackedBytes = 2000 }},
		{"parts", zipOf(t, manyParts), limitParts, func(l *Limits) { l.Parts = 20 }},
		{"nested elements", docxParts{body: nested}.bytes(t), limitDepth, func(*Limits) {}},
		{"paragraphs", docxParts{body: strings.Repeat(para("", run("x")), 11)}.bytes(t), limitParas, func(l *Limits) { l.Paragraphs = 10 }},
		{"cells", docxParts{body: cells}.bytes(t), limitCells, func(l *Limits) { l.Cells = 99 }},
		{"elements", docxParts{body: cells}.bytes(t), limitElems, func(l *Limits) { l.Elements = 99 }},
		{"text", docxParts{body: para("", run(strings.Repeat("x", 60)))}.bytes(t), limitText, func(l *Limits) { l.TextBytes = 59 }},
		{"text repeated by merging", docxParts{body: "<w:tbl><w:tr>" + tc(`<w:vMerge w:val="restart"/>`, strings.Repeat("x", 100)) + "</w:tr>" + merged + "</w:tbl>"}.bytes(t), limitText, func(l *Limits) { l.TextBytes = 3000 }},
		{"lines of text", []byte(strings.Repeat("một\n\n", 11)), limitParas, func(l *Limits) { l.Paragraphs = 10 }},
		{"plain text", []byte("một hai ba"), limitText, func(l *Limits) { l.TextBytes = 5 }},
		{"sheet cells", sheet(func(f *excelize.File) {
			for i := range 11 {
				must(t, f.SetCellValue("Sheet1", fmt.Sprintf("A%d", i+1), "x"))
			}
		}), limitCells, func(l *Limits) { l.Cells = 10 }},
		{"sheet text", sheet(func(f *excelize.File) { must(t, f.SetCellValue("Sheet1", "A1", strings.Repeat("x", 100))) }), limitText, func(l *Limits) { l.TextBytes = 99 }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			limits := DefaultLimits()
			test.limit(&limits)
			runtime.GC()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := ReadLimited("a", test.data, limits)
			runtime.ReadMemStats(&after)
			wantKey(t, err, KeyTooLarge)
			if fe, ok := err.(*FileError); ok && (len(fe.Args) != 2 || fe.Args[0] != test.which) {
				t.Errorf("args %v, want %s and its value", fe.Args, test.which)
			}
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("took %v", took)
			}
			if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 64 {
				t.Errorf("allocated %d MB", got)
			}
		})
	}
}

// damage gives variants of a file with bytes flipped and with its end cut off, without chance: the same every time.
func damage(data []byte, variants int) [][]byte {
	var out [][]byte
	seed := uint64(1)
	next := func(n int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	for range variants {
		broken := bytes.Clone(data)
		for range 1 + next(8) {
			broken[next(len(broken))] ^= byte(1 + next(255))
		}
		out = append(out, broken, data[:next(len(data))])
	}
	return out
}

// TestReadDamaged holds that a damaged file gives an error with a key or a reading, never a panic or a hang. XML is damaged
// inside of its container too, where no checksum stops it first.
func TestReadDamaged(t *testing.T) {
	body := para(`<w:jc w:val="center"/>`, run("CHỈ THỊ")) + numbered("1", "0", "Sở Nội vụ") +
		"<w:tbl><w:tr>" + tc(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, "x") + "</w:tr><w:tr>" + tc(`<w:vMerge/>`, "") + "</w:tr></w:tbl>" +
		para("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:pict><v:textbox><w:txbxContent>`+para("", run("khung"))+`</w:txbxContent></v:textbox></w:pict></w:r>`)
	numbering := abstract("0", lvl("0", "decimal", "%1.", "")) + num("1", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>`)
	styles := `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>`
	docx := docxParts{body: body, numbering: numbering, styles: styles}
	xlsx := sampleWorkbook(t)
	files := append(damage(docx.bytes(t), 80), damage(xlsx, 80)...)
	for _, broken := range damage([]byte(wordRoot+"<w:body>"+body+"</w:body></w:document>"), 100) {
		files = append(files, zipOf(t, map[string]string{"word/document.xml": string(broken)}))
	}
	for _, broken := range damage([]byte(numbering), 40) {
		files = append(files, docxParts{body: body, numbering: string(broken), styles: styles}.bytes(t))
	}
	parts := map[string]string{}
	for name, content := range unzip(t, xlsx) {
		parts[name] = string(content)
	}
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"} {
		whole := parts[name]
		for _, broken := range damage([]byte(whole), 20) {
			parts[name] = string(broken)
			files = append(files, zipOf(t, parts))
		}
		parts[name] = whole
	}
	files = append(files, damage([]byte("KẾ HOẠCH\n\n1. Sở Nội vụ\n- a\tb\tc\n- d\te\tf\n"), 200)...)
	read := 0
	for i, data := range files {
		src, err := Read("a", data)
		switch {
		case err == nil && len(src.Blocks) > 0:
			read++
		case err == nil:
			t.Errorf("file %d: neither blocks nor an error", i)
		default:
			if fe, ok := err.(*FileError); !ok || fe.Key == "" {
				t.Errorf("file %d: %v (%T) has no key", i, err, err)
			}
		}
	}
	if read == 0 || read == len(files) {
		t.Errorf("%d of %d damaged files were read; the damage is not what it should be", read, len(files))
	}
}
