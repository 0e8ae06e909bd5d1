package notify_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/store"
	"tiendo/store/storetest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// hand is a clock that stands until it is set.
type hand struct {
	mu sync.Mutex
	at time.Time
}

func (h *hand) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hand) set(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = at
}

func (h *hand) add(d time.Duration) { h.set(h.now().Add(d)) }

// world is a small province on a real database, with a real mail server.
type world struct {
	t                *testing.T
	language         string // of the people added from now on
	dsn, files       string
	db               *store.DB
	rules            tasks.Rules
	business, system *hand
	server           *mailServer
	from             string // the sender of what is composed
	random           io.Reader

	documents   *tasks.Documents
	assignments *tasks.Assignments
	directory   *tasks.Directory
	accounts    *tasks.Accounts
	weeks       *tasks.Weeks

	composer  *notify.Composer
	scheduler *notify.Scheduler
	deliverer *notify.Deliverer
	outbox    *notify.Outbox

	secretariat tasks.Person
	codes       int
}

const baseURL = "https://tiendo.example.gov.vn"

// newWorld starts at the instant, "2026-10-05 07:00" in the province's zone.
func newWorld(t *testing.T, start string) *world {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, language: "vi", dsn: storetest.DSN(t), files: filepath.Join(t.TempDir(), "files"), business: &hand{}, system: &hand{}, from: "tiendo@mauson.example.gov.vn", random: rand.Reader,
		rules: tasks.DefaultRules(zone, calendar.New(calendar.Default())),
	}
	w.business.set(w.at(start))
	w.system.set(time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC))
	w.server = startMailServer(t)
	w.open()
	t.Cleanup(func() { w.deliverer.Close(); w.db.Close() })
	w.secretariat = w.person("Đỗ Văn Thư", "thu@vp.example.gov.vn", tasks.Grant{Role: tasks.RoleSecretariat})
	return w
}

// open opens the database and makes everything that stands on it, as a start of the program does.
func (w *world) open() {
	w.t.Helper()
	var err error
	w.db, err = store.Open(w.t.Context(), w.dsn, store.Options{})
	w.check(err)
	files, err := store.OpenFiles(w.files)
	w.check(err)
	set, err := templates.Load(templates.InZone(w.rules.Location))
	w.check(err)
	w.documents = &tasks.Documents{Store: w.db.Documents(), Files: files, Rules: w.rules, Now: w.business.now}
	w.assignments = &tasks.Assignments{Store: w.db.Assignments(), Files: files, Rules: w.rules, Now: w.business.now}
	w.directory = &tasks.Directory{Store: w.db.Directory(), Rules: w.rules, Now: w.business.now}
	w.accounts = &tasks.Accounts{Store: w.db.Accounts(), Rules: w.rules, Now: w.business.now, System: w.system.now, Random: rand.Reader}
	w.weeks = &tasks.Weeks{Store: w.db.Weeks(), Rules: w.rules, Now: w.business.now, Ladder: tasks.DefaultLadder(), ForewordBefore: tasks.DefaultForeword}
	w.composer, err = notify.NewComposer(w.db.Compose(), set, w.rules, notify.Settings{
		BaseURL: baseURL, Province: "tỉnh Mẫu Sơn", FromAddress: w.from, FromName: "tiendo",
	}, w.random)
	w.check(err)
	w.weeks.Digests = w.composer.NextDigest
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	jobs := notify.Jobs{Store: w.db.Jobs(), Rules: w.rules, Ladder: tasks.DefaultLadder(), Weeks: w.weeks, Cadences: w.assignments, Agencies: &tasks.AgencyChanges{Store: w.db.AgencyChanges(), Duties: w.assignments}}
	w.scheduler, err = notify.NewScheduler(w.db.Jobs(), w.db.Outbox(), w.composer, jobs.List(notify.DefaultSpecs()), w.rules, w.business.now, w.system.now, log)
	w.check(err)
	w.deliverer = w.newDeliverer(w.db.Outbox(), w.server.port)
	w.outbox = &notify.Outbox{
		Store: w.db.Outbox(), Composer: w.composer, Scheduler: w.scheduler, Business: w.business.now, System: w.system.now,
	}
}

func (w *world) newDeliverer(outbox notify.OutboxStore, port int) *notify.Deliverer {
	dial := func() (notify.Sender, error) {
		return smtp.New(smtp.Config{Host: "127.0.0.1", Port: port, Encryption: smtp.None, Timeout: 2 * time.Second})
	}
	d := notify.NewDeliverer(outbox, dial, w.rules, w.business.now, w.system.now,
		notify.DeliverySettings{SendTimeout: 2 * time.Second, Batch: 3}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	d.TakeBack = w.composer.TakeBack
	return d
}

// restart is the program ended and started again.
func (w *world) restart() {
	w.t.Helper()
	w.deliverer.Close()
	w.check(w.db.Close())
	w.open()
}

func (w *world) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) at(s string) time.Time {
	w.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, w.rules.Location)
	w.check(err)
	return at
}

