package store

import (
	"fmt"
	"strconv"
	"strings"

	"tiendo/tasks"
)

// sealing is what differs between engines when the trail is written and sealed.
type sealing struct {
	// insert writes a row behind the newest of its chain and answers its identifier.
	insert func(tx *Tx, e tasks.AuditEntry) (int64, error)
	// insertAll does so with rows of different chains, in their order.
	insertAll func(tx *Tx, entries []tasks.AuditEntry) error
	// settle waits until every transaction that has written to the trail has ended: no row with a lower identifier than the highest
	// appears afterwards. "" where there is one writer at a time.
	settle string
}

var sealings = map[string]*sealing{
	sqlite.name:   {insert: sealInGo, insertAll: sealEachInGo},
	postgres.name: {insert: sealInSQL, insertAll: sealAllInSQL, settle: "LOCK TABLE audit IN SHARE MODE"},
}

func (d *dialect) sealing() (*sealing, error) {
	if s := sealings[d.name]; s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("the engine %s has no trail", d.name)
}

const insertAudit = `INSERT INTO audit (id, at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, before, after, position, seal)
	`

// sealInGo asks first what comes before: where the engine is inside the process that costs next to nothing.
func sealInGo(tx *Tx, e tasks.AuditEntry) (int64, error) {
	var position int64
	var before []byte
	err := tx.row(`SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0) + 1, coalesce(p.position, 0) + 1, p.seal
		FROM (SELECT 1) LEFT JOIN (SELECT position, seal FROM audit WHERE subject_kind = $1 AND subject_id = $2 AND position > 0
			ORDER BY position DESC LIMIT 1) p ON TRUE`, string(e.Subject.Kind), e.Subject.ID).Scan(&e.ID, &position, &before)
	if err != nil {
		return 0, tx.explain(err)
	}
	return e.ID, tx.exec(insertAudit+"VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", e.ID, e.At.UnixMilli(), e.ActorID, e.ActorName,
		e.AgencyID, e.Action, string(e.Subject.Kind), e.Subject.ID, e.Before, e.After, position, []byte(tasks.NextSeal(before, e.ID, e.Digest())))
}

func sealEachInGo(tx *Tx, entries []tasks.AuditEntry) error {
	for _, e := range entries {
		if _, err := sealInGo(tx, e); err != nil {
			return err
		}
	}
	return nil
}

// sealInSQL saves the round trip: the seal is what tasks.NextSeal says it is, over the same octets. The number is taken while the
// statement holds the table, so that settle waits for it.
func sealInSQL(tx *Tx, e tasks.AuditEntry) (int64, error) {
	var id int64
	err := tx.row(insertAudit+`SELECT n.id, CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS TEXT), CAST($6 AS TEXT),
		CAST($7 AS BIGINT), CAST($8 AS TEXT), CAST($9 AS TEXT), coalesce(p.position, 0) + 1,
		sha256(coalesce(p.seal, '') || int8send(n.id) || CAST($10 AS BYTEA))
		FROM (SELECT nextval(pg_get_serial_sequence('audit', 'id')) AS id) n LEFT JOIN (SELECT position, seal FROM audit
			WHERE subject_kind = $6 AND subject_id = $7 AND position > 0 ORDER BY position DESC LIMIT 1) p ON TRUE RETURNING id`,
		e.At.UnixMilli(), e.ActorID, e.ActorName, e.AgencyID, e.Action, string(e.Subject.Kind), e.Subject.ID, e.Before, e.After, e.Digest()).Scan(&id)
	return id, tx.explain(err)
}

// sealAllInSQL is sealInSQL for rows of different chains.
func sealAllInSQL(tx *Tx, entries []tasks.AuditEntry) error {
	var w where
	rows := make([]string, len(entries))
	for i, e := range entries {
		typed := func(v any, as string) string { return "CAST(" + w.arg(v) + " AS " + as + ")" }
		rows[i] = "(" + strings.Join([]string{
			strconv.Itoa(i), typed(e.At.UnixMilli(), "BIGINT"), typed(e.ActorID, "BIGINT"), typed(e.ActorName, "TEXT"), typed(e.AgencyID, "BIGINT"), typed(e.Action, "TEXT"),
			typed(string(e.Subject.Kind), "TEXT"), typed(e.Subject.ID, "BIGINT"), typed(e.Before, "TEXT"), typed(e.After, "TEXT"), typed(e.Digest(), "BYTEA"),
		}, ", ") + ")"
	}
	return tx.exec(insertAudit+`SELECT n.id, n.at, n.actor_id, n.actor_name, n.agency_id, n.action, n.kind, n.subject, n.before, n.after, coalesce(p.position, 0) + 1,
		sha256(coalesce(p.seal, '') || int8send(n.id) || n.digest)
		FROM (SELECT nextval(pg_get_serial_sequence('audit', 'id')) AS id, v.* FROM (VALUES `+strings.Join(rows, ", ")+`)
			AS v (i, at, actor_id, actor_name, agency_id, action, kind, subject, before, after, digest)) n
		LEFT JOIN LATERAL (SELECT position, seal FROM audit WHERE subject_kind = n.kind AND subject_id = n.subject AND position > 0
			ORDER BY position DESC LIMIT 1) p ON TRUE ORDER BY n.i`, w.args...)
}
