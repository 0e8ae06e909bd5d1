package store

import (
	"time"

	"tiendo/notify"
	"tiendo/tasks/calendar"
)

// FailedMailboxes implements notify.MailboxBounceReader.
func (tx *Tx) FailedMailboxes(from calendar.Date, days int) (map[int64]time.Time, error) {
	type failed struct {
		agency int64
		since  time.Time
	}
	list, err := all(tx, func(r scanner) (f failed, err error) {
		err = r.Scan(&f.agency, instant{&f.since})
		return f, err
	}, `SELECT m.agency_id, min(b.at) FROM mailboxes m JOIN bounces b ON b.address = m.address
		WHERE b.person_id IS NULL AND b.counts = 1 AND b.day >= $1 GROUP BY m.agency_id HAVING count(DISTINCT b.day) >= $2`, from.String(), days)
	out := make(map[int64]time.Time, len(list))
	for _, f := range list {
		out[f.agency] = f.since
	}
	return out, err
}

// BouncesOfMailbox implements notify.MailboxBounceReader.
func (tx *Tx) BouncesOfMailbox(agencyID int64, limit int) ([]notify.Bounce, error) {
	return all(tx, readBounce, "SELECT "+bounceColumns+` FROM bounces WHERE person_id IS NULL
		AND address = (SELECT m.address FROM mailboxes m WHERE m.agency_id = $1) ORDER BY at DESC, mail_id DESC LIMIT $2`, agencyID, limit)
}

// MailboxReached implements notify.MailboxBounceWriter.
func (tx *Tx) MailboxReached(address string, sent time.Time) error {
	return tx.exec("UPDATE bounces SET counts = 0 WHERE person_id IS NULL AND counts = 1 AND address = $1 AND at <= $2", address, sent.UnixMilli())
}

// SettleMailboxes implements notify.MailboxBounceWriter.
func (tx *Tx) SettleMailboxes(sentTo time.Time) error {
	return tx.exec(`UPDATE bounces SET counts = 0 WHERE person_id IS NULL AND counts = 1 AND EXISTS (
		SELECT 1 FROM mails m WHERE m.person_id IS NULL AND lower(m.recipient) = bounces.address AND m.state = 'sent' AND m.sent_at <= $1
			AND m.sent_at > (SELECT max(b.at) FROM bounces b WHERE b.person_id IS NULL AND b.address = bounces.address AND b.counts = 1))`, sentTo.UnixMilli())
}
