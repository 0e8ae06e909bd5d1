package extract

import (
	"context"
	"io"
	"strings"
)

// Converter runs the programs that take the formats apart which are not read here. Its errors are a *FileError when a person
// can do something about them. No method keeps what it was given, and none lets it reach a disk.
type Converter interface {
	// PDFWords hands the XHTML of `pdftotext -bbox` to read: every word of every page with its place, in points from the
	// page's upper left corner.
	PDFWords(ctx context.Context, pdf []byte, read func(io.Reader) error) error
	// PDFLines hands the SVG of `pdftocairo -svg` to read: what is drawn on each page, the lines of tables among it.
	PDFLines(ctx context.Context, pdf []byte, read func(io.Reader) error) error
	// WordFile makes a .docx of a text document whose usual extension is given: ".doc", ".odt" or ".rtf".
	WordFile(ctx context.Context, data []byte, extension string) ([]byte, error)
}

// box is a rectangle on a page, in points; y grows downwards.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) midX() float64   { return (b.x0 + b.x1) / 2 }
func (b box) midY() float64   { return (b.y0 + b.y1) / 2 }
func (b box) height() float64 { return b.y1 - b.y0 }

func (b box) around(o box) box {
	return box{min(b.x0, o.x0), min(b.y0, o.y0), max(b.x1, o.x1), max(b.y1, o.y1)}
}

func (b box) holds(x, y float64) bool { return x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1 }

type pdfWord struct {
	box
	text string
}

type pdfPage struct {
	width, height float64
	words         []pdfWord
	across, down  []stroke // lines that are drawn
}

// readPDF puts a PDF together from the places of its words and from the lines that are drawn: what stands between lines is a
// cell, the rest is paragraphs. Page numbers, running heads and footnotes are left out.
func readPDF(ctx context.Context, data []byte, limits Limits, converter Converter) (*Source, error) {
	if converter == nil {
		return nil, &FileError{Key: KeyPDF}
	}
	var pages []*pdfPage
	err := converter.PDFWords(ctx, data, func(r io.Reader) (err error) {
		pages, err = readPDFWords(r, limits)
		return err
	})
	if err != nil {
		return nil, err
	}
	words := 0
	for _, p := range pages {
		words += len(p.words)
	}
	if words == 0 {
		return nil, &FileError{Key: KeyScan}
	}
	err = converter.PDFLines(ctx, data, func(r io.Reader) error { return readPDFLines(r, pages) })
	if err != nil {
		return nil, err
	}
	return pdfSource(pages, limits)
}

// pdfSource makes the blocks of pages.
func pdfSource(pages []*pdfPage, limits Limits) (*Source, error) {
	laid := make([][]pdfItem, len(pages))
	for i, p := range pages {
		laid[i] = layOut(p, limits)
	}
	dropFurniture(pages, laid)
	flow := pdfFlow{src: &Source{Format: FormatPDF}, margins: marginsOf(pages, laid), limits: limits}
	for i, items := range laid {
		flow.page = pages[i]
		for k, item := range items {
			if err := flow.add(item, k == 0); err != nil {
				return nil, err
			}
		}
	}
	return flow.src, flow.end()
}

// joinWrapped puts the words of a line behind those of the line before it in the same paragraph. What is cut behind a hyphen
// or a stroke within a word ("15/KH-", "UBND") is joined without a space.
func joinWrapped(before, line string) string {
	if cut := strings.TrimRight(before, "-/"); cut != before && cut != "" && !strings.HasSuffix(cut, " ") {
		return before + line
	}
	if before == "" {
		return line
	}
	return before + " " + line
}
