package extract

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	yearSpan = regexp.MustCompile(`(20\d\d)\s*[-–—]\s*(20\d\d)`)
	placeDay = regexp.MustCompile(`(?i),\s*(?:hồi[^,]{0,40},\s*)?ngày\b`)
	// implemented finds the document that a plan carries out, with a few words
	// between the verb and its number.
	implemented = regexp.MustCompile(`(?i)(?:thực hiện|triển khai)\s[^.;,]{0,80}?\bsố:?\s*(\d{1,6}[a-z]?\s*[/-]\s*[\pL\d&.]+(?:\s?[-/]\s?[\pL\d&.]+)*)`)
)

// place is what stands before ", ngày …" in the line of the date: the words with a
// capital that end there, "phố" of "Thành phố" among them.
func place(lines []string) string {
	for _, line := range lines {
		at := placeDay.FindStringIndex(line)
		if at == nil {
			continue
		}
		words := strings.Fields(line[:at[0]])
		from := len(words)
		for from > 0 && placeWord(words, from-1) {
			from--
		}
		return strings.Join(words[from:], " ")
	}
	return ""
}

func placeWord(words []string, i int) bool {
	w := words[i]
	switch {
	case w == "-" || w == "–":
		return i > 0
	case w == "phố":
		return i > 0 && strings.EqualFold(words[i-1], "thành")
	case strings.ContainsAny(w, "/:0123456789"):
		return false
	}
	runes := []rune(w)
	return unicode.IsUpper(runes[0]) && (w == "TP." || len(runes) == 1 || unicode.IsLower(runes[1]))
}

// implements returns the number of the document that the title, else the first
// sentence that says "Thực hiện …", carries out.
func implements(h Head, body []string) string {
	for i, line := range append([]string{h.Title}, body...) {
		m := implemented.FindStringSubmatch(line)
		if m == nil || i > 0 && !strings.HasPrefix(foldWords(line), "thuc hien") && !strings.HasPrefix(foldWords(line), "trien khai") {
			continue
		}
		if n := tidyNumber(m[1]); foldWords(n) != foldWords(h.Number) {
			return n
		}
	}
	return ""
}
