package notify

import (
	"reflect"
	"slices"

	"tiendo/templates"
)

// foldedLeast is how many duties a mail lists at least: one that is too large with fewer is so for another reason.
const foldedLeast = 3

// fold is the mail with a third fewer of what it lists, the last ones, and how many more there are; ok is false when it lists too few for
// that, or none. A mail that mail programs cut would hide its end, with the button.
func fold(w *templates.Words, data any) (folded any, ok bool) {
	v := reflect.New(reflect.TypeOf(data)).Elem()
	v.Set(reflect.ValueOf(data))
	long, ok := v.Addr().Interface().(interface{ fold(*templates.Words) bool })
	if !ok || !long.fold(w) {
		return nil, false
	}
	return v.Interface(), true
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
