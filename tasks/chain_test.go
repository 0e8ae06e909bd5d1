package tasks_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// octets writes a number as eight of them, by hand.
func octets(n int64) string {
	return string([]byte{byte(n >> 56), byte(n >> 48), byte(n >> 40), byte(n >> 32), byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
}

// The form that is sealed is what an auditor with another program would make of the description: if this test has to be changed, every
// trail that exists is broken.
func TestSealsAreAsDescribed(t *testing.T) {
	e := tasks.AuditEntry{
		ID: 7, At: time.UnixMilli(1764560000123).UTC(), ActorID: 3, ActorName: "Lan", AgencyID: 2, Action: "assignment.return",
		Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 41}, Before: `{"state":"submitted"}`, After: `{"state":"returned","reason":"Thiếu số liệu"}`,
	}
	content := octets(1764560000123) + octets(3) + octets(2) + octets(41) + octets(3) + "Lan" + octets(17) + "assignment.return" + octets(10) + "assignment" +
		octets(21) + `{"state":"submitted"}` + octets(int64(len(e.After))) + e.After
	digest := sha256.Sum256([]byte(content))
	if got := e.Digest(); !slices.Equal(got, digest[:]) {
		t.Fatalf("digest %x, want %x", got, digest)
	}
	first := sha256.Sum256([]byte(octets(7) + string(digest[:])))
	if got := tasks.NextSeal(nil, 7, e.Digest()); !slices.Equal(got, first[:]) {
		t.Errorf("first seal %x, want %x", []byte(got), first)
	}
	second := sha256.Sum256([]byte(string(first[:]) + octets(8) + string(digest[:])))
	if got := tasks.NextSeal(first[:], 8, e.Digest()); !slices.Equal(got, second[:]) {
		t.Errorf("second seal %x, want %x", []byte(got), second)
	}
	week := sha256.Sum256([]byte(string(first[:]) + octets(10) + "assignment" + octets(9) + "y" + octets(10) + "assignment" + octets(10) + "z" + octets(8) + "document" + octets(1) + "x"))
	heads := []tasks.ChainHead{
		{Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: 1}, Seal: tasks.Seal("x")},
		{Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 10}, Seal: tasks.Seal("z")},
		{Subject: tasks.Subject{Kind: tasks.SubjectAssignment, ID: 9}, Seal: tasks.Seal("y")},
	}
	if got := tasks.SealWeek(first[:], heads); !slices.Equal(got, week[:]) {
		t.Errorf("week %x, want %x", []byte(got), week)
	}
	if got, want := tasks.Seal(week[:]).String(), hex.EncodeToString(week[:2])+" "; got[:5] != want || len(got) != 39 {
		t.Errorf("shown %q", got)
	}
}

// Each part of an entry changes its digest, and none can be mistaken for another.
func TestDigestsDiffer(t *testing.T) {
	base := tasks.AuditEntry{At: time.UnixMilli(1), ActorID: 1, ActorName: "a", AgencyID: 2, Action: "b", Subject: tasks.Subject{Kind: "c", ID: 3}, Before: "d", After: "e"}
	seen := map[string]string{string(base.Digest()): "the same"}
	for name, change := range map[string]func(*tasks.AuditEntry){
		"instant": func(e *tasks.AuditEntry) { e.At = e.At.Add(time.Millisecond) },
		"actor":   func(e *tasks.AuditEntry) { e.ActorID = 9 }, "name": func(e *tasks.AuditEntry) { e.ActorName = "A" },
		"agency": func(e *tasks.AuditEntry) { e.AgencyID = 9 }, "action": func(e *tasks.AuditEntry) { e.Action = "B" },
		"kind": func(e *tasks.AuditEntry) { e.Subject.Kind = "C" }, "subject": func(e *tasks.AuditEntry) { e.Subject.ID = 9 },
		"before": func(e *tasks.AuditEntry) { e.Before = "D" }, "after": func(e *tasks.AuditEntry) { e.After = "E" },
		"moved text":    func(e *tasks.AuditEntry) { e.Before, e.After = "de", "" },
		"moved numbers": func(e *tasks.AuditEntry) { e.ActorID, e.AgencyID = e.AgencyID, e.ActorID },
	} {
		e := base
		change(&e)
		if other := seen[string(e.Digest())]; other != "" {
			t.Errorf("%s has the digest of %s", name, other)
		}
		seen[string(e.Digest())] = name
	}
	// What no engine but one can hold reads the same after it has gone through a backup.
	odd, plain := base, base
	odd.After, plain.After = "a\xff\xfeb\x00c", "a\ufffd\ufffdbc"
	if !slices.Equal(odd.Digest(), plain.Digest()) {
		t.Error("a text that is not UTF-8 has another digest after a backup")
	}
}

