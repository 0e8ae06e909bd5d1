package store

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
)

func TestDocumentWithFilesAndDrafts(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		if err := attempt(t, db, func(tx *Tx) error {
			_, err := tx.InsertAttachment(tasks.Attachment{Name: "of nothing"})
			return err
		}); err == nil {
			t.Error("an attachment that belongs to nothing")
		}
		update(t, db, func(tx *Tx) error {
			by := person(t, tx, "thu@mauson.gov.vn", "Thư")
			d := tasks.Document{
				Head:  tasks.Head{Kind: tasks.KindPARPlan, Number: "10/KH-UBND", Date: today, Issuer: "UBND tỉnh", Title: "Kế hoạch CCHC", Year: 2026},
				State: tasks.DocumentDraft, DefaultDue: date(t, "2026-12-31"), Cadence: "FREQ=MONTHLY", CreatedBy: by, CreatedAt: noon,
			}
			d.ID, d.Version = must(tx.InsertDocument(d))(t), 1
			if got := must(tx.Document(d.ID))(t); !reflect.DeepEqual(got, d) {
				t.Errorf("document %+v, want %+v", got, d)
			}
			file := tasks.DocumentFile{
				DocumentID: d.ID, Position: 1,
				Attachment: tasks.Attachment{DocumentID: d.ID, Name: "kế hoạch.docx", Hash: strings.Repeat("ab", 32), Size: 7, Type: "x/y", CreatedBy: by, CreatedAt: noon},
				Blocks:     []tasks.SourceBlock{{Block: 1, Text: "Điều 1", Heading: true}, {Block: 2, Rows: []tasks.SourceRow{{Row: 1, Cells: []tasks.SourceCell{{Text: "a", Span: 2}}}}}},
			}
			file.Attachment.ID = must(tx.InsertAttachment(file.Attachment))(t)
			file.ID = must(tx.InsertDocumentFile(file))(t)
			if got := must(tx.DocumentFiles(d.ID, true))(t); !reflect.DeepEqual(got, []tasks.DocumentFile{file}) {
				t.Errorf("files %+v, want %+v", got, file)
			}
			if got := must(tx.DocumentFiles(d.ID, false))(t); len(got) != 1 || got[0].Blocks != nil {
				t.Errorf("files without blocks %+v", got)
			}
			if got := must(tx.Attachment(file.Attachment.ID))(t); got != file.Attachment {
				t.Errorf("attachment %+v", got)
			}
			draft := tasks.Draft{
				DocumentID: d.ID, Position: 1, Ref: "1.a", Section: "Mục I", Text: "Rà soát thủ tục", Deliverable: "Báo cáo", Criteria: []string{"1.1", "2.3"},
				Written:  tasks.WrittenDue{Phrase: "trước 15/12", Kind: tasks.DueDate, Date: date(t, "2026-12-15"), Time: "10:00", RRule: "FREQ=DAILY"},
				Deadline: date(t, "2026-12-14"), Cadence: "FREQ=YEARLY", Leads: []tasks.Party{{Written: "Sở Nội vụ", AgencyID: 3}, {GroupID: 2, Members: []int64{1, 2}}},
				Joint: true, Cooperating: []tasks.Party{{Written: "các xã"}}, Source: tasks.Place{File: 1, Part: "table", Block: 4, Row: 2},
				Doubts: []tasks.Doubt{{Key: "due.no_year", Args: []string{"15/12"}}}, Checked: true, Version: 1,
			}
			draft.ID = must(tx.InsertDraft(draft))(t)
			if got := must(tx.Draft(draft.ID))(t); !reflect.DeepEqual(got, draft) {
				t.Errorf("draft %+v, want %+v", got, draft)
			}
			changed := tasks.Draft{ID: draft.ID, DocumentID: d.ID, Position: 2, Text: "khác", Version: 2}
			if err := tx.UpdateDraft(tasks.Draft{ID: draft.ID, DocumentID: d.ID, Position: 2, Text: "khác", Version: 1}); err != nil {
				t.Error(err)
			}
			if got := must(tx.Drafts(d.ID))(t); !reflect.DeepEqual(got, []tasks.Draft{changed}) {
				t.Errorf("drafts %+v, want %+v", got, changed)
			}
			other := must(tx.InsertDraft(tasks.Draft{DocumentID: d.ID, Position: 1}))(t)
			if err := tx.ShiftDrafts(d.ID, 1); err != nil {
				t.Error(err)
			}
			got := must(tx.Drafts(d.ID))(t)
			if len(got) != 2 || got[0].ID != other || got[0].Position != 1 || got[1].Position != 3 || got[1].Version != 2 {
				t.Errorf("shifted %+v", got)
			}
			if err := tx.DeleteDocument(d.ID, 1); err != nil {
				t.Error(err)
			}
			if _, err := tx.Document(d.ID); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("document after its end: %v", err)
			}
			if _, err := tx.Attachment(file.Attachment.ID); !errors.Is(err, tasks.ErrNotFound) {
				t.Errorf("attachment after its document's end: %v", err)
			}
			issued := document(t, tx, "2/CT", "t", tasks.DocumentIssued)
			if err := tx.DeleteDocument(issued.ID, issued.Version); !errors.Is(err, tasks.ErrConflict) {
				t.Errorf("delete an issued document: %v", err)
			}
			return nil
		})
	})
}

