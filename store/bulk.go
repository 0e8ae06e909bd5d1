package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// BulkDuty is one duty of a document with its only assignment and what has become of it. Identifiers are given by the store.
type BulkDuty struct {
	Task       tasks.Task
	Assignment tasks.Assignment
	Notes      []calendar.Date // periodic reports that nobody has made yet
	Reports    []tasks.Report
}

// Bulk writes documents with their duties, many at a time. It is for one goroutine.
type Bulk struct {
	tx     *Tx
	write  bulkWrite
	lastID map[string]int64
	tables []*bulkRows
	words  []bulkWord
	duties int // gathered since the last flush
}

// bulkFlush is after how many duties what was gathered is written.
const bulkFlush = 3000

// bulkRows are rows of one table that wait to be written.
type bulkRows struct {
	table   string
	columns []string
	values  []any // one row behind the other
}

// bulkWord is a row of assignment_words.
type bulkWord struct {
	word         string
	assignmentID int64
}

func (r *bulkRows) add(values ...any) { r.values = append(r.values, values...) }

// The tables of Bulk.tables, in the order in which rows refer to each other.
const (
	bulkTasks = iota
	bulkAssignments
	bulkAgencies
	bulkNotes
	bulkReports
)

// bulkColumns are what a bulk writes of each of its tables.
var bulkColumns = []struct{ table, columns string }{
	bulkTasks: {"tasks", "id, " + dutyColumns},
	bulkAssignments: {"assignments", `id, task_id, document_id, state, percent, first_due, due, due_version, due_set_on, cadence, submitted_on,
		assigned_at, completed_at, version`},
	bulkAgencies: {"assignment_agencies", agencyColumns},
	bulkNotes:    {"cadence_notes", "assignment_id, due"},
	bulkReports:  {"reports", "assignment_id, agency_id, person_id, kind, percent, text, documents, at, day, outcome, decided_by, decided_at, reason"},
}

// bulkWords is the table that takes most of a bulk: some fifty rows an assignment.
const bulkWords = "assignment_words"

// Bulk fills the database with what fn adds, in one transaction and the engine's quickest way of writing. Unlike the domain's own
// issue it checks nothing, writes no trail and tells nobody. Meanwhile nobody else can write, nor on PostgreSQL read what is written
// to: it is for a database that nobody uses yet.
func (db *DB) Bulk(ctx context.Context, fn func(*Bulk) error) (err error) {
	engine, err := db.dialect.bulk()
	if err != nil {
		return err
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("bulk: %w", err)
	}
	defer func() {
		if len(engine.before) > 0 {
			// The pool makes another, set up as usual.
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
			return
		}
		err = errors.Join(err, conn.Close())
	}()
	for _, s := range engine.before {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("bulk: %w", err)
		}
	}
	tables := []string{bulkWords}
	for _, t := range bulkColumns {
		tables = append(tables, t.table)
	}
	err = db.run(ctx, conn, nil, func(tx *Tx) error {
		end, err := engine.begin(tx, tables)
		if err != nil {
			return err
		}
		b := &Bulk{tx: tx, write: engine.writer(tx, conn), lastID: make(map[string]int64)}
		if err := b.number(func() error { return fn(b) }); err != nil {
			return err
		}
		return end()
	})
	if err == nil && engine.tidy != "" {
		// The documents of what was added are as new, and queries begin with them where they are taken for few.
		_, err = conn.ExecContext(ctx, engine.tidy+" documents, "+strings.Join(tables, ", "))
	}
	return err
}

// number runs fill between reading which identifiers have been given and noting those that it gave.
func (b *Bulk) number(fill func() error) error {
	a, err := b.tx.beginArchiving()
	if err != nil {
		return err
	}
	_, err = all(b.tx, func(r scanner) (table string, err error) {
		var last int64
		err = r.Scan(&table, &last)
		b.lastID[table] = last
		return table, err
	}, a.lastIDs)
	if err != nil {
		return err
	}
	for _, t := range bulkColumns {
		columns := strings.Split(t.columns, ",")
		for i := range columns {
			columns[i] = strings.TrimSpace(columns[i])
		}
		b.tables = append(b.tables, &bulkRows{table: t.table, columns: columns})
	}
	if err := errors.Join(fill(), b.flush()); err != nil {
		return err
	}
	for _, t := range b.tables {
		if last := b.lastID[t.table]; t.columns[0] == "id" && last > 0 {
			if err := a.setLastID(b.tx, t.table, last); err != nil {
				return err
			}
		}
	}
	return nil
}

