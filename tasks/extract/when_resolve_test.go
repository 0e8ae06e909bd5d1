package extract

import (
	"slices"
	"testing"
)

func TestResolve(t *testing.T) {
	head := func(date string) Head { return Head{Date: date} }
	for _, c := range []struct {
		name, phrase, before, after, want string
		changed                           bool
	}{
		{"the year of an undated draft", "trước ngày 15/12", "", "2025-11-03", "date 2025-12-15 ? no_year", true},
		{"another year", "trước ngày 15/12", "2024-11-03", "2025-11-03", "date 2025-12-15 ? no_year", true},
		{"the day is over under the corrected date", "trước ngày 15/12", "2025-11-03", "2025-12-20", "date ? no_year", true},
		{"counted from the signing", "trong vòng 15 ngày kể từ ngày ký", "2025-02-10", "2025-02-12", "date 2025-02-27", true},
		{"counted from an unknown day", "trong vòng 15 ngày kể từ ngày ký", "", "2025-02-12", "date 2025-02-27", true},
		{"said from the document", "trong tháng này", "2025-02-10", "2025-03-01", "date 2025-03-31", true},
		{"no longer before the document", "trước ngày 15/12/2024", "2025-02-10", "2024-02-10", "date 2024-12-15", true},
		{"a year that is said", "trước ngày 15/12/2025", "2025-02-10", "2025-02-12", "date 2025-12-15", false},
		{"a cadence", "trước ngày 25 hằng tháng", "2025-02-10", "2026-02-10", "recurring FREQ=MONTHLY;BYMONTHDAY=25", false},
		{"the end of a cadence", "hằng tháng đến hết tháng 9", "2025-02-10", "2026-02-10", "recurring FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260930 ? no_day no_year", true},
		{"the end of a cadence in an undated draft", "hằng tháng đến hết tháng này", "", "2026-02-10", "recurring FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260228 ? no_day", true},
		{"the end of a cadence under a head without a date", "hằng tháng đến hết năm nay", "2026-02-10", "", "recurring FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261231 ? no_day no_start", true},
		{"the end of a cadence is over under the corrected date", "hằng tháng đến hết tháng 9", "2026-02-10", "2026-10-05", "recurring FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260930 ? no_day no_year", false},
		{"a span that is over under the corrected date", "mỗi tuần một bài, từ tháng 5 đến hết tháng 8", "2026-02-10", "2026-10-05", "recurring FREQ=WEEKLY;BYDAY=FR;UNTIL=20260831 + date ? no_day no_year", true},
		{"an event", "sau khi được ban hành", "2025-02-10", "2026-02-10", "conditional", false},
	} {
		due, ds := ReadDeadline(c.phrase, AnchorOf(head(c.before), nil))
		due, ds, changed := Resolve(due, ds, head(c.before), head(c.after), nil)
		if got := brief(due, ds); got != c.want || changed != c.changed {
			t.Errorf("%s: %s, changed %v; want %s, %v", c.name, got, changed, c.want, c.changed)
		}
	}
}

// What a person has settled stays, and so do doubts about other things.
func TestResolveLeavesWhatIsSettled(t *testing.T) {
	before, after := Head{Date: "2024-11-03"}, Head{Date: "2025-11-03"}
	settled := Due{Phrase: "trước ngày 15/12", Kind: DueDate, Date: "2026-01-31"}
	if due, _, changed := Resolve(settled, nil, before, after, nil); changed || due.Date != settled.Date {
		t.Errorf("a person's day became %+v", due)
	}

	// A sentence in which a cadence took its day from further words.
	due, ds := deadlineIn("Định kỳ hằng năm báo cáo kết quả về Sở Nội vụ chậm nhất ngày 17 tháng 12.", AnchorOf(before, nil))
	if again, _, changed := Resolve(due, ds, before, after, nil); changed || again.RRule != "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=17" {
		t.Errorf("the cadence became %+v", again)
	}

	due, ds = deadlineIn("Báo cáo kết quả trước ngày 15/12; định kỳ thường xuyên kiểm tra.", AnchorOf(before, nil))
	lead := Doubt{Key: DoubtNoLead}
	_, left, changed := Resolve(Due{Phrase: "trước ngày 15/12", Kind: due.Kind, Date: due.Date}, append([]Doubt{lead}, ds...), before, after, nil)
	if !changed || !slices.ContainsFunc(left, func(d Doubt) bool { return sameDoubt(d, lead) }) {
		t.Errorf("changed %v, doubts %v", changed, left)
	}
}

// The end of a cadence that stands apart from it in the sentence follows the corrected head too.
func TestResolveCadenceEnd(t *testing.T) {
	const text = "Đài tỉnh phát mỗi tuần ít nhất 03 tin, bài từ tháng 5 đến hết tháng 8."
	for _, c := range []struct{ before, after, want string }{
		{"2026-02-10", "2027-02-10", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20270831"},
		{"", "2027-02-10", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20270831"},
		{"2026-02-10", "2026-10-05", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20260831"},
	} {
		before, after := Head{Date: c.before}, Head{Date: c.after}
		due, ds := deadlineIn(text, AnchorOf(before, nil))
		if got, _, _ := Resolve(due, ds, before, after, nil); got.RRule != c.want {
			t.Errorf("from %q to %q: %+v", c.before, c.after, got)
		}
	}
}
