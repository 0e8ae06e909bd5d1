package extract

import (
	"cmp"
	"encoding/xml"
	"regexp"
	"strings"
)

const unset = -1

// paragraphProps is what a paragraph's properties say, directly or in a style.
type paragraphProps struct {
	style   string
	align   string // "" when nothing is said, "left" when left or justified
	outline int    // 0-based outline level, 9 body text; unset
	numID   string // "" when nothing is said, "0" for none
	numLvl  int    // unset
	gone    bool   // the paragraph mark is deleted or hidden: the words run on into the next paragraph
}

// runProps is what a run's properties say, directly or in a style.
type runProps struct {
	style  string
	bold   onOff
	hidden onOff
	font   string // of western letters; "" when nothing is said
}

type wordStyle struct {
	id, name, basedOn string
	para              paragraphProps
	run               runProps
}

// wordStyles is the style part of a .docx.
type wordStyles struct {
	byID             map[string]*wordStyle
	defaultParagraph string
	defaults         runProps
	resolved         map[string]*paragraphStyle
}

// paragraphStyle is a paragraph style with all it inherits.
type paragraphStyle struct {
	align   string
	outline int
	heading string // from the style's name: "heading1" … "heading9", "title", "list" or ""
	numID   string
	numLvl  int
	bold    onOff
	hidden  onOff
	font    string
	chain   []string // ids, the style itself first
}

func readStyles(pkg *officePackage, part string) (*wordStyles, error) {
	s := &wordStyles{byID: map[string]*wordStyle{}, resolved: map[string]*paragraphStyle{}}
	err := pkg.xml(part, func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(el xml.StartElement) error {
			switch tag(el.Name) {
			case "docDefaults", "rPrDefault":
				return s.readDefaults(x)
			case "style":
				return s.readStyle(x, el)
			}
			return x.skip()
		})
	})
	return s, err
}

func (s *wordStyles) readDefaults(x *xmlReader) error {
	return x.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "rPrDefault":
			return s.readDefaults(x)
		case "rPr":
			var err error
			s.defaults, err = readRunProps(x)
			return err
		}
		return x.skip()
	})
}

func (s *wordStyles) readStyle(x *xmlReader, el xml.StartElement) error {
	st := &wordStyle{id: attr(el, "styleId"), para: paragraphProps{outline: unset, numLvl: unset}}
	isDefault := attr(el, "default")
	err := x.children(func(el xml.StartElement) error {
		var err error
		switch tag(el.Name) {
		case "name":
			st.name = attr(el, "val")
		case "basedOn":
			st.basedOn = attr(el, "val")
		case "pPr":
			st.para, err = readParagraphProps(x)
			return err
		case "rPr":
			st.run, err = readRunProps(x)
			return err
		}
		return x.skip()
	})
	if err != nil {
		return err
	}
	s.byID[st.id] = st
	if attr(el, "type") == "paragraph" && (isDefault == "1" || isDefault == "true" || isDefault == "on") {
		s.defaultParagraph = st.id
	}
	return nil
}

// inheritance lists a style and those it is based on, nearest first; circles and unknown names end it.
func (s *wordStyles) inheritance(id string) []*wordStyle {
	const longest = 32
	var chain []*wordStyle
	for st := s.byID[id]; st != nil && len(chain) < longest; st = s.byID[st.basedOn] {
		chain = append(chain, st)
	}
	return chain
}

// paragraph resolves a paragraph style; "" is the default one.
func (s *wordStyles) paragraph(id string) *paragraphStyle {
	if id == "" {
		id = s.defaultParagraph
	}
	if p := s.resolved[id]; p != nil {
		return p
	}
	p := &paragraphStyle{outline: unset, numLvl: unset}
	if s.byID[id] == nil {
		p.heading = headingOf(id)
	}
	for _, st := range s.inheritance(id) {
		p.chain = append(p.chain, st.id)
		if p.align == "" {
			p.align = st.para.align
		}
		if p.outline == unset {
			p.outline = st.para.outline
		}
		if p.heading == "" {
			p.heading = headingOf(st.name)
		}
		if p.numID == "" {
			p.numID = st.para.numID
		}
		if p.numLvl == unset {
			p.numLvl = st.para.numLvl
		}
		if p.bold == 0 {
			p.bold = st.run.bold
		}
		if p.hidden == 0 {
			p.hidden = st.run.hidden
		}
		if p.font == "" {
			p.font = st.run.font
		}
	}
	s.resolved[id] = p
	return p
}

