package notify_test

import (
	"testing"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// The job climbs the ladder that was set: a duty's own before its document's before the province's. What was told is not told again when
// it changes, and no step is told of days before it was set.
func TestJobClimbsWhatWasSet(t *testing.T) {
	w := newWorld(t, "2026-10-05 07:00")
	ctx := t.Context()
	reminders := &tasks.Reminders{Store: w.db.Reminders(), Rules: w.rules, Default: tasks.DefaultLadder(), Now: w.business.now}
	interior, finance, health := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment), w.agency("Sở Y tế", directory.KindDepartment)
	w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@tc.vn", focal(finance))
	w.person("Hồ Cúc", "cuc@yt.vn", focal(health))
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-20", leads: []int64{interior}})
	document, b := w.issue("11/CT-UBND",
		duty{text: "Việc hai", due: "2026-10-20", leads: []int64{finance}}, duty{text: "Việc ba", due: "2026-10-20", leads: []int64{health}})
	set := func(of tasks.Subject, before, every string, version int64) {
		t.Helper()
		w.check(reminders.Set(ctx, w.secretariat, of, tasks.LadderInput{Own: true, Before: before, AfterFirst: "1", Every: every, Version: version}))
	}
	province := tasks.Subject{Kind: tasks.SubjectProvince}
	set(tasks.Subject{Kind: tasks.SubjectDocument, ID: document}, "3", "2", 0)
	set(tasks.Subject{Kind: tasks.SubjectTask, ID: b[1].TaskID}, "", "0", 0)
	w.stepTo("2026-10-15 09:00") // two told by −3 today; one by −10 on the 6th and −5 on the 13th
	// Now seven days before, which were on Friday the 9th, and the day before, which is on the 19th.
	set(province, "7, 1", "3", 0)
	w.stepTo("2026-10-28 09:00")
	equal(t, "the province's", w.remindersTo("an@nv.vn"),
		"6/10: Sở Nội vụ có 1 việc sắp đến hạn", "13/10: Sở Nội vụ có 1 việc sắp đến hạn", "19/10: Sở Nội vụ có 1 việc sắp đến hạn",
		"21/10: Sở Nội vụ có 1 việc quá hạn", "26/10: Sở Nội vụ có 1 việc quá hạn") // +1, +4
	equal(t, "the document's", w.remindersTo("binh@tc.vn"), "15/10: Sở Tài chính có 1 việc sắp đến hạn",
		"21/10: Sở Tài chính có 1 việc quá hạn", "23/10: Sở Tài chính có 1 việc quá hạn", "27/10: Sở Tài chính có 1 việc quá hạn") // −3, +1, +3, +5
	equal(t, "the duty's", w.remindersTo("cuc@yt.vn"), "21/10: Sở Y tế có 1 việc quá hạn")
	// On the afternoon of the 28th, overdue by six: every five days since the first, of which the sixth is today.
	w.stepTo("2026-10-28 15:00")
	set(province, "", "5", 1)
	w.stepTo("2026-11-04 09:00")
	equal(t, "changed again", w.remindersTo("an@nv.vn")[5:], "29/10: Sở Nội vụ có 1 việc quá hạn", "4/11: Sở Nội vụ có 1 việc quá hạn") // +6, told late; +11
}
