package store

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/store/upgradetest"
	"tiendo/tasks"
)

// Mails that waited in a database of the oldest schema go after its upgrade with the bytes that they were written with.
func TestMailsOfAnOldDatabaseGo(t *testing.T) {
	path, _ := upgradetest.Unpack(t, t.TempDir())
	old := must(Open(t.Context(), "sqlite:"+path, Options{AsIs: true}))(t)
	update(t, old, func(tx *Tx) error {
		return tx.exec("UPDATE mails SET state = 'waiting', expires_on = NULL, hold_until = 0, next_try = $1 WHERE length(raw) > 0", noon.UnixMilli())
	})
	type written struct {
		id  int64
		raw []byte
	}
	var want []written
	view(t, old, func(tx *Tx) (err error) {
		want, err = all(tx, func(r scanner) (w written, err error) { err = r.Scan(&w.id, &w.raw); return w, err },
			"SELECT id, raw FROM mails WHERE state = 'waiting' ORDER BY id")
		return err
	})
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	if len(want) < 100 {
		t.Fatalf("only %d mails wait", len(want))
	}
	out := open(t, "sqlite:"+path).Outbox()
	for len(want) > 0 {
		claimed := must(out.Claim(t.Context(), noon, noon, noon.Add(time.Hour), today, 64))(t)
		for _, m := range claimed {
			if m.ID != want[0].id || !bytes.Equal(m.Raw, want[0].raw) {
				t.Fatalf("claimed mail %d with %d octets, want mail %d with %d", m.ID, len(m.Raw), want[0].id, len(want[0].raw))
			}
			want = want[1:]
		}
		if len(claimed) == 0 {
			t.Fatalf("%d mails are not claimed", len(want))
		}
		if err := out.MarkSent(t.Context(), ids(claimed), noon); err != nil {
			t.Fatal(err)
		}
	}
}

// Several mails are marked together or, when one is not there, none.
func TestMarkedTogether(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		one, _ := post(t, db, notify.Mail{Raw: []byte("one")})
		two, _ := post(t, db, notify.Mail{Raw: []byte("two")})
		if err := out.MarkSent(t.Context(), []int64{one, 999, two}, noon); !errors.Is(err, tasks.ErrNotFound) {
			t.Errorf("with one that is not there: %v", err)
		}
		if a, b := fate(t, db, one).State, fate(t, db, two).State; a != notify.MailWaiting || b != notify.MailWaiting {
			t.Errorf("they are %s and %s after all", a, b)
		}
		if err := out.MarkSent(t.Context(), []int64{one, two}, noon); err != nil {
			t.Error(err)
		}
		if a, b := fate(t, db, one), fate(t, db, two); a.State != notify.MailSent || b.State != notify.MailSent || !b.SentAt.Equal(noon) {
			t.Errorf("marked %+v and %+v", a, b)
		}
	})
}

func TestRetryAll(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		out := db.Outbox()
		entry := tasks.AuditEntry{At: noon, Action: "mail.all_retried", Subject: tasks.Subject{Kind: tasks.SubjectProvince}}
		trail := func() (rows []tasks.AuditEntry) {
			view(t, db, func(tx *Tx) (err error) {
				rows, err = tx.Trail(entry.Subject, 10)
				return err
			})
			return rows
		}
		if n := must(out.RetryAll(t.Context(), entry))(t); n != 0 || len(trail()) != 0 {
			t.Errorf("%d mails of none, %d audit rows", n, len(trail()))
		}
		var failed []int64
		for range 3 {
			id, _ := post(t, db, notify.Mail{Raw: []byte("raw")})
			failed = append(failed, id)
			if err := out.MarkRefused(t.Context(), notify.Mail{ID: id}, notify.Refusal{Reason: "550"}); err != nil {
				t.Fatal(err)
			}
		}
		sent, _ := post(t, db, notify.Mail{})
		cancelled, _ := post(t, db, notify.Mail{})
		if err := errors.Join(out.MarkSent(t.Context(), []int64{sent}, noon), out.Cancel(t.Context(), cancelled, entry)); err != nil {
			t.Fatal(err)
		}
		if n := must(out.RetryAll(t.Context(), entry))(t); n != 3 {
			t.Errorf("%d tried again, want 3", n)
		}
		if rows := trail(); len(rows) != 2 || rows[0].After != "3" {
			t.Errorf("audit %+v", rows)
		}
		claimed := must(out.Claim(t.Context(), noon, noon, noon.Add(time.Minute), today, 9))(t)
		if !slices.Equal(ids(claimed), failed) || claimed[0].Tries != 0 || string(claimed[2].Raw) != "raw" {
			t.Errorf("claimed %+v, want the three that had failed", claimed)
		}
	})
}

// Whose turn it is, is found along an index, however many wait for their next try.
func TestClaimDoesNotScan(t *testing.T) {
	db := open(t, engines[0].dsn(t))
	view(t, db, func(tx *Tx) error {
		plan := must(all(tx, func(r scanner) (string, error) {
			var id, parent, unused int
			var detail string
			err := r.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, "EXPLAIN QUERY PLAN "+turn, noon.UnixMilli(), noon.UnixMilli(), today.String(), 20))(t)
		if whole := strings.Join(plan, "\n"); !strings.Contains(whole, "mails_turn (state=? AND next_try<?)") || strings.Contains(whole, "TEMP B-TREE") {
			t.Errorf("the claim reads\n%s", whole)
		}
		return nil
	})
}
