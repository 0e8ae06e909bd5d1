package main

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// reasonWords says why a mail was written, in a line.
func reasonWords(w *templates.Words, r notify.Reason, agencies map[int64]string) string {
	var parts []string
	n := r.Notice
	switch document := strings.TrimSpace(w.T("document_kind."+string(r.DocumentKind)) + " " + r.Number); {
	case r.AssignmentID != 0 && n.Subject.Kind == tasks.SubjectCadence:
		parts = append(parts, fmt.Sprintf("periodic report on assignment %d of %s", r.AssignmentID, document))
	case r.AssignmentID != 0 && n.Subject.Kind == tasks.SubjectRemark:
		parts = append(parts, fmt.Sprintf("a leader's word on assignment %d of %s", r.AssignmentID, document))
	case r.AssignmentID != 0 && n.Subject.Kind == tasks.SubjectContribution:
		parts = append(parts, fmt.Sprintf("the part in assignment %d of %s", r.AssignmentID, document))
	case r.Waits:
		parts = append(parts, fmt.Sprintf("a report that waits for its confirmation on assignment %d of %s", r.AssignmentID, document))
	case r.AssignmentID != 0:
		parts = append(parts, fmt.Sprintf("assignment %d of %s", r.AssignmentID, document))
	case n.Subject.Kind == tasks.SubjectConsultation:
		parts = append(parts, "opinion on the draft "+document)
	case n.Kind == tasks.NoticeRollUp || n.Kind == tasks.NoticeDigest:
		if _, err := tasks.ParseMonth(n.Occurrence); err == nil {
			parts = append(parts, "month "+n.Occurrence)
		} else {
			parts = append(parts, "week of Monday "+n.Occurrence)
		}
	}
	if name := agencies[n.AgencyID]; name != "" {
		parts = append(parts, name+" ("+string(n.Role)+")")
	} else if n.Role != "" {
		parts = append(parts, string(n.Role))
	}
	if !r.Due.IsZero() {
		parts = append(parts, "due "+r.Due.String())
	}
	if r.Stepped {
		parts = append(parts, stepWords(r.Step))
	}
	return strings.Join(parts, ", ")
}

// stepWords names a step of a ladder.
func stepWords(step int) string {
	switch {
	case step == 0:
		return "the day itself"
	case step == -1:
		return "1 working day before"
	case step < 0:
		return fmt.Sprintf("%d working days before", -step)
	case step == 1:
		return "overdue by 1 working day"
	}
	return fmt.Sprintf("overdue by %d working days", step)
}

// agencyNames are the names of all agencies by identifier.
func (a *app) agencyNames(ctx context.Context) (map[int64]string, error) {
	names := make(map[int64]string)
	err := a.db.Directory().View(ctx, func(tx tasks.DirectoryReader) error {
		agencies, err := tx.Agencies()
		for _, agency := range agencies {
			names[agency.ID] = agency.Name
		}
		return err
	})
	return names, err
}

// progressEvery is how often long work says how far it is.
const progressEvery = 5 * time.Second

// progress says how many mails are written, every few seconds, until stop is called.
func (h *hand) progress(mails *atomic.Int64) (stop func()) {
	begun, ticker, done, ended := time.Now(), time.NewTicker(progressEvery), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-ticker.C:
				fmt.Fprintf(h.err, "%s: %d mails so far\n", time.Since(begun).Round(time.Second), mails.Load())
			case <-done:
				return
			}
		}
	}()
	return func() { ticker.Stop(); close(done); <-ended }
}
