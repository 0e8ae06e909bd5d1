package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// Claim implements notify.OutboxStore.
func (s Outbox) Claim(ctx context.Context, business, system, leaseUntil time.Time, today calendar.Date, n int) ([]notify.Mail, error) {
	var claimed []notify.Mail
	err := s.db.Update(ctx, func(tx *Tx) error {
		// A worker that does not come back. Whether the server took the mail is not known: handed_out stays.
		err := tx.exec("UPDATE mails SET state = 'waiting', lease_until = NULL WHERE state = 'sending' AND lease_until <= $1", system.UnixMilli())
		if err != nil {
			return err
		}
		claimed, err = all(tx, func(r scanner) (m notify.Mail, err error) {
			err = r.Scan(append(mailFields(&m), &m.Raw)...)
			return m, err
		}, `UPDATE mails SET state = 'sending', lease_until = $1, handed_out = 1 WHERE id IN (
			SELECT id FROM mails WHERE state = 'waiting' AND hold_until <= $2 AND next_try <= $3 AND (expires_on IS NULL OR expires_on >= $4)
			ORDER BY id LIMIT $5`+tx.dialect.claim+`) RETURNING `+mailColumns+", raw",
			leaseUntil.UnixMilli(), business.UnixMilli(), system.UnixMilli(), today.String(), n)
		return err
	})
	// RETURNING promises no order.
	slices.SortFunc(claimed, func(a, b notify.Mail) int { return cmp.Compare(a.ID, b.ID) })
	return claimed, err
}

// MarkSent implements notify.OutboxStore. The server's answer counts even when the lease has run out in the meantime.
func (s Outbox) MarkSent(ctx context.Context, id int64, business time.Time) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		return tx.touch("UPDATE mails SET state = 'sent', sent_at = $1, lease_until = NULL, last_error = '' WHERE id = $2", business.UnixMilli(), id)
	})
}

// MarkRefused implements notify.OutboxStore.
func (s Outbox) MarkRefused(ctx context.Context, id int64, reason string, next time.Time) error {
	state := notify.MailWaiting
	if next.IsZero() {
		state = notify.MailFailed
	}
	return s.db.Update(ctx, func(tx *Tx) error {
		return tx.touch(`UPDATE mails SET state = $1, tries = tries + 1, next_try = $2, last_error = $3, lease_until = NULL, handed_out = 0
			WHERE id = $4 AND state IN ('sending', 'waiting')`, string(state), next.UnixMilli(), reason, id)
	})
}

// Release implements notify.OutboxStore.
func (s Outbox) Release(ctx context.Context, id int64, reason string, next time.Time) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		return tx.touch(`UPDATE mails SET state = 'waiting', next_try = $1, last_error = $2, lease_until = NULL, handed_out = 0
			WHERE id = $3 AND state IN ('sending', 'waiting')`, next.UnixMilli(), reason, id)
	})
}

// Expire implements notify.OutboxStore.
func (s Outbox) Expire(ctx context.Context, today calendar.Date, system time.Time) (int, error) {
	var expired int64
	err := s.db.Update(ctx, func(tx *Tx) error {
		const over = " expires_on < $1 AND (state = 'waiting' OR state = 'sending' AND lease_until <= $2)"
		err := tx.exec(`UPDATE notices SET state = 'open' WHERE state = 'composed' AND id IN (
			SELECT l.notice_id FROM mail_notices l WHERE l.mail_id IN (SELECT id FROM mails WHERE`+over+`))`, today.String(), system.UnixMilli())
		if err != nil {
			return err
		}
		expired, err = tx.affect("UPDATE mails SET state = 'expired', lease_until = NULL WHERE"+over, today.String(), system.UnixMilli())
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
		query := "UPDATE mails SET hold_until = " + w.arg(business.UnixMilli())
		w.and("state = 'waiting' AND hold_until > " + w.arg(business.UnixMilli()))
		if documentID != 0 {
			w.and("document_id = " + w.arg(documentID))
		}
		var err error
		if ended, err = tx.affect(query+w.String(), w.args...); err != nil || ended == 0 {
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

// Retry implements notify.OutboxStore; the mail has all its tries again.
func (s Outbox) Retry(ctx context.Context, id int64, audit tasks.AuditEntry) error {
	return s.change(ctx, audit, "UPDATE mails SET state = 'waiting', tries = 0, next_try = $1 WHERE id = $2 AND state = 'failed'",
		time.Time{}.UnixMilli(), id)
}

// Cancel implements notify.OutboxStore.
func (s Outbox) Cancel(ctx context.Context, id int64, audit tasks.AuditEntry) error {
	return s.change(ctx, audit, "UPDATE mails SET state = 'cancelled' WHERE id = $1 AND state = 'waiting'", id)
}

func (s Outbox) change(ctx context.Context, audit tasks.AuditEntry, query string, args ...any) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		if err := tx.touch(query, args...); err != nil {
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
