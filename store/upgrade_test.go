package store

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"tiendo/store/upgradetest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// What the fixture holds, table by table, as its own program wrote it.
var fixtureRows = map[string]int{
	"agencies": 36, "agency_groups": 2, "group_members": 28, "aliases": 40, "people": 52, "person_words": 367, "grants": 53,
	"passwords": 6, "tokens": 1, "sessions": 2, "documents": 4, "document_words": 93, "drafts": 67, "tasks": 66, "assignments": 146,
	"assignment_agencies": 408, "assignment_words": 7275, "reports": 101, "attachments": 12, "document_files": 5, "cadence_notes": 25,
	"audit": 443, "notices": 699, "mails": 501, "mail_notices": 604, "mail_words": 9357, "job_runs": 4, "week_figures": 417, "late_duties": 15,
}

// The oldest schema with data is brought to today's: no value of the old program is lost or changed, and today's services read them.
func TestUpgradeKeepsTheData(t *testing.T) {
	path, uploads := upgradetest.Unpack(t, t.TempDir())
	old := must(Open(t.Context(), "sqlite:"+path, Options{AsIs: true}))(t)
	if v := must(old.AppliedSchema(t.Context()))(t); v != 1 {
		t.Fatalf("the fixture has schema %d, want 1", v)
	}
	columns := everyColumn(t, old)
	before := dump(t, old, columns)
	withoutBodies := dump(t, old, map[string][]string{"mails": slices.DeleteFunc(slices.Clone(columns["mails"]), func(c string) bool { return c == "raw" })})["mails"]
	bodies := dump(t, old, map[string][]string{"mails": {"id", "raw"}})["mails"]
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}

	db := open(t, "sqlite:"+path)
	if v, want := must(db.AppliedSchema(t.Context()))(t), must(SchemaVersion())(t); v != want {
		t.Errorf("the schema is %d after the upgrade, want %d", v, want)
	}
	delete(before, "schema_versions")
	// Schema 6 keeps the bytes of mails apart.
	columns["mails"] = slices.DeleteFunc(columns["mails"], func(c string) bool { return c == "raw" })
	before["mails"] = withoutBodies
	sameRows(t, map[string][]string{"mail_bodies": bodies}, dump(t, db, map[string][]string{"mail_bodies": {"mail_id", "raw"}}))
	for table, want := range fixtureRows {
		if got := len(before[table]); got != want {
			t.Errorf("before the upgrade %s has %d rows, want %d", table, got, want)
		}
	}
	sameRows(t, before, dump(t, db, columns))
	view(t, db, func(tx *Tx) error {
		whole := must(all(tx, func(r scanner) (s string, err error) { err = r.Scan(&s); return s, err }, "PRAGMA integrity_check"))(t)
		if !slices.Equal(whole, []string{"ok"}) {
			t.Errorf("integrity_check says %q", whole)
		}
		broken, err := tx.exists("SELECT 1 FROM pragma_foreign_key_check()")
		if err != nil || broken {
			t.Errorf("foreign_key_check finds broken references (%v)", err)
		}
		// Schema 7 keeps beside each agency what its lists need.
		if differs, err := tx.exists(agencyCopyDiffers); err != nil || differs {
			t.Errorf("what stands beside an agency is not what stands in its assignment (%v)", err)
		}
		return nil
	})
	readOldData(t, db, uploads)
	// It goes on to be written.
	update(t, db, func(tx *Tx) error {
		d := document(t, tx, "1/KH-UBND", "Kế hoạch mới", tasks.DocumentDraft)
		if d.ID != 5 {
			t.Errorf("the next document has the identifier %d, want 5", d.ID)
		}
		return nil
	})
}

