package store

import (
	"slices"
	"strings"
	"time"

	"tiendo/tasks"
)

// A notice is open until a mail was composed from it (composed) or it turned out to need none (dropped).
const (
	noticeOpen     = "open"
	noticeComposed = "composed"
	noticeDropped  = "dropped"
)

const noticeColumns = "id, kind, event, subject_kind, subject_id, agency_id, role, person_id, occurrence, day, at, payload"

func readNotice(r scanner) (tasks.Notice, error) {
	var n tasks.Notice
	err := r.Scan(&n.ID, &n.Kind, &n.Event, &n.Subject.Kind, &n.Subject.ID, &n.AgencyID, &n.Role, &n.PersonID, &n.Occurrence,
		day{&n.Day}, instant{&n.At}, &n.Payload)
	return n, err
}

// AddNotice implements tasks.NoticeWriter.
func (tx *Tx) AddNotice(n tasks.Notice) error { return tx.AddNotices([]tasks.Notice{n}) }

// AddNotices implements notify.JobTx.
func (tx *Tx) AddNotices(notices []tasks.Notice) error {
	const width = 12
	values := make([]any, 0, width*len(notices))
	for _, n := range notices {
		values = append(values, string(n.Kind), n.Event, string(n.Subject.Kind), n.Subject.ID, n.AgencyID, string(n.Role), n.PersonID, n.Occurrence,
			dayValue(n.Day), n.At.UnixMilli(), n.Payload, noticeOpen)
	}
	return tx.insertNew("notices ("+strings.TrimPrefix(noticeColumns, "id, ")+", state)", width, values,
		"(kind, subject_kind, subject_id, agency_id, role, person_id, occurrence)")
}

// OpenNotices implements notify.ComposeReader: the limit takes the lowest identifiers, so that the highest one answered is where
// the next call goes on.
func (tx *Tx) OpenNotices(kind tasks.NoticeKind, upTo time.Time, after int64, limit int) ([]tasks.Notice, error) {
	return all(tx, readNotice, `SELECT `+noticeColumns+` FROM (
		SELECT `+noticeColumns+` FROM notices WHERE state = 'open' AND kind = $1 AND id > $2 AND at <= $3 ORDER BY id LIMIT $4) AS first
		ORDER BY agency_id, role, id`, string(kind), after, upTo.UnixMilli(), limit)
}

// Mailed implements notify.ComposeReader. The state stands in the query: of a parameter PostgreSQL guesses that it leaves one mail, and reads the
// notices of every mail to find those asked for.
func (tx *Tx) Mailed(noticeIDs []int64) (map[int64][]int64, error) {
	mailed := make(map[int64][]int64)
	for chunk := range slices.Chunk(noticeIDs, maxParameters) {
		var w where
		query := `SELECT n.notice_id, ` + addressee + ` FROM mail_notices n JOIN mails m ON m.id = n.mail_id
			WHERE n.notice_id IN ` + in(&w, chunk) + ` AND ` + addressee + ` IS NOT NULL AND m.state <> 'expired' ORDER BY m.id`
		pairs, err := all(tx, func(r scanner) (p [2]int64, err error) {
			err = r.Scan(&p[0], &p[1])
			return p, err
		}, query, w.args...)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			if !slices.Contains(mailed[p[0]], p[1]) {
				mailed[p[0]] = append(mailed[p[0]], p[1])
			}
		}
	}
	return mailed, nil
}

// StillOpen implements notify.ComposeReader. They stay open to the end of the transaction: a recall waits until their mail is
// written, and takes it back too.
func (tx *Tx) StillOpen(noticeIDs []int64) ([]int64, error) {
	var open []int64
	for chunk := range slices.Chunk(noticeIDs, maxParameters) {
		var w where
		ids, err := all(tx, readID, "SELECT id FROM notices WHERE state = 'open' AND id IN "+in(&w, chunk)+" ORDER BY id"+tx.hold, w.args...)
		if err != nil {
			return nil, err
		}
		open = append(open, ids...)
	}
	return open, nil
}

// CloseNotices implements notify.ComposeTx.
func (tx *Tx) CloseNotices(ids []int64, dropped bool) error {
	state := noticeComposed
	if dropped {
		state = noticeDropped
	}
	for chunk := range slices.Chunk(ids, maxParameters) {
		var w where
		err := tx.exec("UPDATE notices SET state = "+w.arg(state)+", payload = CASE WHEN kind = "+w.arg(string(tasks.NoticeAccount))+
			" THEN '' ELSE payload END WHERE state = 'open' AND id IN "+in(&w, chunk), w.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// RecentNotices implements notify.ComposeReader.
func (tx *Tx) RecentNotices(kind tasks.NoticeKind, event string, role tasks.Role, limit int) ([]tasks.Notice, error) {
	return all(tx, readNotice, `SELECT `+noticeColumns+` FROM notices
		WHERE kind = $1 AND ($2 = '' OR event = $2) AND ($3 = '' OR role = $3) ORDER BY id DESC LIMIT $4`, string(kind), event, string(role), limit)
}
