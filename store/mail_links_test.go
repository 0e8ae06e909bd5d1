package store

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

// link writes a one-time link with the mail that brings it.
func link(t *testing.T, db *DB, hash string, expires time.Time) (mail int64) {
	t.Helper()
	hash += strings.Repeat("0", 64-len(hash))
	update(t, db, func(tx *Tx) error {
		if !must(tx.exists("SELECT 1 FROM people"))(t) {
			person(t, tx, "an@mauson.gov.vn", "An")
		}
		n := tasks.Notice{Kind: tasks.NoticeAccount, Subject: tasks.Subject{Kind: tasks.SubjectPerson, ID: 1}, PersonID: 1, Occurrence: hash[:16], At: noon, Payload: "secret"}
		if err := errors.Join(tx.InsertToken(tasks.Token{Hash: hash, PersonID: 1, Purpose: "reset", Expires: expires}), tx.AddNotice(n)); err != nil {
			return err
		}
		notice := must(one(tx, readID, "SELECT id FROM notices WHERE occurrence = $1", hash[:16]))(t)
		mail = must(insertMail(tx, notify.Mail{Kind: tasks.NoticeAccount, PersonID: 1, MessageID: hash, CreatedAt: noon, Raw: []byte("/password/secret")}, []int64{notice}))(t)
		return tx.CloseNotices([]int64{notice}, false)
	})
	return mail
}

// The bytes of a mail with a one-time link are kept only as long as the mail may go.
func TestLinksAreErased(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out, audit := db.Outbox(), tasks.AuditEntry{At: noon, Action: "mail.cancelled", Subject: tasks.Subject{Kind: tasks.SubjectMail, ID: 1}}
		later := noon.Add(time.Hour)
		sent, cancelled, failed, waiting, dead := link(t, db, "a", later), link(t, db, "b", later), link(t, db, "c", later), link(t, db, "d", later), link(t, db, "e", noon)
		other, _ := post(t, db, notify.Mail{Raw: []byte("no link")})
		err := errors.Join(out.MarkSent(t.Context(), []int64{sent, other}, noon), out.Cancel(t.Context(), cancelled, audit),
			out.MarkRefused(t.Context(), notify.Mail{ID: failed}, notify.Refusal{Reason: "550"}))
		if err != nil {
			t.Fatal(err)
		}
		if n := must(out.Expire(t.Context(), today, noon))(t); n != 1 {
			t.Errorf("%d expired, want the one whose link has ended", n)
		}
		kept := func() (ids []int64) {
			view(t, db, func(tx *Tx) (err error) {
				ids, err = all(tx, readID, "SELECT mail_id FROM mail_bodies ORDER BY mail_id")
				return err
			})
			return ids
		}
		if got := kept(); !slices.Equal(got, []int64{failed, waiting, other}) {
			t.Errorf("bytes of the mails %v are kept", got)
		}
		if m := fate(t, db, dead); m.State != notify.MailExpired {
			t.Errorf("the mail of a dead link is %s", m.State)
		}
		if n := must(out.Expire(t.Context(), today, later))(t); n != 2 {
			t.Errorf("%d expired, want the failed and the waiting", n)
		}
		if got := kept(); !slices.Equal(got, []int64{other}) {
			t.Errorf("bytes of the mails %v are kept", got)
		}
		if err := out.Retry(t.Context(), failed, audit); !errors.Is(err, tasks.ErrNotFound) {
			t.Errorf("a mail without bytes can be retried: %v", err)
		}
	})
}

// What a worker says of a mail whose lease has ended changes nothing for the one who has it now.
func TestLostLease(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		post(t, db, notify.Mail{})
		claim := func(system time.Time) []notify.Mail {
			return must(out.Claim(t.Context(), noon, system, system.Add(time.Minute), today, 9))(t)
		}
		slow := claim(noon)[0]
		quick := claim(noon.Add(time.Minute))[0]
		for name, err := range map[string]error{
			"released": out.Release(t.Context(), untilThen(slow, noon), ""), "refused": out.MarkRefused(t.Context(), slow, notify.Refusal{Reason: "451", Next: noon}),
		} {
			if !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("%s under a lost lease: %v", name, err)
			}
		}
		if got := claim(noon.Add(90 * time.Second)); len(got) != 0 {
			t.Errorf("claimed under another's lease: %v", ids(got))
		}
		if err := out.Release(t.Context(), untilThen(quick, noon), ""); err != nil {
			t.Error(err)
		}
		if got := claim(noon.Add(90 * time.Second)); len(got) != 1 {
			t.Errorf("claimed %v", ids(got))
		}
	})
}

// An issue whose mail the server may have taken cannot be recalled, whatever becomes of later tries.
func TestUncertainMailIsNotRecalled(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		var d tasks.Document
		update(t, db, func(tx *Tx) error { d = document(t, tx, "1/CT", "a", tasks.DocumentIssued); return nil })
		post(t, db, notify.Mail{Kind: tasks.NoticeIssued, DocumentID: d.ID})
		claim := func(system time.Time) notify.Mail {
			return must(out.Claim(t.Context(), noon, system, system.Add(time.Minute), today, 9))(t)[0]
		}
		gone := func(when string, want bool) {
			t.Helper()
			view(t, db, func(tx *Tx) error {
				if got := must(tx.IssueMailSent(d.ID))(t); got != want {
					t.Errorf("%s: sent %v, want %v", when, got, want)
				}
				if got := must(tx.Untaken(tasks.NoticeIssued))(t); (len(got) == 0) != want {
					t.Errorf("%s: untaken %v", when, got)
				}
				return nil
			})
		}
		if err := out.MarkRefused(t.Context(), claim(noon), notify.Refusal{Reason: "451", Next: noon}); err != nil {
			t.Error(err)
		}
		gone("refused", false)
		if err := out.MarkRefused(t.Context(), claim(noon), notify.Refusal{Reason: "no answer", Next: noon, Uncertain: true}); err != nil {
			t.Error(err)
		}
		gone("no answer", true)
		if err := out.Release(t.Context(), untilThen(claim(noon), noon), "no server"); err != nil {
			t.Error(err)
		}
		gone("tried again without a server", true)
		if err := out.MarkRefused(t.Context(), claim(noon), notify.Refusal{Reason: "451", Next: noon}); err != nil {
			t.Error(err)
		}
		gone("tried again and refused", true)
	})
}
