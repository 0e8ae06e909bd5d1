package store

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// What is marked as sent a moment after it came back stays so; nothing else is changed by a report.
func TestMarkBounced(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		mark := func(id int64) {
			t.Helper()
			update(t, db, func(tx *Tx) error { return tx.MarkBounced(id, "550") })
		}
		early, _ := post(t, db, notify.Mail{Raw: []byte("one")})
		if claimed := must(out.Claim(t.Context(), noon, noon, noon.Add(time.Minute), today, 9))(t); len(claimed) != 1 {
			t.Fatalf("%d claimed", len(claimed))
		}
		mark(early)
		if err := out.MarkSent(t.Context(), []int64{early}, noon); err != nil {
			t.Error(err)
		}
		if m := fate(t, db, early); m.State != notify.MailBounced || m.LastError != "550" || !m.SentAt.Equal(noon) {
			t.Errorf("marked as sent afterwards it is %+v", m)
		}
		waits, _ := post(t, db, notify.Mail{Raw: []byte("two")})
		mark(waits)
		if m := fate(t, db, waits); m.State != notify.MailWaiting || m.LastError != "" {
			t.Errorf("a mail that waits is %+v", m)
		}
		// Tried again, it goes with the bytes that it had.
		entry := tasks.AuditEntry{At: noon, Action: "mail.retried", Subject: tasks.Subject{Kind: tasks.SubjectMail, ID: early}}
		if n := must(out.RetryAll(t.Context(), entry))(t); n != 0 {
			t.Errorf("%d mails that came back are tried again unasked", n)
		}
		if err := out.Retry(t.Context(), early, entry); err != nil {
			t.Fatal(err)
		}
		claimed := must(out.Claim(t.Context(), noon, noon, noon.Add(time.Minute), today, 9))(t)
		if i := slices.IndexFunc(claimed, func(m notify.Mail) bool { return m.ID == early }); i < 0 || string(claimed[i].Raw) != "one" {
			t.Errorf("claimed %+v", claimed)
		}
		// A one-time link is not kept with a mail that came back, and whoever has a mail of the day has had it.
		link, _ := post(t, db, notify.Mail{Kind: tasks.NoticeAccount, Raw: []byte("link")})
		must(out.Claim(t.Context(), noon, noon, noon.Add(time.Minute), today, 9))(t)
		mark(link)
		view(t, db, func(tx *Tx) error {
			if n := must(count(tx, fmt.Sprintf("SELECT count(*) FROM mail_bodies WHERE mail_id = %d", link)))(t); n != 0 {
				t.Error("the link is in the database still")
			}
			if who := must(tx.MailedSince(tasks.NoticeAccount, noon))(t); len(who) != 1 {
				t.Errorf("mailed to %v", who)
			}
			return nil
		})
	})
}

