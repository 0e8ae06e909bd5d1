package directory

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// TemplateWords are the words of a template that only people read.
type TemplateWords struct {
	// Sheet is the title of the sheet of instructions; it must differ from the
	// sheets that are read. Empty: "Hướng dẫn".
	Sheet string
	// Lines are its paragraphs.
	Lines []string
}

// WriteTemplate writes an empty setup workbook (.xlsx): a sheet of
// instructions and the three sheets ReadBook reads, each with its headings and
// one example row, which ReadBook passes over.
func WriteTemplate(w io.Writer, words TemplateWords) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := fillTemplate(f, words); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return nil
}

func fillTemplate(f *excelize.File, words TemplateWords) error {
	title := words.Sheet
	if title == "" {
		title = "Hướng dẫn"
	}
	if err := f.SetSheetName(f.GetSheetName(0), title); err != nil {
		return err
	}
	if err := writeInstructions(f, title, words.Lines); err != nil {
		return err
	}
	for _, s := range []sheet{agencySheet, groupSheet, peopleSheet} {
		if _, err := f.NewSheet(s.title); err != nil {
			return err
		}
		if err := writeSheet(f, s); err != nil {
			return fmt.Errorf("sheet %q: %w", s.title, err)
		}
	}
	return nil
}

func writeInstructions(f *excelize.File, title string, lines []string) error {
	wrap, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	if err := f.SetColWidth(title, "A", "A", 100); err != nil {
		return err
	}
	for i, line := range lines {
		cell := fmt.Sprintf("A%d", i+1)
		if err := f.SetCellStr(title, cell, line); err != nil {
			return err
		}
		if err := f.SetCellStyle(title, cell, cell, wrap); err != nil {
			return err
		}
	}
	return nil
}

func writeSheet(f *excelize.File, s sheet) error {
	bold, err := f.NewStyle(&excelize.Style{
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE5EE"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	})
	if err != nil {
		return err
	}
	example, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Italic: true, Color: "6B6B6B"}, NumFmt: textFormat})
	if err != nil {
		return err
	}
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return err
	}
	for i, column := range s.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		// Text cells keep the zero a telephone number or a code begins with, and
		// leave a date as it was typed.
		if err := f.SetColStyle(s.title, name, text); err != nil {
			return err
		}
		if err := f.SetColWidth(s.title, name, name, width(column)); err != nil {
			return err
		}
		if err := f.SetCellStr(s.title, name+"1", column); err != nil {
			return err
		}
		if err := f.SetCellStr(s.title, name+"2", s.example[i]); err != nil {
			return err
		}
		if err := offer(f, s.title, name, column); err != nil {
			return err
		}
	}
	last, err := excelize.ColumnNumberToName(len(s.columns))
	if err != nil {
		return err
	}
	if err := f.SetCellStyle(s.title, "A1", last+"1", bold); err != nil {
		return err
	}
	if err := f.SetCellStyle(s.title, "A2", last+"2", example); err != nil {
		return err
	}
	return f.SetPanes(s.title, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// textFormat is the number of the built-in format "@".
const textFormat = 49

func width(column string) float64 {
	switch column {
	case colName, colAliases, colGroupName:
		return 40
	case colPerson, colEmail, colTitle:
		return 28
	}
	return 16
}

// offer puts the words a column takes in a list to choose from. ReadBook takes
// others that mean the same, so the spreadsheet does not insist.
func offer(f *excelize.File, title, name, column string) error {
	var labels []string
	switch column {
	case colKind:
		labels = kindLabels
	case colRole:
		labels = roleLabels
	default:
		return nil
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s2:%s%d", name, name, MaxBookRows+1)
	if err := v.SetDropList(labels); err != nil {
		return fmt.Errorf("list of %s: %w", strings.ToLower(column), err)
	}
	v.ShowErrorMessage = false
	return f.AddDataValidation(title, v)
}
