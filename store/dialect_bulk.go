package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// bulkEngine is what differs between engines when a database is filled.
type bulkEngine struct {
	// before are statements outside the transaction, whose effect ends with the connection.
	before []string
	// begin readies the transaction and the tables; the function that it answers makes them again as they were.
	begin func(tx *Tx, tables []string) (end func() error, err error)
	// writer answers how rows are written; conn is the connection of the transaction.
	writer func(tx *Tx, conn *sql.Conn) bulkWrite
	// tidy, followed by the tables, tells the engine of what it holds now; "" where it needs no telling. Outside any transaction.
	tidy string
}

// bulkWrite writes rows of a table, and words in the order of their assignments.
type bulkWrite interface {
	rows(t *bulkRows) error
	words(all []bulkWord) error
}

func (d *dialect) bulk() (*bulkEngine, error) {
	switch d.name {
	case sqlite.name:
		return &sqliteBulk, nil
	case postgres.name:
		return &postgresBulk, nil
	}
	return nil, fmt.Errorf("the engine %s cannot be filled", d.name)
}

// bulkCache is how much of the database SQLite keeps in memory while it is filled, in KiB: all places at which words are added.
const bulkCache = 128 << 10

var sqliteBulk = bulkEngine{
	before: []string{"PRAGMA cache_size = -" + strconv.Itoa(bulkCache), "PRAGMA foreign_keys = OFF"}, // which inside a transaction would do nothing
	begin:  sqliteBulkBegin,
	writer: func(tx *Tx, _ *sql.Conn) bulkWrite { return sqliteBulkWrite{tx} },
}

// sqliteBulkBegin takes the indexes away; the function that it answers makes them again and checks what rows refer to. Words are not
// checked: they are of assignments that the same filling has numbered, and many.
func sqliteBulkBegin(tx *Tx, tables []string) (func() error, error) {
	var w where
	list := in(&w, tables)
	var drop, add []string
	_, err := all(tx, func(r scanner) (_ struct{}, err error) {
		var name, text string
		err = r.Scan(&name, &text)
		drop, add = append(drop, "DROP INDEX "+quoted(name)), append(add, text)
		return struct{}{}, err
	}, "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN "+list+" ORDER BY name", w.args...)
	if err == nil {
		err = tx.each(drop)
	}
	return func() error {
		if err := tx.each(add); err != nil {
			return err
		}
		for _, table := range tables {
			if table == bulkWords {
				continue
			}
			broken, err := tx.exists("SELECT 1 FROM pragma_foreign_key_check($1)", table)
			if err == nil && broken {
				err = errors.New("rows of " + table + " refer to none")
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, err
}

// each runs statements one after the other.
func (tx *Tx) each(statements []string) error {
	for _, s := range statements {
		if err := tx.exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

type sqliteBulkWrite struct{ tx *Tx }

func (w sqliteBulkWrite) rows(t *bulkRows) error {
	return w.tx.insertRows(t.table+" ("+strings.Join(t.columns, ", ")+")", len(t.columns), t.values)
}

// words writes in the order of the table's key, a word's assignments with one statement: arguments one by one would take longer than
// the writing.
func (w sqliteBulkWrite) words(all []bulkWord) error {
	ids := make(map[string][]int64)
	for _, row := range all {
		ids[row.word] = append(ids[row.word], row.assignmentID)
	}
	for _, word := range slices.Sorted(maps.Keys(ids)) {
		list, err := json.Marshal(ids[word])
		if err == nil {
			err = w.tx.exec("INSERT INTO "+bulkWords+" (word, assignment_id) SELECT $1, value FROM json_each($2)", word, string(list))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var postgresBulk = bulkEngine{
	begin:  postgresBulkBegin,
	writer: func(tx *Tx, conn *sql.Conn) bulkWrite { return postgresBulkWrite{tx, conn} },
	tidy:   "VACUUM ANALYZE",
}

type postgresBulkWrite struct {
	tx   *Tx
	conn *sql.Conn
}

func (w postgresBulkWrite) rows(t *bulkRows) error {
	values := storable(t.values)
	width := len(t.columns)
	return w.copy(t.table, t.columns, len(values)/width, func(i int) ([]any, error) { return values[i*width : (i+1)*width], nil })
}

// words keeps the order, so that the words of an assignment stand side by side on the disk.
func (w postgresBulkWrite) words(all []bulkWord) error {
	row := make([]any, 2)
	return w.copy(bulkWords, []string{"word", "assignment_id"}, len(all), func(i int) ([]any, error) {
		row[0], row[1] = all[i].word, all[i].assignmentID
		return row, nil
	})
}

func (w postgresBulkWrite) copy(table string, columns []string, n int, row func(i int) ([]any, error)) error {
	w.tx.onQuery(w.tx.ctx)
	return w.conn.Raw(func(raw any) error {
		c, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("the driver's connection is a %T", raw)
		}
		_, err := c.Conn().CopyFrom(w.tx.ctx, pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, row))
		return err
	})
}

// postgresBulkBegin takes away what would be kept up to date with each row, the indexes and the foreign keys, and makes them again at
// the end: sorting all rows once is many times quicker. What other tables refer to stays.
func postgresBulkBegin(tx *Tx, tables []string) (func() error, error) {
	var w where
	list := in(&w, tables)
	of := func(column string) string {
		return column + " IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname IN " + list + ")"
	}
	pairs := func(query string) (drop, add []string, err error) {
		_, err = all(tx, func(r scanner) (_ struct{}, err error) {
			var without, with string
			err = r.Scan(&without, &with)
			drop, add = append(drop, without), append(add, with)
			return struct{}{}, err
		}, query, w.args...)
		return drop, add, err
	}
	dropKeys, addKeys, err := pairs(`SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
		format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid))
		FROM pg_constraint c WHERE ` + of("conrelid") + ` AND (contype = 'f' OR contype IN ('p', 'u')
		AND NOT EXISTS (SELECT 1 FROM pg_constraint r WHERE r.contype = 'f' AND r.confrelid = c.conrelid)) ORDER BY contype = 'f', conname`)
	if err != nil {
		return nil, err
	}
	dropIndexes, addIndexes, err := pairs(`SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
		FROM pg_index i WHERE ` + of("indrelid") + ` AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)
		ORDER BY indexrelid`)
	if err != nil {
		return nil, err
	}
	if err := tx.each(slices.Concat(dropKeys, dropIndexes)); err != nil {
		return nil, err
	}
	return func() error {
		return tx.each(slices.Concat([]string{"SET LOCAL maintenance_work_mem = '512MB'"}, addIndexes, addKeys))
	}, nil
}