// runDue moves the business clock and runs what is due, without delivering.
func (w *world) runDue(at string) {
	w.t.Helper()
	w.business.set(w.at(at))
	w.check(w.scheduler.RunDue(w.t.Context(), w.business.now()))
}

func (w *world) stepTo(at string) {
	w.t.Helper()
	w.check(w.scheduler.StepTo(w.t.Context(), w.business.set, w.deliverer, w.at(at)))
}

func (w *world) agency(name string, kind directory.Kind) int64 {
	w.t.Helper()
	w.codes++
	a, err := w.directory.SaveAgency(w.t.Context(), tasks.System, tasks.Agency{Code: "A" + strconv.Itoa(w.codes), Name: name, Kind: kind})
	w.check(err)
	return a.ID
}

func (w *world) person(name, email string, grants ...tasks.Grant) tasks.Person {
	w.t.Helper()
	p, err := w.accounts.SavePerson(w.t.Context(), tasks.System, tasks.Person{Name: name, Email: email, Language: w.language, Active: true, Grants: grants})
	w.check(err)
	return p
}

func focal(agency int64) tasks.Grant { return tasks.Grant{Role: tasks.RoleFocal, AgencyID: agency} }
func head(agency int64) tasks.Grant  { return tasks.Grant{Role: tasks.RoleHead, AgencyID: agency} }

// duty is a duty of a document that a test issues.
type duty struct {
	text        string
	due         string // "" with a cadence
	phrase      string
	cadence     string
	opens       int // of a recurring duty: how many working days ahead its periods are opened
	leads       []int64
	joint       bool
	cooperating []int64
}

// issue issues a document now and answers its identifier and its assignments in the order of the duties.
func (w *world) issue(number string, duties ...duty) (int64, []tasks.Assignment) {
	w.t.Helper()
	ctx := w.t.Context()
	d, err := w.documents.Import(ctx, w.secretariat, tasks.NewDocument{Head: tasks.Head{
		Kind: tasks.KindDirective, Number: number, Date: w.rules.Day(w.business.now()), Issuer: "UBND tỉnh", Title: "Đẩy mạnh cải cách hành chính",
	}})
	w.check(err)
	for i, in := range duties {
		_, err := w.documents.AddDraft(ctx, w.secretariat, d.ID, i, tasks.DraftInput{
			Text: in.text, Phrase: in.phrase, Deadline: in.deadline(), Cadence: in.cadence, Opens: in.opens, Joint: in.joint,
			Leads: parties(in.leads), Cooperating: parties(in.cooperating), Checked: true,
		})
		w.check(err)
	}
	w.check(w.documents.Issue(ctx, w.secretariat, d.ID, 0))
	view, err := w.documents.Get(ctx, w.secretariat, d.ID)
	w.check(err)
	return d.ID, view.Assignments
}

func (d duty) deadline() calendar.Date {
	if d.due == "" {
		return calendar.Date{}
	}
	return calendar.MustParseDate(d.due)
}

func parties(agencies []int64) []tasks.Party {
	var out []tasks.Party
	for _, id := range agencies {
		out = append(out, tasks.Party{AgencyID: id})
	}
	return out
}

func (w *world) submit(by tasks.Person, assignment int64) {
	w.t.Helper()
	w.check(w.assignments.Report(w.t.Context(), by, assignment, tasks.ReportInput{Kind: tasks.ReportSubmission, Percent: 100, Text: "Đã xong"}))
}

// mails lists the outbox's mails of a kind, oldest first.
func (w *world) mails(kind tasks.NoticeKind) []notify.Mail {
	w.t.Helper()
	page, err := w.db.Outbox().Page(context.Background(), notify.MailQuery{Kind: kind, Limit: tasks.MaxPage})
	w.check(err)
	for i, j := 0, len(page.Rows)-1; i < j; i, j = i+1, j-1 {
		page.Rows[i], page.Rows[j] = page.Rows[j], page.Rows[i]
	}
	return page.Rows
}

// told is the mails of a kind as "to: subject", oldest first.
func (w *world) told(kind tasks.NoticeKind) []string {
	w.t.Helper()
	var out []string
	for _, m := range w.mails(kind) {
		out = append(out, fmt.Sprintf("%s: %s", m.To, m.Subject))
	}
	return out
}
