package tasks_test

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"tiendo/store"
	"tiendo/store/storetest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// zone is the province's; its days begin seven hours before those of UTC.
var zone = time.FixedZone("+07", 7*60*60)

var passwords = sync.OnceValues(func() (*tasks.Passwords, error) { return tasks.NewPasswords(2) })

// clock stands still until it is set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// reader is a stand-in for reading files: it answers what a test put into it.
type reader struct {
	out tasks.Extraction
	err error
	got []tasks.Upload
}

func (r *reader) Read(_ context.Context, files []tasks.Upload) (tasks.Extraction, error) {
	r.got = files
	out := r.out
	if out.Blocks == nil {
		out.Blocks = make([][]tasks.SourceBlock, len(files))
	}
	return out, r.err
}

// rig is a province on a fresh database, on Monday 5 October 2026, 07:00.
type rig struct {
	t                testing.TB
	db               *store.DB
	business, system *clock
	reader           *reader
	rules            tasks.Rules

	documents   *tasks.Documents
	assignments *tasks.Assignments
	directory   *tasks.Directory
	accounts    *tasks.Accounts
	weeks       *tasks.Weeks

	// Departments (snv, stc, syt) and a vertical agency (thue), which has nobody.
	snv, stc, syt, thue int64
	// departments has snv and stc, and syt until the end of August.
	departments int64

	secretariat, colleague, leader, admin, focal, head, other tasks.Person
	// both is of the secretariat and a focal point of snv.
	both tasks.Person
}

func newRig(t testing.TB) *rig {
	t.Helper()
	return newRigOn(t, storetest.Open(t))
}

// newRigOn is a rig on an empty database.
func newRigOn(t testing.TB, db *store.DB) *rig {
	t.Helper()
	files, err := store.OpenFiles(filepath.Join(t.TempDir(), "files"))
	check(t, err)
	hashing, err := passwords()
	check(t, err)
	r := &rig{
		t: t, db: db, business: &clock{}, system: &clock{time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)}, reader: &reader{},
		rules: tasks.DefaultRules(zone, calendar.New(calendar.Default())),
	}
	r.at("2026-10-05 07:00")
	now := r.business.now
	r.documents = &tasks.Documents{Store: db.Documents(), Files: files, Reader: r.reader, Rules: r.rules, Now: now}
	r.assignments = &tasks.Assignments{Store: db.Assignments(), Files: files, Rules: r.rules, Now: now}
	r.directory = &tasks.Directory{Store: db.Directory(), Rules: r.rules, Now: now}
	r.accounts = &tasks.Accounts{Store: db.Accounts(), Passwords: hashing, Rules: r.rules, Now: now, System: r.system.now, Random: rand.Reader}
	r.weeks = &tasks.Weeks{Store: db.Weeks(), Rules: r.rules, Now: now}

	r.snv = r.agency("SNV", "Sở Nội vụ", directory.KindDepartment)
	r.stc = r.agency("STC", "Sở Tài chính", directory.KindDepartment)
	r.syt = r.agency("SYT", "Sở Y tế", directory.KindDepartment)
	r.thue = r.agency("THUE", "Thuế tỉnh", directory.KindVertical)
	g, err := r.directory.SaveGroup(t.Context(), tasks.System, tasks.Group{Code: "SO", Name: "Các sở", Members: []tasks.Membership{
		{AgencyID: r.snv}, {AgencyID: r.stc}, {AgencyID: r.syt, To: "2026-08-31"},
	}})
	check(t, err)
	r.departments = g.ID

	r.secretariat = r.person("Thư", tasks.Grant{Role: tasks.RoleSecretariat})
	r.colleague = r.person("Hải", tasks.Grant{Role: tasks.RoleSecretariat})
	r.leader = r.person("Chương", tasks.Grant{Role: tasks.RoleLeader})
	r.admin = r.person("Quân", tasks.Grant{Role: tasks.RoleAdmin})
	r.focal = r.person("Lan", focalOf(r.snv))
	r.head = r.person("Đức", tasks.Grant{Role: tasks.RoleHead, AgencyID: r.snv})
	r.other = r.person("Minh", focalOf(r.stc))
	r.both = r.person("Hùng", tasks.Grant{Role: tasks.RoleSecretariat}, focalOf(r.snv))
	return r
}

func focalOf(agency int64) tasks.Grant { return tasks.Grant{Role: tasks.RoleFocal, AgencyID: agency} }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		check(t, err)
		return v
	}
}