// trail is rows of several subjects, in the order in which they were written, with their seals.
func sealedTrail(n int) []tasks.SealedEntry {
	last := make(map[tasks.Subject]tasks.SealedEntry)
	var rows []tasks.SealedEntry
	for i := range n {
		s := tasks.Subject{Kind: []tasks.SubjectKind{tasks.SubjectAssignment, tasks.SubjectDocument}[i%2], ID: int64(i*i%5 + 1)}
		e := tasks.SealedEntry{AuditEntry: tasks.AuditEntry{ID: int64(2*i + 1), At: time.UnixMilli(int64(i) * 1000), Action: fmt.Sprint("a", i), Subject: s}}
		e.Position = last[s].Position + 1
		e.Seal = tasks.NextSeal(last[s].Seal, e.ID, e.Digest())
		last[s] = e
		rows = append(rows, e)
	}
	return rows
}

// sealWeeks seals the rows up to each of the identifiers, the naive way.
func sealWeeks(rows []tasks.SealedEntry, upTo ...int64) (weeks []tasks.WeekSeal) {
	var before tasks.WeekSeal
	for i, last := range upTo {
		heads := make(map[tasks.Subject]tasks.ChainHead)
		for _, e := range rows {
			if e.ID > before.LastID && e.ID <= last {
				heads[e.Subject] = tasks.ChainHead{Subject: e.Subject, Seal: e.Seal}
			}
		}
		var list []tasks.ChainHead
		for _, h := range heads {
			list = append(list, h)
		}
		before = tasks.WeekSeal{Monday: calendar.NewDate(2026, 10, 5).AddDays(7 * i), LastID: last, Chains: int64(len(list)), Seal: tasks.SealWeek(before.Seal, list)}
		weeks = append(weeks, before)
	}
	return weeks
}

func verify(t *testing.T, rows []tasks.SealedEntry, weeks []tasks.WeekSeal) []tasks.ChainBreak {
	t.Helper()
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b tasks.SealedEntry) int {
		if a.Subject.Kind != b.Subject.Kind {
			if a.Subject.Kind < b.Subject.Kind {
				return -1
			}
			return 1
		}
		if a.Subject.ID != b.Subject.ID {
			return int(a.Subject.ID - b.Subject.ID)
		}
		return int(a.Position - b.Position)
	})
	c := tasks.NewChainCheck(weeks)
	for _, e := range rows {
		check(t, c.Add(e))
	}
	breaks, _ := c.End()
	return breaks
}

