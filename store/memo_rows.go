package store

import (
	"slices"
	"sync"

	"tiendo/tasks"
)

// rowMemo keeps the lines of lists that were read last, each with the versions of the rows that it is made of: a statement that
// chooses a page's assignments answers their versions too, and what has them still need not be read. All that a line says is in rows
// whose changes give them another version (the assignment, its document, which gets another one too when a duty's mark of restriction
// changes) or in rows that never change (its duty and agencies), but for what stands in a stamp by itself. No identifier is given twice.
type rowMemo struct {
	mu     sync.Mutex
	newer  map[int64]keptRow
	before map[int64]keptRow
}

type keptRow struct {
	version, documentVersion int64
	row                      tasks.AssignmentRow
}

// keptRows is how many lines are remembered at least; at most twice as many, about a thousand octets each.
const keptRows = 4000

// get answers the line if nothing has changed since; the caller may do with it as he likes.
func (m *rowMemo) get(s rowStamp) (tasks.AssignmentRow, bool) {
	m.mu.Lock()
	kept, ok := m.newer[s.id]
	if !ok {
		if kept, ok = m.before[s.id]; ok {
			m.keep(s.id, kept)
		}
	}
	m.mu.Unlock()
	if !ok || kept.version != s.version || kept.documentVersion != s.documentVersion {
		return tasks.AssignmentRow{}, false
	}
	return own(kept.row), true
}

func (m *rowMemo) put(s rowStamp, row tasks.AssignmentRow) {
	row = own(row)
	row.LastReason, row.LastReport = "", "" // come with the stamp
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(s.id, keptRow{s.version, s.documentVersion, row})
}

// keep forgets, when there are too many, those that nobody has asked for lately.
func (m *rowMemo) keep(id int64, k keptRow) {
	if m.newer == nil || len(m.newer) >= keptRows {
		m.before, m.newer = m.newer, make(map[int64]keptRow, keptRows/4)
	}
	m.newer[id] = k
}

// own gives a line lists of its own.
func own(row tasks.AssignmentRow) tasks.AssignmentRow {
	row.Leads, row.Cooperating = slices.Clone(row.Leads), slices.Clone(row.Cooperating)
	return row
}
