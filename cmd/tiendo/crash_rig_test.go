package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gosmtp "github.com/emersion/go-smtp"

	"tiendo/cmd/tiendo/catcher"
	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/directory"
)

const (
	crashAgencies = 10
	crashPeople   = 3 // focal points an agency
	crashWorkers  = 2
	// crashTimeout is for one mail; the lease of a killed worker's mails is five times as long.
	crashTimeout = 1500 * time.Millisecond
)

// The points at which a process is ended: while mails are composed, after a while, or at a step of the nth mail: before it is begun,
// before the server has it, before the server's answer, and about when the answer is marked.
var composing, delivering = []string{"composed"}, []string{"time", "mail", "rcpt", "data", "arrived"}

// output is what a process says, read while it runs.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

// String is what was said so far.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// begun tells whether the program has opened its database and serves.
func (o *output) begun() bool { return strings.Contains(o.String(), "tiendo serves") }

// crashRig is the built program as a process that is ended and started again, its database, and the mail server that it speaks to.
type crashRig struct {
	t       *testing.T
	dir     string
	program string
	catcher *catcher.Catcher
	rng     *rand.Rand
	app     *app // a second process' view of the database: it issues, and looks at the outbox
	office  tasks.Person
	leads   []tasks.Party
	issued  int // documents

	mu    sync.Mutex
	stage string // at the nth of which the process is to be ended
	left  int
	end   func()
}

func newCrashRig(t *testing.T, dsn string, seed uint64) *crashRig {
	t.Helper()
	t.Logf("seed %d", seed)
	r := &crashRig{t: t, dir: t.TempDir(), rng: rand.New(rand.NewPCG(seed, 0))}
	r.program = filepath.Join(r.dir, "tiendo")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", r.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	var err error
	if r.catcher, err = catcher.New(catcher.Options{Behaviour: r.behave}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.catcher.Close() })
	r.configure(dsn)
	c, err := loadConfig(r.config())
	if err != nil {
		t.Fatal(err)
	}
	if r.app, err = newApp(t.Context(), c, realClocks(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.app.Close() })
	r.populate()
	return r
}

func (r *crashRig) config() string { return filepath.Join(r.dir, "config.toml") }

// configure writes the settings: no hold, and no job in the time of the test.
func (r *crashRig) configure(dsn string) {
	_, port, err := net.SplitHostPort(r.catcher.SMTPAddr())
	if err != nil {
		r.t.Fatal(err)
	}
	const leapDay = `"0 3 29 2 *"`
	write(r.t, r.config(), fmt.Appendf(nil, `listen = "127.0.0.1:0"
[database]
dsn = %[5]q
[smtp]
host = "127.0.0.1"
port = %[1]s
encryption = "none"
timeout = %[2]q
workers = %[3]d
from_address = "tiendo@mauson.example"
[schedule]
hold = "1ms"
freeze = %[4]s
reminders = %[4]s
rollup = %[4]s
month = %[4]s
digest = %[4]s
`, port, crashTimeout, crashWorkers, leapDay, dsn))
}

func (r *crashRig) populate() {
	r.t.Helper()
	ctx := r.t.Context()
	person := func(email string, g tasks.Grant) tasks.Person {
		p, err := r.app.accounts.SavePerson(ctx, tasks.System, tasks.Person{
			Name: "Công chức", Email: email, Language: "vi", Active: true, Grants: []tasks.Grant{g},
		})
		if err != nil {
			r.t.Fatal(err)
		}
		return p
	}
	r.office = person("vanphong@mauson.example", tasks.Grant{Role: tasks.RoleSecretariat})
	for i := range crashAgencies {
		a, err := r.app.directory.SaveAgency(ctx, tasks.System, tasks.Agency{
			Code: fmt.Sprintf("XA%02d", i), Name: fmt.Sprintf("UBND xã Số %d", i), Kind: directory.KindCommune,
		})
		if err != nil {
			r.t.Fatal(err)
		}
		r.leads = append(r.leads, tasks.Party{AgencyID: a.ID})
		for j := range crashPeople {
			person(fmt.Sprintf("xa%02d-%d@mauson.example", i, j), tasks.Grant{Role: tasks.RoleFocal, AgencyID: a.ID})
		}
	}
}

// issue issues one more document to every agency: crashAgencies × crashPeople mails.
func (r *crashRig) issue() {
	r.t.Helper()
	ctx := r.t.Context()
	r.issued++
	today := r.app.rules.Day(time.Now())
	d, err := r.app.documents.Import(ctx, r.office, tasks.NewDocument{Head: tasks.Head{
		Kind: tasks.KindDirective, Number: fmt.Sprintf("%d/CT-UBND", r.issued), Date: today, Issuer: "UBND tỉnh", Title: "Cải cách hành chính",
	}})
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := r.app.documents.AddDraft(ctx, r.office, d.ID, 0, tasks.DraftInput{
		Text: "Rà soát thủ tục hành chính", Deadline: today.AddDays(60), Leads: r.leads, Checked: true,
	}); err != nil {
		r.t.Fatal(err)
	}
	if err := r.app.documents.Issue(ctx, r.office, d.ID, 0); err != nil {
		r.t.Fatal(err)
	}
}

