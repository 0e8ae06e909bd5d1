package web

import (
	"context"
	"slices"
	"strings"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// toldMails is how many mails about an assignment its history shows.
const toldMails = 100

// trail is what happened to the assignment, the newest first: each change, and which mail told whom. Addresses are for those who may
// see the outbox; others learn how many were told.
func (b *assignmentBuilder) trail(ctx context.Context) ([]templates.TrailItem, error) {
	var items []templates.TrailItem
	for _, e := range b.v.Trail {
		items = append(items, trailItem(b.w, b.actor, b.v.Agencies, e))
	}
	mails, err := b.Outbox.ToldOf(ctx, b.actor, b.v.Assignment, toldMails)
	if err != nil {
		return nil, err
	}
	items = append(items, b.told(mails)...)
	slices.SortStableFunc(items, func(x, y templates.TrailItem) int { return y.At.Compare(x.At) })
	return items, nil
}

// trailItem tells the reader one row of the trail: what was done by whom, and each field before and after.
func trailItem(w *templates.Words, reader tasks.Person, agencies map[int64]tasks.Agency, e tasks.AuditEntry) templates.TrailItem {
	words := auditWords{w: w, agencies: agencies}
	item := templates.TrailItem{At: e.At, Who: personOf(w, reader, agencies, whoActed(w, e), e.AgencyID), Text: words.action(e)}
	item.Changes, item.Quote = words.changes(e)
	return item
}

// told puts mails of one kind and fate that went in the same minute into one line.
func (b *assignmentBuilder) told(mails []notify.Mail) []templates.TrailItem {
	type letter struct {
		kind  tasks.NoticeKind
		state notify.MailState
		at    time.Time
	}
	var order []letter
	to := make(map[letter][]string)
	for _, m := range mails {
		at := m.SentAt
		if at.IsZero() {
			at = m.CreatedAt
		}
		l := letter{m.Kind, m.State, at.Truncate(time.Minute)}
		if to[l] == nil {
			order = append(order, l)
		}
		to[l] = append(to[l], m.To)
	}
	var items []templates.TrailItem
	for _, l := range order {
		whom := b.w.T("duty.told_people", len(to[l]))
		if to[l][0] != "" {
			whom = strings.Join(to[l], ", ")
		}
		items = append(items, templates.TrailItem{At: l.at, Text: b.w.T("duty.told",
			b.w.T("mail_kind."+string(l.kind)), whom, strings.ToLower(b.w.T("mail_state."+string(l.state))))})
	}
	return items
}
