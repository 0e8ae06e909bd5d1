package notify

import (
	"context"

	"tiendo/tasks"
)

// ToldOf lists the mails about an assignment, the newest first, for everybody who may read the assignment. Those who may not see the
// outbox learn of what kind each was, when it went and what became of it; not to whom it went, nor its subject.
func (o *Outbox) ToldOf(ctx context.Context, actor tasks.Person, a tasks.Assignment, limit int) ([]Mail, error) {
	subject := tasks.Subject{Kind: tasks.SubjectAssignment, ID: a.ID}
	if actor.Can(tasks.ActionOutboxRead) {
		return o.Told(ctx, actor, subject, limit)
	}
	if !actor.CanOn(tasks.ActionAssignmentRead, a.Leads, a.Cooperating) {
		return nil, tasks.ErrNotFound
	}
	mails, err := o.Told(ctx, tasks.System, subject, limit)
	if err != nil {
		return nil, err
	}
	for i, m := range mails {
		mails[i] = Mail{ID: m.ID, Kind: m.Kind, State: m.State, CreatedAt: m.CreatedAt, SentAt: m.SentAt}
	}
	return mails, nil
}
