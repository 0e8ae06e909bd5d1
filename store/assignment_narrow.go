package store

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tiendo/tasks"
)

// narrowed tells whether a list is filtered by what stands beside no agency.
func narrowed(q tasks.AssignmentQuery) bool {
	return q.Unreached || q.Specialist != 0 || q.Leader != 0 || q.NotSpecialist != 0 || q.Number != "" || q.Extended > 0 || !q.AssignedSince.IsZero() || !q.CompletedSince.IsZero() || !q.CompletedBefore.IsZero()
}

// narrow adds the conditions of such filters.
func narrow(w *where, q tasks.AssignmentQuery) {
	if q.Number != "" {
		w.and("a.document_id IN (SELECT d.id FROM documents d WHERE " + numbered(w, q.Number) + ")")
	}
	if !q.AssignedSince.IsZero() {
		w.and("a.assigned_at >= " + w.arg(q.AssignedSince.UnixMilli()))
	}
	if !q.CompletedSince.IsZero() {
		w.and("a.completed_at >= " + w.arg(q.CompletedSince.UnixMilli()))
	}
	if !q.CompletedBefore.IsZero() {
		w.and("a.completed_at < " + w.arg(q.CompletedBefore.UnixMilli()))
	}
	if q.Unreached {
		w.and("a.id IN (" + unreachedAssignments + ")")
	}
	if q.Extended > 0 {
		having := ""
		if q.Extended > 1 {
			having = " GROUP BY x.assignment_id HAVING count(*) >= " + strconv.Itoa(q.Extended)
		}
		w.and("a.id IN (SELECT x.assignment_id FROM extensions x WHERE x.outcome = 'granted'" + having + ")")
	}
}

// numbered is the condition that a document's number and symbol begin as typed. Digits alone are a whole number: "12" is no "120/QĐ".
func numbered(w *where, typed string) string {
	key := numberKey(typed)
	begins := func(key string) string {
		return "substr(d.number_key, 1, " + strconv.Itoa(utf8.RuneCountInString(key)) + ") = " + w.arg(key)
	}
	if strings.Trim(key, "0123456789") == "" {
		return "(d.number_key = " + w.arg(key) + " OR " + begins(key+"/") + ")"
	}
	return begins(key)
}
