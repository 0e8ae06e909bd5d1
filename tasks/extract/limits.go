package extract

// Limits bounds what reading one file may cost. A file beyond any of them ends with KeyTooLarge; none of them cuts a file
// short silently. The sizes are checked against what is really unpacked, not against what the file says about itself.
type Limits struct {
	FileBytes     int // the file as uploaded
	UnpackedBytes int // all parts of a .docx or .xlsx that are unpacked, together
	PartBytes     int // one part of a .docx or .xlsx
	Parts         int // entries in the zip container
	Depth         int // XML elements inside one another
	Elements      int // XML elements of one part, of whatever kind: they cost time even when nothing stands in them
	Paragraphs    int // paragraphs, those inside of cells and text boxes included
	Cells         int // table cells with or without words; in an .xlsx those with words
	TextBytes     int // words of the whole file, UTF-8
	Pages         int // pages of a PDF
}

// DefaultLimits holds many times what the longest plan with its annexes needs and still ends in a few seconds.
func DefaultLimits() Limits {
	return Limits{
		FileBytes:     20 << 20,
		UnpackedBytes: 128 << 20,
		PartBytes:     48 << 20,
		Parts:         10_000,
		Depth:         256,
		Elements:      4_000_000,
		Paragraphs:    100_000,
		Cells:         200_000,
		TextBytes:     16 << 20,
		Pages:         2000,
	}
}
