package extract

import (
	"regexp"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
)

// wholeDay is a day that is written with its year.
var wholeDay = regexp.MustCompile(`(?i)(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})`)

// spotted is a day with where it stands.
type spotted struct {
	day      calendar.Date
	from, to int
}

// wholeDays finds the days that are written with their year; one that does not exist is left out.
func wholeDays(text string) []spotted {
	var out []spotted
	for _, m := range wholeDay.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > 0 && text[m[0]-1] >= '0' && text[m[0]-1] <= '9' {
			continue
		}
		n := func(i int) int {
			v, _ := strconv.Atoi(text[m[2*i]:m[2*i+1]])
			return v
		}
		if d, ok := date(n(3), n(2), n(1)); ok {
			out = append(out, spotted{d, m[0], m[1]})
		}
	}
	return out
}

// documentNumber is a number and symbol with letters: "10/CT-UBND", "123/2025/NĐ-CP", "15-CT/TU".
var documentNumber = regexp.MustCompile(`\d{1,6}[a-zđ]?\s?(?:/\d{4})?\s?[/-]\s?[A-ZĐ]\p{L}*\d*(?:\s?[-/.&]\s?[A-ZĐ]\p{L}*\d*)*`)

// moved are the words with which a deadline is moved; asked are those that only ask for it.
var (
	moved = regexp.MustCompile(`(?i)(?:đã |được |cho phép |cho |đồng ý )*(?:gia hạn|điều chỉnh thời hạn|điều chỉnh thời gian|lùi thời hạn|lùi thời gian)`)
	asked = regexp.MustCompile(`(?i)(?:xin|đề nghị|đề xuất|kiến nghị|xin phép)\s*(?:được |cho phép |cho )*$`)
)

// movedDue is what words tell of a deadline that was moved.
type movedDue struct {
	before string // the words before
	words  string // how it was moved, as written
	day    string // YYYY-MM-DD of the last, "" when not told for sure
	asked  bool   // only asked for
	many   bool   // moved more than once
}

// readMoved finds how words move a deadline; ok is false when they do not.
func readMoved(text string, anchor Anchor) (movedDue, bool) {
	at := moved.FindStringIndex(text)
	if at == nil {
		return movedDue{}, false
	}
	before, words := text[:at[0]], strings.Trim(text[at[0]:], " ();.,")
	m := movedDue{words: squeeze(words)}
	if loc := asked.FindStringIndex(strings.TrimRight(before, " ")); loc != nil {
		m.asked = true
		m.words = squeeze(text[loc[0]:])
		before = before[:loc[0]]
	}
	m.before = strings.Trim(before, " \n;,.(-–")
	days := wholeDays(words)
	switch {
	case len(days) > 0:
		m.day, m.many = days[len(days)-1].day.String(), len(days) > 1
	default:
		if due, ds := ReadDeadline(words, anchor); due.Kind == DueDate && len(ds) == 0 {
			m.day = due.Date
		}
	}
	return m, true
}
