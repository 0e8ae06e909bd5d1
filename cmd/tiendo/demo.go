package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tiendo/cmd/tiendo/catcher"
	"tiendo/cmd/tiendo/sample"
	"tiendo/notify/smtp"
	"tiendo/tasks"
)

const (
	demoStart    = "2026-10-05T07:00:00+07:00" // a Monday
	demoProvince = "tỉnh Mẫu Sơn"
	// demoPassword is everybody's in the demo, which listens on this machine and holds nobody's data.
	demoPassword = "mau-son-2026"
)

// demoLetterhead is that of the province's office.
func demoLetterhead() letterheadConfig {
	return letterheadConfig{
		Parent: "Ủy ban nhân dân tỉnh Mẫu Sơn", Issuer: "Văn phòng", Place: "Mẫu Sơn", Symbol: "BC-VP", SignerTitle: "Chánh Văn phòng",
		Recipients: []string{"Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Các sở, ban, ngành", "UBND các xã, phường", "Lưu: VT, TH"},
	}
}

// demoReminderHead is that of its letters to agencies that are late.
func demoReminderHead() tasks.LetterHead {
	h := demoLetterhead()
	return tasks.LetterHead{
		Parent: h.Parent, Issuer: h.Issuer, Symbol: "VP-KSTT", Place: h.Place, Recipients: []string{"Như trên", "Lưu: VT, KSTT"}, Title: h.SignerTitle,
	}
}

// movableClock is the demo's business clock: it stands still until it is moved, and never goes back.
type movableClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *movableClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *movableClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// demo is the running demo: the program, its mail catcher and its clock.
type demo struct {
	*app
	dir     string
	clock   *movableClock
	catcher *catcher.Catcher
	pages   net.Listener
	mails   *http.Server // the catcher's pages
	mailURL string
	moving  sync.Mutex // one move at a time
}

func runDemo(ctx context.Context, args []string, io streams) (err error) {
	f := flags("demo", "", io)
	addr := f.String("addr", "127.0.0.1:8080", "`address` to listen on; port 0 takes a free one")
	dir := f.String("data", "", "`folder` that keeps the demo; without it a temporary one, removed at the end")
	assignments := f.Int("assignments", 0, "write that `many` made-up assignments in place of the sample's documents and history")
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	if *dir == "" {
		if *dir, err = os.MkdirTemp("", "tiendo-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(*dir)) }()
	}
	log := slog.New(slog.NewTextHandler(io.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d, err := openDemo(ctx, *addr, *dir, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if *assignments > 0 {
		err = d.fillMany(ctx, *assignments, io)
	} else {
		err = d.fill(ctx, io)
	}
	if err != nil {
		return err
	}
	if err := d.announce(io); err != nil {
		return err
	}
	return d.serve(ctx, d.pages, d)
}

// openDemo listens, wires the program and starts the mail catcher. Requests wait until serve.
func openDemo(ctx context.Context, addr, dir string, log *slog.Logger) (*demo, error) {
	pages, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w (choose another with -addr)", err)
	}
	mails, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen: %w", err), pages.Close())
	}
	d, err := newDemo(ctx, dir, "http://"+pages.Addr().String(), "http://"+mails.Addr().String(), log)
	if err != nil {
		return nil, errors.Join(err, pages.Close(), mails.Close())
	}
	d.pages = pages
	d.mails = &http.Server{Handler: d.catcher.Handler(), ReadHeaderTimeout: headerTimeout}
	go func() {
		if err := d.mails.Serve(mails); !errors.Is(err, http.ErrServerClosed) {
			log.Error("mail catcher's pages", "error", err)
		}
	}()
	return d, nil
}

// close ends what openDemo started.
func (d *demo) close() error {
	if err := d.pages.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return errors.Join(d.mails.Close(), d.saveClock(), d.Close(), d.catcher.Close())
}

// newDemo wires the program to a folder and a catcher. A folder that has been used goes on where it stopped.
func newDemo(ctx context.Context, dir, pagesURL, mailURL string, log *slog.Logger) (*demo, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	c := defaultConfig()
	c.BaseURL, c.Province, c.unsynced = pagesURL, demoProvince, true
	c.Letterhead = demoLetterhead()
	c.Files.Dir = filepath.Join(dir, "files")
	c.Database.DSN = "sqlite:" + filepath.Join(dir, "tiendo.db")
	c.SMTP.FromAddress, c.SMTP.FromName = "tiendo@vpub.mauson.example", "tiendo · "+demoProvince
	c.SMTP.Encryption = string(smtp.None)
	if err := c.complete(dir).err(); err != nil {
		return nil, err
	}
	caught, err := catcher.New(catcher.Options{Dir: filepath.Join(dir, "mails"), Location: c.location, Logger: log})
	if err != nil {
		return nil, fmt.Errorf("mail catcher: %w", err)
	}
	host, port, err := net.SplitHostPort(caught.SMTPAddr())
	if err == nil {
		c.SMTP.Host = host
		_, err = fmt.Sscan(port, &c.SMTP.Port)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("mail catcher: %w", err), caught.Close())
	}
	d := &demo{dir: dir, clock: &movableClock{}, catcher: caught, mailURL: mailURL}
	if err := d.loadClock(); err != nil {
		return nil, errors.Join(err, caught.Close())
	}
	if d.app, err = newApp(ctx, c, clocks{business: d.clock.Now, system: time.Now}, log); err != nil {
		return nil, errors.Join(err, caught.Close())
	}
	return d, nil
}

// The demo's clock is kept beside its data, so that a folder can be used again.
func (d *demo) clockFile() string { return filepath.Join(d.dir, "clock") }

func (d *demo) loadClock() error {
	b, err := os.ReadFile(d.clockFile())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(b)))
	if err != nil {
		return fmt.Errorf("the demo's clock in %s: %w", d.clockFile(), err)
	}
	d.clock.Set(at)
	return nil
}

