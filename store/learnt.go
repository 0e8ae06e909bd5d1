package store

import (
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/directory"
)

// SetAliasOrigin implements tasks.DirectoryTx and tasks.DocumentTx. The first origin of a name stays.
func (tx *Tx) SetAliasOrigin(id int64, o tasks.AliasOrigin) error {
	return tx.exec("UPDATE aliases SET learnt_at = $1, learnt_by = $2, learnt_from = $3 WHERE id = $4 AND learnt_at IS NULL",
		instantValue(o.At), refValue(o.PersonID), refValue(o.DocumentID), id)
}

// OpenDuties implements tasks.DirectoryReader.
func (tx *Tx) OpenDuties(agencyID int64) (int, error) {
	var n int
	err := tx.row(`SELECT count(*) FROM assignment_agencies x JOIN assignments a ON a.id = x.assignment_id
		WHERE x.agency_id = $1 AND x.part = $2 AND a.state NOT IN ($3, $4)`,
		agencyID, string(tasks.PartLead), string(tasks.StateCompleted), string(tasks.StateCancelled)).Scan(&n)
	return n, err
}

// LearntNames implements tasks.DirectoryReader. The words are looked for in the whole list, which is as short as that of Aliases.
func (tx *Tx) LearntNames(q tasks.LearntQuery) (tasks.LearntPage, error) {
	var w where
	switch q.Origin {
	case tasks.NamesOfReview:
		w.and("a.learnt_from IS NOT NULL")
	case tasks.NamesByHand:
		w.and("a.learnt_from IS NULL")
	}
	var page tasks.LearntPage
	after, more, err := parseCursor(q.After)
	if err != nil {
		return page, err
	}
	rows, err := all(tx, func(r scanner) (n tasks.LearntName, err error) {
		err = r.Scan(&n.ID, &n.Name, ref{&n.AgencyID}, ref{&n.GroupID}, instant{&n.At}, ref{&n.PersonID}, ref{&n.DocumentID},
			text{&n.Person}, ref{&n.Document.ID}, text{(*string)(&n.Document.Kind)}, text{&n.Document.Number}, text{&n.Document.Title})
		return n, err
	}, `SELECT a.id, a.name, a.agency_id, a.group_id, a.learnt_at, a.learnt_by, a.learnt_from, p.name, d.id, d.kind, d.number, d.title
		FROM aliases a LEFT JOIN people p ON p.id = a.learnt_by LEFT JOIN documents d ON d.id = a.learnt_from`+w.String()+" ORDER BY a.id DESC", w.args...)
	if err != nil {
		return page, err
	}
	typed := directory.Words(q.Words)
	rows = slices.DeleteFunc(rows, func(n tasks.LearntName) bool { return !beginsWords(n.Name, typed) })
	page.Total = len(rows)
	if more {
		rows = slices.DeleteFunc(rows, func(n tasks.LearntName) bool { return n.ID >= after.ID })
	}
	page.Rows, page.Next = cut(rows, pageSize(q.Limit), func(n tasks.LearntName) cursor { return cursor{ID: n.ID} })
	return page, nil
}

// beginsWords tells whether each of the typed words begins a word of the name.
func beginsWords(name string, typed []string) bool {
	words := directory.Words(name)
	return !slices.ContainsFunc(typed, func(t string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, t) })
	})
}
