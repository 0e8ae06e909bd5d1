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
	var acts []time.Time
	for _, item := range items {
		acts = append(acts, item.At)
	}
	items = append(items, b.told(mails, acts)...)
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

// told puts mails of one kind and fate that went in the same minute into one line. Where nothing was done between two such lines they are
// one, which counts the mails: reminders of weeks do not bury what people did. acts are the instants of what they did.
func (b *assignmentBuilder) told(mails []notify.Mail, acts []time.Time) []templates.TrailItem {
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
	slices.SortStableFunc(order, func(x, y letter) int { return y.at.Compare(x.at) })
	var items []templates.TrailItem
	for i := 0; i < len(order); {
		l, first := order[i], order[i]
		var whom []string
		for ; i < len(order) && order[i].kind == l.kind && order[i].state == l.state && !between(acts, order[i].at, first.at); i++ {
			first = order[i]
			whom = append(whom, to[first]...)
		}
		kind, state := b.w.T("mail_kind."+string(l.kind)), strings.ToLower(b.w.T("mail_state."+string(l.state)))
		begun, ended := b.Rules.Day(first.at), b.Rules.Day(l.at)
		text := ""
		switch {
		case begun != ended:
			text = b.w.T("duty.told_often", len(whom), kind, begun, ended, state)
		case whom[0] != "":
			text = b.w.T("duty.told", kind, strings.Join(whom, ", "), state)
		default:
			text = b.w.T("duty.told", kind, b.w.T("duty.told_people", len(whom)), state)
		}
		items = append(items, templates.TrailItem{At: l.at, Text: text})
	}
	return items
}

// between tells whether something was done after the one instant, and not after the other.
func between(acts []time.Time, after, until time.Time) bool {
	return slices.ContainsFunc(acts, func(at time.Time) bool { return at.After(after) && !at.After(until) })
}
