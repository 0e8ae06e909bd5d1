package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tiendo/tasks"
)

// Outbox shows people the fate of mails and lets them act on it. A mail's body is shown to nobody.
type Outbox struct {
	Store     OutboxStore
	Composer  *Composer
	Scheduler *Scheduler
	Business  tasks.Clock
	System    tasks.Clock
	// Wake, when set, is called when mails may go that could not before.
	Wake func()

	stalled stalled
}

// may refuses what the policy does not allow.
func may(actor tasks.Person, action tasks.Action) error {
	switch {
	case actor.Can(action):
		return nil
	case !actor.Active:
		return tasks.E(tasks.CodeUnauthenticated, "error.sign_in")
	}
	return tasks.E(tasks.CodeForbidden, "error.forbidden")
}

// Page lists mails, the newest first, without their bytes.
func (o *Outbox) Page(ctx context.Context, actor tasks.Person, q MailQuery) (MailPage, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return MailPage{}, err
	}
	if q.Limit <= 0 {
		q.Limit = tasks.DefaultPage
	}
	q.Limit = min(q.Limit, tasks.MaxPage)
	page, err := o.Store.Page(ctx, q)
	if err != nil {
		return MailPage{}, fmt.Errorf("outbox page: %w", err)
	}
	return page, nil
}

// Preview composes an example of a mail, see [Composer.Preview].
func (o *Outbox) Preview(ctx context.Context, actor tasks.Person, name PreviewName, language string) (MailPreview, bool, error) {
	if err := may(actor, tasks.ActionMailPreview); err != nil {
		return MailPreview{}, false, err
	}
	return o.Composer.Preview(ctx, o.Business(), name, actor, language)
}

// Told lists the mails about a subject, the newest first: which mail told whom, when.
func (o *Outbox) Told(ctx context.Context, actor tasks.Person, s tasks.Subject, limit int) ([]Mail, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return nil, err
	}
	mails, err := o.Store.Told(ctx, s, limit)
	if err != nil {
		return nil, fmt.Errorf("mails about %s %d: %w", s.Kind, s.ID, err)
	}
	return mails, nil
}

// Unreached lists the issues and events that nobody could receive, ten minutes (Settings.Window) after they were to be told.
func (o *Outbox) Unreached(ctx context.Context, actor tasks.Person) ([]tasks.Notice, error) {
	if err := may(actor, tasks.ActionOutboxRead); err != nil {
		return nil, err
	}
	return o.unreached(ctx)
}

func (o *Outbox) unreached(ctx context.Context) ([]tasks.Notice, error) {
	var all []tasks.Notice
	for _, kind := range []tasks.NoticeKind{tasks.NoticeIssued, tasks.NoticeEvent} {
		notices, err := o.Composer.Unreached(ctx, kind, o.Business().Add(-o.Composer.settings.Window))
		if err != nil {
			return nil, err
		}
		all = append(all, notices...)
	}
	return all, nil
}

// Retry lets a mail that failed be tried again from now on.
func (o *Outbox) Retry(ctx context.Context, actor tasks.Person, id int64) error {
	return o.act(ctx, actor, id, "mail.retried", o.Store.Retry)
}

// RetryAll lets every mail that failed be tried again from now on. It answers how many.
func (o *Outbox) RetryAll(ctx context.Context, actor tasks.Person) (int, error) {
	if err := may(actor, tasks.ActionOutboxManage); err != nil {
		return 0, err
	}
	n, err := o.Store.RetryAll(ctx, o.entry(actor, "mail.all_retried", tasks.Subject{Kind: tasks.SubjectProvince}))
	if err != nil {
		return 0, fmt.Errorf("retry all mails: %w", err)
	}
	o.woken()
	return n, nil
}

// Cancel stops a mail that waits.
func (o *Outbox) Cancel(ctx context.Context, actor tasks.Person, id int64) error {
	return o.act(ctx, actor, id, "mail.cancelled", o.Store.Cancel)
}

func (o *Outbox) act(ctx context.Context, actor tasks.Person, id int64, action string, do func(context.Context, int64, tasks.AuditEntry) error) error {
	if err := may(actor, tasks.ActionOutboxManage); err != nil {
		return err
	}
	err := do(ctx, id, o.entry(actor, action, tasks.Subject{Kind: tasks.SubjectMail, ID: id}))
	if errors.Is(err, tasks.ErrNotFound) {
		// The mail was sent, cancelled or tried again in the meantime.
		return tasks.E(tasks.CodeConflict, "outbox.state_changed")
	}
	if err != nil {
		return fmt.Errorf("%s %d: %w", action, id, err)
	}
	o.woken()
	return nil
}

// EndHolds lets the mails of a document's issue (0: of every document) go at once; the issue can then no longer be recalled. It
// answers how many were held. What waits for the office to open waits on.
func (o *Outbox) EndHolds(ctx context.Context, actor tasks.Person, documentID int64) (int, error) {
	if err := may(actor, tasks.ActionOutboxManage); err != nil {
		return 0, err
	}
	now := o.Business()
	// What was issued this minute may not be composed yet. What else goes wrong there is tried again each minute and holds up nothing.
	if err := o.Scheduler.RunDue(ctx, now); err != nil {
		o.Scheduler.log.ErrorContext(ctx, "scheduler", "error", err)
	}
	subject := tasks.Subject{Kind: tasks.SubjectProvince}
	if documentID != 0 {
		subject = tasks.Subject{Kind: tasks.SubjectDocument, ID: documentID}
	}
	n, err := o.Store.EndHolds(ctx, documentID, now, o.entry(actor, "mail.hold_ended", subject))
	if err != nil {
		return 0, fmt.Errorf("end holds of document %d: %w", documentID, err)
	}
	o.woken()
	return n, nil
}

func (o *Outbox) entry(actor tasks.Person, action string, s tasks.Subject) tasks.AuditEntry {
	return tasks.AuditEntry{At: o.Business(), Action: action, Subject: s}.ActedBy(actor)
}

func (o *Outbox) woken() {
	o.stalled.mu.Lock()
	o.stalled.asked = time.Time{}
	o.stalled.mu.Unlock()
	if o.Wake != nil {
		o.Wake()
	}
}

// OutboxHealth says whether mails arrive.
type OutboxHealth struct {
	Counts    map[MailState]int
	Ready     int       // may go now and have not gone
	Unreached int       // notices that nobody can receive
	Beat      time.Time // system time of the scheduler's last run; zero when it has not run
	Jobs      []JobHealth
}

// Health sums up the outbox and the scheduler.
func (o *Outbox) Health(ctx context.Context, actor tasks.Person) (OutboxHealth, error) {
	if err := may(actor, tasks.ActionHealthRead); err != nil {
		return OutboxHealth{}, err
	}
	page, err := o.Store.Page(ctx, MailQuery{Limit: 1})
	if err != nil {
		return OutboxHealth{}, fmt.Errorf("outbox health: %w", err)
	}
	h := OutboxHealth{Counts: page.Counts, Beat: o.Scheduler.Beat()}
	if h.Ready, err = o.Store.Ready(ctx, o.Business(), o.System()); err != nil {
		return OutboxHealth{}, fmt.Errorf("outbox health: %w", err)
	}
	unreached, err := o.unreached(ctx)
	if err != nil {
		return OutboxHealth{}, err
	}
	h.Unreached = len(unreached)
	if h.Jobs, err = o.Scheduler.Health(ctx); err != nil {
		return OutboxHealth{}, err
	}
	return h, nil
}
