package tasks

import "slices"

// revisedDuties are the duties of a document as they stand now, with the assignments of each.
type revisedDuties struct {
	tasks       []Task
	assignments []Assignment
	amendments  []Document // of the document, and what has taken their place
}

// dutiesNow reads the duties of a document wherever work on them goes on: an amendment takes work over, and what amends the document next
// must find it there. What a document that replaced this one took over is that one's own: see overtaken.
func dutiesNow(tx DocumentReader, documentID int64) (revisedDuties, error) {
	var all revisedDuties
	chain := []int64{documentID}
	behind := make(map[int64][]int64) // the documents that revise one of the chain
	for i := 0; i < len(chain); i++ {
		by, err := tx.RevisedBy(chain[i])
		if err != nil {
			return revisedDuties{}, err
		}
		for _, d := range by {
			if slices.Contains(chain, d.ID) || i == 0 && d.Revises.Kind.ends() {
				continue
			}
			all.amendments = append(all.amendments, d)
			behind[chain[i]] = append(behind[chain[i]], d.ID)
			chain = append(chain, d.ID)
		}
	}
	of := make(map[int64][]Task) // duties by document
	for _, id := range chain {
		duties, err := tx.Tasks(id)
		if err != nil {
			return revisedDuties{}, err
		}
		assignments, err := tx.DocumentAssignments(id)
		if err != nil {
			return revisedDuties{}, err
		}
		of[id] = slices.Clone(duties)
		all.assignments = append(all.assignments, assignments...)
	}
	for _, id := range chain {
		for _, later := range behind[id] {
			of[id] = all.handOver(of[id], of[later])
		}
	}
	for _, id := range chain {
		all.tasks = append(all.tasks, of[id]...)
	}
	return all, nil
}

// handOver answers those of the duties that stand for themselves beside the ones of a document that has revised theirs. One of which
// nothing is under way any more goes on in the duty that took its place, which gets what was completed of it: those leads are not asked
// again. One of which nothing is left at all stands nowhere.
func (all *revisedDuties) handOver(duties, later []Task) []Task {
	var settled []Task
	for _, t := range duties {
		if !slices.ContainsFunc(all.assignments, func(a Assignment) bool { return a.TaskID == t.ID && !a.ended() }) {
			settled = append(settled, t)
		}
	}
	old, taking := make([]OldDuty, len(settled)), make([]Draft, len(later))
	for i, t := range settled {
		old[i] = OldDuty{TaskID: t.ID, Ref: t.Ref, Text: t.Text}
	}
	for i, t := range later {
		taking[i] = Draft{Ref: t.Ref, Text: t.Text}
	}
	gone := make(map[int64]bool)
	for _, p := range MatchDuties(old, taking) {
		if p.Old < 0 {
			continue
		}
		id := settled[p.Old].ID
		sure := p.New >= 0 && p.Likeness >= sureLikeness
		kept := false
		for i, a := range all.assignments {
			switch {
			case a.TaskID != id || a.State != StateCompleted:
			case sure:
				all.assignments[i].TaskID = later[p.New].ID
			default:
				kept = true
			}
		}
		gone[id] = !kept
	}
	return slices.DeleteFunc(duties, func(t Task) bool { return gone[t.ID] })
}

// overtaken is the document that has replaced or repealed the one, so that it can be revised no more; ok is false when none has.
func overtaken(tx DocumentReader, documentID int64) (by Document, ok bool, err error) {
	list, err := tx.RevisedBy(documentID)
	i := slices.IndexFunc(list, func(d Document) bool { return d.Revises.Kind.ends() })
	if err != nil || i < 0 {
		return Document{}, false, err
	}
	return list[i], true, nil
}