// runOf says whether a run is bold and whether it is hidden. Both are toggles: set by a paragraph style and a character
// style at once they cancel out (ECMA-376 part 1, 17.7.3); a run's own properties win.
func (s *wordStyles) runOf(direct runProps, para *paragraphStyle) (bold, hidden bool) {
	var char runProps
	if direct.style != "" {
		for _, st := range s.inheritance(direct.style) {
			if char.bold == 0 {
				char.bold = st.run.bold
			}
			if char.hidden == 0 {
				char.hidden = st.run.hidden
			}
		}
	}
	resolve := func(direct, char, para, def onOff) bool {
		switch {
		case direct != 0:
			return direct > 0
		case char != 0 || para != 0:
			return (char > 0) != (para > 0)
		}
		return def > 0
	}
	return resolve(direct.bold, char.bold, para.bold, s.defaults.bold),
		resolve(direct.hidden, char.hidden, para.hidden, s.defaults.hidden)
}

// fontOf names the font of a run's western letters; "" when the file does not say.
func (s *wordStyles) fontOf(direct runProps, para *paragraphStyle) string {
	font := direct.font
	for _, st := range s.inheritance(direct.style) {
		if font == "" {
			font = st.run.font
		}
	}
	return cmp.Or(font, para.font, s.defaults.font)
}

// A built-in style's name is English in every language of Word, its id is not. The Vietnamese words serve files of other
// writers; "u1" is Vietnamese Word's id, needed when the style part does not hold the style.
var headingName = regexp.MustCompile(`^(?:heading|đầu đề|tiêu đề|u) ?([1-9])$`)

func headingOf(name string) string {
	name = strings.ToLower(cleanText(name))
	if m := headingName.FindStringSubmatch(name); m != nil {
		return "heading" + m[1]
	}
	switch {
	case name == "title":
		return "title"
	case strings.HasPrefix(name, "list"):
		return "list"
	}
	return ""
}

// readParagraphProps reads an open pPr. What the properties were before a tracked change (pPrChange) is left out.
func readParagraphProps(x *xmlReader) (paragraphProps, error) {
	p := paragraphProps{outline: unset, numLvl: unset}
	err := x.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "pStyle":
			p.style = attr(el, "val")
		case "jc":
			switch attr(el, "val") {
			case "center":
				p.align = "center"
			case "right", "end":
				p.align = "right"
			default:
				p.align = "left"
			}
		case "outlineLvl":
			p.outline = valInt(el, unset)
		case "numPr":
			return x.children(func(el xml.StartElement) error {
				switch tag(el.Name) {
				case "numId":
					p.numID = attr(el, "val")
				case "ilvl":
					p.numLvl = valInt(el, unset)
				}
				return x.skip()
			})
		case "rPr":
			return x.children(func(el xml.StartElement) error {
				switch tag(el.Name) {
				case "del", "moveFrom":
					p.gone = true
				case "vanish", "specVanish":
					p.gone = p.gone || toggle(el) > 0
				}
				return x.skip()
			})
		}
		return x.skip()
	})
	return p, err
}

// readRunProps reads an open rPr.
func readRunProps(x *xmlReader) (runProps, error) {
	var p runProps
	err := x.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "rStyle":
			p.style = attr(el, "val")
		case "b":
			p.bold = toggle(el)
		case "vanish":
			p.hidden = toggle(el)
		case "rFonts":
			p.font = cmp.Or(attr(el, "hAnsi"), attr(el, "ascii"))
		}
		return x.skip()
	})
	return p, err
}
