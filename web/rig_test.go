package web_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/notify/lint"
	"tiendo/store"
	"tiendo/store/storetest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/extract"
	"tiendo/templates"
	"tiendo/web"
)

// rig is the whole program over a fresh database, reached by HTTP: real services, real pages. Stand-ins are the two clocks and the
// reader of files.
type rig struct {
	*web.Server
	t         *testing.T
	db        *store.DB
	scheduler *notify.Scheduler
	clock     *clock // business; stands still
	skew      *clock // how far the system clock is ahead of the machine's, counted from the zero time
	reader    *standInReader
	http      *httptest.Server
	location  *time.Location

	agencies map[string]tasks.Agency // by code
	groups   map[string]tasks.Group  // by code
	people   map[string]tasks.Person // by address
}

// clock is a time that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now tells the time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// add moves the clock on.
func (c *clock) add(d time.Duration) { c.set(c.Now().Add(d)) }

// set moves the clock to the instant.
func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// rigStart is a Monday morning.
const rigStart = "2026-10-05T07:00:00+07:00"

// newRig starts the program. change, if any, alters the server before its handler is built.
func newRig(t *testing.T, change ...func(*web.Server)) *rig {
	t.Helper()
	location := must(time.LoadLocation("Asia/Ho_Chi_Minh"))(t)
	start := must(time.Parse(time.RFC3339, rigStart))(t)
	r := &rig{
		t: t, location: location, clock: &clock{now: start.In(location)}, skew: &clock{}, reader: &standInReader{},
		agencies: make(map[string]tasks.Agency), groups: make(map[string]tasks.Group), people: make(map[string]tasks.Person),
	}
	dir := t.TempDir()
	r.db = storetest.Open(t)
	files := must(store.OpenFiles(filepath.Join(dir, "files")))(t)
	r.http = httptest.NewUnstartedServer(nil)
	base := must(url.Parse("http://" + r.http.Listener.Addr().String()))(t)
	r.wire(base, files)
	for _, fn := range change {
		fn(r.Server)
	}
	r.http.Config.Handler = must(r.Handler())(t)
	r.http.Start()
	t.Cleanup(r.http.Close)
	r.populate()
	return r
}

// rigDays are the days that the program comes with, and those of 2027 that are yet to be announced: nobody has to be asked for them.
func rigDays() []calendar.Exception {
	days := calendar.Default()
	for _, d := range []string{"2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11", "2027-09-03"} {
		days = append(days, calendar.Exception{Date: calendar.MustParseDate(d), Name: "Nghỉ"})
	}
	return days
}

// wire makes the services as the program does.
func (r *rig) wire(base *url.URL, files *store.Files) {
	t := r.t
	set := must(templates.Load(templates.InZone(r.location)))(t)
	rules := tasks.DefaultRules(r.location, calendar.New(rigDays()))
	log := slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelError}))
	business := r.clock.Now
	system := func() time.Time { return time.Now().Add(r.skew.Now().Sub(time.Time{})) }
	accounts := &tasks.Accounts{
		Store: r.db.Accounts(), Passwords: must(tasks.NewPasswords(2))(t), Rules: rules, Now: business, System: system, Random: rand.Reader,
	}
	assignments := &tasks.Assignments{Store: r.db.Assignments(), Files: files, Rules: rules, Now: business}
	weeks := &tasks.Weeks{Store: r.db.Weeks(), Rules: rules, Now: business, Ladder: tasks.DefaultLadder(), ForewordBefore: tasks.DefaultForeword}
	composer := must(notify.NewComposer(r.db.Compose(), set, rules, notify.Settings{
		BaseURL: base.String(), Province: "tỉnh Mẫu Sơn", FromAddress: "tiendo@mauson.example", FromName: "tiendo",
		Reminders: notify.DefaultSpecs().Reminders,
	}, rand.Reader))(t)
	weeks.Digests = composer.NextDigest
	changes := &tasks.AgencyChanges{Store: r.db.AgencyChanges(), Duties: assignments}
	jobs := notify.Jobs{Store: r.db.Jobs(), Rules: rules, Ladder: tasks.DefaultLadder(), Weeks: weeks, Cadences: assignments, Agencies: changes}
	r.scheduler = must(notify.NewScheduler(r.db.Jobs(), r.db.Outbox(), composer, jobs.List(notify.DefaultSpecs()), rules, business, system, log))(t)
	r.Server = &web.Server{
		Accounts: accounts, Assignments: assignments, Weeks: weeks, Changes: changes, Letters: &tasks.Letters{Store: r.db.Letters(), Duties: assignments},
		Reminders: &tasks.Reminders{Store: r.db.Reminders(), Rules: rules, Default: tasks.DefaultLadder(), Now: r.clock.Now},
		Trail:     &tasks.Trail{Store: r.db.Trail(), Rules: rules},
		Days: &tasks.WorkingDays{
			Store: r.db.WorkingDays(), Rules: rules, Now: business, System: system,
			Reading: func(c *calendar.Calendar) tasks.DeadlineReader { return deadlines{c} },
		},
		Documents: &tasks.Documents{Store: r.db.Documents(), Files: files, Reader: r.reader, Deadlines: deadlines{rules.Calendar}, Rules: rules, Now: business},
		Directory: &tasks.Directory{Store: r.db.Directory(), Rules: rules, Now: business},
		Bounces:   &notify.Bounces{Store: r.db.Bounces(), Rules: rules, Business: business},
		Outbox: &notify.Outbox{
			Store: r.db.Outbox(), Composer: composer, Scheduler: r.scheduler, Business: business, System: system,
		},
		Templates: set, Sessions: r.db.Sessions(system), Rules: rules, Now: business, System: system, Log: log,
		Ready: r.db.Ping, BaseURL: base, Province: "tỉnh Mẫu Sơn",
	}
}

