package extract

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadDOCXWords(t *testing.T) {
	const txbx = `<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>`
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	instruction := `<w:r><w:instrText> REF x </w:instrText></w:r>`
	tests := []struct {
		name string
		body string
		want []string
	}{
		{"runs and white space", para("", run(" Sở  Nội "), `<w:r><w:tab/><w:t>vụ</w:t><w:br/><w:t>chủ trì</w:t></w:r>`), []string{"Sở Nội vụ chủ trì"}},
		{"composed", para("", run("Uy\u0309 ban")), []string{"Uỷ ban"}},
		{"hyphens and symbols", para("", `<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>NQ</w:t><w:sym w:font="Symbol" w:char="F0B7"/><w:t>TW và hoàn</w:t><w:softHyphen/><w:t>thành</w:t></w:r>`), []string{"12-NQ TW và hoànthành"}},
		{"empty paragraphs go", para("") + para("", run(" ")) + para("", run("một")), []string{"một"}},
		{"insertion and deletion", para("", run("trước ngày "), `<w:del w:id="1"><w:r><w:delText>30/6</w:delText><w:tab/></w:r></w:del><w:ins w:id="2">`+run("15/12")+`</w:ins>`), []string{"trước ngày 15/12"}},
		{"move", para("", `<w:moveFrom>`+run("cũ")+`</w:moveFrom>`, `<w:moveTo>`+run("mới")+`</w:moveTo>`), []string{"mới"}},
		{"deleted paragraph mark", para(`<w:rPr><w:del w:id="1"/></w:rPr>`, run("Giao Sở ")) + para("", run("Tài chính")), []string{"Giao Sở Tài chính"}},
		{"deleted mark at the end", para(`<w:rPr><w:del w:id="1"/></w:rPr>`, run("Giao Sở")), []string{"Giao Sở"}},
		{"properties before a change", para(`<w:jc w:val="left"/><w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>`, run("một")) + para("", run("hai")), []string{"một", "hai"}},
		{"hyperlink, smart tag, controls", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` +
			para("", `<w:hyperlink>`+run("một ")+`</w:hyperlink><w:smartTag>`+run("hai ")+`</w:smartTag><w:sdt><w:sdtContent>`+run("ba")+`</w:sdtContent></w:sdt>`) +
			`</w:sdtContent></w:sdt>`, []string{"một hai ba"}},
		{"simple field", para("", `<w:fldSimple w:instr="DATE">`+run("01/10/2026")+`</w:fldSimple>`), []string{"01/10/2026"}},
		{"complex field", para("", field("begin"), instruction, field("separate"), run("Phụ lục I"), field("end"), run(" kèm theo")), []string{"Phụ lục I kèm theo"}},
		{"field inside an instruction", para("", field("begin"), field("begin"), instruction, field("separate"), run("ẩn"), field("end"), field("separate"), run("hiện"), field("end")), []string{"hiện"}},
		{"field never ended", para("", field("begin"), instruction) + para("", run("vẫn còn")), []string{"vẫn còn"}},
		{"field over paragraphs", para("", field("begin"), instruction, field("separate"), run("một")) + para("", run("hai"), field("end")), []string{"một", "hai"}},
		{"text box once", para("", run("ngoài"), `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>`+txbx+`</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>`+txbx+`</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), []string{"ngoài", "trong khung"}},
		{"text box only in the fallback", para("", run("ngoài"), `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>`+txbx+`</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), []string{"ngoài", "trong khung"}},
		{"hidden words", para("", run("hiện"), `<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>`, `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> rõ</w:t></w:r>`), []string{"hiện rõ"}},
		{"notes and comments", para("", run("Giao Sở Y tế"), `<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>`), []string{"Giao Sở Y tế"}},
		{"formula", para("", run("tỷ lệ "), `<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>`), []string{"tỷ lệ x=1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wantLines(t, docxParts{body: test.body}.read(t), test.want...)
		})
	}
}

func TestReadDOCXStyle(t *testing.T) {
	styles := `<w:docDefaults><w:rPrDefault><w:rPr/></w:rPrDefault></w:docDefaults>
		<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
		<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="u2"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="Ten"><w:name w:val="Title"/></w:style>
		<w:style w:type="paragraph" w:styleId="DS"><w:name w:val="List Paragraph"/></w:style>
		<w:style w:type="character" w:styleId="Dam"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Vong"><w:name w:val="Vòng"/><w:basedOn w:val="Vong"/></w:style>`
	bold := `<w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r>`
	tests := []struct {
		name, props string
		runs        []string
		style       string
		bold        bool
		align       string
	}{
		{"plain", "", []string{run("x")}, "", false, ""},
		{"heading by name", `<w:pStyle w:val="u2"/>`, []string{run("x")}, "heading2", true, ""},
		{"heading inherited", `<w:pStyle w:val="Muc"/>`, []string{run("x")}, "heading2", true, "center"},
		{"heading by outline level", `<w:outlineLvl w:val="0"/>`, []string{run("x")}, "heading1", false, ""},
		{"body text by outline level", `<w:pStyle w:val="u2"/><w:outlineLvl w:val="9"/>`, []string{run("x")}, "", true, ""},
		{"heading without a style part's entry", `<w:pStyle w:val="Heading3"/>`, []string{run("x")}, "heading3", false, ""},
		{"title", `<w:pStyle w:val="Ten"/><w:jc w:val="end"/>`, []string{run("x")}, "title", false, "right"},
		{"list", `<w:pStyle w:val="DS"/><w:jc w:val="both"/>`, []string{run("x")}, "list", false, ""},
		{"all runs bold", "", []string{bold, run("  "), bold}, "", true, ""},
		{"not all runs bold", "", []string{bold, run("thường")}, "", false, ""},
		{"character style", "", []string{`<w:r><w:rPr><w:rStyle w:val="Dam"/></w:rPr><w:t>x</w:t></w:r>`}, "", true, ""},
		{"bold twice is not bold", `<w:pStyle w:val="u2"/>`, []string{`<w:r><w:rPr><w:rStyle w:val="Dam"/></w:rPr><w:t>x</w:t></w:r>`}, "heading2", false, ""},
		{"bold off in the run", `<w:pStyle w:val="u2"/>`, []string{`<w:r><w:rPr><w:b w:val="false"/></w:rPr><w:t>x</w:t></w:r>`}, "heading2", false, ""},
		{"style based on itself", `<w:pStyle w:val="Vong"/>`, []string{run("x")}, "", false, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			blocks := docxParts{body: para(test.props, test.runs...), styles: styles}.read(t)
			if len(blocks) != 1 {
				t.Fatalf("%d blocks, want 1", len(blocks))
			}
			if b := blocks[0]; b.Style != test.style || b.Bold != test.bold || b.Align != test.align || b.Index != 1 {
				t.Errorf("style %q, bold %v, align %q, index %d; want %q, %v, %q, 1", b.Style, b.Bold, b.Align, b.Index, test.style, test.bold, test.align)
			}
		})
	}
}

func tc(props, text string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + para("", run(text)) + "</w:tc>"
}

func TestReadDOCXTable(t *testing.T) {
	const first, next = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	tests := []struct {
		name string
		rows string
		want []string
	}{
		{"plain", `<w:tr>` + tc("", "1") + tc("", "Rà soát") + `</w:tr>`, []string{"|1|Rà soát"}},
		{"gridSpan", `<w:tr>` + tc(`<w:gridSpan w:val="3"/>`, "I. Thể chế") + `</w:tr>`, []string{"|--I. Thể chế"}},
		{"vMerge", `<w:tr>` + tc(first, "Sở A") + tc("", "x") + `</w:tr><w:tr>` + tc(next, "") + tc("", "y") + `</w:tr><w:tr>` + tc("", "Sở B") + tc("", "z") + `</w:tr><w:tr>` + tc(next, "lẻ") + `</w:tr>`,
			[]string{"|Sở A|x", "|^Sở A|y", "|Sở B|z", "|lẻ"}},
		{"hMerge", `<w:tr>` + tc(`<w:hMerge w:val="restart"/>`, "a") + tc(`<w:hMerge/>`, "") + tc("", "b") + `</w:tr>`, []string{"|-a|b"}},
		{"rows and cells in controls", `<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>` + tc("", "a") + `</w:sdtContent></w:sdt>` + tc("", "b") + `</w:tr></w:sdtContent></w:sdt>`, []string{"|a|b"}},
		{"deleted row", `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>` + tc("", "cũ") + `</w:tr><w:tr>` + tc("", "mới") + `</w:tr>`, []string{"|mới"}},
		{"paragraphs of a cell", `<w:tr><w:tc>` + para("", run("một")) + para("") + para("", run("hai")) + `</w:tc></w:tr>`, []string{"|một⏎hai"}},
		{"table in a cell", `<w:tr><w:tc>` + para("", run("gồm")) + `<w:tbl><w:tr>` + tc("", "1") + tc("", "việc") + `</w:tr><w:tr>` + tc("", "2") + tc("", "khác") + `</w:tr></w:tbl>` + para("") + `</w:tc></w:tr>`, []string{"|gồm⏎1 việc⏎2 khác"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			wantLines(t, docxParts{body: "<w:tbl><w:tblPr/><w:tblGrid/>" + test.rows + "</w:tbl>"}.read(t), test.want...)
		})
	}
}

func TestReadDOCXTablePlaces(t *testing.T) {
	body := para("", run("trước")) +
		`<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + tc(`<w:gridSpan w:val="2"/>`, "A") + tc("", "B") + `</w:tr>` +
		`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>` + tc("", "x") + tc("", "y") + `</w:tr></w:tbl>` +
		`<w:tbl><w:tr>` + tc("", " ") + `</w:tr></w:tbl>` + para("", run("sau"))
	blocks := docxParts{body: body}.read(t)
	if len(blocks) != 3 || blocks[1].Kind != Table || blocks[1].Index != 2 || blocks[2].Index != 3 {
		t.Fatalf("blocks %+v", blocks)
	}
	rows := blocks[1].Rows
	if !rows[0].Header || rows[1].Header || rows[0].Number != 1 || rows[1].Number != 2 {
		t.Errorf("rows %+v", rows)
	}
	for i, want := range [][2]int{{0, 2}, {1, 2}} {
		if got := [2]int{rows[i].Cells[0].Col, rows[i].Cells[1].Col}; got != want {
			t.Errorf("row %d: columns %v, want %v", i+1, got, want)
		}
	}
}

func BenchmarkReadDOCX(b *testing.B) {
	var body strings.Builder
	body.WriteString("<w:tbl>")
	for i := range 500 {
		body.WriteString("<w:tr>")
		for _, cell := range []string{fmt.Sprint(i + 1), "Rà soát, sửa đổi, bổ sung quy định về tiếp công dân và giải quyết thủ tục hành chính", "Sở Nội vụ", "Các sở, ban, ngành; UBND các xã, phường", "Trước ngày 15/12/2026"} {
			body.WriteString(tc(`<w:tcW w:w="1000" w:type="dxa"/>`, cell))
		}
		body.WriteString("</w:tr>")
	}
	body.WriteString("</w:tbl>")
	data := docxParts{body: body.String()}.bytes(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read("phụ lục.docx", data); err != nil {
			b.Fatal(err)
		}
	}
}
