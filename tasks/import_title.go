package tasks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// calmTitle writes a title that a document has in capitals as sentences are written: each word as the document's own text has it, beside the
// same neighbour where it can, so that names and abbreviations keep their capitals. A word that the text does not have is written small. A
// title that is not all in capitals stays.
func calmTitle(title string, files [][]SourceBlock) string {
	if title == "" || strings.ContainsFunc(title, unicode.IsLower) {
		return title
	}
	forms := make(map[string]map[string]int)
	note := func(key, form string) {
		if forms[key] == nil {
			forms[key] = make(map[string]int)
		}
		forms[key][form]++
	}
	for _, blocks := range files {
		for _, b := range blocks {
			noteForms(b.Text, note)
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					noteForms(c.Text, note)
				}
			}
		}
	}
	words := strings.Fields(title)
	out := make([]string, len(words))
	for i, w := range words {
		keys := make([]string, 0, 3)
		if i+1 < len(words) {
			keys = append(keys, pairBefore(w, words[i+1]))
		}
		if i > 0 {
			keys = append(keys, pairBehind(words[i-1], w))
		}
		out[i] = strings.ToLower(w)
		for _, key := range append(keys, wordKey(w)) {
			if form := commonest(forms[key]); form != "" {
				out[i] = refit(w, form)
				break
			}
		}
	}
	first, size := utf8.DecodeRuneInString(out[0])
	out[0] = string(unicode.ToUpper(first)) + out[0][size:]
	return strings.Join(out, " ")
}

// noteForms notes how the words of a text are written, each alone and beside its neighbours. A text in capitals says nothing, and the first
// word of a sentence nothing of its first letter.
func noteForms(text string, note func(key, form string)) {
	if !strings.ContainsFunc(text, unicode.IsLower) {
		return
	}
	words := strings.Fields(text)
	begins := true
	for i, w := range words {
		form := core(w)
		if form != "" && (!begins || form == strings.ToUpper(form) && utf8.RuneCountInString(form) > 1) {
			note(wordKey(w), form)
			if i+1 < len(words) {
				note(pairBefore(w, words[i+1]), form)
			}
			if i > 0 {
				note(pairBehind(words[i-1], w), form)
			}
		}
		begins = form == "" || strings.ContainsAny(w[len(w)-1:], ".:;!?)")
	}
}

func wordKey(w string) string              { return strings.ToLower(core(w)) }
func pairBefore(w, next string) string     { return wordKey(w) + " " + wordKey(next) + " <" }
func pairBehind(previous, w string) string { return wordKey(previous) + " " + wordKey(w) + " >" }

// core is the word without the marks around it.
func core(w string) string {
	return strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// refit puts the form in place of the word, between the marks around it.
func refit(w, form string) string { return strings.Replace(w, core(w), form, 1) }

// commonest is the form that occurs most; of two equals the one with small letters.
func commonest(forms map[string]int) string {
	best, most := "", 0
	for form, n := range forms {
		if n > most || n == most && form > best {
			best, most = form, n
		}
	}
	return best
}