// readOldData asks today's services for what the old program wrote; it holds for every engine that the data was moved to.
func readOldData(t *testing.T, db *DB, uploads string) {
	t.Helper()
	rules := tasks.Rules{Location: time.FixedZone("+07", 7*60*60), Calendar: calendar.New(calendar.Default()), DueSoon: 5, FirstCadence: 10}
	now := func() time.Time { return time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC) }
	files := must(OpenFiles(uploads))(t)
	documents := &tasks.Documents{Store: db.Documents(), Files: files, Rules: rules, Now: now}
	assignments := &tasks.Assignments{Store: db.Assignments(), Files: files, Rules: rules, Now: now}

	var office, head tasks.Person // Văn phòng's specialist; the head of Sở Nội vụ
	view(t, db, func(tx *Tx) error {
		office, head = must(tx.Person(1))(t), must(tx.Person(8))(t)
		if hash := must(tx.PasswordHash(office.ID))(t); !strings.HasPrefix(hash, "$argon2id$") {
			t.Errorf("the hash of a password is %q", hash)
		}
		return nil
	})
	if office.Email != "minh.tv@vpub.mauson.example" || !office.Can(tasks.ActionDocumentManage) {
		t.Errorf("person 1 is %s with the roles %v", office.Email, office.Grants)
	}

	d := must(documents.Get(t.Context(), office, 1))(t)
	if d.Document.Number != "10/CT-UBND" || len(d.Tasks) != 26 || len(d.Assignments) != 78 || len(d.Trail) == 0 {
		t.Errorf("document 1 is %s with %d tasks, %d assignments, a trail of %d; want 10/CT-UBND, 26, 78, some",
			d.Document.Number, len(d.Tasks), len(d.Assignments), len(d.Trail))
	}
	_, body, err := documents.OpenFile(t.Context(), office, d.Files[0].Attachment.ID)
	if err != nil {
		t.Fatal(err)
	}
	if size := must(body.Seek(0, io.SeekEnd))(t); size != d.Files[0].Attachment.Size {
		t.Errorf("the document's file has %d octets, its row says %d", size, d.Files[0].Attachment.Size)
	}
	if err := body.Close(); err != nil {
		t.Error(err)
	}
	review := must(documents.Review(t.Context(), office, 4))(t)
	if len(review.Drafts) == 0 || review.Document.State != tasks.DocumentDraft {
		t.Errorf("the document in review is %s with %d drafts", review.Document.State, len(review.Drafts))
	}

	done := must(assignments.Get(t.Context(), office, 2))(t)
	var actions []string
	for _, e := range done.Trail {
		actions = append(actions, e.Action)
	}
	if done.Assignment.State != tasks.StateCompleted || done.Assignment.SubmittedOn != date(t, "2026-09-30") || len(done.Reports) == 0 ||
		!slices.Contains(actions, "assignment.confirm") || done.Timeliness != tasks.OnTime {
		t.Errorf("assignment 2 is %+v (%s) with %d reports and the trail %v", done.Assignment, done.Timeliness, len(done.Reports), actions)
	}
	for _, find := range []struct {
		actor tasks.Person
		q     tasks.AssignmentQuery
		want  int
	}{
		{office, tasks.AssignmentQuery{States: []tasks.State{tasks.StateCompleted}, Limit: tasks.MaxPage}, 27},
		{head, tasks.AssignmentQuery{Words: "quy che danh gia trach nhiem", Limit: tasks.MaxPage}, 1},
	} {
		page, err := assignments.List(t.Context(), find.actor, find.q)
		if err != nil || len(page.Rows) != find.want {
			t.Errorf("%s finds %d assignments with %+v, want %d (%v)", find.actor.Email, len(page.Rows), find.q, find.want, err)
		}
	}
	weeks := &tasks.Weeks{Store: db.Weeks(), Rules: rules, Now: now}
	week := must(weeks.Get(t.Context(), office, date(t, "2026-09-28")))(t)
	if !week.Frozen || week.Province.All != 146 {
		t.Errorf("the week of 28 September is frozen: %v, with %d assignments; want true, 146", week.Frozen, week.Province.All)
	}
}
