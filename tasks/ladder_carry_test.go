package tasks_test

import (
	"slices"
	"testing"

	"tiendo/tasks"
)

// ladder sets the reminders of a document or duty: their heads are reminded from that many days on.
func (r *rig) ladder(of tasks.Subject, head string) {
	r.t.Helper()
	in := tasks.DefaultLadder().Input()
	in.Head, in.Version = head, r.ladderOf(of).Own.Version
	check(r.t, r.reminders().Set(r.t.Context(), r.secretariat, of, in))
}

func (r *rig) ladderOf(of tasks.Subject) tasks.LadderView {
	r.t.Helper()
	return must(r.reminders().Get(r.t.Context(), r.secretariat, of))(r.t)
}

func dutyOf(a tasks.Assignment) tasks.Subject {
	return tasks.Subject{Kind: tasks.SubjectTask, ID: a.TaskID}
}

func ofDocument(id int64) tasks.Subject {
	return tasks.Subject{Kind: tasks.SubjectDocument, ID: id}
}

// A duty that goes on under a revising document is reminded of as before, with nothing told anew.
func TestAnOwnLadderGoesOnUnderARevisingDocument(t *testing.T) {
	for _, kind := range []tasks.RevisionKind{tasks.RevisionReplaces, tasks.RevisionAmends} {
		t.Run(string(kind), func(t *testing.T) {
			r := newRig(t)
			_, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv), r.words(budgetText, "2026-11-15", r.stc))
			r.ladder(dutyOf(a[0]), "7")
			r.at("2026-10-08 09:00")
			id := r.revising("2/CT", "1/CT", kind, r.words(surveyText, "", r.snv), r.words(budgetText, "", r.stc), r.words(pressText, "2026-12-01", r.syt))
			r.issueDraft(id)
			on := r.assignment(a[0].ID).Assignment
			if on.DocumentID != id {
				t.Fatalf("it did not go on: %+v", on)
			}
			if got := r.ladderOf(dutyOf(on)); got.Own.Ladder == nil || got.Holds.Head != 7 || got.Holds.SetOn != date("2026-10-05") {
				t.Errorf("of the duty that took its place: %+v", got.Own)
			}
			if got := r.ladderOf(dutyOf(r.assignment(a[1].ID).Assignment)); got.Own.Ladder != nil || got.Holds.Head != 3 {
				t.Errorf("of another: %+v", got.Own)
			}
			if got := r.ladderOf(ofDocument(id)); got.Own.Version != 0 {
				t.Errorf("of the document: %+v", got.Own)
			}
		})
	}
}

// The ladder of a document goes on with its duties, unless the secretariat has said how the revising one is reminded of.
func TestTheLadderOfADocumentGoesOnWithItsDuties(t *testing.T) {
	tests := map[string]struct {
		text    string                       // of the revising document's duty
		prepare func(r *rig, revising int64) // before it is issued
		want    int                          // its heads
		told    bool                         // in its history
	}{
		"a duty goes on":        {text: surveyText, want: 7, told: true},
		"none goes on":          {text: pressText, want: 3},
		"it has one of its own": {text: surveyText, want: 9, prepare: func(r *rig, id int64) { r.ladder(ofDocument(id), "9") }},
		"it is to have none": {text: surveyText, want: 3, prepare: func(r *rig, id int64) {
			r.ladder(ofDocument(id), "9")
			check(r.t, r.reminders().Set(r.t.Context(), r.secretariat, ofDocument(id), tasks.LadderInput{Version: 1}))
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			first, a := r.issue("1/CT", r.words(surveyText, "2026-10-30", r.snv))
			r.ladder(ofDocument(first), "7")
			r.at("2026-10-08 09:00")
			id := r.revising("2/CT", "1/CT", tasks.RevisionReplaces, r.words(tt.text, "2026-11-10", r.snv))
			if tt.prepare != nil {
				tt.prepare(r, id)
			}
			before := r.trail(ofDocument(id))
			r.issueDraft(id)
			if got := r.ladderOf(ofDocument(id)).Holds.Head; got != tt.want {
				t.Errorf("heads of the document from %d on, want %d", got, tt.want)
			}
			if b := r.assignment(a[0].ID).Assignment; b.DocumentID == id {
				if got := r.ladderOf(dutyOf(b)).Holds.Head; got != tt.want {
					t.Errorf("heads of the duty from %d on, want %d", got, tt.want)
				}
			}
			since := r.trail(ofDocument(id))[len(before):]
			if told := slices.Contains(since, "document.reminders_set"); told != tt.told {
				t.Errorf("history %q", since)
			}
		})
	}
}

// What the recall of an issue and the deletion of a draft take away takes its ladder along.
func TestALadderGoesWithWhatItWasOf(t *testing.T) {
	r := newRig(t)
	id, a := r.issue("1/CT", r.duty())
	r.ladder(ofDocument(id), "7")
	r.ladder(dutyOf(a[0]), "8")
	ladders := func() (l tasks.Ladders) {
		check(t, r.db.Reminders().View(t.Context(), func(tx tasks.ReminderReader) (err error) {
			l, err = tx.Ladders()
			return err
		}))
		return l
	}
	check(t, r.documents.Recall(t.Context(), r.secretariat, id, 0))
	if l := ladders(); len(l.Tasks) != 0 || len(l.Documents) != 1 {
		t.Errorf("after the recall: %+v", l)
	}
	check(t, r.documents.Discard(t.Context(), r.secretariat, id, 0))
	if l := ladders(); len(l.Documents) != 0 {
		t.Errorf("after the deletion: %+v", l)
	}
}