// saveClock keeps the clock once the demo is filled.
func (d *demo) saveClock() error {
	if d.clock.Now().Before(mustTime(demoStart)) {
		return nil
	}
	return os.WriteFile(d.clockFile(), []byte(d.clock.Now().Format(time.RFC3339)+"\n"), 0o600)
}

func mustTime(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

// announcement is demo.json, for scripts.
type announcement struct {
	URL      string        `json:"url"`
	MailURL  string        `json:"mail_url"`
	Accounts []demoAccount `json:"accounts"`
}

type demoAccount struct {
	Role     string `json:"role"`
	Email    string `json:"email"`
	Password string `json:"password"`
}

// announce prints where the demo is and writes demo.json, which is there only once the pages answer.
func (d *demo) announce(io streams) error {
	a := announcement{URL: d.config.BaseURL, MailURL: d.mailURL}
	fmt.Fprintf(io.out, "\n%s\n\n  pages  %s\n  mails  %s\n  data   %s\n\n", demoProvince, a.URL, a.MailURL, d.dir)
	for _, s := range sample.Accounts() {
		a.Accounts = append(a.Accounts, demoAccount{s.Role, s.Email, demoPassword})
		fmt.Fprintf(io.out, "  %-12s %-34s %s\n", s.Role, s.Email, demoPassword)
	}
	if d.pages != nil && !isLoopback(d.pages.Addr()) {
		fmt.Fprintf(io.out, "\nNote: %s can be reached from other machines. Everybody who reaches it can sign in as anybody, read every mail's\n"+
			"one-time link and move the clock. Let it hold nothing but made-up data, or listen on 127.0.0.1.\n", d.pages.Addr())
	}
	fmt.Fprintf(io.out, "\nThe clock stands at %s; the bar on each page moves it. Ctrl+C ends the demo.\n",
		d.clock.Now().In(d.rules.Location).Format("Monday 2006-01-02 15:04"))
	b, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		return err
	}
	path := filepath.Join(d.dir, "demo.json")
	if err := os.WriteFile(path+".tmp", append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// isLoopback tells whether only this machine reaches the address.
func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// MoveTo implements web.Demo.
func (d *demo) MoveTo(ctx context.Context, to time.Time) error {
	d.moving.Lock()
	defer d.moving.Unlock()
	// A browser that goes away must not leave the clock between two days.
	ctx = context.WithoutCancel(ctx)
	return errors.Join(d.scheduler.StepTo(ctx, d.clock.Set, d.deliverer, to), d.saveClock())
}

// Release implements web.Demo.
func (d *demo) Release(ctx context.Context) error {
	d.moving.Lock()
	defer d.moving.Unlock()
	ctx = context.WithoutCancel(ctx)
	if err := d.scheduler.RunDue(ctx, d.clock.Now()); err != nil {
		return err
	}
	if _, err := d.outbox.EndHolds(ctx, tasks.System, 0); err != nil {
		return err
	}
	_, err := d.deliverer.DeliverAll(ctx)
	return err
}

// MailURL implements web.Demo.
func (d *demo) MailURL() string { return d.mailURL }
