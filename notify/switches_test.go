package notify_test

import (
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// switches sets what a person chooses about his mails.
func (w *world) switches(p tasks.Person, remindAt int, noRollUps bool) {
	w.t.Helper()
	_, err := w.accounts.SetMailSwitches(w.t.Context(), p, tasks.MailSwitches{RemindAt: remindAt, NoRollUps: noRollUps})
	w.check(err)
}

// sentAt is when the mails of a kind to the address went.
func (w *world) sentAt(kind tasks.NoticeKind, address string) []string {
	w.t.Helper()
	out := []string{}
	for _, m := range w.mails(kind) {
		if m.To == address && !m.SentAt.IsZero() {
			out = append(out, m.SentAt.In(w.rules.Location).Format("2/1 15:04"))
		}
	}
	return out
}

// Each is reminded at the hour that he has chosen, once a day, of what is true then.
func TestReminderHours(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	binh := w.person("Trần Bình", "binh@nv.vn", focal(interior))
	cong := w.person("Phạm Công", "cong@nv.vn", focal(interior))
	w.person("Ngô Dung", "dung@nv.vn", focal(interior))
	w.switches(an, 7, false)
	w.switches(binh, 14, false)
	w.switches(cong, 17, false)
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-10-09", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-10-15", leads: []int64{interior}})
	w.stepTo("2026-10-08 15:00")
	w.submit(an, a[0].ID)
	w.stepTo("2026-10-09 12:00")
	want := map[string][]string{
		"an@nv.vn":   {"8/10 08:00"}, // not before they are written
		"dung@nv.vn": {"8/10 08:00"},
		"binh@nv.vn": {"8/10 14:00"},
		"cong@nv.vn": {"8/10 17:00"}, // of what was not submitted meanwhile
	}
	for address, at := range want {
		equal(t, address, w.sentAt(tasks.NoticeReminder, address), at...)
	}
	for _, m := range w.mails(tasks.NoticeReminder) {
		headline := "Sở Nội vụ có 2 việc sắp đến hạn"
		if m.To == "cong@nv.vn" {
			headline = "Sở Nội vụ có 1 việc sắp đến hạn"
		}
		if m.Subject != headline {
			t.Errorf("%s: %q, want %q", m.To, m.Subject, headline)
		}
	}
}

// An hour at which the program was down is made up for on that day; a whole day by the newest step on the next.
func TestMissedReminderHours(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.switches(an, 14, false)
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-09", leads: []int64{interior}})
	w.stepTo("2026-10-08 13:00")
	w.restart()
	w.runDue("2026-10-08 16:30")
	w.runDue("2026-10-08 16:31")
	w.stepTo("2026-10-09 13:00")
	w.runDue("2026-10-12 07:00") // down from the early afternoon of Friday on
	w.stepTo("2026-10-12 23:00")
	equal(t, "reminded", w.sentAt(tasks.NoticeReminder, "an@nv.vn"), "8/10 16:31", "12/10 14:00")
	told := w.told(tasks.NoticeReminder)
	equal(t, "told", told, "an@nv.vn: Sở Nội vụ có 1 việc sắp đến hạn", "an@nv.vn: Sở Nội vụ có 1 việc quá hạn")
}

// Who wants no summaries gets none, nor does a deputy in his place; reminders and the leaders' digest come nevertheless.
func TestNoRollUps(t *testing.T) {
	w := newWorld(t, "2026-10-05 09:30")
	interior, finance := w.agency("Sở Nội vụ", directory.KindDepartment), w.agency("Sở Tài chính", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	w.person("Trần Bình", "binh@nv.vn", focal(interior))
	cong := w.person("Phạm Công", "cong@tc.vn", focal(finance))
	dung := w.person("Ngô Dung", "dung@tc.vn", focal(finance))
	leader := w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	for _, p := range []tasks.Person{an, cong, dung, leader} {
		w.switches(p, 0, true)
	}
	_, err := w.accounts.AppointDeputy(t.Context(), tasks.System, cong.ID, tasks.DeputationInput{
		DeputyID: dung.ID, From: calendar.MustParseDate("2026-10-05"), To: calendar.MustParseDate("2026-10-30"), Reason: "Đi học",
	})
	w.check(err)
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-10-13", leads: []int64{interior, finance}})
	w.stepTo("2026-10-12 12:00")
	for address, want := range map[string][3]int{ // roll-ups, reminders, digests
		"an@nv.vn": {0, 2, 0}, "binh@nv.vn": {1, 2, 0}, "cong@tc.vn": {0, 0, 0}, "dung@tc.vn": {0, 2, 0}, "ct@mauson.vn": {0, 0, 1},
	} {
		got := [3]int{len(w.sentAt(tasks.NoticeRollUp, address)), len(w.sentAt(tasks.NoticeReminder, address)), len(w.sentAt(tasks.NoticeDigest, address))}
		if got != want {
			t.Errorf("%s has %d roll-ups, reminders and digests, want %d", address, got, want)
		}
	}
	// Wanted again, from the next week on.
	w.switches(an, 0, false)
	w.stepTo("2026-10-20 12:00")
	if got := w.sentAt(tasks.NoticeRollUp, "an@nv.vn"); len(got) != 1 {
		t.Errorf("roll-ups after all at %q", got)
	}
}

// An hour before that of the job cannot hold; on a day on which the job is not due it is that of its next.
func TestReminderHour(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	set, err := templates.Load(templates.InZone(w.rules.Location))
	w.check(err)
	for spec, want := range map[string]int{"0 8 * * *": 8, "0 6 * * *": 6, "30 7 * * *": 8, "0 9,15 * * *": 9, "0 10 * * 1": 10, "0 18 * * 1-5": 18} {
		c, err := notify.NewComposer(w.db.Compose(), set, w.rules, notify.Settings{
			BaseURL: baseURL, Province: "tỉnh Mẫu Sơn", FromAddress: w.from, FromName: "tiendo", Reminders: spec,
		}, w.random)
		w.check(err)
		for _, at := range []string{"2026-10-05 05:00", "2026-10-06 23:00", "2026-10-10 12:00"} { // Monday, Tuesday, Saturday
			if got := c.ReminderHour(w.at(at)); got != want {
				t.Errorf("%q at %s: %d, want %d", spec, at, got, want)
			}
		}
	}
}
