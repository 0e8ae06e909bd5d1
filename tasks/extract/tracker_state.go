package extract

import (
	"strconv"
	"strings"
)

// state reads the state of row i and, of one that is done, its day.
func (t *trackerTable) state(i int, d *TrackedDuty, ds *doubts) {
	s, known := t.status(i, d)
	days := t.completed(i, d, ds)
	switch {
	case !known && d.Status != "":
		ds.add(DoubtStatusUnknown, d.Status)
	case !known && (d.CompletedOn != "" || d.Percent == 100):
		s.state, s.loose = StateCompleted, true
		ds.add(DoubtStatusBlank)
	case !known:
		s.state = StateAssigned
		ds.add(DoubtStatusBlank)
	case s.loose:
		ds.add(DoubtStatusLoose, d.Status)
	}
	d.State, d.Said = s.state, s.said
	switch {
	case d.State == StateCompleted || d.State == StateSubmitted:
		if d.CompletedOn == "" {
			t.dayInWords(d, ds)
		}
		if d.State == StateCompleted && d.Percent >= 0 && d.Percent < 100 {
			ds.add(DoubtStatusDiffers, d.Status, strconv.Itoa(d.Percent)+"%")
		}
		t.disagrees(d, ds)
	case days && d.State != StateReturned && !t.dayIsDue():
		ds.add(DoubtStatusDiffers, d.Status, d.CompletedOn)
		d.CompletedOn = ""
	default:
		if days && t.dayIsDue() && d.Due.Kind == "" {
			d.Due = Due{Phrase: d.CompletedOn, Kind: DueDate, Date: d.CompletedOn}
		}
		d.CompletedOn = ""
	}
	if days && t.dayIsDue() {
		ds.add(DoubtDayOfWhat, t.dayOfWhat)
	}
	if d.State == StateCompleted && d.Percent < 0 {
		d.Percent = 100
	}
}

func (t *trackerTable) dayIsDue() bool { return t.dayOfWhat != "" }

// status finds the words of the state: a ticked column, the column of states, else the results or the deadline's own words.
func (t *trackerTable) status(i int, d *TrackedDuty) (status, bool) {
	for _, col := range t.having(trackerTick) {
		c := t.at(i, col)
		if c == nil || c.Col != col || c.Continued && c.Text == "" || c.Text == "" {
			continue
		}
		if days := wholeDays(c.Text); ticked(c.Text) || len(days) > 0 {
			s, ok := statusOf(t.heads[col])
			d.Status = t.heads[col]
			if len(days) > 0 && s.state == StateCompleted {
				d.CompletedOn = days[0].day.String()
			}
			return s, ok
		}
		d.Status = squeeze(t.heads[col] + ": " + c.Text)
		return statusOf(t.heads[col])
	}
	d.Status = t.cells(i, trackerStatus)
	if d.Status != "" {
		if v, sign, ok := cellNumber(d.Status); ok && sign && v <= 100 {
			// A state given in per cent.
			d.Percent = int(v)
			switch {
			case v == 100:
				return status{state: StateCompleted}, true
			case v == 0:
				return status{state: StateAssigned}, true
			}
			return status{state: StateInProgress}, true
		}
		if p, ok := percentIn(foldWords(d.Status)); ok && d.Percent < 0 {
			d.Percent = p
		}
		return statusOf(d.Status)
	}
	for _, words := range []string{d.Progress, d.Note} {
		if s, ok := statusOf(words); ok {
			d.Status, s.loose = firstWords(words, 20), true
			return s, true
		}
	}
	return status{}, false
}

// completed reads the column of the day of completion and tells whether it holds a day.
func (t *trackerTable) completed(i int, d *TrackedDuty, ds *doubts) bool {
	text, above := t.cell(i, trackerCompleted)
	if text == "" || above && t.last != nil && t.last.CompletedOn == "" {
		return false
	}
	days := wholeDays(text)
	if len(days) == 0 {
		ds.add(DoubtDayUnread, squeeze(text))
		return false
	}
	d.CompletedOn = days[len(days)-1].day.String()
	if len(days) > 1 {
		ds.add(DoubtSeveral, squeeze(text))
	}
	return true
}

// dayInWords looks for the day of completion in the words of state and result: "hoàn thành ngày 12/5/2026" is one; the day of a
// document that reports is taken with a doubt.
func (t *trackerTable) dayInWords(d *TrackedDuty, ds *doubts) {
	for _, words := range []string{d.Status, d.Progress, d.Note} {
		days := wholeDays(words)
		if len(days) == 0 {
			continue
		}
		first := days[0]
		before := " " + foldWords(words[:first.from]) + " "
		d.CompletedOn = first.day.String()
		if len(days) > 1 || !strings.HasSuffix(before, " hoan thanh ngay ") && !strings.HasSuffix(before, " xong ngay ") {
			ds.add(DoubtDayOfReport, firstWords(words[max(0, wordStart(words, first.from)):], 12))
		}
		return
	}
}

// wordStart steps back a few words, so that what is quoted can be understood.
func wordStart(s string, at int) int {
	for range 6 {
		at = strings.LastIndexByte(s[:max(0, at)], ' ')
		if at <= 0 {
			return 0
		}
	}
	return at
}

// disagrees compares what the tracker says of the time of a completed duty with its days.
func (t *trackerTable) disagrees(d *TrackedDuty, ds *doubts) {
	due := firstOf(d.Extended.Date, d.Due.Date)
	if d.Said == "" || due == "" || d.CompletedOn == "" {
		return
	}
	if late := d.CompletedOn > due; late != (d.Said == SaidLate) {
		ds.add(DoubtStatusDiffers, d.Status, d.CompletedOn)
	}
}
