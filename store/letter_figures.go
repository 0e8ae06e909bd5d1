package store

import (
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// LateAgencies implements tasks.LetterReader, from the same index as figures.
func (tx *Tx) LateAgencies(dueTo calendar.Date) ([]tasks.LateAgency, error) {
	var w where
	w.and("a.part = " + w.arg(string(tasks.PartLead)))
	w.and(isOpen)
	w.and("a.due <= " + w.arg(dueTo.String()))
	ofDocuments(&w, tasks.FigureQuery{})
	return all(tx, func(r scanner) (l tasks.LateAgency, err error) {
		err = r.Scan(&l.AgencyID, &l.Late, day{&l.Oldest})
		return l, err
	}, "SELECT a.agency_id, count(*), min(a.due) FROM assignment_agencies a"+w.String()+" GROUP BY a.agency_id ORDER BY a.agency_id", w.args...)
}

// AgencyLetters implements tasks.LetterReader.
func (tx *Tx) AgencyLetters(since calendar.Date) (map[int64]tasks.AgencyLetters, error) {
	written := make(map[int64]tasks.AgencyLetters)
	issued := string(tasks.LetterIssued)
	_, err := all(tx, func(r scanner) (l tasks.Letter, err error) {
		if l, err = readLetter(r); err == nil {
			written[l.AgencyID] = tasks.AgencyLetters{Last: l}
		}
		return l, err
	}, "SELECT "+letterColumns+` FROM letters l WHERE l.state = $1 AND l.id = (SELECT x.id FROM letters x
		WHERE x.agency_id = l.agency_id AND x.state = $1 ORDER BY x.dated DESC, x.id DESC LIMIT 1)`, issued)
	if err != nil {
		return nil, err
	}
	_, err = all(tx, func(r scanner) (_ struct{}, err error) {
		var agency int64
		var kind tasks.LetterKind
		var n int
		if err = r.Scan(&agency, &kind, &n); err != nil {
			return struct{}{}, err
		}
		to := written[agency]
		if kind == tasks.LetterCriticism {
			to.Criticisms = n
		} else {
			to.Reminders = n
		}
		written[agency] = to
		return struct{}{}, nil
	}, "SELECT agency_id, kind, count(*) FROM letters WHERE state = $1 AND dated >= $2 GROUP BY agency_id, kind", issued, since.String())
	return written, err
}

// LetterCounts implements tasks.LetterReader.
func (tx *Tx) LetterCounts(from, to calendar.Date) ([]tasks.LetterCount, error) {
	type letter struct {
		agency int64
		kind   tasks.LetterKind
		number string
		dated  calendar.Date
	}
	letters, err := all(tx, func(r scanner) (l letter, err error) {
		err = r.Scan(&l.agency, &l.kind, &l.number, day{&l.dated})
		return l, err
	}, "SELECT agency_id, kind, number, dated FROM letters WHERE state = $1 AND dated >= $2 AND dated <= $3 ORDER BY dated, agency_id, kind, id",
		string(tasks.LetterIssued), from.String(), to.String())
	if err != nil {
		return nil, err
	}
	type key struct {
		month  calendar.Date
		agency int64
		kind   tasks.LetterKind
	}
	index := make(map[key]int)
	var counts []tasks.LetterCount
	for _, l := range letters {
		k := key{calendar.Date{Year: l.dated.Year, Month: l.dated.Month, Day: 1}, l.agency, l.kind}
		i, ok := index[k]
		if !ok {
			i = len(counts)
			index[k] = i
			counts = append(counts, tasks.LetterCount{Month: k.month, AgencyID: l.agency, Kind: l.kind})
		}
		counts[i].Letters++
		counts[i].Numbers = append(counts[i].Numbers, l.number+" "+l.dated.String())
	}
	return counts, nil
}