func TestBouncesOfPeople(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		one, _ := post(t, db, notify.Mail{MessageID: "<one@x>", To: "an@mauson.gov.vn"})
		two, _ := post(t, db, notify.Mail{MessageID: "<two@x>", To: "an@mauson.gov.vn"})
		if err := db.Outbox().MarkSent(t.Context(), []int64{one}, noon); err != nil {
			t.Fatal(err)
		}
		update(t, db, func(tx *Tx) error {
			if m := must(tx.MailByMessageID("<two@x>"))(t); m.ID != two {
				t.Errorf("found %+v", m)
			}
			if m := must(tx.LastMailTo("AN@mauson.gov.vn", noon))(t); m.ID != one {
				t.Errorf("the last that went is %+v", m)
			}
			if _, err := tx.LastMailTo("an@mauson.gov.vn", noon.Add(time.Second)); err != tasks.ErrNotFound {
				t.Errorf("later: %v", err)
			}
			b := notify.Bounce{MailID: one, PersonID: 1, Address: "an@mauson.gov.vn", Day: today, At: noon, Status: "5.1.1", Words: "550"}
			if fresh := must(tx.InsertBounce(b))(t); !fresh {
				t.Error("it is known")
			}
			if fresh := must(tx.InsertBounce(b))(t); fresh {
				t.Error("it is not known")
			}
			if got := must(tx.BouncesOf(1, 9))(t); len(got) != 1 || !got[0].At.Equal(noon) || got[0].Words != "550" || got[0].Day != today {
				t.Errorf("bounces %+v", got)
			}
			if got := must(tx.FailedDays(1, b.Address, today))(t); !slices.Equal(got, []calendar.Date{today}) {
				t.Errorf("days %v", got)
			}
			if got := must(tx.FailedDays(1, b.Address, today.AddDays(1)))(t); len(got) != 0 {
				t.Errorf("days later %v", got)
			}
			if err := tx.SetUnreachable(1, noon); err != nil {
				return err
			}
			p := must(tx.Person(1))(t)
			if !p.Unreachable.Equal(noon) || p.Version != 1 {
				t.Errorf("person %+v", p)
			}
			p.Name = "Ân"
			if err := tx.UpdatePerson(p); err != nil {
				return err
			}
			if p = must(tx.Person(1))(t); p.Unreachable.IsZero() {
				t.Error("another name makes him reachable")
			}
			if page := must(tx.People(tasks.PersonQuery{Unreachable: true}))(t); page.Total != 1 {
				t.Errorf("%d are unreachable", page.Total)
			}
			p.Email = "an.moi@mauson.gov.vn"
			if err := tx.UpdatePerson(p); err != nil {
				return err
			}
			if p = must(tx.Person(1))(t); !p.Unreachable.IsZero() {
				t.Error("another address does not")
			}
			if err := tx.SetUnreachable(1, time.Time{}); err != nil {
				return err
			}
			if got := must(tx.FailedDays(1, b.Address, today))(t); len(got) != 0 {
				t.Errorf("days that count still: %v", got)
			}
			if err := tx.SetUnreachable(99, noon); err != tasks.ErrNotFound {
				t.Errorf("nobody: %v", err)
			}
			return nil
		})
	})
}

// Of which duties nobody of an agency has had the mail, against a naive account of the same mails.
func TestUnreachedAssignments(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		for seed := range uint64(6) {
			unreachedOnce(t, db, rand.New(rand.NewPCG(seed, 1)), seed)
		}
		view(t, db, func(tx *Tx) error {
			if tx.dialect.name != engines[0].name {
				return nil
			}
			plan := planOf(t, tx, unreachedAssignments, nil)
			for line := range strings.Lines(plan) {
				// Of the notices those of issues alone, by their kind; of those that gave later the partial index.
				if strings.Contains(line, "SCAN") && !strings.Contains(line, "notices_giving") {
					t.Errorf("it reads all of a table: %s\n%s", line, plan)
				}
			}
			return nil
		})
	})
}

