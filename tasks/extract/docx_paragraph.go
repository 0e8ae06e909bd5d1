package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// paragraphText gathers the words of a paragraph as its runs are read.
type paragraphText struct {
	words   strings.Builder
	plain   bool    // a run that is not bold has words
	inked   bool    // any run has words
	anchors []Block // text boxes anchored in the paragraph; they follow it
}

func (p *paragraphText) add(s string, bold bool) {
	p.words.WriteString(s)
	if strings.TrimSpace(s) != "" {
		p.inked = true
		p.plain = p.plain || !bold
	}
}

// paragraph reads the open w:p and puts it on the flow.
func (r *docxReader) paragraph(f *flow) error {
	r.paragraphs++
	if r.paragraphs > r.limits.Paragraphs {
		return tooLarge(limitParas, r.limits.Paragraphs)
	}
	text := f.carry
	if text == nil {
		text = &paragraphText{}
	}
	f.carry = nil
	props := paragraphProps{outline: unset, numLvl: unset}
	style := r.styles.paragraph("")
	err := r.children(func(el xml.StartElement) error {
		if tag(el.Name) == "pPr" {
			var err error
			props, err = readParagraphProps(r.xmlReader)
			style = r.styles.paragraph(props.style)
			return err
		}
		return r.inline(el, text, style)
	})
	if err != nil {
		return err
	}
	r.endInstructions()
	if props.gone {
		f.carry = text
		return nil
	}
	return r.close(f, text, props, style)
}

// flush ends a flow: words whose own mark is deleted have no next paragraph to run on into.
func (r *docxReader) flush(f *flow) error {
	if f.carry == nil {
		return nil
	}
	text := f.carry
	f.carry = nil
	if !text.inked && len(text.anchors) == 0 {
		return nil
	}
	return r.close(f, text, paragraphProps{outline: unset, numLvl: unset, numID: "0"}, r.styles.paragraph(""))
}

func (r *docxReader) close(f *flow, text *paragraphText, props paragraphProps, style *paragraphStyle) error {
	b := Block{Kind: Paragraph, Text: cleanText(text.words.String())}
	b.Bold = text.inked && !text.plain
	b.Label, b.Level = r.numbers.label(props, style)
	b.Style = styleOf(props, style, b.Label)
	b.Align = props.align
	if b.Align == "" {
		b.Align = style.align
	}
	if b.Align == "left" {
		b.Align = ""
	}
	if b.Text != "" || b.Label != "" {
		f.blocks = append(f.blocks, b)
	}
	f.blocks = append(f.blocks, text.anchors...)
	return r.countText(len(b.Text) + len(b.Label))
}

// styleOf tells headings by the outline level, which the paragraph may set itself, then by the style's name.
func styleOf(props paragraphProps, style *paragraphStyle, label string) string {
	outline := props.outline
	if outline == unset {
		outline = style.outline
	}
	switch {
	case outline >= 0 && outline < listLevels:
		return "heading" + strconv.Itoa(outline+1)
	case style.heading == "title", outline == unset && strings.HasPrefix(style.heading, "heading"):
		return style.heading
	case style.heading == "list", label != "":
		return "list"
	}
	return ""
}

// inline reads one run-level element of a paragraph.
func (r *docxReader) inline(el xml.StartElement, text *paragraphText, style *paragraphStyle) error {
	switch tag(el.Name) {
	case "r":
		return r.run(text, style)
	case "hyperlink", "smartTag", "sdt", "sdtContent", "ins", "moveTo", "fldSimple", "customXml", "dir", "bdo", tagMath:
		return r.children(func(el xml.StartElement) error { return r.inline(el, text, style) })
	case tagMathText:
		return r.runWords(text, false, "")
	case "AlternateContent":
		return r.alternate(func() (bool, error) {
			before := text.words.Len() + len(text.anchors)
			err := r.children(func(el xml.StartElement) error { return r.inline(el, text, style) })
			return text.words.Len()+len(text.anchors) > before, err
		})
	}
	return r.skip()
}

// run reads the open w:r.
func (r *docxReader) run(text *paragraphText, style *paragraphStyle) error {
	bold, hidden := r.styles.runOf(runProps{}, style)
	font := r.styles.fontOf(runProps{}, style)
	var content func(el xml.StartElement) error
	content = func(el xml.StartElement) error {
		name := tag(el.Name)
		if name == "rPr" {
			props, err := readRunProps(r.xmlReader)
			bold, hidden = r.styles.runOf(props, style)
			font = r.styles.fontOf(props, style)
			return err
		}
		if name == "fldChar" {
			r.fieldMark(attr(el, "fldCharType"))
			return r.skip()
		}
		if hidden {
			return r.skip()
		}
		switch name {
		case "t":
			if r.inInstruction() {
				return r.skip()
			}
			return r.runWords(text, bold, font)
		case "tab", "ptab", "br", "cr", "sym":
			if !r.inInstruction() {
				text.add(" ", bold)
			}
		case "noBreakHyphen":
			if !r.inInstruction() {
				text.add("-", bold)
			}
		case "drawing", "pict", "object":
			return r.shapes(text)
		case "ruby":
			return r.children(func(el xml.StartElement) error {
				if tag(el.Name) != "rubyBase" {
					return r.skip()
				}
				return r.children(func(el xml.StartElement) error { return r.inline(el, text, style) })
			})
		case "AlternateContent":
			return r.alternate(func() (bool, error) {
				before := text.words.Len() + len(text.anchors)
				err := r.children(content)
				return text.words.Len()+len(text.anchors) > before, err
			})
		}
		return r.skip()
	}
	return r.children(content)
}

func (r *docxReader) runWords(text *paragraphText, bold bool, font string) error {
	s, err := r.text()
	if err != nil {
		return err
	}
	if encoding, capitals := fontEncoding(font); encoding != legacyNone && !r.asWritten {
		decoded := encoding.decode(s, capitals)
		r.old.add(s, decoded)
		s = decoded
	}
	text.add(s, bold)
	return r.countText(len(s))
}

// shapes looks inside of a drawing for text boxes; the words of each become blocks behind the paragraph.
func (r *docxReader) shapes(text *paragraphText) error {
	return r.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "txbxContent":
			box := &flow{}
			fields := r.fields
			r.fields = nil
			err := r.blocks(box)
			if err == nil {
				err = r.flush(box)
			}
			r.fields = fields
			text.anchors = append(text.anchors, box.blocks...)
			return err
		case "AlternateContent":
			return r.alternate(func() (bool, error) {
				before := len(text.anchors)
				err := r.shapes(text)
				return len(text.anchors) > before, err
			})
		case tagForeign:
			return r.shapes(text)
		}
		return r.skip()
	})
}

func (r *docxReader) fieldMark(kind string) {
	last := len(r.fields) - 1
	switch {
	case kind == "begin":
		r.fields = append(r.fields, true)
	case kind == "separate" && last >= 0:
		r.fields[last] = false
	case kind == "end" && last >= 0:
		r.fields = r.fields[:last]
	}
}

// inInstruction tells whether what is read now belongs to the instruction of a field, which is not shown.
func (r *docxReader) inInstruction() bool {
	for _, instruction := range r.fields {
		if instruction {
			return true
		}
	}
	return false
}

// endInstructions forgets fields that are still without a result at the end of a paragraph: a broken one must not
// swallow the rest of the document.
func (r *docxReader) endInstructions() {
	kept := r.fields[:0]
	for _, instruction := range r.fields {
		if !instruction {
			kept = append(kept, instruction)
		}
	}
	r.fields = kept
}
