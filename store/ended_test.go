package store

import (
	"errors"
	"testing"

	"tiendo/tasks"
)

// What was done to a duty refers to it: its issue cannot be deleted then, and the engine has nothing to complain of.
func TestAnIssueOnWhichSomethingWasDoneStays(t *testing.T) {
	for name, done := range map[string]func(tx *Tx, id, agency, person int64) error{
		"a pause": func(tx *Tx, id, _, person int64) error {
			_, err := tx.InsertPause(tasks.Pause{AssignmentID: id, Kind: tasks.PauseHold, Was: tasks.StateAssigned, Since: today, PersonID: person, At: noon})
			return err
		},
		"a request to decline": func(tx *Tx, id, agency, person int64) error {
			_, err := tx.InsertDecline(tasks.Decline{AssignmentID: id, AgencyID: agency, PersonID: person, At: noon})
			return err
		},
		"another lead": func(tx *Tx, id, agency, person int64) error {
			_, err := tx.InsertReassignment(tasks.Reassignment{AssignmentID: id, PersonID: person, At: noon, On: today, LeadsAfter: []int64{agency}})
			return err
		},
		"a part": func(tx *Tx, id, agency, _ int64) error {
			_, err := tx.InsertContribution(tasks.Contribution{AssignmentID: id, AgencyID: agency, State: tasks.ContributionAsked, Round: 1, AskedAt: noon})
			return err
		},
		"a leader's word": func(tx *Tx, id, _, _ int64) error {
			_, err := tx.InsertRemark(tasks.Remark{AssignmentID: id, Kind: tasks.RemarkOrder, State: tasks.RemarkOpen, Words: "Làm", Round: 1, At: noon})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachEngine(t, func(t *testing.T, db *DB) {
				var d tasks.Document
				update(t, db, func(tx *Tx) error {
					d = document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
					lead := agency(t, tx, "SNV", "Sở Nội vụ")
					id := assign(t, tx, d, "việc", tasks.Assignment{Leads: []int64{lead}})
					return done(tx, id, lead, person(t, tx, "a@mauson.example", "An"))
				})
				if err := attempt(t, db, func(tx *Tx) error { return tx.DeleteIssue(d.ID) }); !errors.Is(err, tasks.ErrConflict) {
					t.Errorf("deleted: %v", err)
				}
			})
		})
	}
}

// Nothing that was still to be told of a duty is told when it has ended: of itself, its periodic reports, leaders' words, parts of others.
func TestNoticesEndWithTheirDuty(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1/CT", "Chỉ thị", tasks.DocumentIssued)
			lead := agency(t, tx, "SNV", "Sở Nội vụ")
			subjects := func(id int64) []tasks.Subject {
				return []tasks.Subject{
					{Kind: tasks.SubjectAssignment, ID: id},
					{Kind: tasks.SubjectCadence, ID: must(tx.InsertCadenceNote(tasks.CadenceNote{AssignmentID: id, Due: today}))(t)},
					{Kind: tasks.SubjectRemark, ID: must(tx.InsertRemark(tasks.Remark{AssignmentID: id, Kind: tasks.RemarkOrder, State: tasks.RemarkOpen, Words: "Làm", Round: 1, At: noon}))(t)},
					{Kind: tasks.SubjectContribution, ID: must(tx.InsertContribution(tasks.Contribution{AssignmentID: id, AgencyID: lead, State: tasks.ContributionAsked, Round: 1, AskedAt: noon}))(t)},
				}
			}
			ended, stays := assign(t, tx, d, "một", tasks.Assignment{Leads: []int64{lead}}), assign(t, tx, d, "hai", tasks.Assignment{Leads: []int64{lead}})
			for _, s := range append(subjects(ended), subjects(stays)...) {
				if err := tx.AddNotice(tasks.Notice{Kind: tasks.NoticeReminder, Subject: s, AgencyID: lead, Role: tasks.RoleFocal, Occurrence: "v1:0", At: noon}); err != nil {
					return err
				}
			}
			if err := tx.DropNotices(ended); err != nil {
				return err
			}
			open := must(tx.OpenNotices(tasks.NoticeReminder, noon, 0, 99))(t)
			if len(open) != 4 {
				t.Errorf("%d notices are open, want the four of the other duty", len(open))
			}
			for _, n := range open {
				if n.Subject.Kind == tasks.SubjectAssignment && n.Subject.ID == ended {
					t.Error("a notice of what has ended is open")
				}
			}
			return nil
		})
	})
}