func TestChainCheck(t *testing.T) {
	rows := sealedTrail(60)
	// The second week ends between two identifiers, the third seals nothing new, some rows are of no week yet.
	weeks := sealWeeks(rows, 31, 60, 60, 101)
	if got := verify(t, rows, weeks); len(got) > 0 {
		t.Fatalf("an untouched trail is broken: %+v", got)
	}
	if got := verify(t, nil, nil); len(got) > 0 {
		t.Fatalf("an empty trail is broken: %+v", got)
	}
	newest := func(rows []tasks.SealedEntry, below int64) int {
		// The newest row of a chain among those with identifiers up to below, and not the chain's last.
		for i := len(rows) - 1; i >= 0; i-- {
			if rows[i].ID <= below {
				return i
			}
		}
		return -1
	}
	for name, test := range map[string]struct {
		change func(rows []tasks.SealedEntry) []tasks.SealedEntry
		fault  tasks.ChainFault
		row    int64 // 0: a week alone
	}{
		"edited": {func(r []tasks.SealedEntry) []tasks.SealedEntry { r[10].After = "x"; return r }, tasks.ChainContent, rows[10].ID},
		"edited twice, the first is named": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			r[40].After, r[11].ActorName = "x", "x"
			return r
		}, tasks.ChainContent, rows[11].ID},
		"swapped": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			r[4].AuditEntry, r[24].AuditEntry = r[24].AuditEntry, r[4].AuditEntry
			r[4].ID, r[24].ID, r[4].Subject, r[24].Subject = r[24].ID, r[4].ID, r[24].Subject, r[4].Subject
			return r
		}, tasks.ChainContent, rows[4].ID},
		"removed in the middle": {func(r []tasks.SealedEntry) []tasks.SealedEntry { return slices.Delete(r, 10, 11) }, tasks.ChainGap, rows[20].ID},
		"without a seal": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			return append(r, tasks.SealedEntry{AuditEntry: tasks.AuditEntry{ID: 50, Subject: r[0].Subject}})
		}, tasks.ChainUnsealed, 50},
		"slipped in with its own seal": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			e := tasks.SealedEntry{AuditEntry: tasks.AuditEntry{ID: 50, Subject: r[0].Subject}, Position: 2}
			e.Seal = tasks.NextSeal(r[0].Seal, e.ID, e.Digest())
			return append(r, e)
		}, tasks.ChainGap, 0},
		"the last row removed, sealed in a week": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			at := newest(r, 101)
			return slices.Delete(r, at, at+1)
		}, tasks.ChainWeek, 0},
		"a whole chain removed": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			s := r[0].Subject
			return slices.DeleteFunc(r, func(e tasks.SealedEntry) bool { return e.Subject == s })
		}, tasks.ChainWeek, 0},
		"a chain added where an identifier was free": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			e := tasks.SealedEntry{AuditEntry: tasks.AuditEntry{ID: 30, Subject: tasks.Subject{Kind: tasks.SubjectDocument, ID: 99}}, Position: 1}
			e.Seal = tasks.NextSeal(nil, e.ID, e.Digest())
			return append(r, e)
		}, tasks.ChainWeek, 0},
		"edited and the whole chain sealed anew": {func(r []tasks.SealedEntry) []tasks.SealedEntry {
			r[10].After = "x"
			var before tasks.Seal
			for i := range r {
				if r[i].Subject == r[10].Subject {
					r[i].Seal = tasks.NextSeal(before, r[i].ID, r[i].Digest())
					before = r[i].Seal
				}
			}
			return r
		}, tasks.ChainWeek, 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := verify(t, test.change(slices.Clone(rows)), weeks)
			if len(got) == 0 {
				t.Fatal("nothing was found")
			}
			if test.row != 0 && (got[0].Fault != test.fault || got[0].RowID != test.row) {
				t.Errorf("found %s at row %d, want %s at %d", got[0].Fault, got[0].RowID, test.fault, test.row)
			}
			if !slices.ContainsFunc(got, func(b tasks.ChainBreak) bool { return b.Fault == test.fault }) {
				t.Errorf("%+v, want %s", got, test.fault)
			}
		})
	}
	t.Run("a week changed", func(t *testing.T) {
		changed := slices.Clone(weeks)
		changed[1].LastID--
		changed[1].Seal = slices.Clone(changed[1].Seal)
		changed[1].Seal[0]++
		if got := verify(t, rows, changed); len(got) == 0 || got[0].Fault != tasks.ChainWeek || got[0].Week.Monday != weeks[1].Monday {
			t.Errorf("%+v", got)
		}
	})
	t.Run("out of order", func(t *testing.T) {
		c := tasks.NewChainCheck(nil)
		check(t, c.Add(rows[1]))
		if err := c.Add(rows[0]); err == nil {
			t.Error("rows in another order than their chains' are taken")
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	e := sealedTrail(1)[0].AuditEntry
	e.Before, e.After = `{"due":"2026-10-05","percent":20,"state":"in_progress","submitted_on":""}`, `{"due":"2026-10-05","percent":40,"state":"in_progress","submitted_on":""}`
	var seal tasks.Seal
	for b.Loop() {
		seal = tasks.NextSeal(seal, int64(binary.BigEndian.Uint32([]byte{0, 0, 1, 1})), e.Digest())
	}
}
