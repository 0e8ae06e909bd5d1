package tasks

import (
	"context"
	"slices"

	"tiendo/tasks/calendar"
)

// Doubts that the review itself raises.
const (
	// DoubtMergedTimes: two drafts of different times were joined; args: the time of each (YYYY-MM-DD, RFC 5545 or ""), the first is kept.
	DoubtMergedTimes = "review_doubt.merged_times"
	// DoubtSplitTime: the draft was split, and the words of its time stand in the other part; args: the words.
	DoubtSplitTime = "review_doubt.split_time"
	// DoubtRecomputed: the head was corrected and the deadline computed anew; args: the words, the time before and after.
	DoubtRecomputed = "review_doubt.recomputed"
	// DoubtHeadChanged: the head was corrected, and whether the deadline hangs on it cannot be told; args: the words.
	DoubtHeadChanged = "review_doubt.head_changed"
)

// DraftVersion names a draft as a person saw it.
type DraftVersion struct{ ID, Version int64 }

// MergeDraft joins a draft with the one above it, of which it is a part: the texts one after the other, the parties of both. The time
// stays when both have the same or one has none; of two that differ the upper's is kept, with a doubt. Of rows of a tracker that stood
// differently the state must be chosen anew. The lower draft is removed and
// may be brought back. ErrConflict when one of them has changed, or is no longer the one above.
func (s *Documents) MergeDraft(ctx context.Context, actor Person, documentID int64, lower, upper DraftVersion) error {
	return s.change(ctx, actor, documentID, 0, "document.draft_merged", nil, func(tx DocumentTx, _ *Document) (any, any, error) {
		drafts, err := tx.Drafts(documentID)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(drafts, func(d Draft) bool { return d.ID == lower.ID })
		if i < 0 {
			return nil, nil, ErrNotFound
		}
		if i == 0 {
			return nil, nil, Invalid(FieldError{Field: "draft", Key: "draft.none_above"})
		}
		above, d := drafts[i-1], drafts[i]
		if above.ID != upper.ID || upper.Version != 0 && above.Version != upper.Version || lower.Version != 0 && d.Version != lower.Version {
			return nil, nil, ErrConflict
		}
		joined, err := join(above, d)
		if err != nil {
			return nil, nil, err
		}
		gone := d
		gone.Removed = true
		for _, c := range []Draft{joined, gone} {
			if err := tx.UpdateDraft(c); err != nil {
				return nil, nil, err
			}
		}
		joined.Version++
		gone.Version++
		return draftsRecord{Drafts: []draftRecord{recordOf(above), recordOf(d)}}, draftsRecord{Drafts: []draftRecord{recordOf(joined), recordOf(gone)}}, nil
	})
}

// join makes one draft of two; a person has yet to accept it.
func join(above, d Draft) (Draft, error) {
	out := above
	var f fields
	out.Text = f.text("text", above.Text+"\n"+d.Text, true, MaxDutyText)
	if err := f.err(); err != nil {
		return Draft{}, err
	}
	out.Deliverable = joinWords(above.Deliverable, d.Deliverable)
	out.Criteria = union(above.Criteria, d.Criteria, func(a, b string) bool { return a == b })
	out.Leads, out.Cooperating = union(above.Leads, d.Leads, sameParty), union(above.Cooperating, d.Cooperating, sameParty)
	out.Doubts = union(above.Doubts, d.Doubts, sameDoubt)
	out.Taken = joinTaken(above.Taken, d.Taken)
	switch upper, lower := above.when(), d.when(); {
	case upper == "" && lower != "":
		out.Written, out.Deadline, out.Cadence, out.Opens = d.Written, d.Deadline, d.Cadence, d.Opens
		if out.Taken != nil && d.Taken != nil {
			out.Taken.FirstDue = d.Taken.FirstDue // it goes with its time
		}
	case upper != "" && lower != "" && upper != lower:
		out.Doubts = append(out.Doubts, Doubt{Key: DoubtMergedTimes, Args: []string{upper, lower}})
	}
	if out.Written.Phrase == "" {
		out.Written = d.Written
	}
	out.Checked, out.Restricted = false, above.Restricted || d.Restricted
	return out, nil
}

// joinTaken is where the joined duty stands by what a tracker told of both; nil when neither comes from one. Of two states a person has to
// choose. What is done in both was done on the later day, if both are known; of progress the lesser counts.
func joinTaken(above, d *TakenOver) *TakenOver {
	if above == nil && d == nil {
		return nil
	}
	var upper, lower TakenOver
	if above != nil {
		upper = *above
	}
	if d != nil {
		lower = *d
	}
	out := upper
	if upper.State != lower.State {
		out.State = ""
	}
	out.CompletedOn = calendar.Date{}
	if out.Done() && !upper.CompletedOn.IsZero() && !lower.CompletedOn.IsZero() {
		if out.CompletedOn = upper.CompletedOn; lower.CompletedOn.After(out.CompletedOn) {
			out.CompletedOn = lower.CompletedOn
		}
	}
	out.Percent = min(upper.Percent, lower.Percent)
	switch {
	case upper.Said == Late || lower.Said == Late:
		out.Said = Late
	case upper.Said != lower.Said:
		out.Said = ""
	}
	out.Status, out.Progress = joinWords(upper.Status, lower.Status), joinWords(upper.Progress, lower.Progress)
	out.Moved, out.Note = joinWords(upper.Moved, lower.Moved), joinWords(upper.Note, lower.Note)
	if above == nil {
		out.Sheet, out.Row = lower.Sheet, lower.Row
	}
	return &out
}

// when is the draft's own deadline or cadence as text, "" without one.
func (d Draft) when() string {
	if !d.Deadline.IsZero() {
		return d.Deadline.String()
	}
	return d.Cadence
}

func joinWords(a, b string) string {
	switch {
	case b == "" || a == b:
		return a
	case a == "":
		return b
	}
	return a + "; " + b
}

func union[T any](a, b []T, same func(T, T) bool) []T {
	out := slices.Clone(a)
	for _, v := range b {
		if !slices.ContainsFunc(out, func(o T) bool { return same(o, v) }) {
			out = append(out, v)
		}
	}
	return out
}

// sameParty tells whether both stand for the same agency or group, or are the same unknown name.
func sameParty(a, b Party) bool {
	if a.AgencyID == 0 && a.GroupID == 0 && b.AgencyID == 0 && b.GroupID == 0 {
		return sameName(a.Written, b.Written)
	}
	return a.AgencyID == b.AgencyID && a.GroupID == b.GroupID
}

func sameDoubt(a, b Doubt) bool { return a.Key == b.Key && slices.Equal(a.Args, b.Args) }
