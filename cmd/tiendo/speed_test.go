package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// The benchmarks of files named speed_… measure the whole program against provinces of made-up assignments, on every engine there is.
// Each runs once and measures for a time of its own: docs/performance runs them and writes docs/performance.md. By hand:
//
//	TIENDO_SPEED_SIZES='10000 100000' go test -run '^$' -bench Speed -benchtime 1x ./cmd/tiendo
const (
	speedEngines = "TIENDO_SPEED_ENGINES" // separated by spaces; sqlite postgres
	speedSizes   = "TIENDO_SPEED_SIZES"   // assignments, separated by spaces; 10000
	speedData    = "TIENDO_SPEED_DATA"    // folder in which the provinces are kept from run to run; without it they are made anew
	speedMails   = "TIENDO_SPEED_MAILS"   // with which delivery is measured; 2000
	speedFor     = "TIENDO_SPEED_FOR"     // how long each load lasts; 3s
)

// province is a filled database and the settings that open it.
type province struct {
	config config
	size   int
	clock  *movableClock
}

// eachProvince measures on every engine and size.
func eachProvince(b *testing.B, measure func(b *testing.B, p province)) {
	for _, engine := range strings.Fields(setting(speedEngines, "sqlite postgres")) {
		if engine == "postgres" && os.Getenv("TIENDO_TEST_POSTGRES") == "" {
			continue
		}
		for _, text := range strings.Fields(setting(speedSizes, "10000")) {
			size, err := strconv.Atoi(text)
			if err != nil {
				b.Fatalf("%s: %v", speedSizes, err)
			}
			b.Run(engine+"/"+text, func(b *testing.B) { measure(b, openProvince(b, engine, size)) })
		}
	}
}

func setting(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func loadTime(b *testing.B) time.Duration {
	d, err := time.ParseDuration(setting(speedFor, "3s"))
	if err != nil {
		b.Fatalf("%s: %v", speedFor, err)
	}
	return d
}

// provinces are those that this run has made.
var provinces = make(map[string]province)

func openProvince(b *testing.B, engine string, size int) province {
	name := fmt.Sprintf("%s-%d", engine, size)
	if p, ok := provinces[name]; ok {
		return p
	}
	root := setting(speedData, filepath.Join(os.TempDir(), fmt.Sprintf("tiendo-speed-%d", os.Getpid())))
	dir := filepath.Join(root, name)
	filled := filepath.Join(dir, "filled")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	c := defaultConfig()
	c.Province = demoProvince
	c.SMTP.FromAddress = "tiendo@vpub.mauson.example"
	c.Files.Dir, c.Database.DSN = filepath.Join(dir, "files"), "sqlite:"+filepath.Join(dir, "tiendo.db")
	_, err := os.Stat(filled)
	if engine == "postgres" {
		c.Database.DSN = postgresDatabase(b, fmt.Sprintf("tiendo_speed_%d", size), err != nil)
	}
	if e := c.complete(dir); e != nil {
		b.Fatal(e)
	}
	p := province{config: c, size: size, clock: &movableClock{now: time.Now()}}
	if err != nil {
		fillProvince(b, p)
		if err := os.WriteFile(filled, nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	provinces[name] = p
	return p
}

// postgresDatabase names a database of the server under test, made anew when wanted.
func postgresDatabase(b *testing.B, name string, fresh bool) string {
	dsn := os.Getenv("TIENDO_TEST_POSTGRES")
	if fresh {
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		for _, statement := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name} {
			if _, err := db.ExecContext(b.Context(), statement); err != nil {
				b.Fatal(err)
			}
		}
	}
	u, err := url.Parse(dsn)
	if err != nil {
		b.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

// fillProvince writes without waiting for the disk: what is measured later waits for it.
func fillProvince(b *testing.B, p province) {
	p.config.unsynced = true
	begun := time.Now()
	a := p.open(b, slog.DiscardHandler)
	err := a.loadSample(b.Context())
	if err == nil {
		err = a.fillBulk(b.Context(), p.size, b.Output())
	}
	if err != nil {
		b.Fatal(err)
	}
	fmt.Fprintf(os.Stderr, "%s: %d assignments written in %.1f s\n", a.db.Engine(), p.size, time.Since(begun).Seconds())
}

// open wires the program to the province's database; its business clock is the province's own.
func (p province) open(b *testing.B, log slog.Handler) *app {
	a, err := newApp(context.WithoutCancel(b.Context()), p.config, clocks{p.clock.Now, time.Now}, slog.New(log))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	return a
}

// TestMain removes what the benchmarks made.
func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv(speedData) == "" {
		if err := os.RemoveAll(filepath.Join(os.TempDir(), fmt.Sprintf("tiendo-speed-%d", os.Getpid()))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// buildProgram builds the program as releases are built.
func buildProgram(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "tiendo")
	build := exec.CommandContext(b.Context(), "go", "build", "-tags", "nomsgpack", "-o", path, ".")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	return path
}
