package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tiendo/notify"
	"tiendo/notify/smtp"
	"tiendo/tasks"
	"tiendo/web"
)

// config is every setting; config.example.toml explains each with its default. Paths are relative to the file's folder.
type config struct {
	BaseURL        string   `toml:"base_url"`
	Listen         string   `toml:"listen"`
	TrustedProxies []string `toml:"trusted_proxies"`
	Province       string   `toml:"province"`
	Zone           string   `toml:"zone"`

	Database  databaseConfig  `toml:"database"`
	Files     filesConfig     `toml:"files"`
	SMTP      smtpConfig      `toml:"smtp"`
	Schedule  scheduleConfig  `toml:"schedule"`
	Reminders remindersConfig `toml:"reminders"`
	Rules     rulesConfig     `toml:"rules"`
	Metrics   metricsConfig   `toml:"metrics"`
	Log       logConfig       `toml:"log"`

	Letterhead letterheadConfig `toml:"letterhead"`

	location *time.Location
	unsynced bool // the demo's data can be made anew
}

type databaseConfig struct {
	DSN string `toml:"dsn"`
}

type filesConfig struct {
	Dir string `toml:"dir"`
}

type smtpConfig struct {
	Host         string        `toml:"host"`
	Port         int           `toml:"port"`
	Encryption   string        `toml:"encryption"`
	AllowPlain   bool          `toml:"allow_plain"`
	Username     string        `toml:"username"`
	PasswordFile string        `toml:"password_file"`
	Hello        string        `toml:"hello"`
	Timeout      time.Duration `toml:"timeout"`
	FromAddress  string        `toml:"from_address"`
	FromName     string        `toml:"from_name"`
	Workers      int           `toml:"workers"`
	PerMinute    int           `toml:"per_minute"`
	PerHour      int           `toml:"per_hour"`

	password string
}

type scheduleConfig struct {
	Freeze    string        `toml:"freeze"`
	Reminders string        `toml:"reminders"`
	RollUp    string        `toml:"rollup"`
	Month     string        `toml:"month"`
	Digest    string        `toml:"digest"`
	Hold      time.Duration `toml:"hold"`
	Foreword  time.Duration `toml:"foreword"`
	Office    []string      `toml:"office"`
}

type remindersConfig struct {
	Before     []int `toml:"before"`
	OnDay      bool  `toml:"on_day"`
	AfterFirst int   `toml:"after_first"`
	Every      int   `toml:"every"`

	Head        int   `toml:"head"`
	Specialist  int   `toml:"specialist"`
	Leaders     int   `toml:"leaders"`
	Cooperating []int `toml:"cooperating"`
}

type rulesConfig struct {
	DueSoon            int                  `toml:"due_soon"`
	FirstCadence       int                  `toml:"first_cadence"`
	ConfirmWithin      int                  `toml:"confirm_within_days"`
	SecretariatExtends []tasks.DocumentKind `toml:"secretariat_extends"`
}

type metricsConfig struct {
	Listen string `toml:"listen"`
}

type logConfig struct {
	Level  string `toml:"level"`
	Format string `toml:"format"`
}

type letterheadConfig struct {
	Parent      string   `toml:"parent"`
	Issuer      string   `toml:"issuer"`
	Place       string   `toml:"place"`
	Symbol      string   `toml:"symbol"`
	Recipients  []string `toml:"recipients"`
	Capacity    string   `toml:"capacity"`
	SignerTitle string   `toml:"signer_title"`
	Signer      string   `toml:"signer"`
}

// passwordVariable is the environment variable that holds the mail server's password; it wins over smtp.password_file.
const passwordVariable = "TIENDO_SMTP_PASSWORD"

