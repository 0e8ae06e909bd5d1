package tasks

import (
	"slices"

	"tiendo/tasks/calendar"
)

// DeadlineReader reads words that are a deadline and nothing else, as they are meant in a document of that head: of its day hang years that
// are not said and periods "kể từ ngày ký". Both are pure functions.
type DeadlineReader interface {
	ReadDeadline(words string, h Head) (WrittenDue, []Doubt)
	// Resolve reads a deadline's words anew after the head was corrected. What does not hang on the head, and what was not read from the words
	// alone, comes back as it was, with changed false. Of the doubts those that the words gave under the head before are replaced.
	Resolve(written WrittenDue, doubts []Doubt, before, after Head) (due WrittenDue, left []Doubt, changed bool)
}

// ReadTime reads a deadline or cadence that a person typed in words ("30/6", "quý III", "hằng tháng ngày 25"). What does not come to one day
// or one recurrence for sure is refused as the field named, with the reason.
func (s *Documents) ReadTime(field, words string, h Head) (due calendar.Date, cadence string, err error) {
	refuse := func(key string, args ...string) (calendar.Date, string, error) {
		return calendar.Date{}, "", Invalid(FieldError{Field: field, Key: key, Args: args})
	}
	if s.Deadlines == nil {
		return refuse("time.not_understood", words)
	}
	read, doubts := s.Deadlines.ReadDeadline(words, h)
	has := func(key string) bool { return slices.ContainsFunc(doubts, func(d Doubt) bool { return d.Key == key }) }
	switch {
	case has("due.several") || has("due.further"):
		return refuse("time.several", words)
	case has("due.bad_date"):
		return refuse("time.no_such_day", words)
	case read.Kind == DueDate && !read.Date.IsZero():
		return read.Date, "", nil
	case read.Kind == DueDate && has("due.no_year"):
		return refuse("time.no_year", words)
	case read.Kind == DueRecurring && read.RRule != "" && !has("due.no_frequency"):
		if rule, err := calendar.ParseRule(read.RRule); err == nil {
			return calendar.Date{}, rule.String(), nil
		}
	case read.Kind == DueOngoing:
		return refuse("time.ongoing", words)
	}
	return refuse("time.not_understood", words)
}

// AsRead is the deadline or cadence that the words of the document come to.
func (w WrittenDue) AsRead() (due calendar.Date, cadence string) {
	switch w.Kind {
	case DueDate:
		return w.Date, ""
	case DueRecurring:
		// A rule that was misread is no cadence; the words stay, and the document's default holds.
		if rule, err := calendar.ParseRule(w.RRule); err == nil {
			return calendar.Date{}, rule.String()
		}
	}
	return calendar.Date{}, ""
}

// sameTime tells whether both words come to the same.
func (w WrittenDue) sameTime(o WrittenDue) bool {
	w.Phrase, o.Phrase = "", ""
	return w == o
}

// recompute reads the words of a draft's deadline anew after its document's head was corrected. A deadline that a person has set stays. One
// that was read from more than its words alone stays too, with a doubt when the words hang on the head. moved tells that the deadline became
// another or is doubted for that; changed that anything did.
func (s *Documents) recompute(d Draft, old, corrected Head) (anew Draft, changed, moved bool) {
	words := d.Written.Phrase
	if s.Deadlines == nil || words == "" || old.Date == corrected.Date && old.Year == corrected.Year {
		return d, false, false
	}
	if due, cadence := d.Written.AsRead(); due != d.Deadline || cadence != d.Cadence {
		return d, false, false
	}
	is, left, changed := s.Deadlines.Resolve(d.Written, d.Doubts, old, corrected)
	if !changed {
		was, _ := s.Deadlines.ReadDeadline(words, old)
		now, _ := s.Deadlines.ReadDeadline(words, corrected)
		if was.sameTime(now) || was.sameTime(d.Written) {
			return d, false, false
		}
		d.Checked = false
		d.Doubts = union(d.Doubts, []Doubt{{Key: DoubtHeadChanged, Args: []string{words}}}, sameDoubt)
		return d, true, true
	}
	more := slices.ContainsFunc(left, func(l Doubt) bool {
		return !slices.ContainsFunc(d.Doubts, func(o Doubt) bool { return sameDoubt(o, l) })
	})
	d.Checked = d.Checked && !more
	if is.sameTime(d.Written) {
		d.Doubts = left
		return d, true, false
	}
	before := d.when()
	is.Phrase = words
	d.Written, d.Checked = is, false
	d.Deadline, d.Cadence = is.AsRead()
	left = slices.DeleteFunc(slices.Clone(left), func(o Doubt) bool { return o.Key == DoubtRecomputed || o.Key == DoubtHeadChanged })
	d.Doubts = append(left, Doubt{Key: DoubtRecomputed, Args: []string{words, before, d.when()}})
	return d, true, true
}
