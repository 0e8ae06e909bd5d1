package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// listLevels is how many levels a list of WordprocessingML has (ECMA-376 part 1, 17.9.6).
const listLevels = 9

// listLevel is one level of a list's definition.
type listLevel struct {
	defined  bool
	start    int
	format   string // numFmt: decimal, lowerLetter, bullet …
	text     string // lvlText: "%1.%2."
	symbol   bool   // the number is set in a symbol font, or is a picture
	legal    bool   // isLgl: every part as a decimal
	restart  int    // lvlRestart: 1-based level that restarts this one, 0 never; unset: any level above
	ofStyle  string // the paragraph style this level belongs to
	override int    // startOverride of a num, unset
}

// abstractList is what several nums share, their running counters included.
type abstractList struct {
	id        string
	levels    [listLevels]listLevel
	styleLink string // numStyleLink: the definition is another list's, named by a numbering style
	isStyle   string // styleLink: this is the definition of that numbering style
	counters  [listLevels]int
	running   [listLevels]bool
}

type listNum struct {
	id        string
	abstract  string
	overrides [listLevels]listLevel
	begun     [listLevels]bool // levels whose startOverride has been used
}

// numbering computes the automatic numbers of a document's paragraphs, which the file itself does not hold.
type numbering struct {
	styles    *wordStyles
	abstracts map[string]*abstractList
	nums      map[string]*listNum
}

// label gives the number of the next paragraph with these properties, and its 0-based level; "" when it has none. The
// counters move on with every call, so it is called once a paragraph, in reading order.
func (n *numbering) label(direct paragraphProps, style *paragraphStyle) (string, int) {
	id, lvl := direct.numID, direct.numLvl
	byStyle := id == ""
	if byStyle {
		id = style.numID
	}
	num := n.nums[id]
	if num == nil || id == "0" {
		return "", 0
	}
	list := n.definition(num)
	if list == nil {
		return "", 0
	}
	if lvl == unset {
		lvl = 0
		if byStyle {
			lvl = list.levelOfStyle(style)
		}
	}
	if lvl < 0 || lvl >= listLevels {
		return "", 0
	}
	levels := num.effective(list)
	list.advance(num, &levels, lvl)
	return list.render(&levels, lvl), lvl
}

// definition follows numStyleLink to the list that has the levels.
func (n *numbering) definition(num *listNum) *abstractList {
	list := n.abstracts[num.abstract]
	for hops := 0; list != nil && list.styleLink != "" && hops < 8; hops++ {
		link := list.styleLink
		list = nil
		if st := n.styles.byID[link]; st != nil {
			if linked := n.nums[st.para.numID]; linked != nil {
				list = n.abstracts[linked.abstract]
			}
		}
		if list == nil || list.styleLink == link {
			list = nil
			for _, a := range n.abstracts {
				if a.isStyle == link {
					list = a
				}
			}
		}
	}
	return list
}

// levelOfStyle is the level of a paragraph numbered by its style: the one that names the style or one it is based on
// (ECMA-376 part 1, 17.9.23), else the one the style names.
func (l *abstractList) levelOfStyle(style *paragraphStyle) int {
	for _, id := range style.chain {
		for i := range l.levels {
			if l.levels[i].ofStyle == id {
				return i
			}
		}
	}
	return max(style.numLvl, 0)
}

// effective is the list's levels with a num's overrides laid over them.
func (num *listNum) effective(l *abstractList) [listLevels]listLevel {
	levels := l.levels
	for i, o := range num.overrides {
		if o.defined {
			levels[i] = o
		}
		levels[i].override = o.override
		if o.override != unset {
			levels[i].start = o.override
		}
	}
	return levels
}

// advance counts one paragraph at a level. The counters belong to the abstract list, so nums that share it go on from one
// another; a num with a startOverride begins anew the first time it is used.
func (l *abstractList) advance(num *listNum, levels *[listLevels]listLevel, lvl int) {
	switch {
	case levels[lvl].override != unset && !num.begun[lvl]:
		num.begun[lvl] = true
		l.counters[lvl] = levels[lvl].start
	case !l.running[lvl]:
		l.counters[lvl] = levels[lvl].start
	default:
		l.counters[lvl]++
	}
	l.running[lvl] = true
	for below := lvl + 1; below < listLevels; below++ {
		if r := levels[below].restart; r == unset || lvl < r {
			l.running[below] = false
		}
	}
}

