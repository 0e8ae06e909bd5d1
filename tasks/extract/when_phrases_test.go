package extract

import (
	"testing"

	"tiendo/tasks/calendar"
)

// phraseCase is a deadline as somebody wrote it, the day of the document it stands in and what a careful reader makes of it,
// in the notation of brief. The expectations were written by reading the words.
type phraseCase struct{ doc, phrase, want string }

// Rules of cadences whose day was not said: the last day of the period.
const (
	everyWeek    = "FREQ=WEEKLY;BYDAY=FR"
	everyMonth   = "FREQ=MONTHLY;BYMONTHDAY=-1"
	everyQuarter = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
	everyHalf    = "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"
	everyYearEnd = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"
)

// anchorOn is a document of that day, "" an undated draft; working days are Monday to Friday.
func anchorOn(doc string) Anchor {
	if doc == "" {
		return Anchor{}
	}
	d := calendar.MustParseDate(doc)
	return Anchor{Date: d, Year: d.Year}
}

// checkPhrases reads each phrase as a cell or labelled line of its own.
func checkPhrases(t *testing.T, cases []phraseCase) {
	t.Helper()
	for _, c := range cases {
		d, ds := ReadDeadline(c.phrase, anchorOn(c.doc))
		if got := brief(d, ds); got != c.want {
			t.Errorf("%q in a document of %q\n got  %s\n want %s", c.phrase, c.doc, got, c.want)
		}
		checkDue(t, c.phrase, d, ds)
	}
}

// checkSentences reads each text as the sentence of a duty.
func checkSentences(t *testing.T, cases []phraseCase) {
	t.Helper()
	for _, c := range cases {
		d, ds := deadlineIn(c.phrase, anchorOn(c.doc))
		if got := brief(d, ds); got != c.want {
			t.Errorf("%q in a document of %q\n got  %s\n want %s", c.phrase, c.doc, got, c.want)
		}
		checkDue(t, c.phrase, d, ds)
	}
}
