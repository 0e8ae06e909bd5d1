package notify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiendo/notify/lint"
	"tiendo/tasks"
	"tiendo/templates"
)

// PreviewName names a sort of mail that can be looked at before anybody gets one.
type PreviewName struct {
	Kind  tasks.NoticeKind
	Event string     // of kinds that tell of several
	Role  tasks.Role // of kinds that are worded by whom they are for
	Month bool       // of roll-ups: those of months
}

// String is the name in an address: "event.return", "reminder.head".
func (n PreviewName) String() string {
	parts := []string{string(n.Kind)}
	switch {
	case n.Event != "":
		parts = append(parts, n.Event)
	case n.Role != "":
		parts = append(parts, string(n.Role))
	case n.Month:
		parts = append(parts, "month")
	}
	return strings.Join(parts, ".")
}

// Label says in words what mails of the name are: a kind has its own, an event those of a mail that tells of one.
func (n PreviewName) Label(w *templates.Words) string {
	kind := w.T("mail_kind." + string(n.Kind))
	switch e := eventNamed(n.Event); {
	case n.Kind == tasks.NoticeEvent && e != nil:
		return w.T("mail_preview.sort", kind, w.T(e.count, 1))
	case n.Event != "" || n.Month:
		return w.T("mail_preview.sort", kind, w.T("mail_preview.of."+n.key()))
	case n.Role != "":
		return w.T("mail_preview.sort", kind, w.T("role."+string(n.Role)))
	}
	return kind
}

// key is the last part of the keys of the name's own words.
func (n PreviewName) key() string { return strings.ReplaceAll(n.String(), ".", "_") }

// Needs says in words what there has to be for an example of the name; of mails about accounts there always is one.
func (n PreviewName) Needs(w *templates.Words) string {
	if e := eventNamed(n.Event); n.Kind == tasks.NoticeEvent && e != nil {
		return w.T("mail_preview.needs.event", w.T(e.count, 1))
	}
	return w.T("mail_preview.needs." + n.key())
}

// Previews lists every sort of mail, in the order in which a page offers them.
func (c *Composer) Previews() (names []PreviewName) {
	sorts := map[tasks.NoticeKind][]PreviewName{
		tasks.NoticeAccount:      {{Event: eventInvited}, {Event: eventReset}},
		tasks.NoticeConsultation: {{Event: tasks.EventConsultationAsked}, {Event: tasks.EventConsultationRemind}, {Event: tasks.EventConsultationMoved}, {Event: tasks.EventConsultationReplied}},
		tasks.NoticeReminder:     {{Role: tasks.RoleFocal}, {Role: tasks.RoleHead}, {Role: tasks.RoleSecretariat}},
		tasks.NoticeRollUp:       {{}, {Month: true}},
	}
	for _, e := range events {
		sorts[tasks.NoticeEvent] = append(sorts[tasks.NoticeEvent], PreviewName{Event: e.name})
	}
	for _, k := range c.everyKind(c.newPass(time.Time{})) {
		if sorts[k.kind] == nil {
			sorts[k.kind] = []PreviewName{{}}
		}
		for _, n := range sorts[k.kind] {
			n.Kind = k.kind
			names = append(names, n)
		}
	}
	return names
}

// MailPreview is a mail as it would be composed now.
type MailPreview struct {
	*lint.Mail
	// To is for whom it is made out. Nobody tells that nobody can receive it at present, so that it is made out for who looks at it.
	To     tasks.Person
	Nobody bool
	// Past tells that what it says was undone or overtaken since: it is an example only.
	Past     bool
	Findings []lint.Finding
}

// Preview composes a mail of the name from the newest of what the database has, and writes nothing; ok is false when it has nothing of the
// sort. reader is who looks at it, and language the mail's, "" for its recipient's.
func (c *Composer) Preview(ctx context.Context, now time.Time, name PreviewName, reader tasks.Person, language string) (m MailPreview, ok bool, err error) {
	p := c.newPass(now)
	kinds := c.everyKind(p)
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.kind == name.Kind })
	if i < 0 {
		return m, false, tasks.ErrNotFound
	}
	err = c.store.View(ctx, func(tx ComposeReader) error {
		ok = false
		live, past, err := p.examples(tx, kinds[i], name, reader)
		if err != nil {
			return err
		}
		for _, at := range []struct {
			notices []tasks.Notice
			past    bool
		}{{live, false}, {past, true}} {
			for len(at.notices) > 0 && !ok {
				bundle, to, nobody, err := p.exampleBundle(tx, kinds[i], at.notices, reader, language)
				if err != nil {
					return err
				}
				var mail Mail
				// What is past may lack what its mail says: then the next one is an example.
				failed := guarded(func() error {
					l, err := kinds[i].letter(tx, to, bundle)
					if err != nil || l == nil {
						return err
					}
					mail, err = p.render(name.Kind, to, *l)
					return err
				})
				if failed != nil && !at.past {
					return failed
				}
				if failed == nil && len(mail.Raw) > 0 {
					m.To, m.Nobody, m.Past, ok = to.Person, nobody, at.past, true
					m.Mail, err = lint.Read(mail.Raw)
					return err
				}
				at.notices = without(at.notices, identifiers(bundle))
			}
		}
		return nil
	})
	if err != nil {
		return m, false, fmt.Errorf("preview of %s: %w", name, err)
	}
	if ok {
		m.Findings = m.Check(p.settings.BaseURL)
	}
	return m, ok, nil
}

// exampleBundle are those of the notices that go into one mail with the first, and whom it is for.
func (p *pass) exampleBundle(tx ComposeReader, k kind, notices []tasks.Notice, reader tasks.Person, language string) ([]tasks.Notice, addressee, bool, error) {
	to := addressee{recipient: recipient{Person: reader}}
	people, _, err := p.recipients(tx, notices[0])
	if err != nil {
		return nil, to, false, err
	}
	if len(people) > 0 {
		to.recipient = people[0]
	}
	if language == "" {
		language = to.Language
	}
	to.words = p.set.Words(language)
	var bundle []tasks.Notice
	for _, n := range notices {
		if k.bundle(n) != k.bundle(notices[0]) {
			continue
		}
		his, _, err := p.recipients(tx, n)
		if err != nil {
			return nil, to, false, err
		}
		if n.ID == notices[0].ID || slices.ContainsFunc(his, func(r recipient) bool { return r.ID == to.ID }) {
			bundle = append(bundle, n)
		}
	}
	return bundle, to, len(people) == 0, nil
}
