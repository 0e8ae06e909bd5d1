package store

import (
	"context"
	"strings"
	"time"

	"tiendo/notify"
	"tiendo/tasks/calendar"
)

// Bounces keeps mails that came back; it implements notify.BounceStore.
type Bounces struct{ db *DB }

// Bounces is the store of mails that came back.
func (db *DB) Bounces() Bounces { return Bounces{db} }

var (
	_ notify.BounceStore = Bounces{}
	_ notify.BounceTx    = (*Tx)(nil)
)

// View implements notify.BounceStore.
func (s Bounces) View(ctx context.Context, fn func(notify.BounceReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements notify.BounceStore. Reports come from processes of their own, several at a time: on how many days mails of a person
// came back is counted by one after the other.
func (s Bounces) Update(ctx context.Context, fn func(notify.BounceTx) error) error {
	return s.db.updateAlone(ctx, "bounces", func(tx *Tx) error { return fn(tx) })
}

// MailByMessageID implements notify.BounceReader.
func (tx *Tx) MailByMessageID(id string) (notify.Mail, error) {
	return one(tx, readMail, "SELECT "+mailColumns+" FROM mails WHERE message_id = $1", id)
}

// LastMailTo implements notify.BounceReader.
func (tx *Tx) LastMailTo(address string, since time.Time) (notify.Mail, error) {
	return one(tx, readMail, "SELECT "+mailColumns+` FROM mails WHERE person_id = (SELECT id FROM people WHERE email = $1) AND lower(recipient) = $1
		AND sent_at >= $2 ORDER BY id DESC LIMIT 1`, strings.ToLower(address), since.UnixMilli())
}

// FailedDays implements notify.BounceReader.
func (tx *Tx) FailedDays(personID int64, address string, from calendar.Date) ([]calendar.Date, error) {
	return all(tx, func(r scanner) (d calendar.Date, err error) {
		err = r.Scan(day{&d})
		return d, err
	}, "SELECT DISTINCT day FROM bounces WHERE person_id = $1 AND address = $2 AND counts = 1 AND day >= $3 ORDER BY day",
		personID, address, from.String())
}

// BouncesOf implements notify.BounceReader.
func (tx *Tx) BouncesOf(personID int64, limit int) ([]notify.Bounce, error) {
	return all(tx, readBounce, "SELECT "+bounceColumns+" FROM bounces WHERE person_id = $1 ORDER BY at DESC, mail_id DESC LIMIT $2", personID, limit)
}

const bounceColumns = "mail_id, person_id, address, day, at, status, words"

func readBounce(r scanner) (b notify.Bounce, err error) {
	err = r.Scan(&b.MailID, ref{&b.PersonID}, &b.Address, day{&b.Day}, instant{&b.At}, &b.Status, &b.Words)
	return b, err
}

// Quiet implements notify.BounceReader.
func (tx *Tx) Quiet(sentTo time.Time) ([]int64, error) {
	return all(tx, readID, `SELECT p.id FROM people p WHERE p.id IN (SELECT person_id FROM bounces WHERE counts = 1) AND EXISTS (
		SELECT 1 FROM mails m WHERE m.person_id = p.id AND lower(m.recipient) = p.email AND m.state = 'sent' AND m.sent_at <= $1
			AND m.sent_at > (SELECT max(b.at) FROM bounces b WHERE b.person_id = p.id AND b.counts = 1)) ORDER BY p.id`, sentTo.UnixMilli())
}

// InsertBounce implements notify.BounceTx.
func (tx *Tx) InsertBounce(b notify.Bounce) (fresh bool, err error) {
	n, err := tx.affect(`INSERT INTO bounces (mail_id, day, person_id, address, at, status, words, counts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (mail_id, day) DO NOTHING`,
		b.MailID, b.Day.String(), refValue(b.PersonID), b.Address, b.At.UnixMilli(), b.Status, b.Words)
	return n > 0, err
}

// MarkBounced implements notify.BounceTx. A mail that waits to go again, since nobody knew whether the server had it, goes.
func (tx *Tx) MarkBounced(mailID int64, words string) error {
	return tx.ends("UPDATE mails SET state = $2, last_error = $3, lease_until = NULL WHERE id = $1 AND state IN ('sent', 'sending')",
		0, []any{mailID, string(notify.MailBounced), words})
}

// SetUnreachable implements notify.BounceTx. The version stays: it is nothing that a person types.
func (tx *Tx) SetUnreachable(personID int64, since time.Time) error {
	if since.IsZero() {
		if err := tx.exec("UPDATE bounces SET counts = 0 WHERE person_id = $1 AND counts = 1", personID); err != nil {
			return err
		}
		return tx.touch("UPDATE people SET unreachable_since = NULL WHERE id = $1", personID)
	}
	return tx.touch("UPDATE people SET unreachable_since = $2 WHERE id = $1", personID, since.UnixMilli())
}
