package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tiendo/tasks"
)

// A list may be asked for the assignments that have words beginning as typed. No single statement finds them quickly whatever the
// words: most assignments of a province have "hành" and "chính" in them, two have "1050". So it is first counted, up to a limit, how
// many have each word.
//
//   - A rare word leads to its assignments, which are then looked at.
//   - Common words are looked for in the assignments that come first in the list. Most often they fill the page.
//   - Where they do not (the words stand together in late assignments alone) the rarest word leads after all.
const (
	// rareWord is up to how many rows of the table of words a word is rare.
	rareWord = 5000
	// leadWord is up to how many rows a common word leads where it must.
	leadWord = 50000
	// nearRows is in how many assignments from the list's beginning common words are looked for; fewNear where the rarest word is rare,
	// but has more rows than are counted.
	nearRows = 3000
	fewNear  = 500
	// gatherRows is up to how many rows of a word are gathered to be compared with another's.
	gatherRows = 20000
)

// found is what the words of a list have found: the identifiers of its page and one more, and the capped total.
type found struct {
	total int
	ids   []int64
}

// search looks for the list's words; a list without any is none of its business.
func (tx *Tx) search(q tasks.AssignmentQuery) (f found, err error) {
	words, counts, err := tx.byRarity(searchWords(q.Words))
	if err != nil {
		return f, err
	}
	rows := counts[0]
	// To gather what has each word takes a fraction of the time of looking for each word in many assignments.
	look := having
	gather := rows > tasks.CountCap && counts[len(counts)-1] <= gatherRows
	if gather {
		look = gathered
	}
	// Where only some assignments are asked for, they are looked at one by one, whatever the words.
	few := q.AgencyID != 0 || q.DocumentID != 0 || q.Visible != nil
	from, w := leadByWord(q, words, 0, look)
	if gather && rows <= rareWord && q.After == "" {
		return tx.firstLed(q, from, w, rows)
	}
	if rows > tasks.CountCap {
		if f.total, err = tx.totalByWord(q, words, look); err != nil {
			return f, err
		}
		if !few && q.Sort != tasks.SortReport {
			near := nearRows
			if rows <= rareWord {
				near = fewNear
			}
			if f.ids, err = tx.near(q, words, near); err != nil {
				return f, err
			}
		}
		if (f.total > tasks.CountCap || rows <= rareWord) && len(f.ids) > pageSize(q.Limit) {
			return f, nil
		}
		each := few && rows > rareWord
		if !few && rows > rareWord {
			// Looking into each assignment ends with the page; to have read so many rows of a word and sorted them takes longer.
			each, err = tx.commonerThan(words[0], leadWord)
		}
		if err != nil {
			return f, err
		}
		if each {
			from, w = lookIntoEach(q, words)
		}
	}
	// What a rare word leads to has been counted already, all of it, where it is more than are counted.
	if f.total <= tasks.CountCap && (rows <= tasks.CountCap || rows > rareWord) {
		if f.total, err = tx.total(from, &w); err != nil {
			return f, err
		}
	}
	if len(f.ids) <= pageSize(q.Limit) {
		query, args, err := listLed(q, from, w, rows)
		if err != nil {
			return f, err
		}
		f.ids, err = all(tx, readID, query, args...)
		return f, err
	}
	return f, nil
}

// firstLed counts what a rare word leads to and reads the first page of it at once.
func (tx *Tx) firstLed(q tasks.AssignmentQuery, from string, w where, rows int) (f found, err error) {
	query, args, err := listLed(q, from, w, rows)
	if err != nil {
		return f, err
	}
	f.ids, err = all(tx, func(r scanner) (id int64, err error) {
		err = r.Scan(&id, &f.total)
		return id, err
	}, "SELECT a.id, count(*) OVER ()"+strings.TrimPrefix(query, "SELECT a.id"), args...)
	f.total = min(f.total, tasks.CountCap+1)
	return f, err
}

// totalByWord counts among the first rows of the rarest word. There are most often more than are counted; if not, it may be too few
// unless those rows are all that the word has.
func (tx *Tx) totalByWord(q tasks.AssignmentQuery, words []string, look func(*where, []string)) (n int, err error) {
	if _, own := chooseAssignments(q); q.AgencyID != 0 || len(own.conds) > 0 {
		from, w := leadByWord(q, words, rareWord, look)
		return tx.total(from, &w)
	}
	// What is gathered may be too little where a word has more rows.
	for _, look := range []func(*where, []string){gathered, having} {
		var w where
		from := "FROM (SELECT DISTINCT assignment_id AS id FROM (SELECT assignment_id FROM assignment_words WHERE " + beginning(&w, words[0]) +
			" LIMIT " + w.arg(rareWord) + ") AS words) AS a"
		look(&w, words[1:])
		if n, err = tx.total(from, &w); err != nil || n > tasks.CountCap {
			return n, err
		}
	}
	return n, nil
}

// near looks for common words in the assignments that come first in the list.
func (tx *Tx) near(q tasks.AssignmentQuery, words []string, rows int) ([]int64, error) {
	query, args, err := nearList(q, words, rows)
	if err != nil {
		return nil, err
	}
	return all(tx, readID, query, args...)
}

