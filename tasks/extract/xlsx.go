package extract

import (
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// workbook is what the sheets of an .xlsx share.
type workbook struct {
	pkg     *officePackage
	strings []string
	formats []cellFormat // by the index a cell names
	day0    dayZero
	sheets  []sheetEntry

	cells, textBytes int
}

type sheetEntry struct {
	name, relID string
	number      int // 1-based place among all sheets, hidden ones counted
	hidden      bool
	headFrom    int // rows printed at the head of each page, 0 when none
	headTo      int
}

// readXLSX reads the visible sheets of a workbook, each as one table. Values are taken as stored, dates as dd/mm/yyyy;
// formulas give their last result. Hidden rows and columns are read, rows without words are left out.
//
// The parts are walked here instead of by a spreadsheet library: excelize v2.11.0 reads a sheet that is cut off as a shorter
// sheet without an error, and duties that are silently missing are the one thing an import must not do.
func readXLSX(pkg *officePackage, main string) (*Source, error) {
	rels, err := pkg.relations(main)
	if err != nil {
		return nil, err
	}
	w := &workbook{pkg: pkg}
	if err := w.readSheetList(main); err != nil {
		return nil, err
	}
	if w.formats, err = readCellFormats(pkg, orUsual(rels.first("styles"), main, "styles.xml")); err != nil {
		return nil, err
	}
	if w.strings, err = readSharedStrings(pkg, orUsual(rels.first("sharedStrings"), main, "sharedStrings.xml")); err != nil {
		return nil, err
	}
	src := &Source{Format: FormatXLSX}
	for _, sheet := range w.sheets {
		if sheet.hidden {
			continue
		}
		part := ""
		for _, r := range rels {
			if r.id == sheet.relID && r.kind == "worksheet" {
				part = r.target
			}
		}
		if part == "" {
			continue // a sheet that is a chart or a dialogue
		}
		if !pkg.has(part) {
			return nil, fmt.Errorf("sheet %d has no part", sheet.number)
		}
		rows, err := w.readSheet(part, sheet)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			src.Blocks = append(src.Blocks, Block{Index: sheet.number, Kind: Table, Sheet: cleanText(sheet.name), Rows: rows})
		}
	}
	return src, nil
}

func orUsual(target, main, usual string) string {
	if target != "" {
		return target
	}
	return path.Dir(main) + "/" + usual
}

// printTitles finds the rows of a print title: "'Phụ lục'!$A:$B,'Phụ lục'!$4:$5".
var printTitles = regexp.MustCompile(`\$([0-9]{1,7}):\$([0-9]{1,7})$`)

func (w *workbook) readSheetList(main string) error {
	return w.pkg.xml(main, func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(el xml.StartElement) error {
			switch el.Name.Local {
			case "workbookPr":
				w.day0 = dayZero1900
				if v := attr(el, "date1904"); v == "1" || v == "true" {
					w.day0 = dayZero1904
				}
			case "sheets":
				return x.children(func(el xml.StartElement) error {
					state := attr(el, "state")
					w.sheets = append(w.sheets, sheetEntry{
						name: attr(el, "name"), relID: attr(el, "id"), number: len(w.sheets) + 1,
						hidden: state == "hidden" || state == "veryHidden",
					})
					return x.skip()
				})
			case "definedNames":
				return x.children(func(el xml.StartElement) error { return w.readName(x, el) })
			}
			return x.skip()
		})
	})
}

// readName takes the print titles of a sheet from its defined name; the others serve formulas.
func (w *workbook) readName(x *xmlReader, el xml.StartElement) error {
	ref, err := x.text()
	if err != nil || attr(el, "name") != "_xlnm.Print_Titles" {
		return err
	}
	sheet, err := strconv.Atoi(attr(el, "localSheetId"))
	m := printTitles.FindStringSubmatch(strings.TrimSpace(ref))
	if err != nil || m == nil || sheet < 0 || sheet >= len(w.sheets) {
		return nil
	}
	w.sheets[sheet].headFrom, _ = strconv.Atoi(m[1])
	w.sheets[sheet].headTo, _ = strconv.Atoi(m[2])
	return nil
}

func (w *workbook) count(text string) error {
	w.cells++
	w.textBytes += len(text)
	switch {
	case w.cells > w.pkg.limits.Cells:
		return tooLarge(limitCells, w.pkg.limits.Cells)
	case w.textBytes > w.pkg.limits.TextBytes:
		return tooLarge(limitText, w.pkg.limits.TextBytes)
	}
	return nil
}

// readSharedStrings reads the texts cells refer to by number.
func readSharedStrings(pkg *officePackage, part string) ([]string, error) {
	var all []string
	err := pkg.xml(part, func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(xml.StartElement) error {
			s, err := richText(x)
			all = append(all, s)
			return err
		})
	})
	return all, err
}

// richText reads the open element's words, run by run; readings for East Asian scripts (rPh) are left out.
func richText(x *xmlReader) (string, error) {
	var b strings.Builder
	var part func(el xml.StartElement) error
	part = func(el xml.StartElement) error {
		switch el.Name.Local {
		case "t":
			s, err := x.text()
			b.WriteString(s)
			return err
		case "r":
			return x.children(part)
		}
		return x.skip()
	}
	err := x.children(part)
	return b.String(), err
}
