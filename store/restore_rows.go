package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// restoreOctets is how much is gathered, roughly, before it is written: large values make short statements.
const restoreOctets = 1 << 20

// rows reads the backup's members into the schema that they were written from.
func (r *restore) rows(tx *Tx, a *archiving) error {
	tables, err := r.match(tx, a)
	if err != nil {
		return err
	}
	check, err := a.anyOrder(tx)
	if err != nil {
		return err
	}
	// What the migrations themselves wrote is in the backup, as it became.
	for name := range tables {
		if written, err := tx.exists("SELECT 1 FROM " + quoted(name)); err != nil {
			return err
		} else if written {
			if err := tx.exec("DELETE FROM " + quoted(name)); err != nil {
				return err
			}
		}
	}
	promised, err := r.manifest.members()
	if err != nil {
		return err
	}
	count := make(map[string]int64)
	err = eachMember(tx.ctx, r.file, func(name string, _ int64, content io.Reader) error {
		if name == manifestName {
			return nil
		}
		if hash, found := strings.CutPrefix(name, filesFolder); found {
			return r.stage.add(hash, content)
		}
		sum := sha256.New()
		table, _, _ := strings.Cut(strings.TrimPrefix(name, tablesFolder), "/")
		if tables[table] == nil {
			return fmt.Errorf("%w: %s", ErrDamaged, name) // it changed since it was verified
		}
		n, err := tables[table].read(tx, io.TeeReader(content, sum))
		count[table] += n
		if err == nil && hex.EncodeToString(sum.Sum(nil)) != promised[name].SHA256 {
			err = fmt.Errorf("%w: it changed while it was read", ErrDamaged)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for name, t := range tables {
		if count[name] != t.Rows {
			return fmt.Errorf("%w: table %s has %d rows, its manifest says %d", ErrDamaged, name, count[name], t.Rows)
		}
		if t.LastID > 0 {
			if err := a.setLastID(tx, name, t.LastID); err != nil {
				return fmt.Errorf("table %s: go on from %d: %w", name, t.LastID, err)
			}
		}
	}
	return check()
}

// match compares the backup's tables with those of the schema and answers what to write each with.
func (r *restore) match(tx *Tx, a *archiving) (map[string]*rowWriter, error) {
	names, err := tx.tables(a)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]*rowWriter)
	for _, t := range r.manifest.Tables {
		wanted[t.Name] = &rowWriter{t}
	}
	tables := make(map[string]*rowWriter)
	for _, name := range names {
		t := wanted[name]
		if t == nil && leftOut[name] {
			continue
		}
		if t == nil {
			return nil, fmt.Errorf("the backup of schema %d lacks the table %s", r.manifest.Schema, name)
		}
		columns, err := tx.columns(name)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
		byName := func(a, b ManifestColumn) int { return strings.Compare(a.Name, b.Name) }
		if !slices.Equal(slices.SortedFunc(slices.Values(columns), byName), slices.SortedFunc(slices.Values(t.Columns), byName)) {
			return nil, fmt.Errorf("table %s: the backup has the columns %v, schema %d has %v", name, t.Columns, r.manifest.Schema, columns)
		}
		tables[name] = t
	}
	for name := range wanted {
		if tables[name] == nil {
			return nil, fmt.Errorf("the backup has a table %s, schema %d has none", name, r.manifest.Schema)
		}
	}
	return tables, nil
}

// columns are a table's columns with their kinds.
func (tx *Tx) columns(table string) (_ []ManifestColumn, err error) {
	rows, err := tx.tx.QueryContext(tx.ctx, "SELECT * FROM "+quoted(table)+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	return columnsOf(rows)
}

func columnsOf(rows *sql.Rows) ([]ManifestColumn, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	columns := make([]ManifestColumn, len(types))
	for i, t := range types {
		kind, err := kindOf(t.DatabaseTypeName())
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", t.Name(), err)
		}
		columns[i] = ManifestColumn{Name: t.Name(), Kind: kind}
	}
	return columns, nil
}

// quoted is a name of a table or a column as SQL writes it, whatever it is.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// rowWriter writes rows of one table.
type rowWriter struct{ ManifestTable }

// read writes the rows of one member and answers how many.
func (w *rowWriter) read(tx *Tx, content io.Reader) (n int64, err error) {
	names := make([]string, len(w.Columns))
	for i, c := range w.Columns {
		names[i] = quoted(c.Name)
	}
	into := quoted(w.Name) + " (" + strings.Join(names, ", ") + ")"
	var values []any
	octets := 0
	flush := func() error {
		if err := tx.insertRows(into, len(w.Columns), values); err != nil {
			return fmt.Errorf("up to row %d: %w", n, err)
		}
		values, octets = values[:0], 0
		return nil
	}
	decoder := json.NewDecoder(content)
	decoder.UseNumber()
	for {
		var row []any
		if err := decoder.Decode(&row); errors.Is(err, io.EOF) {
			return n, flush()
		} else if err != nil {
			return n, damaged(tx.ctx, err)
		}
		n++
		if len(row) != len(w.Columns) {
			return n, fmt.Errorf("%w: row %d has %d values, %d are wanted", ErrDamaged, n, len(row), len(w.Columns))
		}
		for i, c := range w.Columns {
			v, size, err := decodeValue(c.Kind, row[i])
			if err != nil {
				return n, fmt.Errorf("%w: row %d, column %s: %w", ErrDamaged, n, c.Name, err)
			}
			values, octets = append(values, v), octets+size
		}
		if len(values)+len(w.Columns) > maxParameters || octets >= restoreOctets {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
}

// decodeValue undoes encodeValue; size is roughly what the value takes.
func decodeValue(kind string, v any) (value any, size int, err error) {
	switch v := v.(type) {
	case nil:
		return nil, 1, nil
	case json.Number:
		if kind == kindInt {
			n, err := v.Int64()
			return n, 8, err
		}
	case string:
		switch kind {
		case kindText:
			return v, len(v), nil
		case kindBytes:
			b, err := base64.StdEncoding.DecodeString(v)
			return b, len(b), err
		}
	}
	return nil, 0, fmt.Errorf("a %T where %s is wanted", v, kind)
}
