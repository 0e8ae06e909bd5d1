package store

import (
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

// untilThen are mails that are given back until the instant.
func untilThen(m notify.Mail, next time.Time) []notify.Mail {
	m.NextTry = next
	return []notify.Mail{m}
}

func TestClaim(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		held, _ := post(t, db, notify.Mail{Kind: tasks.NoticeIssued, HoldUntil: noon.Add(10 * time.Minute), Raw: []byte("raw"), From: "a@b", To: "c@d", Subject: "Chỉ thị"})
		stale, _ := post(t, db, notify.Mail{ExpiresOn: today.AddDays(-1)})
		free, _ := post(t, db, notify.Mail{ExpiresOn: today})
		system, lease := noon, noon.Add(5*time.Minute)
		leases := make(map[int64]notify.Mail)
		given := func(id int64) notify.Mail { return leases[id] }
		claim := func(business, system time.Time, n int) []int64 {
			t.Helper()
			claimed := must(out.Claim(t.Context(), business, system, system.Add(5*time.Minute), today, n))(t)
			for _, m := range claimed {
				leases[m.ID] = m
			}
			return ids(claimed)
		}
		if got := must(out.EarliestHold(t.Context(), noon))(t); !got.Equal(noon.Add(10 * time.Minute)) {
			t.Errorf("earliest hold %s", got)
		}
		if got := claim(noon, system, 10); !slices.Equal(got, []int64{free}) {
			t.Errorf("claimed %v, want the one that is neither held nor expired", got)
		}
		if got := claim(noon, system, 10); len(got) != 0 {
			t.Errorf("claimed under a lease %v", got)
		}
		if got := must(out.Ready(t.Context(), noon, system))(t); got != 2 {
			t.Errorf("%d ready, want the expired and the one being sent", got)
		}
		if got := claim(noon, lease.Add(-time.Millisecond), 10); len(got) != 0 {
			t.Errorf("claimed before the lease's end %v", got)
		}
		if got := claim(noon.Add(10*time.Minute), lease, 10); !slices.Equal(got, []int64{held, free}) {
			t.Errorf("claimed %v, want what was held and what a dead worker left, the oldest first", got)
		}
		if m := fate(t, db, stale); m.State != notify.MailWaiting {
			t.Errorf("the expired is %s", m.State)
		}
		if err := out.MarkSent(t.Context(), []int64{held}, noon.Add(11*time.Minute)); err != nil {
			t.Error(err)
		}
		if m := fate(t, db, held); m.State != notify.MailSent || !m.SentAt.Equal(noon.Add(11*time.Minute)) {
			t.Errorf("sent %+v", m)
		}
		next := lease.Add(time.Hour)
		if err := out.MarkRefused(t.Context(), given(free), notify.Refusal{Reason: "451 later", Next: next}); err != nil {
			t.Error(err)
		}
		if m := fate(t, db, free); m.State != notify.MailWaiting || m.Tries != 1 || m.LastError != "451 later" || !m.NextTry.Equal(next) {
			t.Errorf("refused %+v", m)
		}
		if got := claim(noon, next.Add(-time.Millisecond), 10); len(got) != 0 {
			t.Errorf("claimed before the next try %v", got)
		}
		if got := claim(noon, next, 10); !slices.Equal(got, []int64{free}) {
			t.Errorf("claimed at the next try %v", got)
		}
		if err := out.Release(t.Context(), untilThen(given(free), next), "no route"); err != nil {
			t.Error(err)
		}
		if m := fate(t, db, free); m.State != notify.MailWaiting || m.Tries != 1 || m.LastError != "no route" {
			t.Errorf("released %+v: an unreachable server uses up no try", m)
		}
		claim(noon, next, 10)
		if err := out.Release(t.Context(), untilThen(given(free), next), ""); err != nil {
			t.Error(err)
		}
		if m := fate(t, db, free); m.State != notify.MailWaiting || m.LastError != "no route" {
			t.Errorf("released without a reason %+v: the last one stays", m)
		}
		claim(noon, next, 10)
		if err := out.MarkRefused(t.Context(), given(free), notify.Refusal{Reason: "550 nobody"}); err != nil {
			t.Error(err)
		}
		audit := tasks.AuditEntry{At: noon, Action: "mail.retry", Subject: tasks.Subject{Kind: tasks.SubjectMail, ID: free}}
		if m := fate(t, db, free); m.State != notify.MailFailed || m.Tries != 2 {
			t.Errorf("failed %+v", m)
		}
		if err := out.Cancel(t.Context(), free, audit); !errors.Is(err, tasks.ErrNotFound) {
			t.Errorf("cancel what failed: %v", err)
		}
		if err := out.Retry(t.Context(), free, audit); err != nil {
			t.Error(err)
		}
		if got := claim(noon, noon, 10); !slices.Equal(got, []int64{free}) {
			t.Errorf("claimed after retry %v", got)
		}
		for _, end := range []error{
			out.Retry(t.Context(), free, audit), out.Cancel(t.Context(), free, audit), out.MarkSent(t.Context(), []int64{999}, noon),
			out.MarkRefused(t.Context(), given(held), notify.Refusal{Next: noon}), out.Release(t.Context(), untilThen(given(held), noon), ""),
		} {
			if !errors.Is(end, tasks.ErrNotFound) {
				t.Errorf("against the state: %v", end)
			}
		}
		if err := out.Cancel(t.Context(), stale, audit); err != nil {
			t.Error(err)
		}
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Trail(audit.Subject, 10))(t); len(got) != 2 {
				t.Errorf("%d audit rows, want those of the retry and the cancelling that went through", len(got))
			}
			return nil
		})
	})
}

