package extract

import (
	"slices"
	"strings"

	"tiendo/tasks/calendar"
)

// Resolve reads the words of a deadline anew after a person has corrected the date, or the year, of the head, and returns the
// deadline and its doubts as they are under the corrected head. It is pure; the caller keeps what it returns.
//
// Only what hangs on the head is touched: changed is false, and written and doubts come back as they were, when the words read
// the same under both heads, and also when written is not what they said under the head before. That is a deadline that a
// person has settled, or one that was read together with other words of its sentence; neither may be overwritten.
//
// Of the doubts only those that the words gave under the head before are replaced; doubts about other things stay.
func Resolve(written Due, doubts []Doubt, before, after Head, c *calendar.Calendar) (due Due, left []Doubt, changed bool) {
	was, wasDoubts := ReadDeadline(written.Phrase, AnchorOf(before, c))
	if !sameTime(was, written) {
		return written, doubts, false
	}
	is, isDoubts := ReadDeadline(written.Phrase, AnchorOf(after, c))
	is.RRule = keepEnd(written.RRule, is.RRule)
	if sameTime(was, is) && slices.EqualFunc(wasDoubts, isDoubts, sameDoubt) {
		return written, doubts, false
	}
	for _, d := range doubts {
		if !slices.ContainsFunc(wasDoubts, func(o Doubt) bool { return sameDoubt(d, o) }) {
			left = append(left, d)
		}
	}
	for _, d := range isDoubts {
		if !slices.ContainsFunc(left, func(o Doubt) bool { return sameDoubt(d, o) }) {
			left = append(left, d)
		}
	}
	// What else the duty's sentence said is not in the phrase.
	if len(is.Also) == 0 && len(was.Also) == 0 {
		is.Also = written.Also
	}
	return is, orEmpty(left), true
}

// keepEnd keeps the end of a cadence whose year the corrected head does not tell: a
// cadence that was bounded does not become one for ever. The doubt of its year,
// which reading gave, stays beside it.
func keepEnd(was, is string) string {
	rule, end, bounded := strings.Cut(was, ";UNTIL=")
	if bounded && is == rule {
		return is + ";UNTIL=" + end
	}
	return is
}

// sameTime reports whether two deadlines come to the same, whatever their words.
func sameTime(a, b Due) bool {
	return a.Kind == b.Kind && a.Date == b.Date && a.Time == b.Time && a.RRule == b.RRule
}

func sameDoubt(a, b Doubt) bool { return a.Key == b.Key && slices.Equal(a.Args, b.Args) }
