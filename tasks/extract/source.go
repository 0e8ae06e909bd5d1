package extract

// Format names how a file was read, told by its content and never by its name alone.
type Format string

const (
	FormatDOCX Format = "docx"
	FormatXLSX Format = "xlsx"
	FormatText Format = "txt"
	FormatHTML Format = "html"
	FormatPDF  Format = "pdf"
	FormatDOC  Format = "doc" // read as the .docx that it was converted to, like the two below
	FormatODT  Format = "odt"
	FormatRTF  Format = "rtf"
)

// Source is one file as a reader left it: its blocks in reading order, nothing interpreted yet.
type Source struct {
	Format Format
	Blocks []Block
}

// BlockKind tells a paragraph from a table.
type BlockKind string

const (
	Paragraph BlockKind = "text"
	Table     BlockKind = "table"
)

// Block is one paragraph or one table (of an .xlsx: one sheet). Text is NFC, its white space folded, without the automatic
// number, which stands in Label as Word would show it.
type Block struct {
	Index int       // 1-based, in reading order; in an .xlsx the sheet
	Kind  BlockKind // Paragraph or Table
	Text  string    // the paragraph's words; a table has none
	Label string    // the automatic list number ("1.", "a)", "-"), "" when the number is typed or there is none
	Level int       // the automatic list's level, 0-based; meaningless without Label
	Bold  bool      // every run of the paragraph is bold
	Style string    // "heading1" … "heading9", "title", "list" or ""
	Align string    // "center", "right" or "" (left, justified)
	Sheet string    // an .xlsx sheet's name
	Rows  []Row     // a table's rows
}

// Row is one row of a table. Number is 1-based; in an .xlsx it is the row's number on the sheet.
type Row struct {
	Number int
	Header bool // marked by the author as repeated at the head of each page
	Cells  []Cell
}

// Cell is one cell at its place on the table's grid. A cell merged over several columns or rows stands once in each row it
// covers, at its first column; Continued marks the repeats below the first.
type Cell struct {
	Col       int    // 0-based column of the grid
	Span      int    // columns covered, at least 1
	Text      string // words; the paragraphs of a cell are joined by "\n"; a Continued cell repeats the text of the first
	Continued bool   // merged with the cell above (vMerge, a merged range)
	Bold      bool
}
