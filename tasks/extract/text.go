package extract

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

// readText reads plain text or a web page: UTF-8, UTF-16 with a byte order mark, what a web page names itself, else
// Windows-1258; and the encodings of old fonts, where the words tell them.
func readText(data []byte, limits Limits) (*Source, error) {
	s, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if len(s) > limits.TextBytes {
		return nil, tooLarge(limitText, limits.TextBytes)
	}
	switch {
	case webPage.MatchString(s[:min(len(s), webPageReach)]):
		return readHTML(s, limits)
	case bareXML.MatchString(s):
		return nil, &FileError{Key: KeyUnknown}
	}
	return textBlocks(splitLines(decodeLines(s, guessLegacy(s))), limits)
}

// bareXML begins an XML file, which some programs save under the name .doc; its tags are no words.
var bareXML = regexp.MustCompile(`(?i)^\s*<\?xml\s`)

// decodeText refuses what holds control characters: it is not text.
func decodeText(data []byte) (string, error) {
	var s string
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		out, err := xunicode.UTF16(xunicode.LittleEndian, xunicode.ExpectBOM).NewDecoder().Bytes(data)
		// The decoder writes a substitute for half a letter, as a file that was cut off ends with.
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return "", &FileError{Key: KeyUnknown, Err: err}
		}
		s = string(out)
	case utf8.Valid(data):
		s = string(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")))
	default:
		out, err := oneByteText(data)
		if err != nil {
			return "", err
		}
		s = out
	}
	strange := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune("\t\n\v\f\r\u0085", r)
	})
	if strange >= 0 {
		return "", &FileError{Key: KeyUnknown}
	}
	return s, nil
}

// oneByteText reads text whose letters take one byte: by the set that a web page names, else by whichever of Windows-1258 and
// the encodings of old fonts gives usual words. The latter keep their places, as in ISO 8859-1.
func oneByteText(data []byte) (string, error) {
	set := declaredEncoding(data)
	if set == nil {
		set = charmap.Windows1258
		places, err := charmap.ISO8859_1.NewDecoder().Bytes(data)
		if err == nil && guessLegacy(string(places)) != legacyNone {
			set = charmap.ISO8859_1
		}
	}
	out, err := set.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", &FileError{Key: KeyUnknown, Err: err}
	}
	return string(out), nil
}

// splitLines cuts at every kind of line end Unicode knows.
func splitLines(s string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\f", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s), "\n")
}

func textBlocks(lines []string, limits Limits) (*Source, error) {
	src := &Source{Format: FormatText}
	var para []string
	cells := 0
	end := func() {
		if text, bold := plainMarkup(strings.Join(para, " ")); text != "" {
			src.Blocks = append(src.Blocks, Block{Index: len(src.Blocks) + 1, Kind: Paragraph, Text: text, Bold: bold})
		}
		para = para[:0]
	}
	layout := measureLines(lines)
	for i := 0; i < len(lines); i++ {
		if n := tableLines(lines[i:]); n > 0 {
			end()
			table := Block{Index: len(src.Blocks) + 1, Kind: Table}
			for j, line := range lines[i : i+n] {
				row := Row{Number: j + 1}
				for col, words := range strings.Split(line, "\t") {
					row.Cells = append(row.Cells, Cell{Col: col, Span: 1, Text: cleanText(words)})
				}
				cells += len(row.Cells)
				table.Rows = append(table.Rows, row)
			}
			src.Blocks = append(src.Blocks, table)
			i += n - 1
		} else {
			line := cleanText(lines[i])
			if strings.Trim(line, "|") == "" { // blank, or what remains of a table's rule
				end()
				continue
			}
			if len(para) > 0 && !layout.continues(para, line) {
				end()
			}
			para = append(para, line)
		}
		switch {
		case len(src.Blocks) >= limits.Paragraphs:
			return nil, tooLarge(limitParas, limits.Paragraphs)
		case cells > limits.Cells:
			return nil, tooLarge(limitCells, limits.Cells)
		}
	}
	end()
	return src, nil
}

// tableLines counts the lines at the front that are rows of a pasted table: at least two, cut by tabs into the same number
// of columns, at least three (two columns side by side are the head of a document).
func tableLines(lines []string) int {
	const fewestTabs, fewestRows = 2, 2
	tabs := strings.Count(lines[0], "\t")
	if tabs < fewestTabs {
		return 0
	}
	n := 0
	for n < len(lines) && strings.Count(lines[n], "\t") == tabs && strings.TrimSpace(lines[n]) != "" {
		n++
	}
	if n < fewestRows {
		return 0
	}
	return n
}