func TestDocumentList(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a, b := agency(t, tx, "a", "A"), agency(t, tx, "b", "B")
			first := document(t, tx, "10/CT-UBND", "Đẩy mạnh chuyển đổi số", tasks.DocumentIssued)
			second := document(t, tx, "11 /ct-ubnd", "Phòng cháy", tasks.DocumentIssued)
			third := document(t, tx, "", "Dự thảo", tasks.DocumentDraft)
			must(tx.InsertDraft(tasks.Draft{DocumentID: third.ID}))(t)
			late := tasks.Assignment{Leads: []int64{a}, Cooperating: []int64{b}, Due: today.AddDays(-1)}
			assign(t, tx, first, "một", late)
			late.Leads, late.Cooperating = []int64{a}, nil
			assign(t, tx, first, "hai", late)
			late.State = tasks.StateCompleted
			assign(t, tx, first, "ba", late)
			assign(t, tx, second, "bốn", tasks.Assignment{Leads: []int64{a}, Due: today})
			ids := func(page tasks.DocumentPage) []int64 {
				var ids []int64
				for _, row := range page.Rows {
					ids = append(ids, row.ID)
				}
				return ids
			}
			for name, c := range map[string]struct {
				q    tasks.DocumentQuery
				want []int64
			}{
				"all":           {tasks.DocumentQuery{}, []int64{third.ID, second.ID, first.ID}},
				"issued":        {tasks.DocumentQuery{State: tasks.DocumentIssued}, []int64{second.ID, first.ID}},
				"kind":          {tasks.DocumentQuery{Kind: tasks.KindPAPIPlan}, nil},
				"words":         {tasks.DocumentQuery{Words: "chuyen doi SO"}, []int64{first.ID}},
				"đ is d":        {tasks.DocumentQuery{Words: "day manh"}, []int64{first.ID}},
				"number":        {tasks.DocumentQuery{Words: "10/CT"}, []int64{first.ID}},
				"an agency's":   {tasks.DocumentQuery{Visible: []int64{b}}, []int64{first.ID}},
				"nobody's":      {tasks.DocumentQuery{Visible: []int64{}}, nil},
				"two agencies'": {tasks.DocumentQuery{Visible: []int64{a, b}}, []int64{second.ID, first.ID}},
			} {
				page := must(tx.Documents(c.q))(t)
				if got := ids(page); !slices.Equal(got, c.want) || page.Total != len(c.want) {
					t.Errorf("%s: %v of %d, want %v", name, got, page.Total, c.want)
				}
			}
			page := must(tx.Documents(tasks.DocumentQuery{Today: today}))(t)
			counts := func(r tasks.DocumentRow) [5]int {
				return [5]int{r.Drafts, r.Tasks, r.Assignments, r.Overdue, r.Completed}
			}
			for i, want := range [][5]int{{1}, {0, 1, 1}, {0, 3, 3, 2, 1}} {
				if got := counts(page.Rows[i]); got != want {
					t.Errorf("counts of row %d: %v, want %v", i, got, want)
				}
			}
			// Another agency's states must not show in what an agency sees.
			page = must(tx.Documents(tasks.DocumentQuery{Today: today, Visible: []int64{b}}))(t)
			if got, want := counts(page.Rows[0]), [5]int{0, 3}; got != want || page.Rows[0].Cooperating != 1 {
				t.Errorf("counts for an agency that cooperates %v and %d, want %v and 1", got, page.Rows[0].Cooperating, want)
			}
			page = must(tx.Documents(tasks.DocumentQuery{Today: today, Visible: []int64{a}, Words: "10/CT"}))(t)
			if got, want := counts(page.Rows[0]), [5]int{0, 3, 3, 2, 1}; got != want || page.Rows[0].Cooperating != 0 {
				t.Errorf("counts for an agency that leads %v and %d, want %v and 0", got, page.Rows[0].Cooperating, want)
			}
			if got := must(tx.DocumentsByNumber("11/CT-UBND"))(t); len(got) != 1 || got[0].ID != second.ID {
				t.Errorf("by number %v", got)
			}
			if got := must(tx.DocumentsByNumber("  "))(t); len(got) != 0 {
				t.Errorf("by a blank number %v", got)
			}
			if got := must(tx.HasPart(second.ID, []int64{b}))(t); got {
				t.Error("b has no part in the second")
			}
			if got := must(tx.HasPart(first.ID, []int64{b, 99}))(t); !got {
				t.Error("b has a part in the first")
			}
			if got := must(tx.CountDocuments())(t); got != 2 {
				t.Errorf("%d issued documents", got)
			}
			return nil
		})
	})
}

