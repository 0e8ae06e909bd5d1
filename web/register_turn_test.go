package web_test

import (
	"context"
	"net/http"
	"testing"

	"tiendo/tasks"
)

// gatedStore holds up whoever reads assignments until the gate opens.
type gatedStore struct {
	tasks.AssignmentStore
	inside, gate chan struct{}
}

func (s gatedStore) View(ctx context.Context, fn func(tasks.AssignmentReader) error) error {
	select {
	case s.inside <- struct{}{}:
	default:
	}
	<-s.gate
	return s.AssignmentStore.View(ctx, fn)
}

// The page of the periodic report counts the whole register: like a file of it, it takes one of the person's turns and gives it back.
func TestThePeriodicReportTakesATurn(t *testing.T) {
	r := newRig(t)
	r.issue("11/CT-UBND", rigDuty{text: "Rà soát thủ tục hành chính", leads: []string{"Sở Nội vụ"}, due: "2026-10-30"})
	const path = "/register/report?period=2026-10"
	office := r.signIn(officeEmail)
	office.get(path).want(http.StatusOK)
	open := r.Assignments.Store
	gated := gatedStore{open, make(chan struct{}, 16), make(chan struct{})}
	r.Assignments.Store = gated
	done := make(chan int, 8)
	held, refused := 0, false
	for range cap(done) {
		go func() { done <- office.get(path).status }()
		select {
		case <-gated.inside:
			held++
			continue
		case status := <-done:
			if refused = status == http.StatusTooManyRequests; !refused {
				t.Errorf("the answer is %d", status)
			}
		}
		break
	}
	if !refused || held == 0 {
		t.Errorf("%d reports were read at once, none was refused", held)
	}
	close(gated.gate)
	for range held {
		if status := <-done; status != http.StatusOK {
			t.Errorf("a report that had its turn: %d", status)
		}
	}
	office.get(path).want(http.StatusOK)
}
