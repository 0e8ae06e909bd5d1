package directory

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one piece of a written text or of a stored name, ready to compare.
type word struct {
	token
	// upper: written in capitals, so it may be an abbreviation (TT&TT, VKSND).
	upper bool
	// capital: begins with a capital letter, as names of places do.
	capital bool
}

// Canonical words for phrases that are written in many ways.
const (
	// allCommunes is "xã, phường, đặc khu" in any order, or "cấp xã".
	allCommunes = "<cap-xa>"
	// allDepartments is "sở, ban, ngành" or "sở, ngành".
	allDepartments = "<so-ban-nganh>"
)

// abbreviations that stand for the same words wherever they are written.
var abbreviations = map[string]string{
	"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "vpubnd": "van phong uy ban nhan dan", "cvp": "chanh van phong",
	"mttq": "mat tran to quoc", "mttqvn": "mat tran to quoc viet nam",
	"ubmttq": "uy ban mat tran to quoc", "ubmttqvn": "uy ban mat tran to quoc viet nam",
	"bql": "ban quan ly", "qlda": "quan ly du an", "tand": "toa an nhan dan", "vksnd": "vien kiem sat nhan dan",
	"thads": "thi hanh an dan su", "ptth": "phat thanh truyen hinh",
}

// capitalAbbreviations are read so only in capitals.
var capitalAbbreviations = map[string]string{"vp": "van phong", "vn": "viet nam"}

// read cuts a text into words and marks, writes out abbreviations and puts the
// canonical words in.
func read(s string) []word {
	tokens := tokenize(s)
	words := make([]word, 0, len(tokens))
	for _, t := range tokens {
		raw := s[t.start:t.end]
		first, _ := utf8.DecodeRuneInString(raw)
		w := word{token: t, capital: unicode.IsUpper(first)}
		w.upper = !t.mark && utf8.RuneCountInString(t.text) > 1 && strings.ToUpper(raw) == raw && strings.ContainsFunc(raw, unicode.IsLetter)
		full := abbreviations[t.text]
		if full == "" && w.upper {
			full = capitalAbbreviations[t.text]
		}
		if full == "" {
			words = append(words, w)
			continue
		}
		for text := range strings.FieldsSeq(full) {
			words = append(words, word{token: token{text: text, start: t.start, end: t.end}, capital: w.capital})
		}
	}
	return canonical(words)
}

// canonical replaces the many ways to write "all communes" and "all
// departments" by one word each.
func canonical(words []word) []word {
	out := make([]word, 0, len(words))
	for i := 0; i < len(words); {
		text, n := phraseAt(words[i:])
		if n == 0 {
			out = append(out, words[i])
			i++
			continue
		}
		out = append(out, word{token: token{text: text, start: words[i].start, end: words[i+n-1].end}})
		i += n
	}
	return out
}

func phraseAt(words []word) (text string, n int) {
	if startsWith(words, "cap", "xa") {
		return allCommunes, 2
	}
	if end := levelRun(words); end > 0 {
		return allCommunes, end
	}
	if !startsWith(words, "so") {
		return "", 0
	}
	rest := []string{"ban", "nganh"}
	i := 1
	for _, want := range rest {
		j := i
		for j < len(words) && (words[j].text == "," || words[j].text == "va" || words[j].text == "-") {
			j++
		}
		if j < len(words) && words[j].text == want {
			i = j + 1
		} else if want == "nganh" {
			return "", 0
		}
	}
	return allDepartments, i
}

// levelRun returns how many words list two or more levels of commune: "xã,
// phường và đặc khu". A level with a name behind it ("đặc khu Cồn Cỏ") is no
// longer part of the list.
func levelRun(words []word) int {
	var ends []int
	for i := 0; i < len(words); {
		switch rest := words[i:]; {
		case startsWith(rest, "dac", "khu"), startsWith(rest, "thi", "tran"):
			i += 2
		case startsWith(rest, "xa"), startsWith(rest, "phuong"):
			i++
		default:
			i = len(words)
			continue
		}
		if i < len(words) && words[i].capital && !words[i].mark {
			break
		}
		ends = append(ends, i)
		for i < len(words) && (words[i].text == "," || words[i].text == "va" || words[i].text == "cac") {
			i++
		}
	}
	if len(ends) < 2 {
		return 0
	}
	return ends[len(ends)-1]
}

func startsWith(words []word, texts ...string) bool {
	if len(words) < len(texts) {
		return false
	}
	for i, text := range texts {
		if words[i].text != text {
			return false
		}
	}
	return true
}

// skipped words and marks carry no meaning inside a name: "Văn hóa, Thể thao
// và Du lịch" is "Văn hóa Thể thao Du lịch".
func (w word) skipped() bool {
	switch w.text {
	case "va", "cac", ",", "-", ":", "/":
		return true
	}
	return false
}

// bare leaves out what is skipped, and brackets.
func bare(words []word) []word {
	return slices.DeleteFunc(slices.Clone(words), func(w word) bool { return w.skipped() || w.mark })
}

// matchName compares a stored name (bare words) with the text from its first
// word on and returns how many words of the text it takes, 0 when it does not
// match. A word of the text in capitals may stand for the initials of two or
// more words of the name ("Sở GD&ĐT"); loose says that one did, for other
// names may have the same initials.
func matchName(name, text []word) (n int, loose bool) {
	if len(name) == 0 {
		return 0, false
	}
	n, loose = matchRest(name, text)
	return max(n, 0), loose
}

// matchRest returns -1 when the name cannot be matched, else how many words
// of the text it takes.
func matchRest(name, text []word) (n int, loose bool) {
	if len(name) == 0 {
		return 0, false
	}
	skip := 0
	for skip < len(text) && text[skip].skipped() {
		skip++
	}
	if skip == len(text) || text[skip].mark {
		return -1, false
	}
	here := text[skip:]
	if name[0].text == here[0].text {
		if n, loose := matchRest(name[1:], here[1:]); n >= 0 {
			return skip + 1 + n, loose
		}
	}
	if here[0].upper {
		if k := initialRun(here[0].text, name); k > 0 {
			if n, _ := matchRest(name[k:], here[1:]); n >= 0 {
				return skip + 1 + n, true
			}
		}
	}
	return -1, false
}

// initialRun returns how many words of a name the abbreviation has the
// initials of, 0 when it does not.
func initialRun(abbreviation string, name []word) int {
	n := len(abbreviation)
	if n < 2 || n > len(name) {
		return 0
	}
	for i := range n {
		if name[i].text[0] != abbreviation[i] {
			return 0
		}
	}
	return n
}
