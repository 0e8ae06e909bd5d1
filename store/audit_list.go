package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
)

// Trail keeps the audit trail; it implements tasks.TrailStore.
type Trail struct{ db *DB }

// Trail is the store of the audit trail.
func (db *DB) Trail() Trail { return Trail{db} }

// View implements tasks.TrailStore.
func (s Trail) View(ctx context.Context, fn func(tasks.TrailReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

var _ tasks.TrailStore = Trail{}

// longAudit is how many characters of what was before and after a list reads; a change of many drafts may have a million.
const longAudit = "20000"

// AuditPage implements tasks.TrailReader.
func (tx *Tx) AuditPage(q tasks.AuditQuery) ([]tasks.AuditEntry, string, error) {
	if q.Actions != nil && len(q.Actions) == 0 {
		return nil, "", nil
	}
	query, args, err := listAudit(q)
	if err != nil {
		return nil, "", err
	}
	ids, err := all(tx, readID, query, args...)
	if err != nil || len(ids) == 0 {
		return nil, "", err
	}
	var w where
	short := func(column string) string {
		return "CASE WHEN length(before) + length(after) > " + longAudit + " THEN '' ELSE " + column + " END"
	}
	rows, err := all(tx, readAudit, "SELECT id, at, actor_id, actor_name, agency_id, action, subject_kind, subject_id, "+short("before")+", "+short("after")+
		" FROM audit WHERE id IN "+in(&w, ids), w.args...)
	if err != nil {
		return nil, "", err
	}
	slices.SortFunc(rows, func(a, b tasks.AuditEntry) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	rows, next := cut(rows, pageSize(q.Limit), func(e tasks.AuditEntry) cursor {
		return cursor{Key: strconv.FormatInt(e.At.UnixMilli(), 10), ID: e.ID}
	})
	return rows, next, nil
}

// listAudit is the query for the identifiers of a page and of one row more. Where no one index has the rows in their order the newest of
// each of several are put together: of each action, or of a document and of its assignments.
func listAudit(q tasks.AuditQuery) (query string, args []any, err error) {
	var w where
	common, err := auditConditions(&w, q)
	if err != nil {
		return "", nil, err
	}
	const order = " ORDER BY at DESC, id DESC LIMIT "
	by := order
	limit := w.arg(pageSize(q.Limit) + 1)
	var parts []string
	part := func(conditions ...string) {
		text := "SELECT at, id FROM audit"
		if all := slices.Concat(conditions, common); len(all) > 0 {
			text += " WHERE " + strings.Join(all, " AND ")
		}
		parts = append(parts, "SELECT at, id FROM ("+text+by+limit+") AS part"+strconv.Itoa(len(parts)))
	}
	// As an expression, so that no engine takes the index of actions, which would have all of them read and sorted.
	oneOf := func() []string {
		if q.Actions == nil {
			return nil
		}
		return []string{"(action || '') IN " + in(&w, q.Actions)}
	}
	about := func(kind tasks.SubjectKind) string { return "subject_kind = '" + string(kind) + "' AND subject_id " }
	switch {
	case q.AssignmentID != 0:
		part(append(oneOf(), about(tasks.SubjectAssignment)+"= "+w.arg(q.AssignmentID))...)
	case q.DocumentID != 0:
		id, actions := w.arg(q.DocumentID), oneOf()
		if q.Kind != tasks.SubjectAssignment {
			part(append(slices.Clone(actions), about(tasks.SubjectDocument)+"= "+id)...)
		}
		if q.Kind != tasks.SubjectDocument {
			// A document has few of the rows of all time: found before they are sorted. PostgreSQL would else go through all time for them.
			by = " ORDER BY at + 0 DESC, id DESC LIMIT "
			part(append(actions, about(tasks.SubjectAssignment)+"IN (SELECT a.id FROM assignments a WHERE a.document_id = "+id+")")...)
		}
	case q.PersonID != 0 || q.AgencyID != 0 || q.Actions == nil:
		part(oneOf()...)
	default:
		for _, action := range q.Actions {
			part("action = " + w.arg(action))
		}
	}
	return "SELECT id FROM (" + strings.Join(parts, " UNION ALL ") + ") AS parts" + order + limit, w.args, nil
}

// auditConditions are those that hold for every row of the page.
func auditConditions(w *where, q tasks.AuditQuery) ([]string, error) {
	var common []string
	and := func(condition string) { common = append(common, condition) }
	if q.Kind != "" {
		and("(subject_kind || '') = " + w.arg(string(q.Kind))) // no index has it in the page's order
	}
	if q.PersonID != 0 {
		and("actor_id = " + w.arg(q.PersonID))
	}
	if q.AgencyID != 0 {
		and("agency_id > 0 AND agency_id = " + w.arg(q.AgencyID)) // the former is the index's
	}
	if !q.Since.IsZero() {
		and("at >= " + w.arg(q.Since.UnixMilli()))
	}
	if !q.Until.IsZero() {
		and("at < " + w.arg(q.Until.UnixMilli()))
	}
	c, ok, err := parseCursor(q.After)
	if err != nil || !ok {
		return common, err
	}
	at, err := strconv.ParseInt(c.Key, 10, 64)
	if err != nil {
		bad := tasks.Invalid(tasks.FieldError{Field: "after", Key: "error.cursor"})
		bad.Err = err
		return nil, bad
	}
	and("(at, id) < (" + w.arg(at) + ", " + w.arg(c.ID) + ")")
	return common, nil
}

// AuditActions implements tasks.TrailReader: from one to the next along the index, however many rows each has.
func (tx *Tx) AuditActions() ([]string, error) {
	return all(tx, func(r scanner) (action string, err error) {
		err = r.Scan(&action)
		return action, err
	}, `WITH RECURSIVE actions (action) AS (SELECT min(action) FROM audit UNION ALL
		SELECT (SELECT min(x.action) FROM audit x WHERE x.action > actions.action) FROM actions WHERE actions.action IS NOT NULL)
		SELECT action FROM actions WHERE action IS NOT NULL`)
}

// AuditActors implements tasks.TrailReader, in the same way.
func (tx *Tx) AuditActors() ([]tasks.AuditActor, error) {
	return all(tx, func(r scanner) (a tasks.AuditActor, err error) {
		err = r.Scan(&a.ID, &a.Name)
		return a, err
	}, `WITH RECURSIVE actors (id) AS (SELECT min(actor_id) FROM audit WHERE actor_id > 0 UNION ALL
		SELECT (SELECT min(x.actor_id) FROM audit x WHERE x.actor_id > actors.id) FROM actors WHERE actors.id IS NOT NULL)
		SELECT p.id, p.name FROM actors JOIN people p ON p.id = actors.id ORDER BY p.sort_name, p.id`)
}

// auditTitles are the queries for what subjects of a kind are called.
var auditTitles = map[tasks.SubjectKind]string{
	tasks.SubjectDocument:   "SELECT id, number FROM documents WHERE id IN ",
	tasks.SubjectAssignment: "SELECT a.id, t.text FROM assignments a JOIN tasks t ON t.id = a.task_id WHERE a.id IN ",
	tasks.SubjectAgency:     "SELECT id, name FROM agencies WHERE id IN ",
	tasks.SubjectGroup:      "SELECT id, name FROM agency_groups WHERE id IN ",
	tasks.SubjectAlias:      "SELECT id, name FROM aliases WHERE id IN ",
	tasks.SubjectPerson:     "SELECT id, name FROM people WHERE id IN ",
	tasks.SubjectMail:       "SELECT id, recipient FROM mails WHERE id IN ",
	tasks.SubjectLetter:     "SELECT l.id, CASE WHEN l.number = '' THEN g.name ELSE l.number END FROM letters l JOIN agencies g ON g.id = l.agency_id WHERE l.id IN ",
}

// AuditTitles implements tasks.TrailReader.
func (tx *Tx) AuditTitles(subjects []tasks.Subject) (map[tasks.Subject]string, error) {
	ids := make(map[tasks.SubjectKind][]int64)
	for _, s := range subjects {
		if auditTitles[s.Kind] != "" && !slices.Contains(ids[s.Kind], s.ID) {
			ids[s.Kind] = append(ids[s.Kind], s.ID)
		}
	}
	titles := make(map[tasks.Subject]string)
	for kind, list := range ids {
		for chunk := range slices.Chunk(list, maxParameters) {
			var w where
			_, err := all(tx, func(r scanner) (_ struct{}, err error) {
				var id int64
				var title string
				err = r.Scan(&id, &title)
				titles[tasks.Subject{Kind: kind, ID: id}] = title
				return struct{}{}, err
			}, auditTitles[kind]+in(&w, chunk), w.args...)
			if err != nil {
				return nil, err
			}
		}
	}
	return titles, nil
}