// defaultConfig is what holds where the file says nothing.
func defaultConfig() config {
	specs, ladder := notify.DefaultSpecs(), tasks.DefaultLadder()
	return config{
		BaseURL: "http://127.0.0.1:8080", Listen: "127.0.0.1:8080", TrustedProxies: []string{}, Zone: "Asia/Ho_Chi_Minh",
		Database:  databaseConfig{DSN: "sqlite:tiendo.db"},
		Files:     filesConfig{Dir: "files"},
		SMTP:      smtpConfig{Encryption: string(smtp.STARTTLS), Timeout: time.Minute, FromName: "tiendo", Workers: 4},
		Schedule:  scheduleConfig{Freeze: specs.Freeze, Reminders: specs.Reminders, RollUp: specs.RollUp, Month: specs.Month, Digest: specs.Digest, Foreword: tasks.DefaultForeword, Hold: 10 * time.Minute, Office: notify.DefaultOffice().Strings()},
		Reminders: remindersConfig(ladder),
		Rules:     rulesConfig{DueSoon: 5, FirstCadence: 10, ConfirmWithin: 5, SecretariatExtends: tasks.DefaultSecretariatExtends()},
		Log:       logConfig{Level: "info", Format: "text"},

		Letterhead: letterheadConfig{Symbol: "BC", Recipients: []string{}},
	}
}

// complete resolves paths and secrets and answers all that cannot work.
func (c *config) complete(dir string) mistakes {
	var found mistakes
	bad := func(setting string, err error) {
		if err != nil {
			found = append(found, mistake{setting, err})
		}
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		bad("base_url", fmt.Errorf("%q is no address such as https://tiendo.example.gov.vn", c.BaseURL))
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		bad("listen", fmt.Errorf("%q is no address such as 127.0.0.1:8080", c.Listen))
	}
	if _, _, err := net.SplitHostPort(c.Metrics.Listen); c.Metrics.Listen != "" && err != nil {
		bad("metrics.listen", fmt.Errorf("%q is no address such as 127.0.0.1:9108", c.Metrics.Listen))
	}
	// "" would be taken for UTC, "Local" for whatever the machine is set to.
	if c.location, err = time.LoadLocation(c.Zone); err != nil || c.Zone == "" || c.Zone == "Local" {
		bad("zone", fmt.Errorf("%q is no time zone such as Asia/Ho_Chi_Minh", c.Zone))
	}
	for i, proxy := range c.TrustedProxies {
		if _, _, err := net.ParseCIDR(proxy); err != nil && net.ParseIP(proxy) == nil {
			bad("trusted_proxies", fmt.Errorf("entry %d, %q, is no address or network such as 10.0.0.0/8", i+1, proxy))
		}
	}
	for _, job := range []struct{ setting, spec string }{
		{"freeze", c.Schedule.Freeze}, {"reminders", c.Schedule.Reminders}, {"rollup", c.Schedule.RollUp}, {"month", c.Schedule.Month}, {"digest", c.Schedule.Digest},
	} {
		bad("schedule."+job.setting, notify.CheckSpec(job.spec))
	}
	if c.Schedule.Hold < 0 {
		bad("schedule.hold", errors.New("may not be negative"))
	}
	_, err = notify.ParseOffice(c.Schedule.Office)
	bad("schedule.office", err)
	if c.Schedule.Foreword < 0 {
		bad("schedule.foreword", errors.New("may not be negative"))
	}
	bad("reminders", c.ladder().Check())
	if c.Rules.ConfirmWithin < 1 {
		bad("rules.confirm_within_days", errors.New("must be at least 1"))
	}
	if c.Rules.DueSoon < 1 {
		bad("rules.due_soon", errors.New("must be at least 1"))
	}
	if c.Rules.FirstCadence < 0 {
		bad("rules.first_cadence", errors.New("must be at least 0"))
	}
	for _, kind := range c.Rules.SecretariatExtends {
		if !slices.Contains(tasks.DocumentKinds, kind) {
			bad("rules.secretariat_extends", fmt.Errorf("%q is no kind of document", kind))
		}
	}
	c.SMTP.complete(dir, bad)
	_, err = logConfig{Level: c.Log.Level, Format: "text"}.handler(os.Stderr)
	bad("log.level", err)
	_, err = logConfig{Level: "info", Format: c.Log.Format}.handler(os.Stderr)
	bad("log.format", err)
	if path, ok := strings.CutPrefix(c.Database.DSN, "sqlite:"); ok {
		c.Database.DSN = "sqlite:" + within(dir, path)
	}
	c.Files.Dir = within(dir, c.Files.Dir)
	return found
}

