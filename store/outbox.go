package store

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// turn chooses the mails that may go. Those that were never tried go first, then those whose turn came first: a mail that the server
// chokes on holds up no other. No try yet is an instant long past, so that one order says both.
const turn = `SELECT id FROM mails WHERE state = 'waiting' AND hold_until <= $1 AND next_try <= $2
	AND (expires_on IS NULL OR expires_on >= $3) ORDER BY next_try, id LIMIT $4`

// Claim implements notify.OutboxStore.
func (s Outbox) Claim(ctx context.Context, business, system, leaseUntil time.Time, today calendar.Date, n int) ([]notify.Mail, error) {
	var claimed []notify.Mail
	err := s.db.Update(ctx, func(tx *Tx) error {
		// A worker that does not come back. Whether the server took the mail is not known: handed_out stays.
		err := tx.exec(`UPDATE mails SET state = 'waiting', lease_until = NULL WHERE id IN (
			SELECT id FROM mails WHERE state = 'sending' AND lease_until <= $1 ORDER BY id`+tx.dialect.claim+`)`, system.UnixMilli())
		if err != nil {
			return err
		}
		claimed, err = all(tx, func(r scanner) (m notify.Mail, err error) {
			err = r.Scan(append(mailFields(&m), instant{&m.LeaseUntil})...)
			return m, err
		}, "UPDATE mails SET state = 'sending', lease_until = $5, handed_out = CASE WHEN handed_out = 0 THEN 1 ELSE 2 END WHERE id IN ("+
			turn+tx.dialect.claim+") RETURNING "+mailColumns+", lease_until",
			business.UnixMilli(), system.UnixMilli(), today.String(), n, leaseUntil.UnixMilli())
		if err != nil {
			return err
		}
		// RETURNING promises no order.
		slices.SortFunc(claimed, func(a, b notify.Mail) int { return cmp.Or(a.NextTry.Compare(b.NextTry), cmp.Compare(a.ID, b.ID)) })
		return tx.readBodies(claimed)
	})
	return claimed, err
}

// MarkSent implements notify.OutboxStore. The server's answer counts even when the lease has run out in the meantime.
func (s Outbox) MarkSent(ctx context.Context, ids []int64, business time.Time) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		var w where
		query := "UPDATE mails SET state = CASE WHEN state = 'bounced' THEN state ELSE 'sent' END, sent_at = " + w.arg(business.UnixMilli()) + ", lease_until = NULL, last_error = CASE WHEN state = 'bounced' THEN last_error ELSE '' END WHERE id IN "
		return tx.ends(query+in(&w, ids), len(ids), w.args)
	})
}

// ends runs an update of so many mails that will not go again. A one-time link must not be read from the database afterwards.
func (tx *Tx) ends(query string, mails int, args []any) error {
	ended := 0
	links, err := all(tx, func(r scanner) (id int64, err error) {
		var kind tasks.NoticeKind
		ended++
		if err = r.Scan(&id, &kind); kind != tasks.NoticeAccount {
			id = 0
		}
		return id, err
	}, query+" RETURNING id, kind", args...)
	if err != nil {
		return err
	}
	if ended < mails {
		return tasks.ErrNotFound
	}
	return tx.eraseBodies(slices.DeleteFunc(links, func(id int64) bool { return id == 0 }))
}

// given chooses the mail $1 as long as it is under the lease $2 (0: under none): once that has run out another worker may have it.
const given = " WHERE id = $1 AND state IN ('sending', 'waiting') AND coalesce(lease_until, 0) = $2"

// MarkRefused implements notify.OutboxStore.
func (s Outbox) MarkRefused(ctx context.Context, m notify.Mail, r notify.Refusal) error {
	state, handedOut := notify.MailWaiting, untaken
	if r.Next.IsZero() {
		state = notify.MailFailed
	}
	if r.Uncertain {
		handedOut = "2"
	}
	return s.db.Update(ctx, func(tx *Tx) error {
		return tx.touch("UPDATE mails SET state = $3, tries = tries + 1, next_try = $4, last_error = $5, lease_until = NULL, handed_out = "+handedOut+given,
			m.ID, leaseValue(m), string(state), r.Next.UnixMilli(), r.Reason)
	})
}

// untaken is handed_out of a mail that the server did not take this time: 2 says that it may have taken it once before.
const untaken = "CASE WHEN handed_out = 2 THEN 2 ELSE 0 END"

func leaseValue(m notify.Mail) int64 {
	if m.LeaseUntil.IsZero() {
		return 0
	}
	return m.LeaseUntil.UnixMilli()
}

// Release implements notify.OutboxStore. Without a reason the one before stays.
func (s Outbox) Release(ctx context.Context, mails []notify.Mail, reason string) error {
	var lost error
	err := s.db.Update(ctx, func(tx *Tx) error {
		lost = nil
		for _, m := range mails {
			err := tx.touch("UPDATE mails SET state = 'waiting', next_try = $3, last_error = CASE WHEN $4 = '' THEN last_error ELSE $4 END, "+
				"lease_until = NULL, handed_out = "+untaken+given,
				m.ID, leaseValue(m), m.NextTry.UnixMilli(), reason)
			if errors.Is(err, tasks.ErrNotFound) {
				lost = err
			} else if err != nil {
				return err
			}
		}
		return nil
	})
	return cmp.Or(err, lost)
}

