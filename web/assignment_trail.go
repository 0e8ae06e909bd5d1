package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// toldMails is how many mails about an assignment its history shows.
const toldMails = 100

// trail is what happened to the assignment, the newest first: each change, and which mail told whom. Addresses are for those who may
// see the outbox; others learn how many were told.
func (b *assignmentBuilder) trail(ctx context.Context) ([]templates.TrailItem, error) {
	var items []templates.TrailItem
	for _, e := range b.v.Trail {
		item, err := b.change(e)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	mails, err := b.Outbox.ToldOf(ctx, b.actor, b.v.Assignment, toldMails)
	if err != nil {
		return nil, err
	}
	items = append(items, b.told(mails)...)
	slices.SortStableFunc(items, func(x, y templates.TrailItem) int { return y.At.Compare(x.At) })
	return items, nil
}

// auditValues are the fields of an audit row that the history shows; others are left to those who read the database.
type auditValues struct {
	State   tasks.State   `json:"state"`
	Percent *int          `json:"percent"`
	Reason  string        `json:"reason"`
	Due     calendar.Date `json:"due"`
	Asked   calendar.Date `json:"asked"`
	Words   string        `json:"words"` // of the office's own tracker
}

func (b *assignmentBuilder) change(e tasks.AuditEntry) (templates.TrailItem, error) {
	var before, after auditValues
	for text, to := range map[string]*auditValues{e.Before: &before, e.After: &after} {
		if text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(text), to); err != nil {
			return templates.TrailItem{}, fmt.Errorf("audit row %d: %w", e.ID, err)
		}
	}
	parts := []string{b.w.T("audit." + e.Action)}
	if before.State != "" && after.State != "" && before.State != after.State {
		parts = append(parts, b.w.T("duty.state_change", b.w.T("state."+string(before.State)), b.w.T("state."+string(after.State))))
	}
	parts = append(parts, b.dueChange(before, after)...)
	if after.Percent != nil && (before.Percent == nil || *before.Percent != *after.Percent) {
		parts = append(parts, b.w.T("duty.percent", *after.Percent))
	}
	return templates.TrailItem{At: e.At, Who: b.who(e.ActorName, e.AgencyID), Text: strings.Join(parts, " · "), Quote: cmp.Or(after.Reason, after.Words)}, nil
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