func TestClaimByManyWorkersSharesOut(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		const mails = 60
		for range mails {
			post(t, db, notify.Mail{Raw: []byte("raw")})
		}
		var mu sync.Mutex
		times := make(map[int64]int)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for {
					claimed, err := db.Outbox().Claim(t.Context(), noon, noon, noon.Add(time.Hour), today, 7)
					if err != nil {
						t.Error(err)
					}
					if len(claimed) == 0 {
						return
					}
					mu.Lock()
					for _, m := range claimed {
						times[m.ID]++
						if string(m.Raw) != "raw" {
							t.Errorf("mail %d without its bytes", m.ID)
						}
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		for id, n := range times {
			if n != 1 {
				t.Errorf("mail %d claimed %d times", id, n)
			}
		}
		if len(times) != mails {
			t.Errorf("%d of %d claimed", len(times), mails)
		}
	})
}

func TestExpireReopensNotices(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		old, oldNotice := post(t, db, notify.Mail{ExpiresOn: today})
		busy, busyNotice := post(t, db, notify.Mail{ExpiresOn: today})
		event, eventNotice := post(t, db, notify.Mail{})
		sent, sentNotice := post(t, db, notify.Mail{ExpiresOn: today})
		if err := out.MarkSent(t.Context(), []int64{sent}, noon); err != nil {
			t.Error(err)
		}
		update(t, db, func(tx *Tx) error {
			return tx.exec("UPDATE mails SET state = 'sending', lease_until = $1 WHERE id = $2", noon.Add(time.Minute).UnixMilli(), busy)
		})
		if n := must(out.Expire(t.Context(), today, noon))(t); n != 0 {
			t.Errorf("%d expired on their day", n)
		}
		if n := must(out.Expire(t.Context(), today.AddDays(1), noon))(t); n != 1 {
			t.Errorf("%d expired, want 1", n)
		}
		want := map[int64]notify.MailState{old: notify.MailExpired, busy: notify.MailSending, event: notify.MailWaiting, sent: notify.MailSent}
		open := map[int64]bool{oldNotice: true, busyNotice: false, eventNotice: false, sentNotice: false}
		check := func() {
			t.Helper()
			for id, state := range want {
				if got := fate(t, db, id).State; got != state {
					t.Errorf("mail %d is %s, want %s", id, got, state)
				}
			}
			for id, want := range open {
				if got := isOpenNotice(t, db, id); got != want {
					t.Errorf("notice %d open: %v", id, got)
				}
			}
		}
		check()
		if n := must(out.Expire(t.Context(), today.AddDays(1), noon.Add(time.Minute)))(t); n != 1 {
			t.Errorf("%d expired, want the one whose worker died", n)
		}
		want[busy], open[busyNotice] = notify.MailExpired, true
		check()
		view(t, db, func(tx *Tx) error {
			got := must(tx.Mailed([]int64{oldNotice, eventNotice, sentNotice}))(t)
			if want := map[int64][]int64{eventNotice: {1}, sentNotice: {1}}; !reflect.DeepEqual(got, want) {
				t.Errorf("mailed %v, want %v", got, want)
			}
			if got := must(tx.MailedSince(tasks.NoticeReminder, noon))(t); !slices.Equal(got, []int64{1}) {
				t.Errorf("mailed since noon %v", got)
			}
			if got := must(tx.MailedSince(tasks.NoticeReminder, noon.Add(time.Millisecond)))(t); len(got) != 0 {
				t.Errorf("mailed since later %v", got)
			}
			return nil
		})
	})
}

