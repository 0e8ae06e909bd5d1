package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// TestTwoInstances runs two processes on one database. The one that schedules is frozen in the middle of its work, and wakes up
// when the other has taken over; then that one is killed. Every mail goes out once: a mail that was in flight at either moment may
// be repeated, one a worker, under the same Message-ID.
func TestTwoInstances(t *testing.T) {
	r := newInstances(t)
	leads := r.populate()
	r.start("a")
	r.start("b")
	// The jobs of a first start run nothing; they must have seen the morning before it moves on.
	r.until("the jobs' first start", func() bool { return r.scheduler() != "" && r.jobsStarted() })

	r.issue("1/CT-UBND", leads)
	r.clock.set(t, "2026-10-05 10:00")
	want := instancesPeople*2 + 2 // issued, roll-up; the digest; to the office, that next year's holidays are not known
	r.arrive("the first Monday", want)
	r.clock.set(t, "2026-10-06 09:00")
	want += instancesPeople // ten working days before the deadline
	r.arrive("the first reminders", want)

	frozen := r.scheduler()
	r.issue("2/CT-UBND", leads)
	r.clock.set(t, "2026-10-13 09:30")
	r.until("the first mail of the second week", func() bool { return len(r.messages()) > want })
	r.signal(frozen, syscall.SIGSTOP)
	want += instancesPeople*3 + 1
	r.arrive("while "+frozen+" is frozen", want)
	other := r.scheduler()
	if other == frozen {
		t.Fatalf("%s schedules still", frozen)
	}
	r.signal(frozen, syscall.SIGCONT)
	time.Sleep(2 * instancesTick) // what it would repeat it repeats now
	if now := r.scheduler(); now != other {
		t.Errorf("%s took the lease back from %s, which had not let go", now, other)
	}

	r.issue("3/CT-UBND", leads)
	r.clock.set(t, "2026-10-19 09:30")
	r.until("the first mail of the third week", func() bool { return len(r.messages()) > want })
	r.signal(other, syscall.SIGKILL)
	want += instancesPeople*3 + 1
	r.arrive("after "+other+" was killed", want)
	if now := r.scheduler(); now != frozen {
		t.Errorf("%s schedules, want %s", now, frozen)
	}
	time.Sleep(2 * instancesTick)
	r.onceEach(want)
}

// populate makes agencies of three focal points each, and a leader.
func (r *instances) populate() (leads []tasks.Party) {
	r.t.Helper()
	ctx := r.t.Context()
	person := func(email string, g tasks.Grant) tasks.Person {
		p, err := r.app.accounts.SavePerson(ctx, tasks.System, tasks.Person{
			Name: "Công chức", Email: email, Language: "vi", Active: true, Grants: []tasks.Grant{g},
		})
		r.check(err)
		return p
	}
	r.office = person("vanphong@mauson.example", tasks.Grant{Role: tasks.RoleSecretariat})
	person("lanhdao@mauson.example", tasks.Grant{Role: tasks.RoleLeader})
	for i := range instancesPeople / 3 {
		a, err := r.app.directory.SaveAgency(ctx, tasks.System, tasks.Agency{
			Code: fmt.Sprintf("XA%02d", i), Name: fmt.Sprintf("UBND xã Số %d", i), Kind: directory.KindCommune,
		})
		r.check(err)
		leads = append(leads, tasks.Party{AgencyID: a.ID})
		for j := range 3 {
			person(fmt.Sprintf("xa%02d-%d@mauson.example", i, j), tasks.Grant{Role: tasks.RoleFocal, AgencyID: a.ID})
		}
	}
	return leads
}

// issue issues a document to every agency as a third process would.
func (r *instances) issue(number string, leads []tasks.Party) {
	r.t.Helper()
	ctx := r.t.Context()
	d, err := r.app.documents.Import(ctx, r.office, tasks.NewDocument{Head: tasks.Head{
		Kind: tasks.KindDirective, Number: number, Date: r.app.rules.Day(r.clock.Now()), Issuer: "UBND tỉnh", Title: "Cải cách hành chính",
	}})
	r.check(err)
	_, err = r.app.documents.AddDraft(ctx, r.office, d.ID, 0, tasks.DraftInput{
		Text: "Rà soát thủ tục hành chính", Deadline: mustDate("2026-10-20"), Leads: leads, Checked: true,
	})
	r.check(err)
	r.check(r.app.documents.Issue(ctx, r.office, d.ID, 0))
}

// onceEach checks that so many mails arrived, that nobody was told the same twice, and how many were repeated on the wire.
func (r *instances) onceEach(want int) {
	r.t.Helper()
	times := make(map[string]int)            // by Message-ID
	told := make(map[string][]string)        // by what is told to whom on which day
	for _, m := range r.catcher.Messages() { // not r.messages: repeats count
		if times[m.MessageID]++; times[m.MessageID] > 1 {
			continue
		}
		key := strings.Join([]string{m.Kind, m.To, m.Subject, m.Date.Format(time.DateOnly)}, "; ")
		told[key] = append(told[key], m.MessageID)
	}
	if len(times) != want {
		r.t.Errorf("%d mails, want %d", len(times), want)
	}
	for _, key := range slices.Sorted(maps.Keys(told)) {
		if len(told[key]) > 1 {
			r.t.Errorf("told %d times: %s", len(told[key]), key)
		}
	}
	repeats := 0
	for _, n := range times {
		repeats += n - 1
	}
	if most := 2 * instancesWorkers; repeats > most {
		r.t.Errorf("%d mails were repeated, at most %d may be", repeats, most)
	}
	r.t.Logf("%d mails, %d repeated", len(times), repeats)
	page, err := r.app.db.Outbox().Ready(context.Background(), r.clock.Now(), time.Now())
	r.check(err)
	if page != 0 {
		r.t.Errorf("%d mails still wait", page)
	}
}