// refused checks that err has the code, and the key when one is given: the error's own or that of a field.
func refused(t testing.TB, err error, code tasks.Code, key string) {
	t.Helper()
	var e *tasks.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("error %v, want %s", err, code)
		return
	}
	if key != "" && e.Key != key && !slices.ContainsFunc(e.Fields, func(f tasks.FieldError) bool { return f.Key == key }) {
		t.Errorf("error %v, want the key %s", err, key)
	}
}

func date(s string) calendar.Date { return calendar.MustParseDate(s) }

// at moves the business clock to a time of the province's zone.
func (r *rig) at(s string) {
	r.t.Helper()
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	check(r.t, err)
	r.business.at = t
}

func (r *rig) agency(code, name string, kind directory.Kind) int64 {
	r.t.Helper()
	a, err := r.directory.SaveAgency(r.t.Context(), tasks.System, tasks.Agency{Code: code, Name: name, Kind: kind})
	check(r.t, err)
	return a.ID
}

func (r *rig) person(name string, grants ...tasks.Grant) tasks.Person {
	r.t.Helper()
	email := directory.Fold(name) + "@mauson.gov.vn"
	p, err := r.accounts.SavePerson(r.t.Context(), tasks.System, tasks.Person{Name: name, Email: email, Active: true, Grants: grants})
	check(r.t, err)
	return p
}

// leads are parties that stand for the agencies.
func leads(agencies ...int64) []tasks.Party {
	var out []tasks.Party
	for _, id := range agencies {
		out = append(out, tasks.Party{AgencyID: id})
	}
	return out
}

// duty is a draft that is complete: snv leads, due at the end of October.
func (r *rig) duty(change ...func(*tasks.DraftInput)) tasks.DraftInput {
	in := tasks.DraftInput{Text: "Rà soát thủ tục hành chính", Deadline: date("2026-10-30"), Leads: leads(r.snv), Checked: true}
	for _, c := range change {
		c(&in)
	}
	return in
}

// draft imports a document without files and adds the duties.
func (r *rig) draft(number string, duties ...tasks.DraftInput) int64 {
	r.t.Helper()
	d, err := r.documents.Import(r.t.Context(), r.secretariat, tasks.NewDocument{
		Head: tasks.Head{Kind: tasks.KindDirective, Number: number, Date: date("2026-10-02"), Title: "Đẩy mạnh cải cách hành chính"},
	})
	check(r.t, err)
	for i, in := range duties {
		must(r.documents.AddDraft(r.t.Context(), r.secretariat, d.ID, i, in))(r.t)
	}
	return d.ID
}

// issue issues a document and answers its assignments in order.
func (r *rig) issue(number string, duties ...tasks.DraftInput) (int64, []tasks.Assignment) {
	r.t.Helper()
	id := r.draft(number, duties...)
	check(r.t, r.documents.Issue(r.t.Context(), r.secretariat, id, 0))
	return id, must(r.documents.Get(r.t.Context(), r.secretariat, id))(r.t).Assignments
}

func (r *rig) drafts(documentID int64) []tasks.Draft {
	r.t.Helper()
	return must(r.documents.Review(r.t.Context(), r.secretariat, documentID))(r.t).Drafts
}

func (r *rig) document(id int64) tasks.Document {
	r.t.Helper()
	return must(r.documents.Get(r.t.Context(), tasks.System, id))(r.t).Document
}

func (r *rig) assignment(id int64) tasks.AssignmentView {
	r.t.Helper()
	return must(r.assignments.Get(r.t.Context(), tasks.System, id))(r.t)
}

// trail lists the actions done to a subject, the oldest first.
func (r *rig) trail(s tasks.Subject) []string {
	r.t.Helper()
	var actions []string
	check(r.t, r.db.View(r.t.Context(), func(tx *store.Tx) error {
		rows, err := tx.Trail(s, 1000)
		for _, e := range slices.Backward(rows) {
			actions = append(actions, e.Action)
		}
		return err
	}))
	return actions
}

// notices lists the notices of a kind that no mail was made of yet.
func (r *rig) notices(kind tasks.NoticeKind) []tasks.Notice {
	r.t.Helper()
	var open []tasks.Notice
	check(r.t, r.db.View(r.t.Context(), func(tx *store.Tx) (err error) {
		open, err = tx.OpenNotices(kind, r.business.now().AddDate(1, 0, 0), 0, 10_000)
		return err
	}))
	return open
}

func (r *rig) report(who tasks.Person, id int64, kind tasks.ReportKind, percent int) {
	r.t.Helper()
	check(r.t, r.assignments.Report(r.t.Context(), who, id, tasks.ReportInput{Kind: kind, Percent: percent, Text: "Đã làm"}))
}