func TestDeleteIssue(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		about := func(kind tasks.SubjectKind, id int64) tasks.Subject { return tasks.Subject{Kind: kind, ID: id} }
		update(t, db, func(tx *Tx) error {
			a := agency(t, tx, "a", "A")
			p := person(t, tx, "an@mauson.gov.vn", "An")
			d, kept := document(t, tx, "1/CT", "t", tasks.DocumentIssued), document(t, tx, "2/CT", "u", tasks.DocumentIssued)
			gone := assign(t, tx, d, "một", tasks.Assignment{Leads: []int64{a}, Cadence: "FREQ=MONTHLY"})
			stays := assign(t, tx, kept, "hai", tasks.Assignment{Leads: []int64{a}, Due: today})
			note := must(tx.InsertCadenceNote(tasks.CadenceNote{AssignmentID: gone, Due: today}))(t)
			must(tx.Audit(tasks.AuditEntry{Action: "document.issued", Subject: about(tasks.SubjectDocument, d.ID)}))(t)
			for _, n := range []tasks.Notice{
				{Kind: tasks.NoticeIssued, Subject: about(tasks.SubjectDocument, d.ID)},
				{Kind: tasks.NoticeEvent, Subject: about(tasks.SubjectAssignment, gone)},
				{Kind: tasks.NoticeReminder, Subject: about(tasks.SubjectCadence, note)},
				{Kind: tasks.NoticeReminder, Subject: about(tasks.SubjectAssignment, stays)},
				{Kind: tasks.NoticeIssued, Subject: about(tasks.SubjectDocument, kept.ID)},
			} {
				if err := tx.AddNotice(n); err != nil {
					t.Error(err)
				}
			}
			must(insertMail(tx, notify.Mail{Kind: tasks.NoticeIssued, PersonID: p, MessageID: "issued", DocumentID: d.ID}, []int64{1, 2}))(t)
			must(insertMail(tx, notify.Mail{Kind: tasks.NoticeReminder, PersonID: p, MessageID: "both"}, []int64{3, 4}))(t)
			must(insertMail(tx, notify.Mail{Kind: tasks.NoticeIssued, PersonID: p, MessageID: "other", DocumentID: kept.ID}, []int64{5}))(t)
			if err := tx.CloseNotices([]int64{1, 2, 3, 4, 5}, false); err != nil {
				t.Error(err)
			}
			if err := tx.FreezeWeek([]tasks.WeekFigures{{Monday: today}}, []tasks.LateDuty{{AssignmentID: gone, DaysLate: 1}}); err != nil {
				t.Error(err)
			}
			if err := tx.DeleteIssue(d.ID); err != nil {
				t.Fatal(err)
			}
			if got := must(tx.DocumentAssignments(d.ID))(t); len(got) != 0 {
				t.Errorf("assignments %v", got)
			}
			if got := must(tx.Tasks(d.ID))(t); len(got) != 0 {
				t.Errorf("tasks %v", got)
			}
			if got := must(tx.Trail(about(tasks.SubjectDocument, d.ID), 10))(t); len(got) != 1 {
				t.Errorf("the trail has %d rows, want 1", len(got))
			}
			if got := must(tx.StillOpen([]int64{1, 2, 3, 4, 5}))(t); !slices.Equal(got, []int64{4}) {
				t.Errorf("open notices %v, want that of the other document in the day's mail", got)
			}
			page := must(tx.mailPage(notify.MailQuery{}))(t)
			if len(page.Rows) != 1 || page.Rows[0].MessageID != "other" {
				t.Errorf("mails %+v", page.Rows)
			}
			if got := must(tx.Assignment(stays))(t); got.ID != stays {
				t.Error("the other document's assignment went too")
			}
			// It can be issued again.
			assign(t, tx, d, "một", tasks.Assignment{Leads: []int64{a}})
			return nil
		})
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "3/CT", "v", tasks.DocumentIssued)
			id := assign(t, tx, d, "ba", tasks.Assignment{})
			must(tx.InsertReport(tasks.Report{AssignmentID: id, At: noon, On: today}))(t)
			if err := tx.DeleteIssue(d.ID); !errors.Is(err, tasks.ErrConflict) {
				t.Errorf("recall of what was reported on: %v", err)
			}
			return nil
		})
	})
}

