package notify_test

import (
	"slices"
	"strings"
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// A firing of a job of working days that falls on a day off moves to the same hour of the next working day; two that meet there are one.
func TestFiringsOnWorkingDays(t *testing.T) {
	const weekly, monthly = "0 9 * * MON", "0 9 1 * *"
	for _, tt := range []struct {
		name, spec  string
		from, until string
		want        []string
	}{
		{"Mondays of work", weekly, "2026-10-04 12:00", "2026-10-13 12:00", []string{"5/10 09:00", "12/10 09:00"}},
		{"a Monday off: Tuesday", weekly, "2026-04-20 10:00", "2026-05-05 00:00", []string{"28/4 09:00", "4/5 09:00"}},
		{"a week off: the Monday after, once", weekly, "2026-02-09 09:00", "2026-03-02 08:59", []string{"23/2 09:00"}},
		{"asked on the day off itself", weekly, "2026-04-27 09:30", "2026-05-01 00:00", []string{"28/4 09:00"}},
		{"asked in the middle of the week off", weekly, "2026-02-18 15:00", "2026-02-24 00:00", []string{"23/2 09:00"}},
		{"a month that begins on a Sunday", monthly, "2026-10-15 00:00", "2026-12-02 00:00", []string{"2/11 09:00", "1/12 09:00"}},
		{"a year that begins on a holiday", monthly, "2025-12-31 00:00", "2026-01-20 00:00", []string{"5/1 09:00"}},
		{"every day but off", "30 7 * * *", "2026-10-09 08:00", "2026-10-13 00:00", []string{"12/10 07:30"}},
		{"several hours of a day off", "0 8,16 * * SUN", "2026-10-10 08:00", "2026-10-14 00:00", []string{"12/10 08:00", "12/10 16:00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, "2026-01-01 00:00")
			r := &runs{w: w}
			job := r.job("job", tt.spec)
			job.WorkingDays = true
			s := w.schedulerOf(job)
			var got []string
			for at := w.at(tt.from); ; {
				if at = s.NextFiring(at); at.IsZero() || at.After(w.at(tt.until)) {
					break
				}
				got = append(got, at.In(w.rules.Location).Format("2/1 15:04"))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// The leaders and the agencies hear on the first working day of a week that begins with a holiday; the figures are Monday's all the same.
func TestWeekWithoutMonday(t *testing.T) {
	w := newWorld(t, "2026-04-20 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-04-24", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-04-29", leads: []int64{interior}})
	w.runDue("2026-04-20 06:00")
	w.stepTo("2026-04-27 23:59") // the day off for the Hùng Kings' day, which is a Sunday
	equal(t, "digest on the day off", w.told(tasks.NoticeDigest), "ct@mauson.vn: Tuần 17: không có việc quá hạn")
	equal(t, "roll-up on the day off", w.told(tasks.NoticeRollUp), "an@nv.vn: Tuần 17: Sở Nội vụ có 1 việc đến hạn tuần này")
	w.submit(an, a[0].ID) // by Tuesday nothing is overdue any more, on Monday one was
	w.stepTo("2026-04-28 08:59")
	equal(t, "before the hour", w.told(tasks.NoticeDigest)[1:])
	w.stepTo("2026-04-28 09:30")
	equal(t, "digest", w.told(tasks.NoticeDigest)[1:], "ct@mauson.vn: Tuần 18: 1 việc quá hạn, thêm 1")
	equal(t, "roll-up", w.told(tasks.NoticeRollUp)[1:], "an@nv.vn: Tuần 18: Sở Nội vụ có 1 việc đến hạn tuần này")
	w.stepTo("2026-05-05 00:00")
	equal(t, "the week after", w.told(tasks.NoticeDigest)[2:], "ct@mauson.vn: Tuần 19: 1 việc quá hạn, bằng tuần trước")
	for _, m := range slices.Concat(w.mails(tasks.NoticeDigest), w.mails(tasks.NoticeRollUp)) {
		if day := w.rules.Day(m.SentAt); !w.rules.Calendar.IsWorking(day) {
			t.Errorf("%q was sent on %s", m.Subject, day)
		}
	}
}

// What could not be told or sent by the end of a Friday waits for the next working day, and there for what is newer.
func TestNothingOfJobsOnDaysOff(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	w.person("Chủ Tịch", "ct@mauson.vn", tasks.Grant{Role: tasks.RoleLeader})
	w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-24", leads: []int64{interior}})
	w.runDue("2026-10-05 06:00")
	w.server.stop()
	w.stepTo("2026-10-10 09:00") // a Saturday
	w.person("Lê An", "an@nv.vn", focal(interior))
	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(24 * 60 * 60 * 1e9)
	w.stepTo("2026-10-11 23:00")
	sent := func() (subjects []string) {
		for _, m := range slices.Concat(w.mails(tasks.NoticeDigest), w.mails(tasks.NoticeRollUp)) {
			if m.State == notify.MailSent {
				subjects = append(subjects, m.To+": "+m.Subject)
			}
		}
		return subjects
	}
	equal(t, "sent at the week's end", sent())
	w.stepTo("2026-10-12 08:30")
	equal(t, "sent before Monday's hour", sent())
	w.stepTo("2026-10-12 09:30")
	equal(t, "sent on Monday", sent(), "ct@mauson.vn: Tuần 42: không có việc quá hạn", "an@nv.vn: Tuần 42: Sở Nội vụ không có việc quá hạn hoặc đến hạn tuần này")

	// Missed for days, a week is told on the working day on which the program is there again.
	w.business.set(w.at("2026-10-22 07:10"))
	w.stepTo("2026-10-22 12:00")
	if got := strings.Join(sent(), "\n"); !strings.Contains(got, "ct@mauson.vn: Tuần 43:") || !strings.Contains(got, "an@nv.vn: Tuần 43:") {
		t.Errorf("after missed days:\n%s", got)
	}
}

// Summaries of a month and of a week that meet on one day are one mail.
func TestMonthAndWeekInOneMail(t *testing.T) {
	w := newWorld(t, "2026-10-05 06:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior), head(interior))
	for _, name := range []string{"Sở Tài chính", "Sở Y tế"} {
		other := w.agency(name, directory.KindDepartment)
		w.issue("11/CT-UBND", duty{text: "Việc của " + name, due: "2026-10-20", leads: []int64{other}})
	}
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-24", leads: []int64{interior}},
		duty{text: "Việc đã xong", due: "2026-10-16", leads: []int64{interior}}, duty{text: "Việc tuần sau", due: "2026-11-12", leads: []int64{interior}})
	w.runDue("2026-10-05 06:00")
	w.stepTo("2026-10-14 09:00")
	w.submit(an, a[1].ID)
	w.check(w.assignments.Confirm(t.Context(), w.secretariat, a[1].ID, 0))
	w.stepTo("2026-11-01 23:00")
	before := len(w.told(tasks.NoticeRollUp))
	if before != 4 {
		t.Fatalf("%d roll-ups in four weeks", before)
	}
	w.stepTo("2026-11-02 12:00") // a Monday, and the first working day of the month
	if got := w.told(tasks.NoticeRollUp)[before:]; len(got) != 1 || !strings.Contains(got[0], "Tháng 10/2026") {
		t.Errorf("%q", got)
	}
	for _, r := range w.server.all() {
		m := parse(t, r.body)
		if m.kind != "rollup" || !strings.Contains(m.subject, "Tháng 10/2026") {
			continue
		}
		for _, want := range []string{
			"Tổng hợp tháng 10/2026 · số liệu Thứ Hai 2/11/2026", "1 hoàn thành, 100 % đúng hạn", "1 đến hạn trong hai tuần tới",
			"cơ quan đứng thứ 1 trong 3 cơ quan cùng loại", "Đến hạn tuần sau (1)", "Hoàn thành trong tháng (1)", "Việc đã xong",
		} {
			if !strings.Contains(m.text, want) {
				t.Errorf("the month's summary lacks %q:\n%s", want, m.text)
			}
		}
	}
	w.stepTo("2026-12-01 12:00") // a Tuesday
	got := w.told(tasks.NoticeRollUp)[before+1:]
	if len(got) != 5 || !strings.Contains(got[4], "Tháng 11/2026") || strings.Contains(strings.Join(got[:4], ""), "Tháng") {
		t.Errorf("%q", got)
	}
}
