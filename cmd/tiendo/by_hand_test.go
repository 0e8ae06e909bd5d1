package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/store/storetest"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// handRig is a province of one agency with a duty due on Friday 20 November 2026, at a time of the test's choice.
type handRig struct {
	*app
	t    *testing.T
	duty int64
	now  time.Time
}

func newHandRig(t *testing.T) *handRig {
	t.Helper()
	r := &handRig{t: t, now: mustTime("2026-10-01T09:00:00+07:00")}
	path := filepath.Join(t.TempDir(), "config.toml")
	write(t, path, fmt.Appendf(nil, "[database]\ndsn = %q\n[schedule]\nhold = \"1ms\"\n", storetest.DSN(t)))
	c, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return r.now }
	if r.app, err = newApp(t.Context(), c, clocks{clock, clock}, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	ctx := t.Context()
	agency, err := r.directory.SaveAgency(ctx, tasks.System, tasks.Agency{Code: "SNV", Name: "Sở Nội vụ", Kind: directory.KindDepartment})
	if err != nil {
		t.Fatal(err)
	}
	people := make(map[tasks.Role]tasks.Person)
	for role, name := range map[tasks.Role]string{tasks.RoleSecretariat: "Minh", tasks.RoleFocal: "Hoa", tasks.RoleLeader: "Thịnh"} {
		g := tasks.Grant{Role: role}
		if role == tasks.RoleFocal {
			g.AgencyID = agency.ID
		}
		if people[role], err = r.accounts.SavePerson(ctx, tasks.System, tasks.Person{
			Name: name, Email: string(role) + "@mauson.example", Language: "vi", Active: true, Grants: []tasks.Grant{g},
		}); err != nil {
			t.Fatal(err)
		}
	}
	office := people[tasks.RoleSecretariat]
	d, err := r.documents.Import(ctx, office, tasks.NewDocument{Head: tasks.Head{
		Kind: tasks.KindDirective, Number: "10/CT-UBND", Date: mustDate("2026-10-01"), Issuer: "UBND tỉnh", Title: "Cải cách hành chính",
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.documents.AddDraft(ctx, office, d.ID, 0, tasks.DraftInput{
		Text: "Rà soát thủ tục hành chính", Deadline: mustDate("2026-11-20"), Leads: []tasks.Party{{AgencyID: agency.ID}}, Checked: true,
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.documents.Issue(ctx, office, d.ID, 0); err != nil {
		t.Fatal(err)
	}
	page, err := r.assignments.List(ctx, office, tasks.AssignmentQuery{})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%d duties, %v", len(page.Rows), err)
	}
	r.duty = page.Rows[0].ID
	r.run("the first start", func() error { return r.scheduler.RunDue(ctx, r.now) })
	return r
}

func (r *handRig) run(what string, fn func() error) {
	r.t.Helper()
	if err := fn(); err != nil {
		r.t.Fatalf("%s: %v", what, err)
	}
}

// hand is the job at the time, and what it prints.
func (r *handRig) hand(job, now, firing string) (*hand, *bytes.Buffer) {
	r.now = mustTime(now)
	var out bytes.Buffer
	return &hand{app: r.app, job: job, now: r.now, firing: mustTime(firing), out: &out, err: &out}, &out
}

// mails counts what the outbox holds of the kind.
func (r *handRig) mails(kind tasks.NoticeKind) int {
	r.t.Helper()
	page, err := r.db.Outbox().Page(r.t.Context(), notify.MailQuery{Kind: kind, Limit: 50})
	if err != nil {
		r.t.Fatal(err)
	}
	return len(page.Rows)
}

// A rehearsal prints who would get what and why, for any day, and leaves nothing behind.
func TestRehearsalByHand(t *testing.T) {
	r := newHandRig(t)
	duty := fmt.Sprintf("assignment %d of Directive 10/CT-UBND, Sở Nội vụ (focal), due 2026-11-20, ", r.duty)
	hoa, thinh := "Hoa <focal@mauson.example>: ", "Thịnh <leader@mauson.example>: "
	tests := []struct {
		name, job, at string
		want          []string
		not           string
	}{
		{"ten days before", notify.JobReminders, "2026-11-06T07:00:00+07:00", []string{hoa, duty + "10 working days before\n", "1 mail would be written. Nothing was changed."}, "Thịnh"},
		{"the day itself", notify.JobReminders, "2026-11-20T07:00:00+07:00", []string{hoa, duty + "the day itself\n"}, "Thịnh"},
		{"overdue", notify.JobReminders, "2026-11-23T07:00:00+07:00", []string{duty + "overdue by 1 working day\n"}, "Thịnh"},
		{"overdue for long", notify.JobReminders, "2026-12-01T07:00:00+07:00", []string{duty + "overdue by 6 working days\n"}, "Thịnh"},
		{"before any step", notify.JobReminders, "2026-10-05T07:00:00+07:00", []string{"0 mails would be written: nothing is to be told"}, "Hoa"},
		{"a day off", notify.JobReminders, "2026-11-22T07:00:00+07:00", []string{"0 mails would be written: 2026-11-22 is a day off"}, "Hoa"},
		{"the roll-up", notify.JobRollUp, "2026-11-18T10:00:00+07:00", []string{hoa, "week of Monday 2026-11-16, Sở Nội vụ (focal)\n", "nobody can be told", "Sở Nội vụ (head)"}, "Thịnh"},
		{"the digest", notify.JobDigest, "2026-11-18T10:00:00+07:00", []string{thinh, "week of Monday 2026-11-16, leader\n"}, "Hoa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h, out := r.hand(tt.job, tt.at, tt.at)
			r.run("rehearse", func() error { return h.rehearse(t.Context()) })
			for _, want := range tt.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("it prints\n%s\nwant %q", out, want)
				}
			}
			if strings.Contains(out.String(), tt.not) {
				t.Errorf("it prints\n%s\nwhich names %q", out, tt.not)
			}
			for _, kind := range notify.KindsByHand(tt.job) {
				if n := r.mails(kind); n != 0 {
					t.Errorf("%d mails of kind %s are left behind", n, kind)
				}
			}
		})
	}
	// What was rehearsed is still there to be told.
	h, out := r.hand(notify.JobReminders, "2026-11-23T07:00:00+07:00", "2026-11-23T07:00:00+07:00")
	r.run("remind", func() error { return h.do(t.Context()) })
	if n := r.mails(tasks.NoticeReminder); n != 1 || !strings.Contains(out.String(), "1 mail written\n") {
		t.Errorf("%d reminders after the rehearsals, it prints\n%s", n, out)
	}
}

// What a person runs by hand the scheduler does not do again, and the other way round; a running instance schedules on afterwards.
func TestByHandBesideAServer(t *testing.T) {
	r := newHandRig(t)
	ctx := t.Context()
	r.now = mustTime("2026-11-16T06:00:00+07:00") // a Monday, before the jobs
	server, err := newApp(ctx, r.config, r.clocks, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.scheduler.Holder = "server"
	serve := func(at string) {
		t.Helper()
		r.now = mustTime(at)
		r.run("the server", func() error { return server.scheduler.RunDue(ctx, r.now) })
	}
	serve("2026-11-16T06:01:00+07:00")
	jobs := []struct {
		job  string
		kind tasks.NoticeKind
	}{{notify.JobReminders, tasks.NoticeReminder}, {notify.JobRollUp, tasks.NoticeRollUp}, {notify.JobDigest, tasks.NoticeDigest}}
	for _, j := range jobs {
		before := r.mails(j.kind)
		for i, want := range []string{"1 mail written\n", "0 mails written"} {
			h, out := r.hand(j.job, "2026-11-16T06:02:00+07:00", "2026-11-16T06:02:00+07:00")
			r.run(j.job, func() error { return h.do(ctx) })
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s, time %d: it prints %q, want %q", j.job, i+1, out, want)
			}
		}
		if n := r.mails(j.kind); n != before+1 {
			t.Errorf("%d mails of kind %s, want %d", n, j.kind, before+1)
		}
	}
	serve("2026-11-16T10:00:00+07:00")
	for _, j := range jobs {
		if n := r.mails(j.kind); n > 2 {
			t.Errorf("the server wrote mails of kind %s again: %d", j.kind, n)
		}
	}
	lease := server.scheduler.Beat()
	if !lease.Equal(r.now) {
		t.Errorf("the server does not schedule again: its last beat is of %s", lease)
	}
}

// A rehearsal keeps a server that is in the middle of its jobs from going on; so it does not wait for that one's end.
func TestRehearsalWhileAServerIsAtWork(t *testing.T) {
	r := newHandRig(t)
	h, out := r.hand(notify.JobReminders, "2026-11-20T07:00:00+07:00", "2026-11-20T07:00:00+07:00")
	until := r.now.Add(notify.DefaultLease)
	r.run("the server's lease", func() error {
		return r.db.Jobs().Update(t.Context(), func(tx notify.JobTx) error {
			_, err := tx.TakeLease("scheduler", "server", r.now, until)
			return err
		})
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r.run("rehearse", func() error { return h.rehearse(ctx) })
	if !strings.Contains(out.String(), "1 mail would be written. Nothing was changed.") {
		t.Errorf("it prints\n%s", out)
	}
	r.run("the server's lease afterwards", func() error {
		return r.db.Jobs().View(t.Context(), func(tx notify.JobReader) error {
			lease, err := tx.Lease("scheduler")
			if lease.Holder != "server" || !lease.Until.Equal(until) {
				t.Errorf("the lease is %s's until %s, want the server's until %s", lease.Holder, lease.Until, until)
			}
			return err
		})
	})
}

// Mails of another day are refused with a word on what to do.
func TestByHandAtAnotherTime(t *testing.T) {
	r := newHandRig(t)
	for _, tt := range []struct{ name, job, firing, want string }{
		{"ahead", notify.JobDigest, "2026-11-19T08:00:00+07:00", "-dry-run"},
		{"reminders of a day gone by", notify.JobReminders, "2026-11-17T08:00:00+07:00", "a day gone by"},
		{"a roll-up of a week gone by", notify.JobRollUp, "2026-11-09T08:00:00+07:00", "a day gone by"},
		{"the digest of a week gone by", notify.JobDigest, "2026-11-09T08:00:00+07:00", ""},
		{"an hour of today", notify.JobReminders, "2026-11-18T23:00:00+07:00", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h, _ := r.hand(tt.job, "2026-11-18T09:00:00+07:00", tt.firing)
			err := h.allowed()
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("it answers %v, want %q", err, tt.want)
			}
		})
	}
	for _, tt := range []struct{ at, want string }{
		{"2026-11-18", "2026-11-18T23:59:59+07:00"}, {"2026-11-18T08:30", "2026-11-18T08:30:00+07:00"}, {"2026-11-18T08:30:00Z", "2026-11-18T15:30:00+07:00"}, {"18/11/2026", ""},
	} {
		at, err := readInstant(tt.at, r.rules.Location)
		if got := at.In(r.rules.Location).Format(time.RFC3339); err == nil && got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%s is read as %s, %v; want %q", tt.at, got, err, tt.want)
		}
	}
}

// The commands themselves: their flags, and a rehearsal on a database without anything.
func TestByHandCommands(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	write(t, path, fmt.Appendf(nil, "[database]\ndsn = %q\n", storetest.DSN(t)))
	for _, command := range []string{"remind", "rollup", "month", "digest"} {
		for _, tt := range []struct {
			args []string
			code int
			want string
		}{
			{[]string{"-dry-run"}, 0, `(?m)^0 mails would be written.*\. Nothing was changed\.$|^0 mails would be written\. Nothing`},
			{[]string{"-at", "tomorrow"}, 2, `give a day as 2006-01-02`},
			{[]string{"-at", "2099-01-01"}, 1, `-at lies ahead`},
			{[]string{"now"}, 2, `usage`},
		} {
			var out bytes.Buffer
			code := run(t.Context(), append([]string{command, "-config", path}, tt.args...), streams{in: strings.NewReader(""), out: &out, err: &out})
			if code != tt.code || !regexp.MustCompile(tt.want).MatchString(out.String()) {
				t.Errorf("%s %v answers %d:\n%s\nwant %d, %s", command, tt.args, code, &out, tt.code, tt.want)
			}
		}
	}
}