func unreachedOnce(t *testing.T, db *DB, random *rand.Rand, seed uint64) {
	t.Helper()
	type key struct{ assignment, agency int64 }
	want, gave := make(map[key]bool), make(map[key]bool)
	var all []key
	update(t, db, func(tx *Tx) error {
		var agencies, focals []int64
		for i := range 3 {
			a := agency(t, tx, fmt.Sprintf("A%d-%d", seed, i), fmt.Sprintf("Sở %d", i))
			agencies = append(agencies, a)
			focals = append(focals, person(t, tx, fmt.Sprintf("f%d-%d@x.vn", seed, i), "Đầu mối", tasks.Grant{Role: tasks.RoleFocal, AgencyID: a}))
		}
		office := person(t, tx, fmt.Sprintf("o%d@x.vn", seed), "Văn phòng", tasks.Grant{Role: tasks.RoleSecretariat})
		mails := 0
		// tell writes a notice and perhaps a mail of it, and answers whether that reaches the agency.
		tell := func(kind tasks.NoticeKind, event string, about tasks.Subject, i int) (reaches bool) {
			mails++
			n := tasks.Notice{Kind: kind, Event: event, Subject: about, AgencyID: agencies[i], Role: tasks.RoleFocal, Occurrence: fmt.Sprintf("%d-%d", seed, mails), At: noon}
			if err := tx.AddNotice(n); err != nil {
				t.Fatal(err)
			}
			notice := must(one(tx, readID, "SELECT id FROM notices WHERE occurrence = $1", n.Occurrence))(t)
			for range random.IntN(3) {
				mails++
				m := notify.Mail{Kind: kind, PersonID: focals[i], To: "x@x.vn", MessageID: fmt.Sprintf("<%d-%d@x>", seed, mails), CreatedAt: noon}
				own := true
				switch random.IntN(6) {
				case 0:
					m.PersonID, own = office, false
				case 1:
					m.PersonID, own = -agencies[i], false // its mailbox
				}
				id := must(insertMail(tx, m, []int64{notice}))(t)
				state := notify.MailStates[random.IntN(len(notify.MailStates))]
				if err := tx.exec("UPDATE mails SET state = $1 WHERE id = $2", string(state), id); err != nil {
					t.Fatal(err)
				}
				reaches = reaches || own && (state == notify.MailSent || state == notify.MailWaiting || state == notify.MailSending)
			}
			return reaches
		}
		for range 4 {
			d := document(t, tx, fmt.Sprintf("%d/CT", random.Int()), "Chỉ thị", tasks.DocumentIssued)
			reached := make([]bool, len(agencies))
			told := make([]bool, len(agencies))
			for i := range agencies {
				if told[i] = random.IntN(4) > 0; told[i] {
					reached[i] = tell(tasks.NoticeIssued, "", tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}, i)
				}
			}
			for range 5 {
				a := tasks.Assignment{State: tasks.StateAssigned, Leads: []int64{agencies[0]}, Cooperating: agencies[1 : 1+random.IntN(3)]}
				id := assign(t, tx, d, "Việc", a)
				for i := range 1 + len(a.Cooperating) {
					k := key{id, agencies[i]}
					all = append(all, k)
					gave[k], want[k] = told[i], reached[i]
					if random.IntN(4) == 0 {
						events := []string{tasks.EventGiven, tasks.EventInherited, tasks.EventOpened}
						ok := tell(tasks.NoticeEvent, events[random.IntN(3)], tasks.Subject{Kind: tasks.SubjectAssignment, ID: id}, i)
						gave[k], want[k] = true, ok
					}
					if random.IntN(4) == 0 && tell(tasks.NoticeReminder, "", tasks.Subject{Kind: tasks.SubjectAssignment, ID: id}, i) {
						want[k] = true
					}
				}
			}
		}
		return nil
	})
	var unreached []int64
	for _, k := range all {
		if gave[k] && !want[k] && !slices.Contains(unreached, k.assignment) {
			unreached = append(unreached, k.assignment)
		}
	}
	slices.Sort(unreached)
	first := all[0].assignment
	view(t, db, func(tx *Tx) error {
		page := must(tx.Assignments(tasks.AssignmentQuery{Unreached: true, Sort: tasks.SortIssued, Limit: 200}))(t)
		got := slices.DeleteFunc(rowIDs(page.Rows), func(id int64) bool { return id < first })
		if !slices.Equal(got, unreached) || len(unreached) == 0 || len(unreached) == len(all) {
			t.Errorf("seed %d: %v, want %v", seed, got, unreached)
		}
		for _, k := range all {
			tellings := must(tx.tellings(k.assignment, 100))(t)
			i := slices.IndexFunc(tellings.Owed, func(o notify.Owed) bool { return o.AgencyID == k.agency })
			if (i >= 0) != gave[k] || i >= 0 && tellings.Owed[i].Got != want[k] {
				t.Errorf("seed %d, assignment %d, agency %d: owed %+v; given %v, reached %v", seed, k.assignment, k.agency, tellings.Owed, gave[k], want[k])
			}
			if !slices.IsSortedFunc(tellings.Mails, func(a, b notify.Telling) int { return int(b.ID - a.ID) }) {
				t.Errorf("the mails are not in order: %+v", tellings.Mails)
			}
		}
		return nil
	})
}