func TestHoldsAndRecall(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var d, e tasks.Document
		update(t, db, func(tx *Tx) error {
			d, e = document(t, tx, "1/CT", "a", tasks.DocumentIssued), document(t, tx, "2/CT", "b", tasks.DocumentIssued)
			return nil
		})
		out := db.Outbox()
		hold := noon.Add(10 * time.Minute)
		one, _ := post(t, db, notify.Mail{Kind: tasks.NoticeIssued, DocumentID: d.ID, HoldUntil: hold})
		two, _ := post(t, db, notify.Mail{Kind: tasks.NoticeIssued, DocumentID: e.ID, HoldUntil: hold})
		gone := func(want bool) {
			t.Helper()
			view(t, db, func(tx *Tx) error {
				if got := must(tx.IssueMailSent(d.ID))(t); got != want {
					t.Errorf("issue mail sent: %v", got)
				}
				return nil
			})
		}
		audit := tasks.AuditEntry{At: noon, Action: "mail.holds_ended", Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: d.ID}}
		gone(false)
		for _, want := range []int{1, 0} {
			if n := must(out.EndHolds(t.Context(), d.ID, noon, audit))(t); n != want {
				t.Errorf("%d holds ended, want %d", n, want)
			}
		}
		var claimed []notify.Mail
		claim := func(system time.Time) []int64 {
			claimed = must(out.Claim(t.Context(), noon, system, system.Add(time.Minute), today, 9))(t)
			return ids(claimed)
		}
		if got := claim(noon); !slices.Equal(got, []int64{one}) {
			t.Errorf("claimed %v", got)
		}
		gone(true)
		if err := out.Release(t.Context(), untilThen(claimed[0], time.Time{}), "unreachable"); err != nil {
			t.Error(err)
		}
		gone(false)
		claim(noon)
		// A worker died: the server may have the mail, so there is no recall.
		if n := must(out.EndHolds(t.Context(), 0, noon, audit))(t); n != 1 {
			t.Errorf("%d holds ended", n)
		}
		if got := claim(noon.Add(time.Minute)); !slices.Equal(got, []int64{one, two}) {
			t.Errorf("claimed %v", got)
		}
		gone(true)
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Trail(audit.Subject, 10))(t); len(got) != 2 {
				t.Errorf("%d audit rows", len(got))
			}
			return nil
		})
		if got := must(out.EarliestHold(t.Context(), noon))(t); !got.IsZero() {
			t.Errorf("earliest hold %s", got)
		}
	})
}
