package notify_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// asksForHolidays adds the job that asks for the next year's holidays.
func (w *world) asksForHolidays() {
	w.t.Helper()
	var err error
	w.scheduler, err = notify.NewScheduler(w.db.Jobs(), w.db.Outbox(), w.composer, []notify.Job{notify.CalendarJob(w.db.Jobs(), w.rules)}, w.rules,
		w.business.now, w.system.now, slog.New(slog.DiscardHandler))
	w.check(err)
}

// A next year without its holidays is told to the secretariat once, on the first working day of October, and never again.
func TestNextYearIsAskedFor(t *testing.T) {
	for language, want := range map[string]struct{ subject, text string }{
		"vi": {"Lịch năm 2028 chưa đủ ngày nghỉ lễ, Tết", "Lịch làm việc năm 2028 mới có 5 trong 11 ngày nghỉ lễ, Tết theo luật."},
		"en": {"The calendar of 2028 lacks public holidays", "The working calendar of 2028 has 5 of the 11 public holidays that the law names."},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2027-09-20 07:00")
			w.language = language
			w.person("Hải", "hai@vp.vn", tasks.Grant{Role: tasks.RoleSecretariat})
			w.person("Lan", "lan@nv.vn", focal(w.agency("Sở Nội vụ", directory.KindDepartment)))
			w.asksForHolidays()
			w.stepTo("2027-10-01 07:59") // a Friday
			if got := w.told(tasks.NoticeCalendar); len(got) != 0 {
				t.Errorf("told in September: %q", got)
			}
			w.stepTo("2027-10-01 08:30")
			got := w.told(tasks.NoticeCalendar)
			if len(got) != 2 || !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "hai@vp.vn: "+want.subject) }) {
				t.Fatalf("told %q", got)
			}
			for _, m := range w.parsedTo(tasks.NoticeCalendar, "hai@vp.vn") {
				if !strings.Contains(m.text, want.text) || !strings.Contains(m.text, baseURL+"/working-days?year=2028") {
					t.Errorf("text %s", m.text)
				}
			}
			w.restart()
			w.asksForHolidays()
			w.stepTo("2027-10-05 18:00")
			w.runDue("2027-12-31 18:00")
			if got := w.told(tasks.NoticeCalendar); len(got) != 2 {
				t.Errorf("told again: %q", got)
			}
		})
	}
}

// On a day off nobody is asked, and a year that became known before the mail was written is not asked for.
func TestNextYearIsAskedForOnWorkingDays(t *testing.T) {
	w := newWorld(t, "2028-09-25 07:00")
	w.asksForHolidays()
	w.stepTo("2028-10-01 20:00") // a Sunday
	if got := w.told(tasks.NoticeCalendar); len(got) != 0 {
		t.Errorf("told on a Sunday: %q", got)
	}
	w.stepTo("2028-10-02 08:30")
	if got := w.told(tasks.NoticeCalendar); len(got) != 1 {
		t.Errorf("told %q", got)
	}

	w = newWorld(t, "2027-09-25 07:00")
	w.asksForHolidays()
	days := calendar.Default()
	for d := calendar.NewDate(2028, 1, 20); d.Before(calendar.NewDate(2028, 2, 10)); d = d.AddDays(1) {
		days = append(days, calendar.Exception{Date: d, Name: "Tết"})
	}
	w.rules.Calendar.Replace(days)
	w.stepTo("2027-10-05 08:30")
	if got := w.told(tasks.NoticeCalendar); len(got) != 0 {
		t.Errorf("told of a year that is known: %q", got)
	}
}

// Agencies are told of a deadline that the calendar moved, as long as it is that day.
func TestReckonedDeadlineIsTold(t *testing.T) {
	for language, want := range map[string][]string{
		"vi": {"Tính lại thời hạn theo lịch làm việc mới (1)", "Hạn tính theo ngày làm việc: trước là 27/11/2026, nay là 30/11/2026"},
		"en": {"Recomputed by the new working calendar (1)", "Counted in working days: it was 27 November 2026 and is 30 November 2026"},
	} {
		t.Run(language, func(t *testing.T) {
			w := newWorld(t, "2026-10-05 07:00")
			w.language = language
			interior := w.agency("Sở Nội vụ", directory.KindDepartment)
			w.person("Lê Thị An", "an@nv.vn", focal(interior))
			_, a := w.issue("10/CT-UBND",
				duty{text: "Rà soát thủ tục", due: "2026-11-30", leads: []int64{interior}}, duty{text: "Số hóa hồ sơ", due: "2026-12-15", leads: []int64{interior}})
			w.stepTo("2026-10-06 09:00")
			at := w.business.now()
			w.check(w.db.WorkingDays().Update(t.Context(), func(tx tasks.WorkingDayTx) error {
				for _, x := range a { // of the second the day is another by now
					err := tx.AddNotice(tasks.Notice{
						Kind: tasks.NoticeEvent, Event: tasks.EventDeadlineReckoned, Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: x.ID}, AgencyID: interior,
						Role: tasks.RoleFocal, Occurrence: tasks.ReckonedOccurrence(2, calendar.NewDate(2026, 11, 27), calendar.NewDate(2026, 11, 30)), At: at,
					})
					if err != nil {
						return err
					}
				}
				return nil
			}))
			w.stepTo("2026-10-06 10:00")
			mails := w.parsedTo(tasks.NoticeEvent, "an@nv.vn")
			if len(mails) != 1 {
				t.Fatalf("%d mails", len(mails))
			}
			for _, text := range want {
				if !strings.Contains(mails[0].text, text) {
					t.Errorf("no %q in %s", text, mails[0].text)
				}
			}
			if strings.Contains(mails[0].text, "Số hóa hồ sơ") {
				t.Error("told of a deadline that is another day")
			}
		})
	}
}