// behave is asked by the mail server at each stage of each mail. It takes its time, so that there is a middle to be killed in.
func (r *crashRig) behave(stage, _ string) *gosmtp.SMTPError {
	if stage == "data" {
		time.Sleep(4 * time.Millisecond)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if stage == r.stage && r.end != nil {
		if r.left--; r.left == 0 {
			r.end()
			r.end = nil
		}
	}
	return nil
}

// life starts the program and sends it the signal at a point that chance chooses: at a stage of the nth mail, or after a while. It
// answers how the program ended, and what it said.
func (r *crashRig) life(signal syscall.Signal, stages ...string) (said *output, ended error) {
	r.t.Helper()
	said = &output{}
	cmd := exec.CommandContext(r.t.Context(), r.program, "serve", "-config", r.config())
	cmd.Stdout, cmd.Stderr = said, said
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	var once sync.Once
	end := func() { once.Do(func() { _ = cmd.Process.Signal(signal) }) }
	r.mu.Lock()
	r.stage = stages[r.rng.IntN(len(stages))]
	r.left = 1 + r.rng.IntN(12)
	r.end = end
	stage, nth := r.stage, r.left
	r.mu.Unlock()
	// The process must not live on when chance chose a mail that does not come, as when all are under the lease of the one before.
	wait := 700 * time.Millisecond
	if stage == "time" {
		wait = time.Duration(r.rng.IntN(int(wait)))
	} else {
		for patience := time.Now().Add(20 * time.Second); !said.begun() && time.Now().Before(patience); {
			time.Sleep(2 * time.Millisecond)
		}
	}
	timer := time.AfterFunc(wait, end)
	defer timer.Stop()
	ctx, cancel := context.WithTimeout(r.t.Context(), wait)
	defer cancel()
	switch stage {
	case "composed":
		for want := r.composed() + nth; ctx.Err() == nil && r.composed() < want; {
			time.Sleep(time.Millisecond)
		}
		end()
	case "arrived":
		// The answer is on its way: the process dies before or after it could mark the mail.
		if r.catcher.Wait(ctx, len(r.catcher.Messages())+nth) == nil {
			time.Sleep(time.Duration(r.rng.IntN(int(2 * time.Millisecond))))
			end()
		}
	}
	ended = cmd.Wait()
	time.Sleep(30 * time.Millisecond) // for a mail that the server had whole when the process died
	r.mu.Lock()
	r.end = nil
	r.mu.Unlock()
	r.t.Logf("%s %d: %d mails arrived", stage, nth, len(r.catcher.Messages()))
	return said, ended
}

// finish lets the program run until every mail has arrived and is marked, then stops it as an operator does.
func (r *crashRig) finish(ctx context.Context) {
	r.t.Helper()
	var said output
	cmd := exec.CommandContext(r.t.Context(), r.program, "serve", "-config", r.config())
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	want := r.issued * crashAgencies * crashPeople
	for {
		if sent := r.outbox()[notify.MailSent]; len(sent) >= want && said.begun() {
			break
		}
		select {
		case <-ctx.Done():
			r.t.Errorf("%d of %d mails marked as sent in time", len(r.outbox()[notify.MailSent]), want)
		case <-time.After(50 * time.Millisecond):
			continue
		}
		break
	}
	if err := errors.Join(cmd.Process.Signal(os.Interrupt), cmd.Wait()); err != nil {
		r.t.Errorf("the program did not end by itself: %v\n%s", err, said.String())
	}
}

// composed counts the mails that were written.
func (r *crashRig) composed() int {
	r.t.Helper()
	page, err := r.app.outbox.Page(r.t.Context(), tasks.System, notify.MailQuery{Limit: 1})
	if err != nil {
		r.t.Fatal(err)
	}
	n := 0
	for _, of := range page.Counts {
		n += of
	}
	return n
}

// untold counts the notices that are open.
func (r *crashRig) untold() int {
	r.t.Helper()
	n := 0
	err := r.app.db.Compose().View(r.t.Context(), func(tx notify.ComposeReader) error {
		open, err := tx.OpenNotices(tasks.NoticeIssued, time.Now(), 0, 1000)
		n = len(open)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}

// outbox is the Message-IDs of all mails by state.
func (r *crashRig) outbox() map[notify.MailState][]string {
	r.t.Helper()
	all := make(map[notify.MailState][]string)
	q := notify.MailQuery{Limit: tasks.MaxPage}
	for {
		page, err := r.app.outbox.Page(r.t.Context(), tasks.System, q)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, m := range page.Rows {
			all[m.State] = append(all[m.State], m.MessageID)
		}
		if q.After = page.Next; q.After == "" {
			return all
		}
	}
}
