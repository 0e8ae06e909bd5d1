package notify

import (
	"slices"

	"tiendo/templates"
)

// foldedLeast is how many duties a mail lists at least: one that is too large with fewer is so for another reason.
const foldedLeast = 3

// foldable is a mail that can be made shorter: fold leaves out a third of what it lists, the last ones, and says how many more there are; it
// answers false when the mail lists too few for that. A mail that mail programs cut would hide its end, with the button.
type foldable interface {
	fold(w *templates.Words) bool
}

// foldedAgencies is how many agencies a digest lists at least.
const foldedAgencies = 10

// fold leaves out agencies: those below are the better ones.
func (m *DigestMail) fold(w *templates.Words) bool {
	n := max(foldedAgencies, len(m.Agencies)*2/3)
	if n >= len(m.Agencies) {
		return m.Duties.fold(w)
	}
	rest := More{Href: m.Button.Href}
	if m.Rest != nil {
		rest = *m.Rest
	}
	rest.Left += len(m.Agencies) - n
	rest.Text = w.T("mail.digest.more_agencies", rest.Left)
	m.Agencies, m.Rest = m.Agencies[:n], &rest
	return true
}

func (d *Duties) fold(w *templates.Words) bool {
	listed := 0
	for _, s := range d.Sections {
		listed += len(s.Tasks)
	}
	if listed < foldedLeast {
		return false
	}
	sections, left := limitTo(slices.Clone(d.Sections), listed*2/3)
	more := More{Href: d.Button.Href}
	if d.More != nil {
		more = *d.More
	}
	more.Left += left
	more.Text = w.T("mail.more", more.Left)
	d.Sections, d.More = sections, &more
	return true
}
