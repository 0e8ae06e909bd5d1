package store

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"tiendo/tasks"
)

// cursor says after which row the next page begins: the row's sort key, "" when it has none, and its identifier.
type cursor struct {
	Key string `json:"k,omitempty"`
	ID  int64  `json:"i"`
}

func (c cursor) String() string {
	b, _ := json.Marshal(c) // text and a number always marshal
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor reads what String wrote; ok is false for "", the first page.
func parseCursor(s string) (c cursor, ok bool, err error) {
	if s == "" {
		return c, false, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err == nil && c.ID <= 0 {
		err = fmt.Errorf("cursor without a row")
	}
	if err != nil {
		bad := tasks.Invalid(tasks.FieldError{Field: "after", Key: "error.cursor"})
		bad.Err = err
		return c, false, bad
	}
	return c, true, nil
}

// pageSize is the limit to use for one that was asked for.
func pageSize(limit int) int {
	if limit <= 0 {
		return tasks.DefaultPage
	}
	return min(limit, tasks.MaxPage)
}

// newestFirst orders by id downwards, beginning after the cursor.
func newestFirst(w *where, id, after string) (order string, err error) {
	c, ok, err := parseCursor(after)
	if ok {
		w.and(id + " < " + w.arg(c.ID))
	}
	return " ORDER BY " + id + " DESC", err
}

// oldestFirst orders by id upwards, beginning after the cursor.
func oldestFirst(w *where, id, after string) (order string, err error) {
	c, ok, err := parseCursor(after)
	if ok {
		w.and(id + " > " + w.arg(c.ID))
	}
	return " ORDER BY " + id, err
}

// nullsLast orders by a column that may be NULL, those rows last, then by id, beginning after the cursor. The condition is such that
// an engine can begin in the middle of an index of the order, as PostgreSQL does; written with OR it is read from its beginning.
func nullsLast(w *where, column, id, after string) (order string, err error) {
	null := "(" + column + " IS NULL)"
	c, ok, err := parseCursor(after)
	switch {
	case !ok:
	case c.Key == "":
		w.and(null + " = TRUE AND " + column + " IS NULL AND " + id + " > " + w.arg(c.ID))
		return " ORDER BY " + column + ", " + id, nil
	default:
		w.and("(" + null + ", " + column + ", " + id + ") > (FALSE, " + w.arg(c.Key) + ", " + w.arg(c.ID) + ")")
	}
	return " ORDER BY " + null + ", " + column + ", " + id, err
}

// cut drops the row that was read only to know whether there is a next page, and answers that page's cursor.
func cut[T any](rows []T, size int, key func(T) cursor) ([]T, string) {
	if len(rows) <= size {
		return rows, ""
	}
	rows = rows[:size]
	return rows, key(rows[size-1]).String()
}

// total counts the rows of "FROM … WHERE …", at most one more than tasks.CountCap.
func (tx *Tx) total(from string, w *where) (int, error) {
	counted := where{args: append([]any{}, w.args...)}
	limit := counted.arg(tasks.CountCap + 1)
	var n int
	err := tx.row("SELECT count(*) FROM (SELECT 1 "+from+w.String()+" LIMIT "+limit+") AS counted", counted.args...).Scan(&n)
	return n, err
}
