package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// mailColumns are all but the bytes, which stand in a table of their own.
const mailColumns = `id, kind, person_id, sender, recipient, subject, message_id, document_id, hold_until, expires_on,
	created_at, state, tries, next_try, last_error, sent_at`

func mailFields(m *notify.Mail) []any {
	return []any{&m.ID, &m.Kind, ref{&m.PersonID}, &m.From, &m.To, &m.Subject, &m.MessageID, ref{&m.DocumentID}, instant{&m.HoldUntil},
		day{&m.ExpiresOn}, instant{&m.CreatedAt}, &m.State, &m.Tries, instant{&m.NextTry}, &m.LastError, instant{&m.SentAt}}
}

func readMail(r scanner) (notify.Mail, error) {
	var m notify.Mail
	err := r.Scan(mailFields(&m)...)
	return m, err
}

// InsertMails implements notify.ComposeTx. The mails wait, whatever their State says; no hold and no next try are instants long past, so
// that one comparison tells whether they may go.
func (tx *Tx) InsertMails(mails []notify.Mail, told [][]int64) error {
	ids, err := tx.insertEnvelopes(mails)
	if err != nil {
		return err
	}
	var bodies, notices, words []any
	for i, m := range mails {
		id := ids[m.MessageID]
		raw := m.Raw
		if raw == nil {
			raw = []byte{}
		}
		bodies = append(bodies, id, raw)
		for _, notice := range told[i] {
			notices = append(notices, id, notice)
		}
		words = wordRows(words, id, m.To, m.Subject)
	}
	return cmp.Or(
		tx.insertRows("mail_bodies (mail_id, raw)", 2, bodies),
		tx.insertNew("mail_notices (mail_id, notice_id)", 2, notices, ""),
		tx.insertNew("mail_words (word, mail_id)", 2, words, ""),
	)
}