// textLayout says how wide a text's lines are broken. Text copied from a PDF ends its lines at the page's width; text
// copied from Word has one line a paragraph.
type textLayout struct{ width int }

const longestWrapped = 160 // no page holds longer lines in the type sizes of Decree 30/2020/NĐ-CP

// measureLines takes the width under which nine lines in ten lie; 0 when lines are not broken by width.
func measureLines(lines []string) textLayout {
	var lengths []int
	unbroken := 0
	for _, line := range lines {
		switch n := utf8.RuneCountInString(strings.TrimSpace(line)); {
		case n > longestWrapped:
			unbroken++
		case n >= 30:
			lengths = append(lengths, n)
		}
	}
	if len(lengths) == 0 || unbroken*10 > len(lengths) {
		return textLayout{}
	}
	slices.Sort(lengths)
	return textLayout{width: lengths[len(lengths)*9/10]}
}

var (
	// listMark is a number, letter or sign that begins an item; what follows it stands behind the match.
	listMark = regexp.MustCompile(`^[*_]{0,2}(?:[IVXLC]{1,6}[.)/]|\(?[0-9]{1,2}[.)]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,4}[.)]?|\(?[a-zđA-ZĐ][.)]|[-–—+•*●▪◦]|(?:Điều|Chương|Mục|Phụ lục|PHỤ LỤC) [0-9IVX]+[.:]?)[*_]{0,2}(?:\s+|$)`)
	// opener begins a part that is never the rest of a sentence.
	opener = regexp.MustCompile(`^[*_]{0,2}(?:Nơi nhận|Kính gửi|Căn cứ|Số) ?:|^[*_]{0,2}(?:QUYẾT ĐỊNH|CHỈ THỊ|KẾ HOẠCH|THÔNG BÁO|CÔNG ĐIỆN|PHỤ LỤC)[*_]{0,2}:?$`)
	// dangling ends a line that cannot end a sentence.
	dangling = regexp.MustCompile(`(?:,|(?:^| )(?:và|của|về|với|các|để|cho|theo|tại|do|bởi|những|từ|đến|số|Sở|Bộ))$`)
)

// continues tells whether a line is the rest of the paragraph whose lines are given.
func (l textLayout) continues(para []string, line string) bool {
	if opener.MatchString(line) {
		return false
	}
	before := para[len(para)-1]
	if m := listMark.FindStringIndex(before); m != nil && m[1] == len(before) || markupOpen(para) {
		return true
	}
	ended := strings.HasSuffix(before, ".") || strings.HasSuffix(before, ";") || strings.HasSuffix(before, ":")
	first, _, _ := strings.Cut(line, " ")
	length := utf8.RuneCountInString(before)
	full := l.width > 0 && length <= longestWrapped && (length+1+utf8.RuneCountInString(first))*20 > l.width*17
	if m := listMark.FindStringIndex(line); m != nil {
		return full && !ended && startsLower(line[m[1]:])
	}
	if isUpper(before) && !isUpper(line) && !startsLower(line) {
		return false
	}
	if startsLower(line) {
		return !ended || l.width > 0 && length*10 > l.width*6
	}
	return full && !ended || dangling.MatchString(before)
}

// markupOpen tells whether the lines so far open bold or slanted words in Markdown without closing them.
func markupOpen(para []string) bool {
	bold, stars := 0, 0
	for _, line := range para {
		b := strings.Count(line, "**")
		bold += b
		stars += strings.Count(line, "*") - 2*b
	}
	const farthest = 8 // lines; a star left over by mistake must not swallow a page
	slanted := stars == 1 && strings.HasPrefix(para[0], "*") && !strings.HasPrefix(para[0], "* ")
	return len(para) < farthest && (bold%2 == 1 || slanted)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `*_("“‘`))
	return unicode.IsLower(r)
}

var slantedWords = regexp.MustCompile(`\*([^*\s](?:[^*]*[^*\s])?)\*`)

// plainMarkup takes off the stars that mark bold and slanted words in Markdown, and tells whether all of it was bold.
func plainMarkup(s string) (text string, bold bool) {
	bold = strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && strings.Count(s, "**") == 2 && len(s) > 4
	s = strings.ReplaceAll(s, "**", "")
	return cleanText(slantedWords.ReplaceAllString(s, "$1")), bold
}
