package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// rowStamp tells of an assignment's line whether it is as it was read last, with what a change of it does not tell by a version.
type rowStamp struct {
	id, version, documentVersion int64
	lastReason, lastReport       string
	nextReport                   calendar.Date
}

// AssignmentPages implements tasks.AssignmentReader: one statement counts and chooses for all lists, one or two more read what their
// lines say, unless that is in memory.
func (tx *Tx) AssignmentPages(queries []tasks.AssignmentQuery) ([]tasks.AssignmentPage, error) {
	pages := make([]tasks.AssignmentPage, len(queries))
	if len(queries) == 0 {
		return pages, nil
	}
	searched := make(map[int]found)
	queries = slices.Clone(queries)
	for i := range queries {
		queries[i] = ofAgency(queries[i])
		q := queries[i]
		if len(q.PossibleStates()) == 0 {
			searched[i] = found{} // by no words: nothing can fit
			continue
		}
		if len(searchWords(q.Words)) > 0 {
			f, err := tx.search(q)
			if err != nil {
				return nil, err
			}
			searched[i], pages[i].Total = f, f.total
		}
	}
	query, args, keys, err := listPages(queries, searched)
	if err != nil {
		return nil, err
	}
	var stamps []rowStamp
	of := make([][]int, len(queries)) // places in stamps
	_, err = all(tx, func(r scanner) (struct{}, error) {
		var list, counted, total int
		var s rowStamp
		err := r.Scan(&list, &counted, &total, &s.id, &s.version, &s.documentVersion, &s.lastReason, &s.lastReport, day{&s.nextReport})
		pages[list].Total = max(pages[list].Total, min(total, tasks.CountCap+1))
		if counted == 1 {
			return struct{}{}, err
		}
		of[list] = append(of[list], len(stamps))
		stamps = append(stamps, s)
		return struct{}{}, err
	}, query, args...)
	if err != nil {
		return nil, err
	}
	rows, err := tx.stampedRows(stamps)
	if err != nil {
		return nil, err
	}
	for i, q := range queries {
		list := make([]tasks.AssignmentRow, 0, len(of[i]))
		for _, at := range of[i] {
			if rows[at].ID != 0 {
				list = append(list, rows[at])
			}
		}
		// Engines promise no order of what they unite.
		slices.SortFunc(list, func(a, b tasks.AssignmentRow) int { return comparePlaces(q.Sort, keys[i](a), keys[i](b)) })
		pages[i].Rows, pages[i].Next = cut(list, pageSize(q.Limit), keys[i])
	}
	return pages, nil
}

// listPages is the text of the query for several pages at once, and the sort keys of their rows. Pages that words have found already
// are in searched.
func listPages(queries []tasks.AssignmentQuery, searched map[int]found) (query string, args []any, keys []func(tasks.AssignmentRow) cursor, err error) {
	var w where
	var lists, totals strings.Builder
	for i, q := range queries {
		n := strconv.Itoa(i)
		keys = append(keys, sortKey(q.Sort))
		if i > 0 {
			lists.WriteString(" UNION ALL ")
		}
		if f, ok := searched[i]; ok {
			lists.WriteString("SELECT " + n + " AS list, id, 0 AS total FROM assignments WHERE id IN " + in(&w, f.ids))
			continue
		}
		text, from, own, counted, err := listPage(q)
		if err != nil {
			return "", nil, nil, err
		}
		if from != "" {
			limit := counted.arg(tasks.CountCap + 1)
			totals.WriteString(" UNION ALL SELECT " + n + ", 1, count(*), 0, 0, 0, '', '', CAST(NULL AS TEXT) FROM (SELECT 1 " +
				w.adopt(from+counted.String()+" LIMIT "+limit, counted.args) + ") AS c" + n)
		}
		lists.WriteString("SELECT " + n + " AS list, id, total FROM (" + w.adopt(text, own) + ") AS l" + n)
	}
	// CROSS, so that no engine begins with a whole table: the list is the short one.
	return "SELECT l.list, 0, l.total, a.id, a.version, d.version, " + lastReason + ", " + lastReport + ", " + nextReport + " FROM (" + lists.String() +
		") AS l CROSS JOIN assignments a CROSS JOIN documents d WHERE a.id = l.id AND d.id = a.document_id" + totals.String(), w.args, keys, nil
}

// listPage is the text of the query for one page's identifiers with a total, and where that is to be counted apart the rows for it.
func listPage(q tasks.AssignmentQuery) (text, from string, args []any, counted where, err error) {
	var own where
	if agencies := listAgencies(q); len(agencies) > 0 {
		if text, err = agencyPage(q, agencies, &own); err == nil && q.After != "" {
			from = agencyTotal(q, agencies, &counted)
		}
		return text, from, own.args, counted, err
	}
	from, own = chooseAssignments(q)
	counted = where{args: slices.Clone(own.args), conds: own.conds}
	text, err = listAssignments(q, from, &own)
	return "SELECT a.id, 0 AS total" + strings.TrimPrefix(text, "SELECT a.id"), from, own.args, counted, err
}

// comparePlaces compares by the order of listAssignments.
func comparePlaces(sort tasks.Sort, a, b cursor) int {
	if sort == tasks.SortNewest {
		return cmp.Compare(b.ID, a.ID)
	}
	switch {
	case (a.Key == "") != (b.Key == ""):
		if a.Key == "" {
			return 1
		}
		return -1
	case a.Key != b.Key:
		return strings.Compare(a.Key, b.Key)
	}
	return cmp.Compare(a.ID, b.ID)
}

// stampedRows answers the lines, from memory where they are as they were. In a transaction that writes each statement may see another
// state: what is gone since the stamps were read has an empty line.
func (tx *Tx) stampedRows(stamps []rowStamp) ([]tasks.AssignmentRow, error) {
	rows := make([]tasks.AssignmentRow, len(stamps))
	var missing []int64
	var at []int
	for i, s := range stamps {
		row, ok := tasks.AssignmentRow{}, false
		if !tx.writes {
			row, ok = tx.memos.rows.get(s)
		}
		if !ok {
			missing, at = append(missing, s.id), append(at, i)
			continue
		}
		row.LastReason, row.LastReport, row.NextReport = s.lastReason, s.lastReport, s.nextReport
		rows[i] = row
	}
	if len(missing) == 0 {
		return rows, nil
	}
	distinct := slices.Clone(missing)
	slices.Sort(distinct)
	read, err := tx.AssignmentRows(slices.Compact(distinct))
	if err != nil {
		return nil, err
	}
	for n, i := range at {
		j, there := slices.BinarySearchFunc(read, missing[n], func(r tasks.AssignmentRow, id int64) int { return cmp.Compare(r.ID, id) })
		if !there {
			continue
		}
		rows[i] = read[j]
		if !tx.writes {
			tx.memos.rows.put(stamps[i], read[j])
		}
	}
	return rows, nil
}
