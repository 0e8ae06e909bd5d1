package extract

import "testing"

func TestACadenceInACellOfATracker(t *testing.T) {
	for cell, want := range map[string]string{
		"Tháng": "FREQ=MONTHLY;BYMONTHDAY=-1", "BC quý": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "Báo cáo định kỳ tuần": "FREQ=WEEKLY;BYDAY=FR",
		"Định kỳ 6 tháng": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", "Năm": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1", "Định kỳ": "", "Quý IV": "",
	} {
		due, _ := ReadDeadline(cadenceCell(cell), AnchorOf(Head{Date: "2026-08-07", Year: 2026}, nil))
		if due.RRule != want {
			t.Errorf("%q: %q, want %q", cell, due.RRule, want)
		}
	}
}
