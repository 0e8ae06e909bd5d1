package notify_test

import (
	"slices"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

func TestParseOffice(t *testing.T) {
	for _, tt := range []struct {
		spans []string
		bad   bool
	}{
		{nil, false},
		{[]string{"07:30-11:30", "13:30-17:00"}, false},
		{[]string{"00:00-24:00"}, false},
		{[]string{"7:30 - 11:30"}, false},
		{[]string{"07:30"}, true},
		{[]string{"07:30-07:30"}, true},
		{[]string{"17:00-07:30"}, true},
		{[]string{"07:60-11:30"}, true},
		{[]string{"07:30-24:30"}, true},
		{[]string{"13:30-17:00", "07:30-11:30"}, true},
		{[]string{"07:30-13:30", "13:00-17:00"}, true},
	} {
		office, err := notify.ParseOffice(tt.spans)
		if (err != nil) != tt.bad {
			t.Errorf("%q: error %v", tt.spans, err)
		}
		if err == nil && len(office) != len(tt.spans) {
			t.Errorf("%q: %v", tt.spans, office)
		}
	}
	want := []string{"07:30-11:30", "13:30-17:00"}
	if got := notify.DefaultOffice().Strings(); !slices.Equal(got, want) {
		t.Errorf("default %q, want %q", got, want)
	}
}

// An event is told when its ten minutes are over and the office is open: never in the evening, at noon, or on a day off.
func TestEventsWithinOfficeHours(t *testing.T) {
	for _, tt := range []struct{ name, at, want string }{
		{"in the morning", "2026-10-06 09:00", "6/10 09:10"},
		{"before it opens", "2026-10-06 05:00", "6/10 07:30"},
		{"ten minutes reach into the morning", "2026-10-06 07:25", "6/10 07:35"},
		{"ten minutes reach into the noon", "2026-10-06 11:25", "6/10 13:30"},
		{"they end as the noon begins", "2026-10-06 11:20", "6/10 13:30"},
		{"at noon", "2026-10-06 12:00", "6/10 13:30"},
		{"late in the afternoon", "2026-10-06 16:55", "7/10 07:30"},
		{"in the evening", "2026-10-06 19:00", "7/10 07:30"},
		{"on a Saturday", "2026-10-10 09:00", "12/10 07:30"},
		{"on the eve of Tết", "2026-02-13 18:00", "23/2 07:30"},
		{"on a day on which others are off and work is done", "2026-08-22 09:00", "22/8 09:10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, tt.at)
			w.business.add(-20 * time.Minute)
			interior := w.agency("Sở Nội vụ", directory.KindDepartment)
			an := w.person("Lê An", "an@nv.vn", focal(interior))
			_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-30", leads: []int64{interior}})
			w.stepTo(tt.at)
			w.submit(an, a[0].ID)
			w.check(w.assignments.Return(t.Context(), w.secretariat, a[0].ID, 0, "Thiếu số liệu"))
			end := w.rules.Calendar.OnOrAfter(w.rules.Day(w.at(tt.at)).AddDays(1))
			w.stepTo(end.String() + " 12:00")
			got := []string{}
			for _, m := range w.mails(tasks.NoticeEvent) {
				got = append(got, m.SentAt.In(w.rules.Location).Format("2/1 15:04"))
			}
			equal(t, "told", got, tt.want)
		})
	}
}

// What happened in the evening and early in the morning is one mail at the opening.
func TestEventsOfANightAreOneMail(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND",
		duty{text: "Việc một", due: "2026-12-30", leads: []int64{interior}}, duty{text: "Việc hai", due: "2026-12-30", leads: []int64{interior}})
	for i, at := range []string{"2026-10-06 19:00", "2026-10-07 07:28"} {
		w.stepTo(at)
		w.submit(an, a[i].ID)
		w.check(w.assignments.Return(t.Context(), w.secretariat, a[i].ID, 0, "Thiếu số liệu"))
	}
	w.stepTo("2026-10-07 12:00")
	equal(t, "told", w.told(tasks.NoticeEvent), "an@nv.vn: Sở Nội vụ có 2 việc bị trả lại")
}

// A mail of events that could not go while the office was open waits for the next opening; one of an issue does not.
func TestOutageUntilTheEvening(t *testing.T) {
	w := newWorld(t, "2026-10-05 08:00")
	interior := w.agency("Sở Nội vụ", directory.KindDepartment)
	an := w.person("Lê An", "an@nv.vn", focal(interior))
	_, a := w.issue("10/CT-UBND", duty{text: "Việc một", due: "2026-12-30", leads: []int64{interior}})
	w.stepTo("2026-10-06 16:00")
	w.server.stop()
	w.submit(an, a[0].ID)
	w.check(w.assignments.Return(t.Context(), w.secretariat, a[0].ID, 0, "Thiếu số liệu"))
	w.issue("11/CT-UBND", duty{text: "Việc hai", due: "2026-12-30", leads: []int64{interior}})
	w.stepTo("2026-10-06 18:00")
	server := startMailServer(t)
	w.deliverer = w.newDeliverer(w.db.Outbox(), server.port)
	w.system.add(24 * time.Hour)
	w.stepTo("2026-10-06 20:00")
	kinds := func() (got []string) {
		for _, m := range server.all() {
			got = append(got, parse(t, m.body).kind)
		}
		return got
	}
	equal(t, "in the evening", kinds(), "issued")
	w.stepTo("2026-10-07 12:00")
	equal(t, "the day after", kinds(), "issued", "event")
	m := w.mails(tasks.NoticeEvent)
	if len(m) != 1 || m[0].SentAt.In(w.rules.Location).Format("2/1 15:04") != "7/10 07:30" {
		t.Errorf("mails %+v", m)
	}
}