// Expire implements notify.OutboxStore.
func (s Outbox) Expire(ctx context.Context, today calendar.Date, system time.Time) (int, error) {
	var expired int64
	err := s.db.Update(ctx, func(tx *Tx) error {
		const over = `SELECT id FROM mails WHERE expires_on < $1 AND (state = 'waiting' OR state = 'sending' AND lease_until <= $2) ORDER BY id`
		args := []any{today.String(), system.UnixMilli()}
		held, err := all(tx, readID, over, args...)
		if err != nil {
			return err
		}
		if err := tx.holdNotices(held); err != nil {
			return err
		}
		// Read anew, and kept: of a mail that was marked sent in the meantime the notices must stay closed.
		ids, err := all(tx, readID, over+tx.hold, args...)
		if err != nil {
			return err
		}
		ids = slices.DeleteFunc(ids, func(id int64) bool {
			_, ok := slices.BinarySearch(held, id)
			return !ok
		})
		for chunk := range slices.Chunk(ids, maxParameters) {
			var w where
			list := in(&w, chunk)
			if err := tx.exec(`UPDATE notices SET state = 'open' WHERE state = 'composed' AND id IN (
				SELECT l.notice_id FROM mail_notices l WHERE l.mail_id IN `+list+`)`, w.args...); err != nil {
				return err
			}
			if err := tx.exec("UPDATE mails SET state = 'expired', lease_until = NULL WHERE id IN "+list, w.args...); err != nil {
				return err
			}
		}
		expired = int64(len(ids))
		links, err := tx.expireLinks(system)
		expired += links
		return err
	})
	return int(expired), err
}

// EarliestHold implements notify.OutboxStore.
func (s Outbox) EarliestHold(ctx context.Context, after time.Time) (time.Time, error) {
	var hold time.Time
	err := s.db.View(ctx, func(tx *Tx) error {
		return tx.row("SELECT min(hold_until) FROM mails WHERE state = 'waiting' AND hold_until > $1", after.UnixMilli()).Scan(instant{&hold})
	})
	return hold, err
}

// EndHolds implements notify.OutboxStore; without a held mail there is no audit row.
func (s Outbox) EndHolds(ctx context.Context, documentID int64, business time.Time, audit tasks.AuditEntry) (int, error) {
	var ended int64
	err := s.db.Update(ctx, func(tx *Tx) error {
		var w where
		query := "UPDATE mails SET hold_until = " + w.arg(business.UnixMilli()) + " WHERE id IN (SELECT id FROM mails"
		// Other kinds are held until the office opens, which nobody shortens.
		w.and("kind = 'issued' AND state = 'waiting' AND hold_until > " + w.arg(business.UnixMilli()))
		if documentID != 0 {
			w.and("document_id = " + w.arg(documentID))
		}
		var err error
		if ended, err = tx.affect(query+w.String()+" ORDER BY id"+tx.hold+")", w.args...); err != nil || ended == 0 {
			return err
		}
		_, err = tx.Audit(audit)
		return err
	})
	return int(ended), err
}

// Ready implements notify.OutboxStore; mails that are being sent count.
func (s Outbox) Ready(ctx context.Context, business, system time.Time) (int, error) {
	var ready int
	err := s.db.View(ctx, func(tx *Tx) error {
		return tx.row(`SELECT (SELECT count(*) FROM mails WHERE state = 'waiting' AND hold_until <= $1 AND next_try <= $2)
			+ (SELECT count(*) FROM mails WHERE state = 'sending')`, business.UnixMilli(), system.UnixMilli()).Scan(&ready)
	})
	return ready, err
}

// Page implements notify.OutboxStore.
func (s Outbox) Page(ctx context.Context, q notify.MailQuery) (notify.MailPage, error) {
	var page notify.MailPage
	err := s.db.View(ctx, func(tx *Tx) (err error) {
		page, err = tx.mailPage(q)
		return err
	})
	return page, err
}

// again lets mails that were not delivered be tried again: each has all its tries, and goes to the person's address of now.
const again = `UPDATE mails SET state = 'waiting', tries = 0, next_try = $1,
	recipient = coalesce((SELECT email FROM people WHERE people.id = mails.person_id), recipient)`

// Retry implements notify.OutboxStore.
func (s Outbox) Retry(ctx context.Context, id int64, audit tasks.AuditEntry) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		if err := tx.touch(again+" WHERE state IN ('failed', 'bounced') AND id = $2", time.Time{}.UnixMilli(), id); err != nil {
			return err
		}
		_, err := tx.Audit(audit)
		return err
	})
}

// RetryAll implements notify.OutboxStore; without a failed mail there is no audit row.
func (s Outbox) RetryAll(ctx context.Context, audit tasks.AuditEntry) (int, error) {
	var retried int64
	err := s.db.Update(ctx, func(tx *Tx) (err error) {
		retried, err = tx.affect(again+" WHERE state = 'failed' AND id IN (SELECT id FROM mails WHERE state = 'failed' ORDER BY id"+tx.hold+")", time.Time{}.UnixMilli())
		if err != nil || retried == 0 {
			return err
		}
		audit.After = strconv.FormatInt(retried, 10)
		_, err = tx.Audit(audit)
		return err
	})
	return int(retried), err
}

// Cancel implements notify.OutboxStore.
func (s Outbox) Cancel(ctx context.Context, id int64, audit tasks.AuditEntry) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		if err := tx.ends("UPDATE mails SET state = 'cancelled' WHERE id = $1 AND state = 'waiting'", 1, []any{id}); err != nil {
			return err
		}
		_, err := tx.Audit(audit)
		return err
	})
}

// Told implements notify.OutboxStore.
func (s Outbox) Told(ctx context.Context, about tasks.Subject, limit int) ([]notify.Mail, error) {
	var mails []notify.Mail
	err := s.db.View(ctx, func(tx *Tx) (err error) {
		mails, err = tx.told(about, limit)
		return err
	})
	return mails, err
}