// insertEnvelopes writes what claims and lists read of mails, and answers their identifiers by Message-ID.
func (tx *Tx) insertEnvelopes(mails []notify.Mail) (map[string]int64, error) {
	ids := make(map[string]int64, len(mails))
	for some := range slices.Chunk(mails, maxParameters/18) {
		var w where
		rows := make([]string, len(some))
		for i, m := range some {
			person, mailbox := addresseeValues(m.PersonID)
			rows[i] = row(&w, []any{
				string(m.Kind), person, m.From, m.To, m.Subject, m.MessageID, refValue(m.DocumentID), m.HoldUntil.UnixMilli(), dayValue(m.ExpiresOn),
				m.CreatedAt.UnixMilli(), string(notify.MailWaiting), 0, m.NextTry.UnixMilli(), "", nil, 0, mailbox, refValue(m.Instead),
			})
		}
		if _, err := all(tx, func(r scanner) (_ struct{}, err error) {
			var (
				id   int64
				name string
			)
			err = r.Scan(&id, &name)
			ids[name] = id
			return struct{}{}, err
		}, `INSERT INTO mails (kind, person_id, sender, recipient, subject, message_id, document_id, hold_until, expires_on, created_at, state, tries,
			next_try, last_error, sent_at, handed_out, mailbox_id, instead_of) VALUES `+strings.Join(rows, ", ")+" RETURNING id, message_id", w.args...); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// MailedSince implements notify.ComposeReader.
func (tx *Tx) MailedSince(kind tasks.NoticeKind, from time.Time) ([]int64, error) {
	return all(tx, readID, `SELECT DISTINCT `+addressee+` AS whom FROM mails m WHERE m.kind = $1 AND m.created_at >= $2
		AND `+addressee+` IS NOT NULL AND m.state IN ($3, $4, $5, $6, $7) ORDER BY whom`, string(kind), from.UnixMilli(),
		string(notify.MailWaiting), string(notify.MailSending), string(notify.MailSent), string(notify.MailFailed), string(notify.MailBounced))
}

// expireLinks ends the mails and notices of one-time links that are used up, replaced or out of time, and erases the links. A link
// is known by the beginning of its hash, which is its notice's occurrence.
func (tx *Tx) expireLinks(system time.Time) (int64, error) {
	const holds = "SELECT 1 FROM tokens t WHERE t.person_id = n.person_id AND substr(t.hash, 1, 16) = n.occurrence AND t.expires > $2"
	err := tx.exec("UPDATE notices AS n SET state = 'dropped', payload = '' WHERE n.kind = $1 AND n.state = 'open' AND NOT EXISTS ("+holds+")",
		string(tasks.NoticeAccount), system.UnixMilli())
	if err != nil {
		return 0, err
	}
	ended, err := all(tx, readID, `UPDATE mails SET state = 'expired', lease_until = NULL WHERE kind = $1
		AND (state IN ('waiting', 'failed') OR state = 'sending' AND lease_until <= $2) AND NOT EXISTS (
		SELECT 1 FROM mail_notices l JOIN notices n ON n.id = l.notice_id WHERE l.mail_id = mails.id AND EXISTS (`+holds+")) RETURNING id",
		string(tasks.NoticeAccount), system.UnixMilli())
	if err != nil {
		return 0, err
	}
	return int64(len(ended)), tx.eraseBodies(ended)
}

// Overdue implements notify.OutboxStore. What was sent last is looked for among the newest mails: mails go in about the order in which
// they were written.
func (s Outbox) Overdue(ctx context.Context, before time.Time, today calendar.Date, system time.Time) (notify.Waiting, error) {
	var out notify.Waiting
	err := s.db.View(ctx, func(tx *Tx) error {
		const overdue = ` FROM mails WHERE (state = 'waiting' OR state = 'sending' AND lease_until <= $1)
			AND hold_until <= $2 AND created_at <= $2 AND (expires_on IS NULL OR expires_on >= $3)`
		args := []any{system.UnixMilli(), before.UnixMilli(), today.String()}
		err := tx.row(`SELECT coalesce(sum(CASE WHEN tries = 0 THEN 1 ELSE 0 END), 0), count(DISTINCT CASE WHEN tries > 0 THEN recipient END),
			min(CASE WHEN hold_until > created_at THEN hold_until ELSE created_at END)`+overdue, args...).
			Scan(&out.Untried, &out.Refused, instant{&out.Since})
		if err != nil || out.Untried+out.Refused == 0 {
			return err
		}
		reasons, err := all(tx, func(r scanner) (reason string, err error) {
			err = r.Scan(&reason)
			return reason, err
		}, "SELECT last_error"+overdue+" AND last_error <> '' ORDER BY next_try DESC LIMIT 1", args...)
		if err != nil {
			return err
		}
		out.Reason = append(reasons, "")[0]
		return tx.row("SELECT max(sent_at) FROM (SELECT sent_at FROM mails WHERE state = 'sent' ORDER BY id DESC LIMIT 500) AS newest").
			Scan(instant{&out.LastSent})
	})
	return out, err
}

// untakenMail chooses the mails that wait and that the server has not taken for certain.
const untakenMail = "state = 'waiting' AND handed_out = 0"

// Stirring implements notify.ComposeReader.
func (tx *Tx) Stirring(kinds []tasks.NoticeKind, upTo time.Time) ([]tasks.NoticeKind, error) {
	var w where
	rows := make([]string, len(kinds))
	for i, k := range kinds {
		rows[i] = "(CAST(" + w.arg(string(k)) + " AS TEXT))"
	}
	return all(tx, func(r scanner) (k tasks.NoticeKind, err error) {
		err = r.Scan(&k)
		return k, err
	}, "SELECT k.column1 FROM (VALUES "+strings.Join(rows, ", ")+`) AS k
		WHERE EXISTS (SELECT 1 FROM notices n WHERE n.state = 'open' AND n.kind = k.column1 AND n.at <= `+w.arg(upTo.UnixMilli())+`)
		OR k.column1 IN (SELECT kind FROM mails WHERE `+untakenMail+`)`, w.args...)
}

// Untaken implements notify.ComposeReader.
func (tx *Tx) Untaken(kind tasks.NoticeKind) ([]notify.UntakenMail, error) {
	var mails []notify.UntakenMail
	_, err := all(tx, func(r scanner) (n tasks.Notice, err error) {
		var mail notify.UntakenMail
		if n, err = readNotice(prefixed{r, []any{&mail.ID, &mail.Whom}}); err != nil {
			return n, err
		}
		if len(mails) == 0 || mails[len(mails)-1].ID != mail.ID {
			mails = append(mails, mail)
		}
		last := &mails[len(mails)-1]
		last.Notices = append(last.Notices, n)
		return n, nil
	}, `SELECT l.mail_id, m.whom, n.id, n.kind, n.event, n.subject_kind, n.subject_id, n.agency_id, n.role, n.person_id, n.occurrence, n.day, n.at, n.payload
		FROM (SELECT id, coalesce(`+addressee+`, 0) AS whom FROM mails m WHERE `+untakenMail+` AND kind = $1) AS m JOIN mail_notices l ON l.mail_id = m.id
		JOIN notices n ON n.id = l.notice_id ORDER BY l.mail_id, n.id`, string(kind))
	return mails, err
}

// prefixed is a row with columns before those that are asked for.
type prefixed struct {
	scanner
	first []any
}

func (p prefixed) Scan(dest ...any) error { return p.scanner.Scan(slices.Concat(p.first, dest)...) }

// holdNotices keeps what the mails tell of until the transaction ends: who is about to close a notice because everybody has his mail of it has
// either done so when the mails go, and the notice is opened again, or finds them gone.
func (tx *Tx) holdNotices(mailIDs []int64) error {
	if tx.hold == "" {
		return nil // nobody else writes
	}
	for chunk := range slices.Chunk(mailIDs, maxParameters) {
		var w where
		_, err := all(tx, readID, "SELECT id FROM notices WHERE id IN (SELECT notice_id FROM mail_notices WHERE mail_id IN "+in(&w, chunk)+
			") ORDER BY id"+tx.hold, w.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// Withdraw implements notify.ComposeTx. The mails before their notices are opened: one that is claimed at this moment keeps its notices.
func (tx *Tx) Withdraw(mailIDs []int64) error {
	if err := tx.holdNotices(mailIDs); err != nil {
		return err
	}
	for chunk := range slices.Chunk(mailIDs, maxParameters) {
		var w where
		ids, err := all(tx, readID, "UPDATE mails SET state = 'expired' WHERE "+untakenMail+" AND id IN "+in(&w, chunk)+" RETURNING id", w.args...)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			continue
		}
		var n where
		err = tx.exec("UPDATE notices SET state = 'open' WHERE state = 'composed' AND id IN (SELECT notice_id FROM mail_notices WHERE mail_id IN "+
			in(&n, ids)+")", n.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// HoldMails implements notify.ComposeTx.
func (tx *Tx) HoldMails(kind tasks.NoticeKind, until time.Time) error {
	return tx.exec("UPDATE mails SET hold_until = $1 WHERE state = 'waiting' AND kind = $2 AND hold_until < $1", until.UnixMilli(), string(kind))
}

// deleteMail removes a mail and opens its notices again.
func (tx *Tx) deleteMail(id int64) error {
	for _, statement := range []string{
		"UPDATE notices SET state = 'open' WHERE state = 'composed' AND id IN (SELECT notice_id FROM mail_notices WHERE mail_id = $1)",
		"DELETE FROM mail_notices WHERE mail_id = $1",
		"DELETE FROM mail_words WHERE mail_id = $1",
		"DELETE FROM mail_bodies WHERE mail_id = $1",
		"DELETE FROM bounces WHERE mail_id = $1",
		"DELETE FROM mails WHERE id = $1",
	} {
		if err := tx.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// mailPage reads a page of the outbox. Counts are of all mails, whatever the query's filters say.
func (tx *Tx) mailPage(q notify.MailQuery) (notify.MailPage, error) {
	page := notify.MailPage{Counts: make(map[notify.MailState]int)}
	var w where
	if q.State != "" {
		w.and("m.state = " + w.arg(string(q.State)))
	}
	if q.Kind != "" {
		w.and("m.kind = " + w.arg(string(q.Kind)))
	}
	begins(&w, "m.id", "mail_words", "mail_id", q.Words)
	var err error
	if page.Total, err = tx.total("FROM mails m", &w); err != nil {
		return page, err
	}
	order, err := newestFirst(&w, "m.id", q.After)
	if err != nil {
		return page, err
	}
	size := pageSize(q.Limit)
	page.Rows, err = all(tx, readMail, "SELECT "+mailColumns+" FROM mails m"+w.String()+order+" LIMIT "+w.arg(size+1), w.args...)
	if err != nil {
		return page, err
	}
	page.Rows, page.Next = cut(page.Rows, size, func(m notify.Mail) cursor { return cursor{ID: m.ID} })
	_, err = all(tx, func(r scanner) (n int, err error) {
		var state notify.MailState
		err = r.Scan(&state, &n)
		page.Counts[state] = n
		return n, err
	}, "SELECT state, count(*) FROM mails GROUP BY state")
	return page, err
}

// told reads the mails about a subject. What was told of an assignment's cadence notes, of leaders' words on it
// and of contributions to it was told of the assignment.
func (tx *Tx) told(s tasks.Subject, limit int) ([]notify.Mail, error) {
	return all(tx, readMail, "SELECT "+mailColumns+` FROM mails m WHERE m.id IN (
		SELECT l.mail_id FROM mail_notices l JOIN notices n ON n.id = l.notice_id WHERE n.subject_kind = $1 AND n.subject_id = $2
		UNION SELECT l.mail_id FROM mail_notices l JOIN notices n ON n.id = l.notice_id
			JOIN cadence_notes c ON c.id = n.subject_id WHERE n.subject_kind = $3 AND c.assignment_id = $2 AND $1 = $4
		UNION SELECT l.mail_id FROM mail_notices l JOIN notices n ON n.id = l.notice_id
			JOIN remarks r ON r.id = n.subject_id WHERE n.subject_kind = $6 AND r.assignment_id = $2 AND $1 = $4
		UNION SELECT l.mail_id FROM mail_notices l JOIN notices n ON n.id = l.notice_id
			JOIN contributions c ON c.id = n.subject_id WHERE n.subject_kind = $7 AND c.assignment_id = $2 AND $1 = $4)
		ORDER BY m.id DESC LIMIT $5`,
		string(s.Kind), s.ID, string(tasks.SubjectCadence), string(tasks.SubjectAssignment), limit, string(tasks.SubjectRemark),
		string(tasks.SubjectContribution))
}
