package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
)

// readPDFWords reads the XHTML of `pdftotext -bbox`, one element a line. It goes by lines and no parser: words of a PDF may
// hold characters that XML forbids.
func readPDFWords(r io.Reader, limits Limits) ([]*pdfPage, error) {
	const longestLine = 1 << 20
	var pages []*pdfPage
	size := 0
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 64<<10), longestLine)
	for lines.Scan() {
		line := bytes.TrimSpace(lines.Bytes())
		switch {
		case bytes.HasPrefix(line, []byte("<page ")):
			if len(pages) == limits.Pages {
				return nil, tooLarge(limitPages, limits.Pages)
			}
			width, _ := numberAttr(line, "width")
			height, _ := numberAttr(line, "height")
			pages = append(pages, &pdfPage{width: width, height: height})
		case bytes.HasPrefix(line, []byte("<word ")) && len(pages) > 0:
			w, ok := readPDFWord(line)
			if !ok {
				continue
			}
			if size += len(w.text) + 1; size > limits.TextBytes {
				return nil, tooLarge(limitText, limits.TextBytes)
			}
			page := pages[len(pages)-1]
			page.words = append(page.words, w)
		}
	}
	decodeWords(pages)
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			return nil, tooLarge(limitText, longestLine)
		}
		return nil, fmt.Errorf("read words: %w", err)
	}
	return pages, nil
}

// misread are letters that fonts of Vietnamese offices give for others: their tables of characters name the wrong one.
var misread = strings.NewReplacer("ƣ", "ư", "Ƣ", "Ư", "ð", "đ", "Ð", "Đ")

func readPDFWord(line []byte) (pdfWord, bool) {
	open := bytes.IndexByte(line, '>')
	end := bytes.LastIndex(line, []byte("</word>"))
	if open < 0 || end < open {
		return pdfWord{}, false
	}
	w := pdfWord{text: strings.ToValidUTF8(html.UnescapeString(string(line[open+1:end])), "")}
	ok := true
	for name, place := range map[string]*float64{"xMin": &w.x0, "yMin": &w.y0, "xMax": &w.x1, "yMax": &w.y1} {
		var found bool
		*place, found = numberAttr(line[:open], name)
		ok = ok && found
	}
	return w, ok && w.x1 >= w.x0 && w.y1 > w.y0
}

// decodeWords cleans all words, and reads those that were written with an old font, which a PDF does not name.
func decodeWords(pages []*pdfPage) {
	const farEnough = 64 << 10
	var sample strings.Builder
	for _, p := range pages {
		for _, w := range p.words {
			if sample.Len() < farEnough {
				sample.WriteString(w.text + "\n")
			}
		}
	}
	old := guessLegacy(sample.String())
	for _, p := range pages {
		for i := range p.words {
			w := &p.words[i]
			w.text = misread.Replace(cleanText(old.decode(w.text, false)))
		}
		p.words = slices.DeleteFunc(p.words, func(w pdfWord) bool { return w.text == "" })
	}
}

// numberAttr reads an attribute as a length on a page; ok is false for what is none.
func numberAttr(tag []byte, name string) (float64, bool) {
	const farthest = 1e5
	v, ok := attrOf(tag, name)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(v, "pt"), 64)
	return n, err == nil && n > -farthest && n < farthest
}

// attrOf finds an attribute's value in the text of a tag.
func attrOf(tag []byte, name string) (string, bool) {
	mark := []byte(" " + name + `="`)
	at := bytes.Index(tag, mark)
	if at < 0 {
		return "", false
	}
	rest := tag[at+len(mark):]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return "", false
	}
	return string(rest[:end]), true
}

// pdfLine is one line of words, left to right.
type pdfLine struct {
	box
	words []pdfWord
}

func lineOf(words []pdfWord) pdfLine {
	l := pdfLine{box: words[0].box, words: words}
	for _, w := range words[1:] {
		l.box = l.around(w.box)
	}
	return l
}

func (l pdfLine) text() string {
	parts := make([]string, len(l.words))
	for i, w := range l.words {
		parts[i] = w.text
	}
	return strings.Join(parts, " ")
}

// size is the height of the line's tallest word; a raised number beside it does not count.
func (l pdfLine) size() float64 {
	tallest := 0.0
	for _, w := range l.words {
		tallest = max(tallest, w.height())
	}
	return tallest
}

// linesOf sorts words into lines, top to bottom. A word belongs to a line when their middles lie on nearly one height.
func linesOf(words []pdfWord) []pdfLine {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b pdfWord) int { return compareFloat(a.midY(), b.midY()) })
	var out []pdfLine
	for len(words) > 0 {
		n, mid := 1, words[0].midY()
		for n < len(words) && words[n].midY()-mid < 0.42*min(words[n].height(), words[n-1].height()) {
			mid = words[n].midY()
			n++
		}
		row := words[:n:n]
		slices.SortStableFunc(row, func(a, b pdfWord) int { return compareFloat(a.x0, b.x0) })
		out = append(out, lineOf(row))
		words = words[n:]
	}
	return out
}

func compareFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
