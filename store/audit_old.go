package store

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// migrationSteps are what SQL cannot do behind a migration, in its transaction.
var migrationSteps = map[string]func(tx *Tx) error{"0013_audit_chain": sealOldRows}

// oldRows is how many rows are read at a time, oldUpdate how many are written with one statement.
const (
	oldRows   = 3000
	oldUpdate = maxParameters / 3
)

// chainEnd is the newest row of a chain.
type chainEnd struct {
	position int64
	seal     [sha256.Size]byte
}

// sealOldRows seals the rows that were written before there were seals, and all of them as the first week. It goes by identifier, as they
// lie on the disk, and keeps the end of each chain: some hundred octets for each duty and document there ever was.
func sealOldRows(tx *Tx) error {
	ends := make(map[tasks.SubjectKind]map[int64]chainEnd)
	var last tasks.AuditEntry
	for more := true; more; {
		rows, err := all(tx, readAudit, "SELECT "+auditColumns+" FROM audit WHERE id > $1 ORDER BY id LIMIT $2", last.ID, oldRows)
		if err != nil {
			return err
		}
		sealed := make([]tasks.SealedEntry, len(rows))
		for i, e := range rows {
			of := ends[e.Subject.Kind]
			if of == nil {
				of = make(map[int64]chainEnd)
				ends[e.Subject.Kind] = of
			}
			var before tasks.Seal
			end, begun := of[e.Subject.ID]
			if begun {
				before = end.seal[:]
			}
			sealed[i] = tasks.SealedEntry{AuditEntry: e, Position: end.position + 1, Seal: tasks.NextSeal(before, e.ID, e.Digest())}
			of[e.Subject.ID] = chainEnd{end.position + 1, [sha256.Size]byte(sealed[i].Seal)}
			last = e
		}
		for chunk := range slices.Chunk(sealed, oldUpdate) {
			if err := tx.writeSeals(chunk); err != nil {
				return fmt.Errorf("seal audit rows from %d on: %w", chunk[0].ID, err)
			}
		}
		more = len(rows) == oldRows
	}
	if last.ID == 0 {
		return nil
	}
	week := tasks.NewWeekSum(nil)
	for _, kind := range slices.Sorted(maps.Keys(ends)) {
		for _, id := range slices.Sorted(maps.Keys(ends[kind])) {
			end := ends[kind][id]
			week.Add(tasks.ChainHead{Subject: tasks.Subject{Kind: kind, ID: id}, Seal: end.seal[:]})
		}
	}
	// When they were sealed no clock has told: by the newest of them.
	return tx.insertWeekSeal(tasks.WeekSeal{Monday: calendar.Date{}, LastID: last.ID, Chains: week.Chains, Seal: week.Sum(), At: last.At})
}

// writeSeals gives rows, in the order of their identifiers, their seals; before the trail is closed.
func (tx *Tx) writeSeals(rows []tasks.SealedEntry) error {
	var b strings.Builder
	args := make([]any, 0, 3*len(rows))
	b.WriteString("UPDATE audit SET position = v.column2, seal = v.column3 FROM (VALUES ")
	for i, e := range rows {
		if i > 0 {
			b.WriteString(", ")
		}
		mark := func(n int, kind string) string { return "CAST($" + strconv.Itoa(3*i+n) + " AS " + kind + ")" }
		b.WriteString("(" + mark(1, "BIGINT") + ", " + mark(2, "BIGINT") + ", " + mark(3, tx.dialect.bytes) + ")")
		args = append(args, e.ID, e.Position, []byte(e.Seal))
	}
	// Between the first and the last, so that no engine reads the whole table to find them.
	n := len(args)
	b.WriteString(") AS v WHERE audit.id = v.column1 AND audit.id >= $" + strconv.Itoa(n+1) + " AND audit.id <= $" + strconv.Itoa(n+2))
	return tx.exec(b.String(), append(args, rows[0].ID, rows[len(rows)-1].ID)...)
}

// auditKinds lists the kinds of subjects that the trail tells of, in the order of tasks.SealWeek, whatever the engine sorts by.
func (tx *Tx) auditKinds() ([]tasks.SubjectKind, error) {
	var kinds []tasks.SubjectKind
	for after := ""; ; {
		var next string
		if err := tx.row("SELECT coalesce(min(subject_kind), '') FROM audit WHERE subject_kind > $1", after).Scan(&next); err != nil {
			return nil, tx.explain(err)
		}
		if next == "" {
			slices.Sort(kinds)
			return kinds, nil
		}
		kinds, after = append(kinds, tasks.SubjectKind(next)), next
	}
}