// runDue runs the scheduler as of the business clock: jobs, then composing.
func (r *rig) runDue() {
	r.t.Helper()
	if err := r.scheduler.RunDue(r.ctx(), r.clock.Now()); err != nil {
		r.t.Fatal(err)
	}
}

// today is the business clock's day.
func (r *rig) today() calendar.Date { return r.Rules.Day(r.clock.Now()) }

// person is one of rigPeople as he is now.
func (r *rig) person(email string) tasks.Person {
	r.t.Helper()
	var p tasks.Person
	err := r.db.Accounts().View(r.ctx(), func(tx tasks.AccountReader) (err error) {
		p, err = tx.PersonByEmail(email)
		return err
	})
	if err != nil {
		r.t.Fatalf("person %s: %v", email, err)
	}
	return p
}

// ctx is used where the test's own context may have ended: in clean-ups too.
func (r *rig) ctx() context.Context { return context.WithoutCancel(r.t.Context()) }

// testLog sends the program's log to the test's.
type testLog struct{ t *testing.T }

// Write implements io.Writer.
func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(string(b))
	return len(b), nil
}

// must ends the test on an error: must(f())(t).
func must[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// standInReader answers what a test wants to have been read, whatever the files.
type standInReader struct {
	mu   sync.Mutex
	next tasks.Extraction
	err  error
}

// answer sets what the next files are read as.
func (s *standInReader) answer(e tasks.Extraction, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next, s.err = e, err
}

// Read implements tasks.Reader. A text file is shown beside the drafts line by line.
func (s *standInReader) Read(_ context.Context, files []tasks.Upload) (tasks.Extraction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.next
	e.Drafts = slices.Clone(e.Drafts)
	for len(e.Blocks) < len(files) {
		e.Blocks = append(e.Blocks, []tasks.SourceBlock{{Block: 1, Text: string(files[len(e.Blocks)].Data)}})
	}
	return e, s.err
}

// mails lists the outbox, the newest first.
func (r *rig) mails() []notify.Mail {
	r.t.Helper()
	return must(r.Outbox.Page(r.ctx(), tasks.System, notify.MailQuery{Limit: tasks.MaxPage}))(r.t).Rows
}

// rawMail is a mail as it goes over the wire, decoded enough to look for words in.
type rawMail struct{ to, subject, text string }

// rawMails claims every mail that may go: whom it goes to, and what it says.
func (r *rig) rawMails() []rawMail {
	r.t.Helper()
	r.clock.add(time.Hour) // the end of every hold
	now := r.clock.Now()
	claimed := must(r.db.Outbox().Claim(r.ctx(), now, r.System(), r.System().Add(time.Minute), r.today(), 10_000))(r.t)
	var mails []rawMail
	for _, m := range claimed {
		read := must(lint.Read(m.Raw))(r.t)
		text := read.Text + "\n" + read.HTML
		for _, f := range read.Files {
			text += "\n" + f.Name + "\n" + strings.ReplaceAll(string(f.Content), "\r\n ", "")
		}
		mails = append(mails, rawMail{to: m.To, subject: m.Subject, text: text})
	}
	if len(mails) == 0 {
		r.t.Fatal("no mail was composed")
	}
	return mails
}

// deadlines reads typed deadlines as the program does.
type deadlines struct{ calendar *calendar.Calendar }

// ReadDeadline implements tasks.DeadlineReader.
func (d deadlines) ReadDeadline(words string, h tasks.Head) (tasks.WrittenDue, []tasks.Doubt) {
	due, read := extract.ReadDeadline(words, extract.Anchor{Date: h.Date, Year: h.Year, Calendar: d.calendar})
	return writtenDue(due), readDoubts(read)
}

// Resolve implements tasks.DeadlineReader.
func (d deadlines) Resolve(written tasks.WrittenDue, doubted []tasks.Doubt, before, after tasks.Head) (tasks.WrittenDue, []tasks.Doubt, bool) {
	asRead := extract.Due{Phrase: written.Phrase, Kind: string(written.Kind), Date: written.Date.String(), Time: written.Time, RRule: written.RRule}
	var had []extract.Doubt
	for _, o := range doubted {
		had = append(had, extract.Doubt{Key: o.Key, Args: o.Args})
	}
	head := func(h tasks.Head) extract.Head { return extract.Head{Date: h.Date.String(), Year: h.Year} }
	due, left, changed := extract.Resolve(asRead, had, head(before), head(after), d.calendar)
	return writtenDue(due), readDoubts(left), changed
}

func writtenDue(due extract.Due) tasks.WrittenDue {
	out := tasks.WrittenDue{Phrase: due.Phrase, Kind: tasks.DueKind(due.Kind), Time: due.Time, RRule: due.RRule}
	if day, err := calendar.ParseDate(due.Date); err == nil {
		out.Date = day
	}
	return out
}

func readDoubts(read []extract.Doubt) []tasks.Doubt {
	var out []tasks.Doubt
	for _, o := range read {
		out = append(out, tasks.Doubt{Key: o.Key, Args: o.Args})
	}
	return out
}
