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
		err := tx.exec(`UPDATE mails SET state = 'waiting', lease_until = NULL WHERE id IN (
			SELECT id FROM mails WHERE state = 'sending' AND lease_until <= $1 ORDER BY id`+tx.dialect.claim+`)`, system.UnixMilli())
		if err != nil {
			return err
		}
		// Those that were never tried go first, then those whose turn came first: a mail that the server chokes on holds up no other.
		never := time.Time{}.UnixMilli()
		for _, turn := range []struct {
			from, to int64
			order    string
		}{{never, never, "id"}, {never + 1, system.UnixMilli(), "next_try, id"}} {
			if len(claimed) == n {
				break
			}
			more, err := all(tx, func(r scanner) (m notify.Mail, err error) {
				err = r.Scan(append(mailFields(&m), instant{&m.LeaseUntil}, &m.Raw)...)
				return m, err
			}, `UPDATE mails SET state = 'sending', lease_until = $1, handed_out = CASE WHEN handed_out = 0 THEN 1 ELSE 2 END WHERE id IN (
				SELECT id FROM mails WHERE state = 'waiting' AND hold_until <= $2 AND next_try BETWEEN $3 AND $4
				AND (expires_on IS NULL OR expires_on >= $5) ORDER BY `+turn.order+" LIMIT $6"+tx.dialect.claim+") RETURNING "+mailColumns+", lease_until, raw",
				leaseUntil.UnixMilli(), business.UnixMilli(), turn.from, turn.to, today.String(), n-len(claimed))
			if err != nil {
				return err
			}
			// RETURNING promises no order.
			slices.SortFunc(more, func(a, b notify.Mail) int { return cmp.Or(a.NextTry.Compare(b.NextTry), cmp.Compare(a.ID, b.ID)) })
			claimed = append(claimed, more...)
		}
		return nil
	})
	return claimed, err
}

// rawAfter is what stays of a mail's bytes once it will not go again: a one-time link must not be read from the database. $2 is
// the kind of mail with a link, $3 no bytes.
const rawAfter = "raw = CASE WHEN kind = $2 THEN $3 ELSE raw END"

// MarkSent implements notify.OutboxStore. The server's answer counts even when the lease has run out in the meantime.
func (s Outbox) MarkSent(ctx context.Context, id int64, business time.Time) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		return tx.touch("UPDATE mails SET state = 'sent', sent_at = $1, lease_until = NULL, last_error = '', "+rawAfter+" WHERE id = $4",
			business.UnixMilli(), string(tasks.NoticeAccount), []byte{}, id)
	})
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

// Release implements notify.OutboxStore.
func (s Outbox) Release(ctx context.Context, m notify.Mail, reason string, next time.Time) error {
	return s.db.Update(ctx, func(tx *Tx) error {
		return tx.touch("UPDATE mails SET state = 'waiting', next_try = $3, last_error = $4, lease_until = NULL, handed_out = "+untaken+given,
			m.ID, leaseValue(m), next.UnixMilli(), reason)
	})
}

// Expire implements notify.OutboxStore.
func (s Outbox) Expire(ctx context.Context, today calendar.Date, system time.Time) (int, error) {
	var expired int64
	err := s.db.Update(ctx, func(tx *Tx) error {
		// Locked first: of a mail that is marked sent at this moment the notices must stay closed.
		ids, err := all(tx, readID, `SELECT id FROM mails WHERE expires_on < $1 AND (state = 'waiting' OR state = 'sending' AND lease_until <= $2)
			ORDER BY id`+tx.hold, today.String(), system.UnixMilli())
		if err != nil {
			return err
		}
		for chunk := range slices.Chunk(ids, maxParameters) {
			var over where
			list := in(&over, chunk)
			if err := tx.exec(`UPDATE notices SET state = 'open' WHERE state = 'composed' AND id IN (
				SELECT l.notice_id FROM mail_notices l WHERE l.mail_id IN `+list+`)`, over.args...); err != nil {
				return err
			}
			if err := tx.exec("UPDATE mails SET state = 'expired', lease_until = NULL WHERE id IN "+list, over.args...); err != nil {
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
		w.and("state = 'waiting' AND hold_until > " + w.arg(business.UnixMilli()))
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

// Retry implements notify.OutboxStore; the mail has all its tries again.
func (s Outbox) Retry(ctx context.Context, id int64, audit tasks.AuditEntry) error {
	return s.change(ctx, audit, `UPDATE mails SET state = 'waiting', tries = 0, next_try = $1,
		recipient = coalesce((SELECT email FROM people WHERE people.id = mails.person_id), recipient) WHERE id = $2 AND state = 'failed'`,
		time.Time{}.UnixMilli(), id)
}

// Cancel implements notify.OutboxStore.
func (s Outbox) Cancel(ctx context.Context, id int64, audit tasks.AuditEntry) error {
	return s.change(ctx, audit, "UPDATE mails SET state = 'cancelled', "+rawAfter+" WHERE id = $1 AND state = 'waiting'",
		id, string(tasks.NoticeAccount), []byte{})
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
