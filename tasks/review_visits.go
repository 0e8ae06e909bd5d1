package tasks

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Visit is the last sign of life of a person who has the review of a document open.
type Visit struct {
	PersonID int64
	Name     string
	At       time.Time // system time
}

// visitLasts is how long after its last sign of life a review counts as open.
const visitLasts = 3 * time.Minute

// Company is who else has a review open, and the newest changes of its document, the latest first.
type Company struct {
	Others []Visit
	Steps  []AuditEntry
}

// Visit notes that the actor has the review of a draft document open at the instant, of the system's clock, and tells who else does.
func (s *Documents) Visit(ctx context.Context, actor Person, documentID int64, at time.Time) (Company, error) {
	var c Company
	err := s.Store.Update(ctx, func(tx DocumentTx) error {
		if _, err := manageable(tx, actor, documentID, DocumentDraft); err != nil {
			return err
		}
		if err := tx.SetVisit(documentID, actor.ID, at); err != nil {
			return err
		}
		visits, err := tx.Visits(documentID, at.Add(-visitLasts))
		if err != nil {
			return err
		}
		c.Others = others(visits, actor, at)
		c.Steps, err = tx.Steps(documentID, recentSteps)
		return err
	})
	if err != nil {
		return Company{}, fmt.Errorf("visit review of document %d: %w", documentID, err)
	}
	return c, nil
}

// Others are those of the visits that are of other people and not over at the instant, of the system's clock.
func (r Review) Others(actor Person, at time.Time) []Visit { return others(r.Visits, actor, at) }

func others(visits []Visit, actor Person, at time.Time) []Visit {
	return slices.DeleteFunc(slices.Clone(visits), func(v Visit) bool {
		return v.PersonID == actor.ID || v.At.Before(at.Add(-visitLasts))
	})
}
