package main

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"

	"tiendo/notify"
	"tiendo/store/pgtest"
)

// TestCrash kills the program thirty times while it composes and delivers three hundred mails. All arrive; what was in the hands of
// the mail server at a kill may come twice, one mail a worker at most, and can be told by its Message-ID.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	for engine, dsn := range crashEngines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			crash(t, newCrashRig(t, dsn(t), uint64(time.Now().UnixNano())))
		})
	}
}

// crashEngines lists how a test gets an empty database of each engine.
var crashEngines = map[string]func(testing.TB) string{
	"sqlite": func(testing.TB) string { return "sqlite:tiendo.db" }, "postgres": pgtest.Schema,
}

func crash(t *testing.T, r *crashRig) {
	const kills, documents = 30, 10
	doubts := 0 // mails that had arrived in a life and were not marked at its end: those will come again
	early, untold, flowing := 0, 0, 0
	r.issue() // more than one life's batches
	for i := range kills {
		stages := delivering
		if i%3 == 0 && r.issued < documents {
			r.issue()
			if i%2 == 0 {
				stages = composing
			}
		}
		before := r.arrived()
		said, err := r.life(syscall.SIGKILL, stages...)
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || !exit.Sys().(syscall.WaitStatus).Signaled() {
			t.Fatalf("life %d ended by itself: %v\n%s", i+1, err, said)
		}
		marked := r.outbox()[notify.MailSent]
		if len(marked) < r.issued*crashAgencies*crashPeople {
			early++
		}
		if r.untold() > 0 {
			untold++
		}
		after := r.arrived()
		if len(after) > len(before) {
			flowing++
		}
		fresh := 0
		for _, id := range after[len(before):] {
			if !slices.Contains(marked, id) {
				fresh++
			}
		}
		if fresh > crashWorkers {
			t.Errorf("kill %d: %d mails had arrived and were not marked, at most one a worker may be", i+1, fresh)
		}
		doubts += fresh
	}
	t.Logf("of %d kills %d came before the work was done, %d while mails were composed, %d while mails went; %d mails in doubt",
		kills, early, untold, flowing, doubts)
	if early < kills/2 || untold == 0 || flowing < kills/6 || doubts == 0 {
		t.Error("the kills did not reach every part of the work")
	}
	for r.issued < documents {
		r.issue()
	}
	r.finishes(doubts)
}

// TestStopInTheMiddle stops the program as an operator does, in the middle of its work: the mail in flight is finished and marked,
// so that nothing comes twice.
func TestStopInTheMiddle(t *testing.T) {
	for engine, dsn := range crashEngines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			stop(t, newCrashRig(t, dsn(t), uint64(time.Now().UnixNano())))
		})
	}
}

func stop(t *testing.T, r *crashRig) {
	for i := range 8 {
		if i%4 == 0 {
			r.issue()
		}
		said, err := r.life(syscall.SIGTERM, slices.Concat(composing, delivering)...)
		// A process that has just begun is ended by the signal, or cannot open its database.
		if err != nil && said.begun() {
			t.Fatalf("stop %d: %v\n%s", i+1, err, said)
		}
		if leased := r.outbox()[notify.MailSending]; len(leased) > 0 {
			t.Errorf("stop %d leaves %d mails under a lease", i+1, len(leased))
		}
	}
	r.finishes(0)
}

// arrived is the Message-IDs of all mails that the mail server took, those that came twice twice.
func (r *crashRig) arrived() []string {
	var ids []string
	for _, m := range r.catcher.Messages() {
		ids = append(ids, m.MessageID)
	}
	return ids
}

// finishes lets the work end and checks what came of it; at most so many repeats may have come.
func (r *crashRig) finishes(twice int) {
	t := r.t
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r.finish(ctx)
	want := r.issued * crashAgencies * crashPeople
	outbox := r.outbox()
	if len(outbox[notify.MailSent]) != want || len(outbox) != 1 {
		for state, ids := range outbox {
			t.Errorf("%d mails are %s", len(ids), state)
		}
		t.Errorf("want %d sent", want)
	}
	first := make(map[string][]byte) // bytes by Message-ID
	told := make(map[string]string)  // Message-ID by recipient and subject
	repeats := 0
	for _, m := range r.catcher.Messages() {
		if before, ok := first[m.MessageID]; ok {
			repeats++
			if !bytes.Equal(before, m.Raw) {
				t.Errorf("%s came twice with other words", m.MessageID)
			}
			continue
		}
		first[m.MessageID] = m.Raw
		if other := told[m.To+"\n"+m.Subject]; other != "" {
			t.Errorf("%s was told %q twice: %s and %s", m.To, m.Subject, other, m.MessageID)
		}
		told[m.To+"\n"+m.Subject] = m.MessageID
	}
	if len(first) != want {
		t.Errorf("%d mails arrived, want %d", len(first), want)
	}
	if repeats > twice {
		t.Errorf("%d repeats, at most %d were in doubt", repeats, twice)
	}
	if n := r.untold(); n != 0 {
		t.Errorf("%d notices are left open", n)
	}
	t.Logf("%d mails, %d repeats", len(first), repeats)
}
