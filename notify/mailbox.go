package notify

import (
	"fmt"

	"tiendo/tasks"
	"tiendo/templates"
)

// mailbox answers the agency's own address as one more recipient of the notice, when it gets a copy of such. Nobody signs in there: its
// number is that of the agency, below zero.
func (p *pass) mailbox(tx ComposeReader, n tasks.Notice) ([]tasks.Person, error) {
	if n.AgencyID == 0 || n.Role != tasks.RoleFocal || n.Kind != tasks.NoticeIssued && n.Kind != tasks.NoticeReminder {
		return nil, nil
	}
	if p.mailboxes == nil {
		all, err := tx.Mailboxes()
		if err != nil {
			return nil, fmt.Errorf("mailboxes: %w", err)
		}
		p.mailboxes = make(map[int64]tasks.Mailbox, len(all))
		for _, m := range all {
			p.mailboxes[m.AgencyID] = m
		}
	}
	m := p.mailboxes[n.AgencyID]
	wanted := m.Issued && n.Kind == tasks.NoticeIssued || m.Overdue && overdueStep(n)
	if m.Address == "" || !wanted {
		return nil, nil
	}
	a, err := p.agency(tx, n.AgencyID)
	if err != nil {
		return nil, err
	}
	return []tasks.Person{{ID: -m.AgencyID, Email: m.Address, Name: a.Name, Language: tasks.Languages[0], Active: true}}, nil
}

// overdueStep tells whether the notice reminds of a deadline that has passed.
func overdueStep(n tasks.Notice) bool {
	step, ok := stepOf(n.Occurrence)
	return ok && n.Kind == tasks.NoticeReminder && n.Subject.Kind == tasks.SubjectAssignment && step > 0
}

// isMailbox tells that the mail is for an agency's own address.
func (a addressee) isMailbox() bool { return a.ID < 0 }

// forMailbox words a letter for an address that several people read: to the agency, and without links, since who opens one would have to
// be somebody.
func forMailbox(to addressee, data mailData) {
	d, ok := data.(interface{ duties() *Duties })
	if !ok {
		return
	}
	l := d.duties()
	l.Greeting, l.Why = to.words.T("mail.mailbox.greeting", to.Name), to.words.T("mail.mailbox.why", to.Name)
	l.Button, l.SettingsHref = templates.LetterButton{}, ""
	for _, s := range l.Sections {
		for i := range s.Tasks {
			s.Tasks[i].Href = ""
		}
	}
	if l.More != nil {
		l.More.Href = ""
	}
}
