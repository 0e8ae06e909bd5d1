package notify

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tiendo/tasks"
)

// Telling is one mail that told of an assignment.
type Telling struct {
	Mail
	Person   string  // to whom it went; "" of an agency's mailbox
	Agencies []int64 // for which he was told; none when it was for no agency
	// Own tells that he was told as one of the agency, not in its place as one of the secretariat.
	Own bool
}

// Tellings are the mails that told of an assignment, the newest first.
type Tellings struct {
	Mails []Telling
	// Owed are the agencies that a mail gave it to, or was to.
	Owed []Owed
}

// Owed is an agency that must know of an assignment.
type Owed struct {
	AgencyID int64
	// Got tells that somebody of it has a mail that gave it, or that one is on its way.
	Got bool
}

// Unread is an agency nobody of which has had the mail that gave it a duty, and why.
type Unread struct {
	AgencyID int64
	Why      MailState // MailBounced or MailFailed; "" when there was nobody to write to
}

// Whom is who was told of a duty.
type Whom struct {
	Mails  []Telling
	Unread []Unread
	// Until is when the first of the mails that are not shown was written; zero: all are shown.
	Until time.Time
}

// WhomTold lists which mail told whom of the assignment, and the agencies that nobody could be told for: to those who see the outbox all,
// to other readers of the whole province without addresses and subjects, to the people of an agency what their own were told.
func (o *Outbox) WhomTold(ctx context.Context, actor tasks.Person, a tasks.Assignment, limit int) (Whom, error) {
	if !actor.CanOn(tasks.ActionAssignmentRead, a.Leads, a.Cooperating) {
		return Whom{}, tasks.ErrNotFound
	}
	all := actor.Can(tasks.ActionAssignmentRead)
	t, err := o.Store.Tellings(ctx, a.ID, limit+1)
	if err != nil {
		return Whom{}, fmt.Errorf("who was told of assignment %d: %w", a.ID, err)
	}
	var whom Whom
	if len(t.Mails) > limit {
		whom.Until = t.Mails[limit].CreatedAt
		t.Mails = t.Mails[:limit]
	}
	own := actor.AgencyIDs(tasks.RoleFocal, tasks.RoleHead)
	for _, e := range t.Owed {
		if !e.Got && (all || slices.Contains(own, e.AgencyID)) && (slices.Contains(a.Leads, e.AgencyID) || slices.Contains(a.Cooperating, e.AgencyID)) {
			whom.Unread = append(whom.Unread, Unread{e.AgencyID, whyUnread(t.Mails, e.AgencyID)})
		}
	}
	for _, m := range t.Mails {
		if !all {
			m.Agencies = slices.DeleteFunc(m.Agencies, func(id int64) bool { return !slices.Contains(own, id) })
			if len(m.Agencies) == 0 || !m.Own {
				continue
			}
		}
		if !actor.Can(tasks.ActionOutboxRead) {
			m.Mail = Mail{ID: m.ID, Kind: m.Kind, State: m.State, CreatedAt: m.CreatedAt, SentAt: m.SentAt}
		}
		whom.Mails = append(whom.Mails, m)
	}
	return whom, nil
}

// whyUnread is what became of the newest mail to somebody of the agency.
func whyUnread(mails []Telling, agency int64) MailState {
	for _, m := range mails {
		if m.Own && m.Person != "" && slices.Contains(m.Agencies, agency) && (m.State == MailBounced || m.State == MailFailed) {
			return m.State
		}
	}
	return ""
}