func TestAuditIsAppendOnly(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		want := tasks.AuditEntry{
			At: noon, ActorID: 7, ActorName: "An", AgencyID: 3, Action: "assignment.returned",
			Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 5}, Before: `{"a":1}`, After: `{"a":2}`,
		}
		update(t, db, func(tx *Tx) error {
			want.ID = must(tx.Audit(want))(t)
			must(tx.Audit(tasks.AuditEntry{At: noon, Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 6}}))(t)
			return nil
		})
		for _, statement := range []string{"UPDATE audit SET actor_name = 'x'", "DELETE FROM audit"} {
			if err := db.Update(t.Context(), func(tx *Tx) error { return tx.exec(statement) }); err == nil {
				t.Errorf("%s went through", statement)
			}
		}
		view(t, db, func(tx *Tx) error {
			if got := must(tx.Trail(want.Subject, 10))(t); !slices.Equal(got, []tasks.AuditEntry{want}) {
				t.Errorf("trail %+v", got)
			}
			if got := must(tx.AuditEntry(want.ID))(t); got != want {
				t.Errorf("entry %+v", got)
			}
			return nil
		})
	})
}

func TestReportsAndCadence(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		update(t, db, func(tx *Tx) error {
			a := agency(t, tx, "a", "A")
			p := person(t, tx, "an@mauson.gov.vn", "An")
			d := document(t, tx, "1/CT", "t", tasks.DocumentIssued)
			id := assign(t, tx, d, "một", tasks.Assignment{Leads: []int64{a}, Cadence: "FREQ=MONTHLY"})
			r := tasks.Report{
				AssignmentID: id, AgencyID: a, PersonID: p, Kind: tasks.ReportSubmission, Percent: 100, Text: "xong", Documents: "5/BC",
				At: noon, On: today,
			}
			r.ID = must(tx.InsertReport(r))(t)
			evidence := tasks.Attachment{ReportID: r.ID, Name: "ảnh.jpg", Hash: "h", Size: 1, Type: "image/jpeg", CreatedBy: p, CreatedAt: noon}
			evidence.ID = must(tx.InsertAttachment(evidence))(t)
			r.Evidence = []tasks.Attachment{evidence}
			r.Outcome, r.DecidedBy, r.DecidedAt, r.Reason = tasks.OutcomeReturned, p, noon.Add(time.Hour), "thiếu số liệu"
			if err := tx.UpdateReport(r); err != nil {
				t.Error(err)
			}
			if got := must(tx.Report(r.ID))(t); !reflect.DeepEqual(got, r) {
				t.Errorf("report %+v, want %+v", got, r)
			}
			next := must(tx.InsertReport(tasks.Report{AssignmentID: id, At: noon, On: today}))(t)
			if got := must(tx.Reports(id))(t); len(got) != 2 || got[0].ID != next || !reflect.DeepEqual(got[1], r) {
				t.Errorf("reports %+v", got)
			}
			as := must(tx.Assignment(id))(t)
			as.State = tasks.StateReturned
			if err := tx.UpdateAssignment(as); err != nil {
				t.Error(err)
			}
			if got := must(tx.AssignmentRows([]int64{id}))(t); got[0].LastReason != "thiếu số liệu" {
				t.Errorf("reason %q", got[0].LastReason)
			}

			n := tasks.CadenceNote{AssignmentID: id, Due: today}
			n.ID = must(tx.InsertCadenceNote(n))(t)
			if again := must(tx.InsertCadenceNote(tasks.CadenceNote{AssignmentID: id, Due: today}))(t); again != n.ID {
				t.Errorf("a second note of the day: %d and %d", n.ID, again)
			}
			if got := must(tx.EndedCadences(today, 0, 10))(t); len(got) != 0 {
				t.Errorf("ended on its day %v", got)
			}
			if got := must(tx.EndedCadences(today.AddDays(1), 0, 10))(t); len(got) != 1 || got[0].ID != id || !slices.Equal(got[0].Leads, []int64{a}) {
				t.Errorf("ended the day after %v", got)
			}
			if got := must(tx.EndedCadences(today.AddDays(1), id, 10))(t); len(got) != 0 {
				t.Errorf("ended behind the last %v", got)
			}
			want := []notify.CadenceDue{{NoteID: n.ID, AssignmentID: id, TaskID: as.TaskID, DocumentID: as.DocumentID, Leads: []int64{a}, Due: today, SetOn: today}}
			if got := must(tx.OpenCadenceNotes(today, 0, 10))(t); !reflect.DeepEqual(got, want) {
				t.Errorf("open notes %+v, want %+v", got, want)
			}
			n.ReportID, n.AnsweredOn = r.ID, today
			if err := tx.UpdateCadenceNote(n); err != nil {
				t.Error(err)
			}
			if got := must(tx.OpenCadenceNotes(today, 0, 10))(t); len(got) != 0 {
				t.Errorf("open notes after an answer %v", got)
			}
			must(tx.InsertCadenceNote(tasks.CadenceNote{AssignmentID: id, Due: today.AddDays(30)}))(t)
			if err := tx.DeleteCadenceNotes(id); err != nil {
				t.Error(err)
			}
			if got := must(tx.CadenceNotes(id))(t); !slices.Equal(got, []tasks.CadenceNote{n}) {
				t.Errorf("notes %v, want the answered one", got)
			}
			return nil
		})
	})
}
