package office

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// The styles of a sheet's cells.
const (
	styleText = iota
	styleCentre
	styleNumber
	styleDecimal
	styleDay
	styleInstant
	styleHead
	styleGroup
	styleTitle
	styleLine
	styleHeadLine
	styleHeadBold
	styleCount
)

// book is a workbook that is being written.
type book struct {
	f       *excelize.File
	stream  *excelize.StreamWriter
	sheet   string
	styles  [styleCount]int
	columns int
	widths  []float64
	row     int       // the last one that was given out
	rows    []pending // given out before panes were known
	begun   bool
	err     error
}

// pending is a row that waits, with its height in points (0: as its text needs).
type pending struct {
	cells  []any
	height float64
}

func (b *book) open(s Sheet) (err error) {
	if err = b.f.SetSheetName("Sheet1", b.sheet); err != nil {
		return err
	}
	if err = b.f.SetDocProps(&excelize.DocProperties{Title: Clean(s.Title), Creator: "tiendo"}); err != nil {
		return err
	}
	if err = b.makeStyles(); err != nil {
		return err
	}
	fit := true // stands before everything else of the sheet: the stream begins with it
	if err = b.f.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	b.stream, err = b.f.NewStreamWriter(b.sheet)
	return err
}

func (b *book) makeStyles() error {
	font := func(bold, italic bool, size float64) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold, Italic: italic}
	}
	var border []excelize.Border
	for _, side := range []string{"left", "top", "right", "bottom"} {
		border = append(border, excelize.Border{Type: side, Style: 1, Color: "808080"})
	}
	day, instant, decimal := "dd/mm/yyyy", "hh:mm dd/mm/yyyy", "0.##"
	at := func(horizontal, vertical string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: vertical, WrapText: true}
	}
	for i, s := range [styleCount]excelize.Style{
		styleText:     {Font: font(false, false, 11), Border: border, Alignment: at("left", "top"), NumFmt: 49},
		styleCentre:   {Font: font(false, false, 11), Border: border, Alignment: at("center", "top"), NumFmt: 49},
		styleNumber:   {Font: font(false, false, 11), Border: border, Alignment: at("center", "top"), NumFmt: 3},
		styleDecimal:  {Font: font(false, false, 11), Border: border, Alignment: at("center", "top"), CustomNumFmt: &decimal},
		styleDay:      {Font: font(false, false, 11), Border: border, Alignment: at("center", "top"), CustomNumFmt: &day},
		styleInstant:  {Font: font(false, false, 11), Border: border, Alignment: at("center", "top"), CustomNumFmt: &instant},
		styleHead:     {Font: font(true, false, 11), Border: border, Alignment: at("center", "center"), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8E8E8"}}},
		styleGroup:    {Font: font(true, false, 11), Border: border, Alignment: at("left", "center")},
		styleTitle:    {Font: font(true, false, 14), Alignment: at("center", "center")},
		styleLine:     {Font: font(false, true, 12), Alignment: at("center", "center")},
		styleHeadLine: {Font: font(false, false, 12), Alignment: at("center", "center")},
		styleHeadBold: {Font: font(true, false, 12), Alignment: at("center", "center")},
	} {
		id, err := b.f.NewStyle(&s)
		if err != nil {
			return err
		}
		b.styles[i] = id
	}
	return nil
}

// add gives out the next row.
func (b *book) add(cells []any, height float64) {
	b.row++
	if !b.begun {
		b.rows = append(b.rows, pending{cells, height})
		return
	}
	if b.err == nil {
		b.err = b.write(b.row, cells, height)
	}
}

func (b *book) write(row int, cells []any, height float64) error {
	var options []excelize.RowOpts
	if height > 0 {
		options = append(options, excelize.RowOpts{Height: height})
	}
	return b.stream.SetRow("A"+strconv.Itoa(row), cells, options...)
}

// begin writes the rows that waited; the panes below the head stay in sight.
func (b *book) begin(headRow int) error {
	b.row++
	err := b.stream.SetPanes(&excelize.Panes{
		Freeze: true, YSplit: headRow, TopLeftCell: "A" + strconv.Itoa(headRow+1), ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A" + strconv.Itoa(headRow+1), ActiveCell: "A" + strconv.Itoa(headRow+1), Pane: "bottomLeft"}},
	})
	if err != nil {
		return err
	}
	b.begun = true
	for i, p := range b.rows {
		if err := b.write(i+1, p.cells, p.height); err != nil {
			return err
		}
	}
	b.rows = nil
	return b.err
}

// across gives out a row that is one cell over all columns. A merged cell does not grow with its text: its height is reckoned.
func (b *book) across(style int, text string) {
	total := 0.0
	for _, w := range b.widths {
		total += w
	}
	size := 15.5
	if style == styleTitle {
		size, total = 19, total*0.78
	}
	cells := make([]any, b.columns)
	for i := range cells {
		cells[i] = excelize.Cell{StyleID: b.styles[style]}
	}
	cells[0] = excelize.Cell{StyleID: b.styles[style], Value: cellText(text)}
	b.add(cells, size*lines(text, total))
	b.merge(1, b.columns, b.row)
}

