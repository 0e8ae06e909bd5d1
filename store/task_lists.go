package store

import (
	"slices"

	"tiendo/tasks"
)

// listTasks is the text of the query for the identifiers of a page's tasks and how many there are, at least tasks.CountCap+1 if more.
func listTasks(tx *Tx, q tasks.AssignmentQuery) (query string, args []any, err error) {
	from, w, led, err := chooseTasks(tx, q)
	if err != nil {
		return "", nil, err
	}
	chosen, behind := from+w.String(), where{args: w.args}
	order, err := newestFirst(&behind, "a.task_id", q.After)
	if err != nil {
		return "", nil, err
	}
	limit := " LIMIT " + behind.arg(pageSize(q.Limit)+1)
	if led || q.AgencyID != 0 || q.DocumentID != 0 || q.Extended > 0 || q.Specialist != 0 || q.Leader != 0 {
		// They are few: found before they are sorted. PostgreSQL would else go through all tasks in their order, sure to fill the page soon.
		return "SELECT a.task_id, a.total FROM (SELECT t.task_id, count(*) OVER () AS total FROM (SELECT DISTINCT a.task_id " + chosen + ") AS t) AS a" + behind.String() + order + limit, behind.args, nil
	}
	most := behind.arg(tasks.CountCap + 1)
	w.conds = slices.Concat(w.conds, behind.conds)
	return "SELECT a.task_id, (SELECT count(*) FROM (SELECT DISTINCT a.task_id " + chosen + " LIMIT " + most + ") AS counted) " +
		from + w.String() + " GROUP BY a.task_id" + order + limit, behind.args, nil
}

// chooseTasks is the FROM and WHERE of a list of tasks, with its words. led tells that it begins with the rows of a word.
func chooseTasks(tx *Tx, q tasks.AssignmentQuery) (from string, w where, led bool, err error) {
	words := searchWords(q.Words)
	if len(words) == 0 || len(q.PossibleStates()) == 0 {
		from, w = chooseAssignments(q)
		return from, w, false, nil
	}
	words, counts, err := tx.byRarity(words)
	if err != nil || counts[0] > gatherRows {
		from, w = lookIntoEach(q, words)
		return from, w, false, err
	}
	look := having
	if counts[len(counts)-1] <= gatherRows {
		look = gathered
	}
	from, w = leadByWord(q, words, 0, look)
	return from, w, true, nil
}
