package store

import (
	"slices"
	"sync"

	"tiendo/tasks"
)

// memo keeps the rows that a query answered last, with a short text that the engine makes of the same rows: while that text is the
// same, so are the rows. Asking for the text costs a fraction of reading, converting and sorting the rows, and never gives what has
// been changed since, by this program or by another on the same database.
type memo[T any] struct {
	mu   sync.Mutex
	text string
	rows []T
	kept bool
}

// read answers the rows; text is a query for the text, which must differ when any of the rows does.
func (m *memo[T]) read(tx *Tx, rows func() ([]T, error), text string, args ...any) ([]T, error) {
	// A change that is undone and one that is kept may leave the same version behind them: neither is remembered before it is kept.
	if tx.writes {
		return rows()
	}
	var now string
	if err := tx.row(text, args...).Scan(&now); err != nil {
		return nil, tx.explain(err)
	}
	m.mu.Lock()
	known, same := m.rows, m.kept && m.text == now
	m.mu.Unlock()
	if same {
		return slices.Clone(known), nil
	}
	read, err := rows()
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	m.text, m.rows, m.kept = now, slices.Clone(read), true
	m.mu.Unlock()
	return read, nil
}

// memos are what a database remembers.
type memos struct {
	agencies  memo[tasks.Agency]
	documents memo[tasks.DocumentName]
	rows      rowMemo
}
