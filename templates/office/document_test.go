package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// partsOf are the parts of a package, each of which must be well-formed.
func partsOf(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := make(map[string]string)
	for _, file := range z.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", file.Name, err)
			}
		}
		parts[file.Name] = string(text)
	}
	return parts
}

func writeSample(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	d := NewDocument(&out, Properties{Title: "Báo cáo & <phụ lục>"})
	d.Sides(0.4, []Line{{"UBND TỈNH", Style{Align: Center, Rule: 0.5}}}, []Line{{"NƯỚC", Style{Bold: true, Align: Center}}})
	d.Text("Kết quả <b>\x00 & \"đúng\"\nhai\tdòng", Style{Italic: true, Align: Justify, Indent: true})
	d.Section(true)
	WriteTable(d, Table[line]{
		Columns: lineColumns(), Group: func(l line) string { return l.group },
		Rows: seq(line{text: "=1+1", n: 7, day: "2026-02-01", group: "Sở A & B"}, line{text: "hai", group: "Sở A & B"}),
	})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDocumentIsWellFormed(t *testing.T) {
	parts := partsOf(t, writeSample(t))
	body := parts["word/document.xml"]
	for _, want := range []string{
		"Kết quả &lt;b&gt; &amp; &#34;đúng&#34;", "<w:br/>", "<w:tab/>", "<w:tblHeader/>", `<w:gridSpan w:val="5"/>`, "Sở A &amp; B", "01/02/2026",
		`w:orient="landscape"`, `<w:pgNumType w:start="1"/>`, `w:left="1701"`, `w:right="850"`, "=1+1", // in a document it is no formula
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in the document", want)
		}
	}
	if n := strings.Count(body, "<w:cantSplit/>"); n != 5 {
		t.Errorf("%d rows may not be cut, want 5", n)
	}
	if n := strings.Count(body, "Sở A &amp; B"); n != 1 {
		t.Errorf("the group is named %d times", n)
	}
	if n := strings.Count(body, "<w:sectPr>"); n != 2 {
		t.Errorf("%d sections", n)
	}
	for name := range parts {
		if strings.HasPrefix(name, "word/") && strings.HasSuffix(name, ".xml") && name != "word/document.xml" && !strings.Contains(parts["[Content_Types].xml"], "/"+name) {
			t.Errorf("%s has no content type", name)
		}
	}
	if !strings.Contains(parts["docProps/core.xml"], "Báo cáo &amp; &lt;phụ lục&gt;") {
		t.Error("the title is not among the properties")
	}
}

// The widths of the columns add up to the text's width, whatever they are.
func TestDocumentTableFills(t *testing.T) {
	body := partsOf(t, writeSample(t))["word/document.xml"]
	body = body[strings.Index(body, `<w:tblStyle w:val="Grid"/>`):]
	grid := body[strings.Index(body, "<w:tblGrid>"):strings.Index(body, "</w:tblGrid>")]
	sum := 0
	for i, field := range strings.Split(grid, `"`) {
		if i%2 == 1 {
			n := 0
			for _, c := range field {
				n = 10*n + int(c-'0')
			}
			sum += n
		}
	}
	if want := paperLong - marginLeft - marginRight; sum != want {
		t.Errorf("columns are %d wide, the text %d", sum, want)
	}
}

func TestDocumentIsTheSameEachTime(t *testing.T) {
	if !bytes.Equal(writeSample(t), writeSample(t)) {
		t.Error("two documents of the same differ")
	}
}

func TestDocumentWithABrokenList(t *testing.T) {
	broken := errors.New("broken")
	d := NewDocument(io.Discard, Properties{})
	WriteTable(d, Table[line]{Columns: lineColumns(), Rows: func(yield func(line, error) bool) { yield(line{}, broken) }})
	if err := d.Close(); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
