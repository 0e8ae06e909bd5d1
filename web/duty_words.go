package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// Lengths of a duty's words as a headline, in characters: it is cut at the one, and no sentence ends before the other.
const (
	titleMost  = 170
	titleLeast = 25
)

// dutyTitle is a duty's words as one sentence: its first one, or as much of it as fits a headline. The full words stand in the source.
func dutyTitle(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	text = firstSentence(oneLine(text))
	text = strings.TrimRight(text, " .;:,")
	if text == "" {
		return "…"
	}
	return capitalised(clause(excerptLine(text, titleMost)))
}

// clause ends what was cut where its last whole clause ends, if that is not too early: half a date reads like another one.
func clause(text string) string {
	whole, cut := strings.CutSuffix(text, "…")
	if i := strings.LastIndexAny(whole, ",;"); cut && i > len(whole)/2 {
		return whole[:i] + "…"
	}
	return text
}

// firstSentence ends before a full stop or semicolon that a space follows, unless so little came before that it may be an abbreviation
// or a number.
func firstSentence(text string) string {
	for i := range len(text) {
		if (text[i] == '.' || text[i] == ';') && isSpaceAt(text[i+1:]) && utf8.RuneCountInString(text[:i]) >= titleLeast {
			return text[:i]
		}
	}
	return text
}

// oneLine puts one space for each run of white space, and none at the ends.
func oneLine(text string) string {
	space := true // what is before the text counts as one
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' && !space:
			space = true
		case c == ' ', '\t' <= c && c <= '\r', mayBeSpace(c) && isSpaceAt(text[i:]):
			return strings.Join(strings.Fields(text), " ")
		default:
			space = false
		}
	}
	if space {
		return strings.TrimSpace(text)
	}
	return text
}

// mayBeSpace tells whether white space outside ASCII may begin with the octet: texts are looked through octet by octet, since most
// characters of a page are looked at here.
func mayBeSpace(c byte) bool { return c == 0xC2 || 0xE1 <= c && c <= 0xE3 }

func isSpaceAt(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsSpace(r)
}

// excerpt is the beginning of a text, cut between words and then marked as cut.
func excerpt(text string, most int) string {
	return excerptLine(oneLine(text), most)
}

// excerptLine is the excerpt of one line.
func excerptLine(text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := text
	for i := range text {
		if most--; most < 0 {
			cut = text[:i]
			break
		}
	}
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " .;:,–-(") + "…"
}

// namedAgencies is how many agencies a row names before it counts the rest.
const namedAgencies = 3

// someAgencies names the first few agencies and counts the others.
func someAgencies(w *templates.Words, agencies map[int64]tasks.Agency, ids []int64) string {
	if len(ids) <= namedAgencies+1 {
		return agencyNames(w, agencies, ids)
	}
	return w.T("duty.and_more", agencyNames(w, agencies, ids[:namedAgencies]), len(ids)-namedAgencies)
}

// leadNames names who leads; several lead jointly.
func leadNames(w *templates.Words, agencies map[int64]tasks.Agency, leads []int64) string {
	if len(leads) == 1 {
		return agencyName(w, agencies, leads[0])
	}
	return w.T("duty.joint", someAgencies(w, agencies, leads))
}

// distanceWords says how far a deadline is in working days. Between days off there may be none although the day is another.
func distanceWords(w *templates.Words, cal *calendar.Calendar, today, due calendar.Date) string {
	days := cal.WorkingDays(today, due)
	switch {
	case days != 0 || due == today:
		return w.Distance(days)
	case due.After(today):
		return w.T("duty.last_day")
	}
	return w.T("duty.just_over")
}

// longDate is a day written out.
func longDate(w *templates.Words, d calendar.Date) string {
	text, err := w.DateLong(d)
	if err != nil {
		return d.String()
	}
	return text
}

// countWords writes a count of a list, which stops at tasks.CountCap.
func countWords(w *templates.Words, n int) string {
	if n > tasks.CountCap {
		return w.T("list.more_than", tasks.CountCap)
	}
	return numberWords(w, n)
}

func numberWords(w *templates.Words, n int) string {
	text, err := w.Number(n)
	if err != nil {
		return ""
	}
	return text
}

// dutyRef is the number of the document with the item, as people quote it.
func dutyRef(w *templates.Words, kind tasks.DocumentKind, number, ref string) []string {
	if number == "" {
		number = documentLabel(w, kind, number)
	}
	parts := []string{number}
	if ref != "" {
		parts = append(parts, w.T("duty.item", spokenRef(w, ref)))
	}
	return parts
}