// Add writes an issued document with all its duties.
func (b *Bulk) Add(d tasks.Document, duties []BulkDuty) error {
	id, err := b.tx.InsertDocument(d)
	if err != nil {
		return fmt.Errorf("write document %s with %d duties: %w", d.Number, len(duties), err)
	}
	d.ID = id
	ofDocument := directory.Words(d.Number + "\n" + d.Title)
	for _, duty := range duties {
		assignmentID, err := b.duty(d, duty)
		if err != nil {
			return err
		}
		t := duty.Task
		words := append(directory.Words(t.Text+"\n"+t.Ref+"\n"+t.Deliverable), ofDocument...)
		slices.Sort(words)
		for _, word := range slices.Compact(words) {
			b.words = append(b.words, bulkWord{word, assignmentID})
		}
	}
	if b.duties += len(duties); b.duties >= bulkFlush {
		return b.flush()
	}
	return nil
}

func (b *Bulk) duty(d tasks.Document, duty BulkDuty) (assignmentID int64, err error) {
	t, a := duty.Task, duty.Assignment
	criteria, err := listValue(t.Criteria)
	if err != nil {
		return 0, err
	}
	taskID, id := b.next("tasks"), b.next("assignments")
	b.tables[bulkTasks].add(taskID, d.ID, t.Position, t.Ref, t.Section, t.Text, t.Deliverable, criteria, t.Written.Phrase, string(t.Written.Kind),
		dayValue(t.Written.Date), t.Written.Time, t.Written.RRule, t.Source.File, t.Source.Part, t.Source.Block, t.Source.Row)
	b.tables[bulkAssignments].add(id, taskID, d.ID, string(a.State), a.Percent, dayValue(a.FirstDue), dayValue(a.Due), a.DueVersion,
		dayValue(a.DueSetOn), a.Cadence, dayValue(a.SubmittedOn), a.AssignedAt.UnixMilli(), instantValue(a.CompletedAt), 1)
	of := func(agency int64, part tasks.Part, position int) {
		b.tables[bulkAgencies].add(id, agency, string(part), position, d.ID, string(a.State), dueValue(a.Due), dayValue(a.SubmittedOn))
	}
	for n, agency := range a.Leads {
		of(agency, tasks.PartLead, n)
	}
	for n, agency := range a.Cooperating {
		of(agency, tasks.PartCooperating, len(a.Leads)+n)
	}
	for _, due := range duty.Notes {
		b.tables[bulkNotes].add(id, due.String())
	}
	for _, r := range duty.Reports {
		b.tables[bulkReports].add(id, refValue(r.AgencyID), refValue(r.PersonID), string(r.Kind), r.Percent, r.Text, r.Documents,
			r.At.UnixMilli(), r.On.String(), string(r.Outcome), refValue(r.DecidedBy), instantValue(r.DecidedAt), r.Reason)
	}
	return id, nil
}

func (b *Bulk) next(table string) int64 {
	b.lastID[table]++
	return b.lastID[table]
}

// flush writes what was gathered.
func (b *Bulk) flush() error {
	for _, t := range b.tables {
		if len(t.values) == 0 {
			continue
		}
		if err := b.write.rows(t); err != nil {
			return fmt.Errorf("write %s: %w", t.table, err)
		}
		clear(t.values)
		t.values = t.values[:0]
	}
	if err := b.write.words(b.words); err != nil {
		return fmt.Errorf("write %s: %w", bulkWords, err)
	}
	b.words, b.duties = b.words[:0], 0
	return nil
}