// render writes the number as Word shows it.
func (l *abstractList) render(levels *[listLevels]listLevel, lvl int) string {
	level := &levels[lvl]
	if level.format == "bullet" {
		return bulletLabel(level)
	}
	var b strings.Builder
	for text := level.text; text != ""; {
		if len(text) > 1 && text[0] == '%' && text[1] >= '1' && text[1] <= '9' {
			i := int(text[1] - '1')
			text = text[2:]
			value := levels[i].start
			if l.running[i] {
				value = l.counters[i]
			}
			format := levels[i].format
			if level.legal && format != "none" {
				format = "decimal"
			}
			b.WriteString(formatNumber(value, format))
			continue
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return cleanText(b.String())
}

// bulletLabel gives a bullet as one of the marks people type; symbol fonts hold pictures at the places of letters.
func bulletLabel(level *listLevel) string {
	text := cleanText(level.text)
	switch {
	case text == "" && !level.symbol:
		return ""
	case level.symbol:
		return "-"
	}
	switch text {
	case "+", "*":
		return text
	case "•", "●", "∙", "·":
		return "•"
	}
	return "-"
}

// formatNumber writes a number in one of the formats of ST_NumberFormat (ECMA-376 part 1, 17.18.59); formats that no
// Vietnamese list uses are written as decimals.
func formatNumber(n int, format string) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "lowerLetter":
		return letterNumeral(n, 'a')
	case "upperLetter":
		return letterNumeral(n, 'A')
	case "lowerRoman":
		return strings.ToLower(romanNumeral(n))
	case "upperRoman":
		return romanNumeral(n)
	}
	return strconv.Itoa(n)
}

// letterNumeral counts a … z, aa, bb …, as Word does; the Vietnamese đ is not among its letters.
func letterNumeral(n int, first rune) string {
	const alphabet, longest = 26, 780 // Word starts again after thirty letters
	if n < 1 {
		return strconv.Itoa(n)
	}
	n = (n - 1) % longest
	return strings.Repeat(string(first+rune(n%alphabet)), n/alphabet+1)
}

func romanNumeral(n int) string {
	if n < 1 || n > 32767 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value  int
		digits string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.digits)
		}
	}
	return b.String()
}

func readNumbering(pkg *officePackage, part string, styles *wordStyles) (*numbering, error) {
	n := &numbering{styles: styles, abstracts: map[string]*abstractList{}, nums: map[string]*listNum{}}
	err := pkg.xml(part, func(x *xmlReader, _ xml.StartElement) error {
		return x.children(func(el xml.StartElement) error {
			switch tag(el.Name) {
			case "abstractNum":
				return n.readAbstract(x, attr(el, "abstractNumId"))
			case "num":
				return n.readNum(x, attr(el, "numId"))
			}
			return x.skip()
		})
	})
	return n, err
}

func (n *numbering) readAbstract(x *xmlReader, id string) error {
	list := &abstractList{id: id}
	for i := range list.levels {
		list.levels[i] = listLevel{start: 1, format: "decimal", restart: unset, override: unset}
	}
	n.abstracts[id] = list
	return x.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "numStyleLink":
			list.styleLink = attr(el, "val")
		case "styleLink":
			list.isStyle = attr(el, "val")
		case "lvl":
			level, at, err := readLevel(x, el)
			if err == nil && at >= 0 && at < listLevels {
				list.levels[at] = level
			}
			return err
		}
		return x.skip()
	})
}

func (n *numbering) readNum(x *xmlReader, id string) error {
	num := &listNum{id: id}
	for i := range num.overrides {
		num.overrides[i].override = unset
	}
	n.nums[id] = num
	return x.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "abstractNumId":
			num.abstract = attr(el, "val")
		case "lvlOverride":
			at := levelIndex(el)
			if at < 0 || at >= listLevels {
				return x.skip()
			}
			return num.readOverride(x, at)
		}
		return x.skip()
	})
}

func (num *listNum) readOverride(x *xmlReader, at int) error {
	start := unset
	err := x.children(func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "startOverride":
			start = valInt(el, 0)
		case "lvl":
			level, _, err := readLevel(x, el)
			num.overrides[at] = level
			return err
		}
		return x.skip()
	})
	num.overrides[at].override = start
	return err
}

func levelIndex(el xml.StartElement) int {
	n, err := strconv.Atoi(attr(el, "ilvl"))
	if err != nil {
		return unset
	}
	return n
}

func readLevel(x *xmlReader, el xml.StartElement) (listLevel, int, error) {
	level := listLevel{defined: true, start: 0, format: "decimal", restart: unset, override: unset}
	at := levelIndex(el)
	var property func(el xml.StartElement) error
	property = func(el xml.StartElement) error {
		switch tag(el.Name) {
		case "AlternateContent", "Fallback": // the fallback of a format that only newer programs know
			return x.children(property)
		case "start":
			level.start = valInt(el, 0)
		case "numFmt":
			level.format = attr(el, "val")
		case "lvlText":
			level.text = attr(el, "val")
		case "lvlPicBulletId":
			level.symbol = true
		case "isLgl":
			level.legal = toggle(el) > 0
		case "lvlRestart":
			level.restart = valInt(el, unset)
		case "pStyle":
			level.ofStyle = attr(el, "val")
		case "rPr":
			return x.children(func(el xml.StartElement) error {
				if tag(el.Name) == "rFonts" && symbolFont(el) {
					level.symbol = true
				}
				return x.skip()
			})
		}
		return x.skip()
	}
	err := x.children(property)
	return level, at, err
}

func symbolFont(el xml.StartElement) bool {
	font := strings.ToLower(attr(el, "ascii"))
	return font == "symbol" || strings.HasPrefix(font, "wingdings") || strings.HasPrefix(font, "webdings")
}
