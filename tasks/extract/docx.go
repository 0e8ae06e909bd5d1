package extract

import (
	"encoding/xml"
	"fmt"
	"path"
)

// readDOCX reads the body of a Word document: headers, footers, footnotes, endnotes and comments are left out, tracked
// changes are taken as accepted, hidden text is left out.
func readDOCX(pkg *officePackage, main string) (*Source, error) {
	rels, err := pkg.relations(main)
	if err != nil {
		return nil, err
	}
	part := func(kind, usual string) string {
		if name := rels.first(kind); name != "" {
			return name
		}
		return path.Dir(main) + "/" + usual
	}
	styles, err := readStyles(pkg, part("styles", "styles.xml"))
	if err != nil {
		return nil, err
	}
	numbers, err := readNumbering(pkg, part("numbering", "numbering.xml"), styles)
	if err != nil {
		return nil, err
	}
	body, old, err := readBody(pkg, main, styles, numbers, false)
	if err == nil && old.misnamed() {
		if numbers, err = readNumbering(pkg, part("numbering", "numbering.xml"), styles); err != nil {
			return nil, err
		}
		body, _, err = readBody(pkg, main, styles, numbers, true)
	}
	if err != nil {
		return nil, err
	}
	src := &Source{Format: FormatDOCX}
	for _, b := range body.blocks {
		if b.Kind == Paragraph && b.Text == "" {
			continue
		}
		b.Index = len(src.Blocks) + 1
		src.Blocks = append(src.Blocks, b)
	}
	return src, nil
}

// readBody reads the body; asWritten leaves the letters of old fonts as they stand in the file.
func readBody(pkg *officePackage, main string, styles *wordStyles, numbers *numbering, asWritten bool) (*flow, *oldText, error) {
	body, found, old := &flow{}, false, &oldText{}
	err := pkg.xml(main, func(x *xmlReader, _ xml.StartElement) error {
		r := &docxReader{xmlReader: x, styles: styles, numbers: numbers, limits: pkg.limits, asWritten: asWritten, old: old}
		return x.children(func(el xml.StartElement) error {
			if tag(el.Name) != "body" || found {
				return x.skip()
			}
			found = true
			if err := r.blocks(body); err != nil {
				return err
			}
			return r.flush(body)
		})
	})
	if err == nil && !found {
		err = fmt.Errorf("part %s has no body", main)
	}
	return body, old, err
}

// docxReader walks the body. What it counts is bounded by limits.
type docxReader struct {
	*xmlReader
	styles  *wordStyles
	numbers *numbering
	limits  Limits

	paragraphs, cells, textBytes int

	// One entry for each complex field that is open: true while its instruction is read, false in its result.
	fields []bool

	asWritten bool // letters of old fonts are left as they are
	old       *oldText
}

// flow is a stretch of blocks: the body, a cell, a text box. A paragraph without words stands in it only if it has a label.
type flow struct {
	blocks []Block
	carry  *paragraphText // words of paragraphs whose mark is deleted: they begin the next one
}

// blocks reads the block-level content of the open element to its end.
func (r *docxReader) blocks(f *flow) error {
	return r.children(func(el xml.StartElement) error { return r.block(el, f) })
}

// block reads one block-level element.
func (r *docxReader) block(el xml.StartElement, f *flow) error {
	switch tag(el.Name) {
	case "p":
		return r.paragraph(f)
	case "tbl":
		return r.table(f)
	case "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo":
		return r.blocks(f)
	case "AlternateContent":
		return r.alternate(func() (bool, error) {
			before := len(f.blocks)
			err := r.blocks(f)
			return len(f.blocks) > before, err
		})
	}
	return r.skip()
}

// alternate reads the first branch of an mc:AlternateContent in which read finds something, so that a text box written
// once for new and once for old programs is read once.
func (r *docxReader) alternate(read func() (bool, error)) error {
	done := false
	return r.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "Choice", "Fallback":
			if !done {
				var err error
				done, err = read()
				return err
			}
		}
		return r.skip()
	})
}

func (r *docxReader) countText(n int) error {
	r.textBytes += n
	if r.textBytes > r.limits.TextBytes {
		return tooLarge(limitText, r.limits.TextBytes)
	}
	return nil
}
