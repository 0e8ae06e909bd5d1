package web

import (
	"context"
	"slices"

	"tiendo/notify"
	"tiendo/tasks"
	"tiendo/templates"
)

// tellings is how many mails about a duty its page lists.
const tellings = 60

// toldCard says which mail told whom of a duty, and of which agencies nobody was reached.
type toldCard struct {
	Unread  []unreadLine
	Summary string
	Mails   []toldLine
	// Earlier says that there are more mails; empty when all are listed.
	Earlier string
}

type unreadLine struct{ Text, Href string }

type toldLine struct {
	State      templates.Chip
	Text, When string
	Address    string // for those who see the outbox
	Error      string
}

// toldCard is nil where nothing was told that concerns the reader.
func (b *assignmentBuilder) toldCard(ctx context.Context) (*toldCard, error) {
	whom, err := b.Outbox.WhomTold(ctx, b.actor, b.v.Assignment, tellings)
	if err != nil || len(whom.Mails)+len(whom.Unread) == 0 {
		return nil, err
	}
	w := b.w
	card := &toldCard{Summary: w.T("told.summary", len(whom.Mails))}
	for _, u := range whom.Unread {
		line := unreadLine{Text: w.T("told.unread", agencyName(w, b.v.Agencies, u.AgencyID), w.T("told.why_"+string(whyUnread(u.Why))))}
		if b.actor.Can(tasks.ActionDirectoryRead) {
			line.Href = "/people?agency=" + idText(u.AgencyID)
		}
		card.Unread = append(card.Unread, line)
	}
	for _, m := range whom.Mails {
		card.Mails = append(card.Mails, b.toldLine(m))
	}
	if !whom.Until.IsZero() {
		card.Summary, card.Earlier = w.T("told.summary_newest", len(whom.Mails)), w.T("told.earlier", whom.Until.In(b.Rules.Location))
	}
	return card, nil
}

// whyUnread is the last part of the key that says why nobody was reached.
func whyUnread(state notify.MailState) string {
	if state == "" {
		return "nobody"
	}
	return string(state)
}

func (b *assignmentBuilder) toldLine(m notify.Telling) toldLine {
	w := b.w
	l := toldLine{State: mailChips[m.State], Address: m.To, Error: m.LastError, When: w.T("told.written", m.CreatedAt.In(b.Rules.Location))}
	if !m.SentAt.IsZero() {
		l.When = w.T("told.sent", m.SentAt.In(b.Rules.Location))
	}
	l.State.Text = w.T("mail_state." + string(m.State))
	who := m.Person
	if who == "" {
		who = w.T("told.mailbox")
	}
	kind := w.T("mail_kind." + string(m.Kind))
	// One of the province's own acts for no agency.
	agencies := slices.DeleteFunc(slices.Clone(m.Agencies), func(id int64) bool { return b.v.Agencies[id].ID == 0 })
	switch {
	case len(agencies) == 0:
		l.Text = w.T("told.line", kind, who)
	case m.Own || m.Person == "":
		l.Text = w.T("told.line_of", kind, who, agencyNames(w, b.v.Agencies, agencies))
	default:
		l.Text = w.T("told.line_instead", kind, who, agencyNames(w, b.v.Agencies, agencies))
	}
	return l
}
