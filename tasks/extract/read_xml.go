package extract

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// xmlReader walks a part element by element without holding it, and counts how deep it stands.
type xmlReader struct {
	dec      *xml.Decoder
	depth    int
	elements int
	limits   Limits
}

func newXMLReader(r io.Reader, limits Limits) *xmlReader {
	return &xmlReader{dec: xml.NewDecoder(r), limits: limits}
}

// next returns the next token; the end of the input before the root's end is io.ErrUnexpectedEOF.
func (x *xmlReader) next() (xml.Token, error) {
	tok, err := x.dec.Token()
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	switch tok.(type) {
	case xml.StartElement:
		x.depth++
		if x.depth > x.limits.Depth {
			return nil, tooLarge(limitDepth, x.limits.Depth)
		}
		x.elements++
		if x.elements > x.limits.Elements {
			return nil, tooLarge(limitElems, x.limits.Elements)
		}
	case xml.EndElement:
		x.depth--
	}
	return tok, nil
}

func (x *xmlReader) root() (xml.StartElement, error) {
	for {
		tok, err := x.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if el, ok := tok.(xml.StartElement); ok {
			return el, nil
		}
	}
}

// children calls fn for each child of the open element, up to and with its end. fn must read its child to the end.
func (x *xmlReader) children(fn func(xml.StartElement) error) error {
	for {
		tok, err := x.next()
		if err != nil {
			return err
		}
		switch el := tok.(type) {
		case xml.StartElement:
			if err := fn(el); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads the open element to its end.
func (x *xmlReader) skip() error {
	for outside := x.depth - 1; x.depth > outside; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// text reads the open element to its end and returns its character data.
func (x *xmlReader) text() (string, error) {
	var b strings.Builder
	for outside := x.depth - 1; x.depth > outside; {
		tok, err := x.next()
		if err != nil {
			return "", err
		}
		if c, ok := tok.(xml.CharData); ok {
			b.Write(c)
		}
	}
	return b.String(), nil
}

// Names of elements that are not WordprocessingML, as tag gives them.
const (
	tagMathText = "math text"
	tagMath     = "math"
	tagForeign  = "foreign"
)

// tag is the local name of a WordprocessingML or markup-compatibility element, transitional (ECMA-376 part 4) or strict.
// The two share no name. What belongs to neither is folded to one of the names above.
func tag(name xml.Name) string {
	switch name.Space {
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main", "w",
		"http://schemas.openxmlformats.org/markup-compatibility/2006":
		return name.Local
	case "http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math":
		if name.Local == "t" {
			return tagMathText
		}
		return tagMath
	}
	return tagForeign
}

func attr(el xml.StartElement, local string) string {
	for _, a := range el.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// valInt reads the val attribute as a whole number; fallback when it is missing or none.
func valInt(el xml.StartElement, fallback int) int {
	n, err := strconv.Atoi(attr(el, "val"))
	if err != nil {
		return fallback
	}
	return n
}

// onOff is a property that may be unset (0), on (1) or off (-1).
type onOff int8

// toggle reads an on/off property, on when it has no value (ECMA-376 part 1, 17.17.4 ST_OnOff).
func toggle(el xml.StartElement) onOff {
	switch strings.ToLower(attr(el, "val")) {
	case "0", "false", "off":
		return -1
	}
	return 1
}
