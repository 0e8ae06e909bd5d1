package extract

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestCases reads the documents of testdata/cases and compares them with their labels: documents written for the
// purpose, of the kinds a corpus of real ones lacks.
//
// NAME.txt is read as it stands. NAME.docx.txt and NAME.xlsx.txt are made into such files first: "#2.1 words" is a
// paragraph with the automatic number of list 2, level 1; "|a|b|" a row of a table, in which "^" goes on the cell above,
// "<" the cell to the left, "⏎" breaks the line and, in a sheet, "d2026-02-10" is kept as a date; "== words" begins a
// sheet; "!numbering 2 decimal %1. / lowerLetter %2)" says how list 2 numbers its levels.
func TestCases(t *testing.T) {
	labels, err := filepath.Glob(filepath.Join("testdata", "cases", "*.json"))
	must(t, err)
	if len(labels) == 0 {
		t.Fatal("no cases")
	}
	var all tally
	for _, label := range labels {
		name := strings.TrimSuffix(filepath.Base(label), ".json")
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(label)
			must(t, err)
			var gold goldFile
			must(t, json.Unmarshal(content, &gold))
			file, data := caseFile(t, strings.TrimSuffix(label, ".json"))
			source, err := Read(file, data)
			must(t, err)
			r := extracted(t, source)
			got := count(gold, r)
			all.add(got)
			if got.wrong != 0 || got.found != got.labelled || got.given != got.labelled {
				t.Errorf("%+v\n%s", got, strings.Join(outlineOf(r), "\n"))
			}
			if d := gold.Document; d != nil && (d.Kind != r.Document.Kind || foldWords(d.Number) != foldWords(r.Document.Number) || d.Date != r.Document.Date) {
				t.Errorf("head %+v", r.Document)
			}
		})
	}
	t.Logf("%+v", all)
	if 100*all.whole < 98*all.clear {
		t.Errorf("%d of %d whole", all.whole, all.clear)
	}
}

// caseFile returns a case's document under the name and in the form it would be uploaded in.
func caseFile(t *testing.T, path string) (string, []byte) {
	t.Helper()
	if data, err := os.ReadFile(path + ".txt"); err == nil {
		return filepath.Base(path) + ".txt", data
	}
	if text, err := os.ReadFile(path + ".docx.txt"); err == nil {
		return filepath.Base(path) + ".docx", caseDocument(t, string(text))
	}
	text, err := os.ReadFile(path + ".xlsx.txt")
	must(t, err)
	return filepath.Base(path) + ".xlsx", caseWorkbook(t, string(text))
}

var (
	caseNumbering = regexp.MustCompile(`^!numbering (\d) (.+)$`)
	caseNumbered  = regexp.MustCompile(`^#(\d)\.(\d) (.+)$`)
)

func caseDocument(t *testing.T, text string) []byte {
	t.Helper()
	var p docxParts
	var rows [][]string
	var lists string
	table := func() {
		if len(rows) > 0 {
			p.body += caseTable(rows) + para("")
			rows = nil
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "|") {
			rows = append(rows, caseCells(line))
			continue
		}
		table()
		if m := caseNumbering.FindStringSubmatch(line); m != nil {
			p.numbering += `<w:abstractNum w:abstractNumId="` + m[1] + `">`
			for i, level := range strings.Split(m[2], " / ") {
				format, label, _ := strings.Cut(level, " ")
				p.numbering += fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, format, label)
			}
			p.numbering += `</w:abstractNum>`
			lists += fmt.Sprintf(`<w:num w:numId="%s"><w:abstractNumId w:val="%[1]s"/></w:num>`, m[1])
		} else if m := caseNumbered.FindStringSubmatch(line); m != nil {
			p.body += numbered(m[1], m[2], html.EscapeString(m[3]))
		} else if line != "" {
			p.body += para("", run(html.EscapeString(line)))
		}
	}
	table()
	p.numbering += lists
	return p.bytes(t)
}

func caseCells(line string) []string {
	return strings.Split(strings.Trim(line, "|")+strings.Repeat("|", trailing(line)), "|")
}

// trailing counts the empty cells at the end of a row, which Trim takes off.
func trailing(line string) int { return len(line) - len(strings.TrimRight(line, "|")) - 1 }

func caseTable(rows [][]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl>")
	for i, row := range rows {
		b.WriteString("<w:tr>")
		for k := 0; k < len(row); k++ {
			text, span, props := row[k], 1, ""
			for k+1 < len(row) && row[k+1] == "<" {
				span, k = span+1, k+1
			}
			if span > 1 {
				props = fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
			}
			if text == "^" {
				props, text = props+"<w:vMerge/>", ""
			} else if i+1 < len(rows) && k < len(rows[i+1]) && rows[i+1][k] == "^" {
				props += `<w:vMerge w:val="restart"/>`
			}
			b.WriteString("<w:tc><w:tcPr>" + props + "</w:tcPr>")
			for line := range strings.SplitSeq(text, "⏎") {
				b.WriteString(para("", run(html.EscapeString(line))))
			}
			b.WriteString("</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

func caseWorkbook(t *testing.T, text string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet, row := "", 0
	cell := func(col, row int) string {
		name, err := excelize.CoordinatesToCellName(col+1, row)
		must(t, err)
		return name
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if name, ok := strings.CutPrefix(line, "== "); ok {
			if sheet == "" {
				must(t, f.SetSheetName("Sheet1", name))
			} else if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			sheet, row = name, 0
			continue
		}
		if !strings.HasPrefix(line, "|") {
			continue
		}
		row++
		cells := caseCells(line)
		for k := 0; k < len(cells); k++ {
			from, text := k, cells[k]
			for k+1 < len(cells) && cells[k+1] == "<" {
				k++
			}
			if k > from {
				must(t, f.MergeCell(sheet, cell(from, row), cell(k, row)))
			}
			var value any = text
			if n, err := strconv.Atoi(text); err == nil {
				value = n
			} else if day, err := time.Parse("d2006-01-02", text); err == nil {
				value = day
			}
			switch text {
			case "":
			case "^":
				must(t, f.MergeCell(sheet, cell(from, row-1), cell(from, row)))
			default:
				must(t, f.SetCellValue(sheet, cell(from, row), value))
			}
		}
	}
	data, err := f.WriteToBuffer()
	must(t, err)
	return data.Bytes()
}