// complete reads the password and says what a mail server's settings lack.
func (c *smtpConfig) complete(dir string, bad func(setting string, err error)) {
	bad("smtp.password_file", c.loadPassword(dir))
	if c.Host != "" {
		if a, err := mail.ParseAddress(c.FromAddress); err != nil || a.Address != c.FromAddress {
			bad("smtp.from_address", fmt.Errorf("%q is no mail address such as tiendo@example.gov.vn", c.FromAddress))
		}
	}
	switch smtp.Encryption(c.Encryption) {
	case "", smtp.STARTTLS, smtp.TLS, smtp.None:
	default:
		bad("smtp.encryption", fmt.Errorf("%q: starttls, tls or none is wanted", c.Encryption))
		return
	}
	switch {
	case c.Port < 0 || c.Port > 65535:
		bad("smtp.port", fmt.Errorf("%d is not between 1 and 65535; 0 takes the usual one", c.Port))
		return
	case c.Timeout < 0:
		bad("smtp.timeout", errors.New("may not be negative"))
		return
	}
	if c.Workers < 1 {
		bad("smtp.workers", errors.New("must be at least 1"))
	}
	if c.PerMinute < 0 {
		bad("smtp.per_minute", errors.New("may not be negative; 0 is no limit"))
	}
	if c.PerHour < 0 {
		bad("smtp.per_hour", errors.New("may not be negative; 0 is no limit"))
	}
	if c.Host != "" {
		_, err := smtp.New(config{SMTP: *c}.sender())
		bad("smtp", err)
	}
}

func within(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

func (c *smtpConfig) loadPassword(dir string) error {
	if c.password = os.Getenv(passwordVariable); c.password != "" || c.PasswordFile == "" {
		return nil
	}
	b, err := os.ReadFile(within(dir, c.PasswordFile))
	if err != nil {
		return err
	}
	c.password = strings.TrimRight(string(b), "\r\n")
	return nil
}

func (c config) specs() notify.Specs {
	return notify.Specs{Freeze: c.Schedule.Freeze, Reminders: c.Schedule.Reminders, RollUp: c.Schedule.RollUp, Month: c.Schedule.Month, Digest: c.Schedule.Digest}
}

func (c config) ladder() tasks.Ladder {
	return tasks.Ladder(c.Reminders)
}

// office are the hours in which people are told of events; complete has read them before.
func (c config) office() notify.OfficeHours {
	hours, err := notify.ParseOffice(c.Schedule.Office)
	if err != nil {
		return notify.DefaultOffice()
	}
	return hours
}

func (c config) sender() smtp.Config {
	return smtp.Config{
		Host: c.SMTP.Host, Port: c.SMTP.Port, Encryption: smtp.Encryption(c.SMTP.Encryption), AllowPlain: c.SMTP.AllowPlain,
		Username: c.SMTP.Username, Password: c.SMTP.password, Hello: c.SMTP.Hello, Timeout: c.SMTP.Timeout,
	}
}

func (c config) letterhead() web.Letterhead {
	l := c.Letterhead
	return web.Letterhead{
		Parent: l.Parent, Issuer: l.Issuer, Place: l.Place, Symbol: l.Symbol, Recipients: l.Recipients, Capacity: l.Capacity, Title: l.SignerTitle, Name: l.Signer,
	}
}

// handler makes the log's handler: text for people, json for machines.
func (c logConfig) handler(w *os.File) (slog.Handler, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		return nil, fmt.Errorf("%q: debug, info, warn or error is wanted", c.Level)
	}
	options := &slog.HandlerOptions{Level: level}
	switch c.Format {
	case "text":
		return slog.NewTextHandler(w, options), nil
	case "json":
		return slog.NewJSONHandler(w, options), nil
	}
	return nil, fmt.Errorf("%q: text or json is wanted", c.Format)
}
