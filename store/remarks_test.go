package store

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"tiendo/notify"
	"tiendo/tasks"
)

func TestRemarksComeBackAsWritten(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		var lead, who, id int64
		var d tasks.Document
		var want tasks.Remark
		update(t, db, func(tx *Tx) error {
			lead, who = agency(t, tx, "SNV", "Sở Nội vụ"), person(t, tx, "a@mauson.example", "An")
			d = document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			id = assign(t, tx, d, "Rà soát", tasks.Assignment{Leads: []int64{lead}, Due: today.AddDays(90)})
			want = tasks.Remark{
				AssignmentID: id, Kind: tasks.RemarkExplain, State: tasks.RemarkOpen, PersonID: who, Position: "Chủ tịch", Authority: "Phó Chủ tịch",
				Document: "55/UBND", Words: "Vì sao?", Due: today.AddDays(3), DueSetOn: today, Wide: true, Round: 1, At: noon,
			}
			want.ID = must(tx.InsertRemark(want))(t)
			// One without a day, one that waits for nobody.
			must(tx.InsertRemark(tasks.Remark{AssignmentID: id, Kind: tasks.RemarkOrder, State: tasks.RemarkOpen, Words: "Làm", Round: 1, At: noon}))(t)
			must(tx.InsertRemark(tasks.Remark{AssignmentID: id, Kind: tasks.RemarkNote, State: tasks.RemarkTold, Words: "Tốt", Round: 1, At: noon}))(t)
			return nil
		})
		answer := tasks.RemarkAnswer{RemarkID: want.ID, AgencyID: lead, PersonID: who, Words: "Chờ", Document: "7/SNV", At: noon}
		again := tasks.RemarkAnswer{RemarkID: want.ID, PersonID: who, Authority: "Chủ tịch", Words: "Nói rõ", Due: today.AddDays(9), At: noon.AddDate(0, 0, 1)}
		update(t, db, func(tx *Tx) error {
			answer.ID, again.ID = must(tx.InsertRemarkAnswer(answer))(t), must(tx.InsertRemarkAnswer(again))(t)
			return nil
		})
		due := func(days int) (list []notify.RemarkDue) {
			view(t, db, func(tx *Tx) error { list = must(tx.OpenRemarks(today.AddDays(days), 0, 10))(t); return nil })
			return list
		}
		if got := due(2); len(got) != 0 {
			t.Errorf("due before its day: %+v", got)
		}
		if got := due(3); len(got) != 1 || got[0].RemarkID != want.ID || got[0].AssignmentID != id || got[0].Round != 1 || got[0].Due != want.Due ||
			got[0].SetOn != today || !slices.Equal(got[0].Leads, []int64{lead}) {
			t.Errorf("due %+v", got)
		}
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Remarks(id))(t); len(got) != 3 || got[2] != want {
				t.Errorf("read %+v, want %+v last", got, want)
			}
			for name, got := range map[string][]tasks.RemarkAnswer{"of the duty": must(tx.RemarkAnswers(id))(t), "of the word": must(tx.AnswersOf(want.ID))(t)} {
				if !reflect.DeepEqual(got, []tasks.RemarkAnswer{answer, again}) {
					t.Errorf("answers %s: %+v", name, got)
				}
			}
			if n := must(tx.CountRemarks(tasks.RemarkQuery{State: tasks.RemarkOpen}))(t); n != 2 {
				t.Errorf("%d are open", n)
			}
			if n := must(tx.CountRemarks(tasks.RemarkQuery{Leads: []int64{lead + 1}}))(t); n != 0 {
				t.Errorf("another agency has %d", n)
			}
			if got := must(tx.Remarked([]int64{id, id + 1}))(t); len(got) != 1 || !got[id] {
				t.Errorf("words stand on %v", got)
			}
			if _, err := tx.Remark(99); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("one that is not there: %v", err)
			}
			return nil
		})
		want.State, want.Round, want.Due, want.DueSetOn = tasks.RemarkAccepted, 2, again.Due, today.AddDays(1)
		want.ClosedBy, want.ClosedAt, want.Closing = who, noon.AddDate(0, 0, 2), "Được"
		update(t, db, func(tx *Tx) error { return tx.UpdateRemark(want) })
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Remark(want.ID))(t); got != want {
				t.Errorf("read %+v, want %+v", got, want)
			}
			return nil
		})
		if got := due(30); len(got) != 0 {
			t.Errorf("closed and due: %+v", got)
		}
		if err := attempt(t, db, func(tx *Tx) error { return tx.UpdateRemark(tasks.Remark{ID: 99}) }); !errors.Is(err, tasks.ErrNotFound) {
			t.Errorf("one that is not there is changed: %v", err)
		}
		if err := attempt(t, db, func(tx *Tx) error { return tx.DeleteIssue(d.ID) }); !errors.Is(err, tasks.ErrConflict) {
			t.Errorf("a recall throws words away: %v", err)
		}
	})
}
