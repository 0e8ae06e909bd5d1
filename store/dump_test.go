package store

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// everyColumn lists the columns of every table.
func everyColumn(t testing.TB, db *DB) map[string][]string {
	t.Helper()
	columns := make(map[string][]string)
	view(t, db, func(tx *Tx) error {
		for _, table := range must(tx.tables(must(tx.dialect.archiving())(t)))(t) {
			for _, c := range must(tx.columns(table))(t) {
				columns[table] = append(columns[table], c.Name)
			}
			slices.Sort(columns[table])
		}
		return nil
	})
	return columns
}

// dump reads whole tables, each row as text, in an order that does not depend on the engine.
func dump(t testing.TB, db *DB, columns map[string][]string) map[string][]string {
	t.Helper()
	tables := make(map[string][]string)
	view(t, db, func(tx *Tx) error {
		for table, names := range columns {
			tables[table] = must(all(tx, func(r scanner) (string, error) {
				values, targets := make([]any, len(names)), make([]any, len(names))
				for i := range values {
					targets[i] = &values[i]
				}
				if err := r.Scan(targets...); err != nil {
					return "", err
				}
				b, err := json.Marshal(values)
				return string(b), err
			}, "SELECT "+strings.Join(names, ", ")+" FROM "+table))(t)
			slices.Sort(tables[table])
		}
		return nil
	})
	return tables
}

// sameRows compares tables row by row.
func sameRows(t testing.TB, want, got map[string][]string) {
	t.Helper()
	for table, rows := range want {
		if slices.Equal(rows, got[table]) {
			continue
		}
		for i := range max(len(rows), len(got[table])) {
			if i >= len(rows) || i >= len(got[table]) || rows[i] != got[table][i] {
				t.Errorf("%s: %d rows, want %d; the first that differs is %d:\n%s\nwant\n%s",
					table, len(got[table]), len(rows), i, at(got[table], i), at(rows, i))
				break
			}
		}
	}
}

func at(rows []string, i int) string {
	if i >= len(rows) {
		return "none"
	}
	return rows[i]
}
