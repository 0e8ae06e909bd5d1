package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks/calendar"
)

// Trail is the service of the audit page.
type Trail struct {
	Store TrailStore
	Rules Rules
}

// TrailStore opens transactions on the trail; it has no writer: rows are written with what they tell of.
type TrailStore interface {
	View(ctx context.Context, fn func(TrailReader) error) error
}

// TrailReader reads the trail.
type TrailReader interface {
	// AuditActions lists the actions that the trail tells of.
	AuditActions() ([]string, error)
	// AuditActors lists, by identifier, everybody who did something, by the name that he has now.
	AuditActors() ([]AuditActor, error)
	// AuditPage lists the newest rows first, without what was before and after where that is very long.
	AuditPage(q AuditQuery) (rows []AuditEntry, next string, err error)
	// AuditTitles are the words by which people know the subjects; one that is gone has none.
	AuditTitles(subjects []Subject) (map[Subject]string, error)
	LastWeekSeal() (WeekSeal, error)
}

// AuditQuery asks for one page of the trail, the newest first. Zero fields do not filter.
type AuditQuery struct {
	Kind         SubjectKind
	DocumentID   int64 // the document and its assignments
	AssignmentID int64
	PersonID     int64 // who did it
	AgencyID     int64 // for which it was done
	Topic        Topic
	From, To     calendar.Date
	After        string // the cursor of the page before; "" for the first
	Limit        int    // 0: DefaultPage

	// Since and Until bound the instant, the latter excluded; zero: unbounded. Actions are those to which Topic and Kind limit the
	// answer; nil: no limit. Set by the service.
	Since, Until time.Time
	Actions      []string
}

// AuditActor is a person of the trail.
type AuditActor struct {
	ID   int64
	Name string
}

// AuditLine is one row as the actor may see it.
type AuditLine struct {
	AuditEntry
	// Title is what the subject is called; "" when it is gone, or not the actor's to know.
	Title string
	// Closed tells that the actor may know that something was done, but not about what: the subject's identifier, what was before and
	// after are left out.
	Closed bool
}

// AuditPage is one page of the trail.
type AuditPage struct {
	Rows   []AuditLine
	Next   string
	Actors []AuditActor
	// Sealed is the newest seal of a week; zero before the first.
	Sealed WeekSeal
}

// readers say which action opens the contents of rows about a kind of subject. Those about any other kind are opened by
// ActionAssignmentRead.
var readers = map[SubjectKind]Action{
	SubjectAgency: ActionDirectoryRead, SubjectGroup: ActionDirectoryRead, SubjectAlias: ActionDirectoryRead, SubjectPerson: ActionDirectoryRead,
	SubjectMail: ActionOutboxRead, SubjectProvince: ActionAuditRead,
}

// opens tells whether the actor may read what rows about the kind of subject tell.
func opens(actor Person, kind SubjectKind) bool {
	action, ok := readers[kind]
	if !ok {
		action = ActionAssignmentRead
	}
	return actor.Can(action)
}

// Page answers one page of the trail.
func (s *Trail) Page(ctx context.Context, actor Person, q AuditQuery) (AuditPage, error) {
	if err := may(actor, ActionAuditRead); err != nil {
		return AuditPage{}, err
	}
	// Whoever may not read an assignment does not learn either which rows are about it.
	if (q.AssignmentID != 0 || q.DocumentID != 0 || q.AgencyID != 0) && !actor.Can(ActionAssignmentRead) {
		return AuditPage{}, ErrNotFound
	}
	q.Limit = pageSize(q.Limit)
	if !q.From.IsZero() {
		q.Since = q.From.Start(s.Rules.Location)
	}
	if !q.To.IsZero() {
		q.Until = q.To.AddDays(1).Start(s.Rules.Location)
	}
	var page AuditPage
	err := s.Store.View(ctx, func(tx TrailReader) error {
		actions, err := tx.AuditActions()
		if err != nil {
			return err
		}
		q.Actions = q.of(actions)
		rows, next, err := tx.AuditPage(q)
		if err != nil {
			return err
		}
		page.Next = next
		if err := page.fill(tx, actor, rows); err != nil {
			return err
		}
		if page.Actors, err = tx.AuditActors(); err != nil {
			return err
		}
		page.Sealed, err = tx.LastWeekSeal()
		if errors.Is(err, ErrNotFound) {
			err = nil
		}
		return err
	})
	if err != nil {
		return AuditPage{}, fmt.Errorf("read the trail: %w", err)
	}
	return page, nil
}

// of are those of the actions to which topic and kind limit the answer; nil: no limit.
func (q AuditQuery) of(actions []string) []string {
	if q.Topic == "" && q.Kind == "" {
		return nil
	}
	return slices.DeleteFunc(actions, func(a string) bool {
		return q.Topic != "" && TopicOf(a) != q.Topic || q.Kind != "" && !mayConcern(a, q.Kind)
	})
}

// fill writes the rows as the actor may see them.
func (p *AuditPage) fill(tx TrailReader, actor Person, rows []AuditEntry) error {
	var open []Subject
	for _, e := range rows {
		line := AuditLine{AuditEntry: e, Closed: !opens(actor, e.Subject.Kind)}
		if line.Closed {
			line.Subject.ID, line.AgencyID, line.Before, line.After = 0, 0, "", ""
		} else {
			open = append(open, e.Subject)
		}
		p.Rows = append(p.Rows, line)
	}
	titles, err := tx.AuditTitles(open)
	if err != nil {
		return err
	}
	for i, line := range p.Rows {
		if !line.Closed {
			p.Rows[i].Title = titles[line.Subject]
		}
	}
	return nil
}
