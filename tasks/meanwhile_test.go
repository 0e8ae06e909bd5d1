package tasks

import (
	"slices"
	"testing"
	"time"
)

func TestSinceTakesStepsNotRows(t *testing.T) {
	at := time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC)
	row := func(id int64, minute int, actor int64, action string) AuditEntry {
		return AuditEntry{ID: id, At: at.Add(time.Duration(minute) * time.Minute), ActorID: actor, Action: "assignment." + action}
	}
	// The newest first.
	trail := []AuditEntry{
		row(9, 8, 1, EventNudged),
		row(8, 7, 1, "cancel"),
		row(7, 7, 1, "extension_lapsed"),
		row(6, 5, 2, "contribution_asked"),
		row(5, 5, 2, "contribution_asked"),
		row(4, 4, 2, "progress"),
		row(3, 3, 1, EventNudged),
		row(2, 2, 2, "extension_asked"),
		row(1, 1, 1, "assigned"),
	}
	for _, c := range []struct {
		versions int64
		want     []int64
	}{
		{0, nil},
		{1, []int64{9, 8, 7}},
		{2, []int64{9, 8, 7, 6, 5}},
		{3, []int64{9, 8, 7, 6, 5, 4}},
		{4, []int64{9, 8, 7, 6, 5, 4, 3, 2}},
		{99, []int64{9, 8, 7, 6, 5, 4, 3, 2, 1}},
	} {
		var got []int64
		for _, e := range since(trail, c.versions) {
			got = append(got, e.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%d versions: rows %v, want %v", c.versions, got, c.want)
		}
	}
}