// lines is how many lines a text takes in a cell so many characters wide.
func lines(text string, width float64) float64 {
	n := 0.0
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, math.Ceil(1.1*float64(utf8.RuneCountInString(line))/max(1, width)))
	}
	return n
}

// Heights of rows in points: of one line of text, and the most that a row may have.
const (
	rowHeight, tallest = 14.5, 409
)

// height is that of a row whose text is broken into lines; 0 of one line. Programs differ in whether they reckon it themselves.
func (b *book) height(cells []any) float64 {
	most := 1.0
	for i, c := range cells {
		if cell, ok := c.(excelize.Cell); ok {
			if text, ok := cell.Value.(string); ok {
				most = max(most, lines(text, b.widths[i]*1.3))
			}
		}
	}
	if most == 1 {
		return 0
	}
	return min(tallest, rowHeight*most+2)
}

func (b *book) merge(from, to, row int) {
	if from >= to || b.err != nil {
		return
	}
	first, _ := excelize.CoordinatesToCellName(from, row)
	last, _ := excelize.CoordinatesToCellName(to, row)
	b.err = b.stream.MergeCell(first, last)
}

// head gives out what stands above the list.
func (b *book) head(s Sheet) {
	b.sides(s.Left, s.Right, func(line int, right bool) int {
		if line == 0 && !right || line >= 2 {
			return styleHeadLine
		}
		return styleHeadBold
	})
	if len(s.Left)+len(s.Right) > 0 {
		b.add(nil, 0)
	}
	for _, line := range s.Above {
		b.across(styleTitle, line)
	}
	if s.Title != "" {
		b.across(styleTitle, s.Title)
	}
	for _, line := range s.Lines {
		b.across(styleLine, line)
	}
	if b.row > 0 {
		b.add(nil, 6)
	}
}

// sides gives out two columns of lines, the left one two fifths of the sheet.
func (b *book) sides(left, right []string, style func(line int, right bool) int) {
	split, at, total := 1, 0.0, 0.0
	for _, w := range b.widths {
		total += w
	}
	for i, w := range b.widths {
		if at += w; at >= total*0.4 {
			split = i + 1
			break
		}
	}
	split = min(split, max(1, b.columns-1))
	for i := range max(len(left), len(right)) {
		cells := make([]any, b.columns)
		height := 1.0
		put := func(column int, lines []string, right bool, width float64) {
			if i < len(lines) && lines[i] != "" && column < b.columns {
				cells[column] = excelize.Cell{StyleID: b.styles[style(i, right)], Value: cellText(lines[i])}
				height = max(height, linesIn(lines[i], width))
			}
		}
		put(0, left, false, at)
		put(split, right, true, total-at)
		b.add(cells, 16*height)
		b.merge(1, split, b.row)
		b.merge(split+1, b.columns, b.row)
	}
}

func linesIn(text string, width float64) float64 { return lines(text, width*0.85) }

// signature gives out the foot of an official list.
func (b *book) signature(s Sheet) {
	if len(s.SignLeft)+len(s.SignRight) == 0 {
		return
	}
	b.add(nil, 0)
	b.sides(s.SignLeft, s.SignRight, func(line int, right bool) int {
		if right || line == 0 {
			return styleHeadBold
		}
		return styleHeadLine
	})
}

// finish sets what belongs to the whole sheet and ends it.
func (b *book) finish(headRow, last int, grouped bool, s Sheet) error {
	if b.err != nil {
		return b.err
	}
	end, err := excelize.CoordinatesToCellName(b.columns, max(last, headRow))
	if err != nil {
		return err
	}
	if !grouped && last > headRow {
		if err := b.f.AutoFilter(b.sheet, "A"+strconv.Itoa(headRow)+":"+end, nil); err != nil {
			return err
		}
	}
	a4, landscape, wide, tall := 9, "landscape", 1, 0
	if err := b.f.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	// Nghị định 30/2020/NĐ-CP, annex I, part I: 20 mm above and below, 30 left, 15 right; in inches.
	top, left, right, foot := 20/25.4, 30/25.4, 15/25.4, 10/25.4
	if err := b.f.SetPageMargins(b.sheet, &excelize.PageLayoutMarginsOptions{Top: &top, Bottom: &top, Left: &left, Right: &right, Header: &foot, Footer: &foot}); err != nil {
		return err
	}
	footer := "&L&\"Times New Roman,Regular\"&9" + footerText(s.Footer) + "&R&\"Times New Roman,Regular\"&9&P/&N"
	if err := b.f.SetHeaderFooter(b.sheet, &excelize.HeaderFooterOptions{OddFooter: footer}); err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(b.sheet, "'", "''") + "'"
	row := strconv.Itoa(headRow)
	err = b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: quoted + "!$" + row + ":$" + row, Scope: b.sheet})
	if err != nil {
		return err
	}
	return b.stream.Flush()
}

// footerText is a text in which nothing is a code of the page's foot; the whole foot has 255 characters at most.
func footerText(text string) string {
	text = strings.ReplaceAll(strings.Join(strings.Fields(Clean(text)), " "), "&", "&&")
	if runes := []rune(text); len(runes) > 160 {
		text = strings.TrimRight(string(runes[:160]), "&")
	}
	// A figure would be taken for the rest of the size before it.
	return " " + text
}
