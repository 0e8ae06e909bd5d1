package tasks

import (
	"strings"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Why a label's time does not count: two careful readers could differ over what the person meant.
const (
	unsureNoDay    = "the words of the deadline tell no day, and none was set at review"
	unsureCleared  = "the time that was read was taken out at review, its words were left"
	unsureReplaced = "a single day was set at review where the words tell of a recurring duty"
	unsureWords    = "the words of the deadline were corrected at review without a day or a frequency"
)

// dueLabel is what the document's words say of the time, by what a person left of it, with the reason when that is not sure.
//
//   - No words: no deadline. A day that the secretariat set of its own is none of the document's, unless the duty names that very day.
//   - The words as they were read: a day or frequency set at review corrects the reading, with two exceptions. Words that name a whole date
//     say that date, whatever day was set. Ongoing and conditional duties stay so: they need some day to be followed up.
//   - Other words: the day or frequency that was set with them.
func dueLabel(d Draft, read *ProposedDraft) (LabelDue, string) {
	words := strings.TrimSpace(d.Written.Phrase)
	switch {
	case words == "" && !d.Deadline.IsZero() && saysDay(directory.Fold(d.Text), d.Deadline):
		return dayLabel("", d.Deadline, ""), ""
	case words == "":
		return LabelDue{Kind: DueNone}, ""
	case read != nil && sameWords(words, read.Written.Phrase):
		return keptWords(words, d, read.Written)
	}
	reread := read == nil && d.Written.Kind != "" || read != nil && (d.Written.Kind != read.Written.Kind || d.Written.Date != read.Written.Date || d.Written.RRule != read.Written.RRule)
	switch {
	case reread && (d.Written.Kind == DueOngoing || d.Written.Kind == DueConditional):
		return LabelDue{Phrase: words, Kind: d.Written.Kind}, ""
	case !d.Deadline.IsZero():
		return dayLabel(words, d.Deadline, ""), ""
	case d.Cadence != "":
		return recurringLabel(words, d.Cadence), ""
	}
	return LabelDue{Phrase: words, Kind: DueNone}, unsureWords
}

// sameWords tells whether one of the two is the other or a part of it: words that were trimmed or completed are still those.
func sameWords(a, b string) bool {
	a, b = " "+directory.Fold(a)+" ", " "+directory.Fold(b)+" "
	return a == b || len(a) > 2 && len(b) > 2 && (strings.Contains(a, b) || strings.Contains(b, a))
}

// keptWords labels a time whose words stayed as they were read.
func keptWords(words string, d Draft, w WrittenDue) (LabelDue, string) {
	deadline, cadence := w.AsRead()
	stays := readLabel(words, w)
	if d.Deadline == deadline && d.Cadence == cadence {
		if w.Kind == DueDate && w.Date.IsZero() {
			return stays, unsureNoDay
		}
		return stays, ""
	}
	says := !d.Deadline.IsZero() && saysDay(directory.Fold(words), d.Deadline)
	switch {
	case says:
		return dayLabel(words, d.Deadline, ""), ""
	case w.Kind == DueOngoing || w.Kind == DueConditional:
		return stays, ""
	case w.Kind == DueDate && !w.Date.IsZero() && saysWholeDay(directory.Fold(words), w.Date):
		return stays, ""
	case d.Deadline.IsZero() && d.Cadence == "":
		return stays, unsureCleared
	case w.Kind == DueRecurring && !d.Deadline.IsZero():
		return stays, unsureReplaced
	case !d.Deadline.IsZero():
		return dayLabel(words, d.Deadline, ""), ""
	}
	return recurringLabel(words, d.Cadence), ""
}

func readLabel(words string, w WrittenDue) LabelDue {
	switch {
	case w.Kind == DueDate && !w.Date.IsZero():
		return dayLabel(words, w.Date, w.Time)
	case w.Kind == DueRecurring:
		return recurringLabel(words, w.RRule)
	case w.Kind == "":
		return LabelDue{Phrase: words, Kind: DueNone}
	}
	return LabelDue{Phrase: words, Kind: w.Kind}
}

func dayLabel(words string, day calendar.Date, hour string) LabelDue {
	iso := day.String()
	return LabelDue{Phrase: words, Kind: DueDate, Date: &iso, Time: hour}
}

func recurringLabel(words, rule string) LabelDue {
	l := LabelDue{Phrase: words, Kind: DueRecurring}
	if freq := frequency(rule); freq != "" {
		l.Freq = &freq
	}
	return l
}
