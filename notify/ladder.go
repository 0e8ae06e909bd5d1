package notify

import (
	"fmt"
	"strconv"
	"strings"

	"tiendo/tasks/calendar"
)

// occurrence names a step of a version of a deadline.
func occurrence(version, step int) string {
	return "v" + strconv.Itoa(version) + ":" + strconv.Itoa(step)
}

// versionOf is the version in an occurrence of a deadline's step; 0 when there is none, as of a cadence note.
func versionOf(occurrence string) int {
	var version, step int
	if n, err := fmt.Sscanf(occurrence, "v%d:%d", &version, &step); err != nil || n != 2 {
		return 0
	}
	return version
}

// waitingOccurrence names a step of a report that waits since a day.
func waitingOccurrence(since calendar.Date, step int) string {
	return "w" + since.String() + ":" + strconv.Itoa(step)
}

// waitingSince is the day in the occurrence of a report that waits; ok is false of others.
func waitingSince(occurrence string) (since calendar.Date, ok bool) {
	text, _, _ := strings.Cut(occurrence, ":")
	if text, ok = strings.CutPrefix(text, "w"); !ok {
		return since, false
	}
	since, err := calendar.ParseDate(text)
	return since, err == nil
}

// stepOf is the step behind the last colon of an occurrence ("v3:-5"), or the whole of it ("-5").
func stepOf(occurrence string) (int, bool) {
	step, err := strconv.Atoi(occurrence[strings.LastIndexByte(occurrence, ':')+1:])
	return step, err == nil
}
