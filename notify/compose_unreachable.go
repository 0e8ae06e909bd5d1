package notify

import (
	"fmt"
	"strconv"

	"tiendo/tasks"
	"tiendo/templates"
)

// UnreachableMail tells the secretariat to whom mails come back, so that somebody calls them or mends the address.
type UnreachableMail struct {
	Duties
	Text string
}

// unreachableKind makes one mail a person of the secretariat of all who could not be reached within a window of time, when the office is
// open. Who was told of it is not told again as long as it lasts.
func unreachableKind(p *pass) kind {
	return kind{
		kind:   tasks.NoticeUnreachable,
		newest: func(n tasks.Notice) any { return n.Subject.ID },
		void:   p.voidUnreachable,
		bundle: func(tasks.Notice) any { return nil },
		ready:  p.gathered,
		letter: p.unreachableLetter,
	}
}

// voidUnreachable lists the notices of people who can be reached again, or are written to no more.
func (p *pass) voidUnreachable(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	var void []int64
	for _, n := range notices {
		person, err := tx.Person(n.Subject.ID)
		if err != nil {
			return nil, fmt.Errorf("person %d: %w", n.Subject.ID, err)
		}
		if !person.Active || person.Unreachable.IsZero() {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

// maxUnreachable is how many people a mail names.
const maxUnreachable = 40

func (p *pass) unreachableLetter(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	var section Section
	var first string
	for _, n := range notices[:min(len(notices), maxUnreachable)] {
		person, err := tx.Person(n.Subject.ID)
		if err != nil {
			return nil, fmt.Errorf("person %d: %w", n.Subject.ID, err)
		}
		line := templates.LetterTask{
			Text: person.Name, Href: p.link("/people/" + strconv.FormatInt(person.ID, 10)), Meta: []string{person.Email},
		}
		if first == "" {
			first = person.Name
		}
		if agencies := person.AgencyIDs(tasks.RoleFocal, tasks.RoleHead); len(agencies) > 0 {
			names, err := p.names(tx, to, agencies)
			if err != nil {
				return nil, err
			}
			line.Meta = append([]string{names}, line.Meta...)
		}
		bounces, err := tx.BouncesOf(person.ID, 1)
		if err != nil {
			return nil, fmt.Errorf("mails to person %d that came back: %w", person.ID, err)
		}
		if len(bounces) > 0 && bounces[0].Words != "" {
			line.Note = w.T("mail.unreachable.said", excerpt(bounces[0].Words, maxWords))
		}
		section.Tasks = append(section.Tasks, line)
	}
	section.Title = w.T("mail.unreachable.section", len(notices))
	headline := w.T("mail.unreachable.headline_one", first)
	if len(notices) > 1 {
		headline = w.T("mail.unreachable.headline", len(notices))
	}
	var data UnreachableMail
	data.Letter = p.frame(to, w.T("mail.unreachable.kicker", p.dateLine(w)), headline, w.T("mail.unreachable.preheader"), w.T("mail.unreachable.why"))
	data.Subject, data.Text = headline, w.T("mail.unreachable.text")
	data.Sections = []Section{section}
	const all = "/people?show=unreachable"
	if left := len(notices) - len(section.Tasks); left > 0 {
		data.More = &More{Text: w.T("mail.unreachable.more", left), Href: p.link(all)}
	}
	data.Button = templates.LetterButton{Href: p.link(all), Label: w.T("mail.unreachable.button")}
	return &letter{data: &data}, nil
}
