package main

import (
	"testing"

	"tiendo/tasks/extract"
)

// A rule that was misread is no cadence of a row, as it is none of a document's duty; one that was understood has its one spelling.
func TestTrackedCadence(t *testing.T) {
	for rule, want := range map[string]string{
		"every now and then":         "",
		"freq=monthly;bymonthday=25": "FREQ=MONTHLY;BYMONTHDAY=25",
	} {
		row := extract.TrackedDuty{}
		row.Task.Due.Kind, row.Task.Due.RRule = extract.DueRecurring, rule
		if d := trackedDraft(row); d.Cadence != want || !d.Deadline.IsZero() {
			t.Errorf("%q: cadence %q, due %q; want %q", rule, d.Cadence, d.Deadline, want)
		}
	}
}
