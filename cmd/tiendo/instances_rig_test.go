package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiendo/cmd/tiendo/catcher"
	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/store/pgtest"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

const (
	instancesPeople  = 18 // focal points
	instancesWorkers = 2
	instancesTick    = time.Second // between runs of a scheduler; its lease is twice as long
	// instancesVariable makes a run of this test program one of the instances: its name and the folder of its settings.
	instancesVariable = "TIENDO_TEST_INSTANCE"
)

func mustDate(s string) calendar.Date { return calendar.MustParseDate(s) }

// fileClock is a business clock that several processes share.
type fileClock string

// Now tells the time that was set last.
func (c fileClock) Now() time.Time {
	b, err := os.ReadFile(string(c))
	if err != nil {
		panic(err)
	}
	return mustTime(string(b))
}

// set moves the clock of every process to a time of the province's zone.
func (c fileClock) set(t testing.TB, at string) {
	t.Helper()
	write(t, string(c)+".new", []byte(strings.Replace(at, " ", "T", 1)+":00+07:00"))
	if err := os.Rename(string(c)+".new", string(c)); err != nil {
		t.Fatal(err)
	}
}

// instances are processes of the program on one PostgreSQL database, and the mail server that they share.
type instances struct {
	t         *testing.T
	dir       string
	clock     fileClock
	catcher   *catcher.Catcher
	app       *app // a process that serves nobody: it issues, and looks
	office    tasks.Person
	processes map[string]*os.Process
}

func newInstances(t *testing.T) *instances {
	t.Helper()
	address, err := url.Parse(pgtest.Schema(t))
	if err != nil {
		t.Fatal(err)
	}
	q := address.Query()
	q.Set("idle_in_transaction_session_timeout", "1000")
	address.RawQuery = q.Encode()
	r := &instances{t: t, dir: t.TempDir(), processes: make(map[string]*os.Process)}
	r.clock = fileClock(filepath.Join(r.dir, "clock"))
	r.clock.set(t, "2026-10-05 07:30")
	r.catcher, err = catcher.New(catcher.Options{})
	r.check(err)
	t.Cleanup(func() { _ = r.catcher.Close() })
	_, port, err := net.SplitHostPort(r.catcher.SMTPAddr())
	r.check(err)
	write(t, filepath.Join(r.dir, "config.toml"), fmt.Appendf(nil, `listen = "127.0.0.1:0"
[database]
dsn = %q
[smtp]
host = "127.0.0.1"
port = %s
encryption = "none"
from_address = "tiendo@mauson.example"
[schedule]
hold = "1ms"
`, address.String(), port))
	r.app, err = newInstance(t.Context(), r.dir, "test", slog.New(slog.DiscardHandler))
	r.check(err)
	t.Cleanup(func() { _ = r.app.Close() })
	return r
}

func (r *instances) check(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// newInstance is the program with short leases, so that the test need not wait for minutes.
func newInstance(ctx context.Context, dir, name string, log *slog.Logger) (*app, error) {
	c, err := loadConfig(filepath.Join(dir, "config.toml"))
	if err != nil {
		return nil, err
	}
	a, err := newApp(ctx, c, clocks{business: fileClock(filepath.Join(dir, "clock")).Now, system: time.Now}, log)
	if err != nil {
		return nil, err
	}
	a.scheduler.Holder, a.scheduler.Every, a.scheduler.Lease = name, instancesTick, 2*instancesTick
	a.deliverer = notify.NewDeliverer(a.db.Outbox(), func() (notify.Sender, error) { return smtp.New(c.sender()) }, a.rules,
		a.clocks.business, a.clocks.system, notify.DeliverySettings{
			Workers: instancesWorkers, SendTimeout: time.Second, Lease: 3 * time.Second, Batch: 5, Poll: 100 * time.Millisecond, Pause: 100 * time.Millisecond,
		}, log)
	a.deliverer.TakeBack = a.composer.TakeBack
	a.scheduler.Wake = a.deliverer.Wake
	return a, nil
}

// TestInstanceProcess is what a process started by instances.start runs; in the test itself it does nothing.
func TestInstanceProcess(t *testing.T) {
	name, dir, ok := strings.Cut(os.Getenv(instancesVariable), " ")
	if !ok {
		return
	}
	ctx := context.Background()
	a, err := newInstance(ctx, dir, name, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", a.config.Listen)
	if err != nil {
		t.Fatal(err)
	}
	t.Fatal(a.serve(ctx, ln, nil)) // until it is killed
}

func (r *instances) start(name string) {
	r.t.Helper()
	program, err := os.Executable()
	r.check(err)
	log, err := os.Create(filepath.Join(r.dir, name+".log"))
	r.check(err)
	cmd := exec.Command(program, "-test.run=^TestInstanceProcess$", "-test.timeout=2m")
	cmd.Env = append(os.Environ(), instancesVariable+"="+name+" "+r.dir)
	cmd.Stdout, cmd.Stderr = log, log
	r.check(cmd.Start())
	r.processes[name] = cmd.Process
	r.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = log.Close()
		if text, err := os.ReadFile(log.Name()); r.t.Failed() && err == nil {
			r.t.Logf("log of %s:\n%s", name, text)
		}
	})
}

func (r *instances) signal(name string, s syscall.Signal) {
	r.t.Helper()
	r.check(r.processes[name].Signal(s))
}

// scheduler names the instance that has the lease; "" while nobody has had it.
func (r *instances) scheduler() string {
	r.t.Helper()
	var lease notify.Lease
	err := r.app.db.Jobs().View(r.t.Context(), func(tx notify.JobReader) (err error) {
		lease, err = tx.Lease("scheduler")
		return err
	})
	if err != nil && !errors.Is(err, tasks.ErrNotFound) {
		r.t.Fatal(err)
	}
	return lease.Holder
}

func (r *instances) jobsStarted() bool {
	r.t.Helper()
	jobs, err := r.app.scheduler.Health(r.t.Context())
	r.check(err)
	for _, j := range jobs {
		if j.LastRun.IsZero() {
			return false
		}
	}
	return true
}

// messages are the Message-IDs of the mails that have arrived.
func (r *instances) messages() map[string]bool {
	ids := make(map[string]bool)
	for _, m := range r.catcher.Messages() {
		ids[m.MessageID] = true
	}
	return ids
}

func (r *instances) arrive(what string, want int) {
	r.t.Helper()
	r.until(fmt.Sprintf("%s: %d mails", what, want), func() bool { return len(r.messages()) >= want })
}

func (r *instances) until(what string, done func() bool) {
	r.t.Helper()
	for begun := time.Now(); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > 30*time.Second {
			r.t.Fatalf("%s: not within 30 seconds; %d mails have arrived", what, len(r.messages()))
		}
	}
}
