// Package simulated_test lets a province live through the year 2025 on the real services, scheduler, composer and delivery, and holds every
// mail that reaches the far end of SMTP against an oracle that goes from day to day and shares no code with what it judges.
package simulated_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tiendo/store/pgtest"
	"tiendo/tasks"
)

// The seed, unless the environment names another, and the sizes of the province.
const yearSeed = 20250101

var (
	whole = size{agencies: 60, people: 115, duties: 5000, documents: 50, from: firstDay, to: lastDay, kills: 4}
	// dear is for the race detector, under which everything takes ten times as long: Tết and what follows.
	dear  = size{agencies: 8, people: 24, duties: 100, documents: 5, from: firstDay, to: onDay("2025-03-10"), kills: 10}
	brief = size{agencies: 12, people: 36, duties: 300, documents: 10, from: firstDay, to: onDay("2025-05-31"), kills: 6}
)

// TestSimulatedYear lets a province live through 2025, Tết, swapped days, outages and kills included, and holds every mail against the
// oracle: none missing that the rules ask for, none twice, none on a day off, none to a person who had left, none about a duty that is
// closed or submitted.
func TestSimulatedYear(t *testing.T) {
	often := debug.SetGCPercent(400) // little of what a mail takes lives on
	t.Cleanup(func() { debug.SetGCPercent(often) })
	for _, engine := range []struct {
		name      string
		dsn       func(t *testing.T) string
		instances int
	}{
		{"sqlite", func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "tiendo.db") }, 1},
		{"postgres", func(t *testing.T) string { return pgtest.Schema(t) }, 2},
	} {
		t.Run(engine.name, func(t *testing.T) {
			t.Parallel()
			seed, of := number(t, "TIENDO_TEST_SEED", yearSeed), theSize()
			t.Logf("seed %d, %d agencies, %d assignments, %d instances (TIENDO_TEST_SEED, TIENDO_TEST_YEAR=brief, whole or long)",
				seed, of.agencies, of.duties, engine.instances)
			live(t, of, seed, engine.dsn(t), engine.instances)
		})
	}
}

func theSize() size {
	switch os.Getenv("TIENDO_TEST_YEAR") {
	case "dear":
		return dear
	case "brief":
		return brief
	case "whole":
		return whole
	case "long":
		long := whole
		long.agencies, long.people, long.duties, long.documents, long.kills = 120, 400, 20000, 300, 15
		return long
	}
	if raceDetector {
		return dear
	}
	if testing.Short() {
		return brief
	}
	return whole
}

func number(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	v := os.Getenv(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// live goes through the days.
func live(t *testing.T, of size, seed uint64, dsn string, instances int) {
	start := of.from.at(6, 0)
	w := &world{
		house: newHouse(t, dsn, start), size: of, random: rand.New(rand.NewPCG(seed, 0)), oracle: newOracle(start), people: make(map[int64]tasks.Person),
		done: make(map[string]int), refused: make(map[string]int),
	}
	for i := range instances {
		w.programs = append(w.programs, w.start(string(rune('A'+i))))
	}
	t.Cleanup(func() {
		for _, p := range w.programs {
			if err := p.end(); err != nil {
				t.Error(err)
			}
		}
	})
	w.populate()
	w.run(start) // the first start: jobs run from now on
	w.agenda()
	w.trouble()
	for d := of.from; d <= of.to; d++ {
		w.day(d)
		if len(w.oracle.faults) > 40 {
			break
		}
	}
	w.tally(seed)
}

// agenda plans when documents are issued and people move.
func (w *world) agenda() {
	length := int(w.size.to - w.size.from)
	left := w.size.duties
	for i := range w.size.documents {
		n := left / (w.size.documents - i)
		if i%3 == 0 {
			n = n * 3 / 2
		} else if i%3 == 1 {
			n = n / 2
		}
		n = max(1, min(n, left))
		if i == w.size.documents-1 {
			n = left
		}
		left -= n
		w.later(w.officeTime(w.size.from+day(w.random.IntN(length*9/10))), func() { w.issue(n) })
	}
	for range w.size.people * length / 400 {
		w.later(w.officeTime(w.size.from+day(w.between(3, length))), w.move)
	}
}

// day lets people do what they planned for it, and the program run now and then.
func (w *world) day(d day) {
	for _, at := range w.ticks(d) {
		w.deeds(at)
		w.pass(at)
		w.tick()
	}
	w.deeds((d + 1).at(0, 0))
}

// deeds does what is planned before the instant.
func (w *world) deeds(before time.Time) {
	for len(w.queue) > 0 && w.queue[0].at.Before(before) {
		next := w.queue[0]
		w.queue = w.queue[1:]
		w.pass(next.at)
		next.do()
	}
}

// tally says what happened and what was wrong.
func (w *world) tally(seed uint64) {
	w.t.Helper()
	for _, list := range []map[string]int{w.done, w.oracle.counts, w.refused} {
		s := ""
		for _, name := range slices.Sorted(maps.Keys(list)) {
			s += fmt.Sprintf("; %s %d", name, list[name])
		}
		if s != "" {
			w.t.Log(s[2:])
		}
	}
	if len(w.oracle.faults) > 0 {
		w.t.Logf("before the first fault:\n%s", strings.Join(w.diary[max(0, len(w.diary)-20):], "\n"))
	}
	for i, f := range w.oracle.faults {
		if i == 30 {
			w.t.Errorf("seed %d: %d faults in all", seed, len(w.oracle.faults))
			break
		}
		w.t.Errorf("seed %d: %s", seed, f)
	}
}