// commonerThan tells whether a word has more rows than that.
func (tx *Tx) commonerThan(word string, limit int) (bool, error) {
	var w where
	var n int
	err := tx.row("SELECT count(*) FROM (SELECT 1 FROM assignment_words WHERE "+beginning(&w, word)+" LIMIT "+w.arg(limit+1)+") AS counted", w.args...).Scan(&n)
	return n > limit, tx.explain(err)
}

// byRarity sorts words by how many rows they have, and answers how many, gatherRows+1 where there are more.
func (tx *Tx) byRarity(words []string) (sorted []string, rows []int, err error) {
	var w where
	columns := make([]string, len(words))
	counts := make([]int, len(words))
	into := make([]any, len(words))
	for i, word := range words {
		columns[i] = "(SELECT count(*) FROM (SELECT 1 FROM assignment_words WHERE " + beginning(&w, word) + " LIMIT " + w.arg(gatherRows+1) + ") AS c" + strconv.Itoa(i) + ")"
		into[i] = &counts[i]
	}
	if err := tx.row("SELECT "+strings.Join(columns, ", "), w.args...).Scan(into...); err != nil {
		return nil, nil, tx.explain(err)
	}
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[a], counts[b]) })
	for _, at := range order {
		sorted, rows = append(sorted, words[at]), append(rows, counts[at])
	}
	return sorted, rows, nil
}

// leadByWord chooses a list's rows beginning with those of its first word, or with so many of them; 0 are all. look is how the other
// words are looked for.
func leadByWord(q tasks.AssignmentQuery, words []string, first int, look func(*where, []string)) (from string, w where) {
	_, w = chooseAssignments(q)
	rows := "SELECT assignment_id FROM assignment_words WHERE " + beginning(&w, words[0])
	if first > 0 {
		rows += " LIMIT " + w.arg(first)
	}
	// CROSS keeps SQLite, which knows no counts, from another order.
	led := "FROM (SELECT DISTINCT assignment_id FROM (" + rows + ") AS words) AS found CROSS JOIN "
	if q.AgencyID != 0 {
		w.and("p.assignment_id = found.assignment_id")
		w.and("a.id = p.assignment_id")
		from = led + "assignment_agencies p CROSS JOIN assignments a"
	} else {
		w.and("a.id = found.assignment_id")
		from = led + "assignments a"
	}
	look(&w, words[1:])
	return from, w
}

// lookIntoEach chooses a list's rows and looks for the words in each.
func lookIntoEach(q tasks.AssignmentQuery, words []string) (from string, w where) {
	from, w = chooseAssignments(q)
	having(&w, words)
	return from, w
}

// nearList is the text of a query for a page's identifiers among the first rows of a list that an index has in order.
func nearList(q tasks.AssignmentQuery, words []string, rows int) (query string, args []any, err error) {
	from, w := chooseAssignments(q)
	order, err := orderAssignments(q, &w)
	if err != nil {
		return "", nil, err
	}
	columns, outer := sortedApart(q.Sort)
	near := "SELECT a.id AS id" + columns + " " + from + w.String() + order + " LIMIT " + w.arg(rows)
	looked := where{args: w.args}
	having(&looked, words)
	return "SELECT a.id FROM (" + near + ") AS a" + looked.String() + outer + " LIMIT " + looked.arg(pageSize(q.Limit)+1), looked.args, nil
}

// listLed is the text of the query for a page's identifiers, where the word that may lead has so many rows. What a rare word leads to
// is found before it is sorted: PostgreSQL would else expect to fill the page sooner by going through the list in its order, and look
// for each of its rows among all those found.
func listLed(q tasks.AssignmentQuery, from string, w where, rows int) (query string, args []any, err error) {
	if rows > rareWord {
		query, err = listAssignments(q, from, &w)
		return query, w.args, err
	}
	if _, err = orderAssignments(q, &w); err != nil {
		return "", nil, err
	}
	columns, outer := sortedApart(q.Sort)
	led := "SELECT a.id AS id" + columns + " " + from + w.String() + " LIMIT " + w.arg(rareWord)
	return "SELECT a.id FROM (" + led + ") AS a" + outer + " LIMIT " + w.arg(pageSize(q.Limit)+1), w.args, nil
}

// sortedApart are the columns by which a list is sorted when its rows have been chosen already, and that order.
func sortedApart(sort tasks.Sort) (columns, order string) {
	if column := sortColumn(sort); column != "" {
		return ", (" + column + " IS NULL) AS last, " + column + " AS sorted", " ORDER BY last, sorted, id"
	}
	return "", " ORDER BY id DESC"
}

// having limits rows to those that have all of the words. A subquery for one value: engines would turn IN and EXISTS into joins, and
// read all that has a word before the first row.
func having(w *where, words []string) {
	for _, word := range words {
		w.and("(SELECT 1 FROM assignment_words WHERE assignment_id = a.id AND " + beginning(w, word) + " LIMIT 1) IS NOT NULL")
	}
}

// gathered limits rows to those found among the first rows of each of the words; those are all where a word has no more.
func gathered(w *where, words []string) {
	for _, word := range words {
		w.and("a.id IN (SELECT assignment_id FROM assignment_words WHERE " + beginning(w, word) + " LIMIT " + w.arg(gatherRows) + ")")
	}
}
