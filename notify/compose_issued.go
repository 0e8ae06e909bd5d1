package notify

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/directory"
	"tiendo/templates"
)

// issuedKind makes one mail a person and document, with all duties that his agencies lead or cooperate in and that were not taken back
// yet. It is held so that the issue can be recalled; what ends a duty meanwhile withdraws the mails that tell of it, which are composed
// anew.
func issuedKind(p *pass) kind {
	return kind{
		kind: tasks.NoticeIssued,
		void: func(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
			return p.voidIssues(tx, notices)
		},
		bundle: func(n tasks.Notice) any { return n.Subject.ID },
		letter: p.issued,
	}
}

// voidIssues lists the notices of documents that are no longer issued.
func (p *pass) voidIssues(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	states := make(map[int64]tasks.DocumentState)
	var void []int64
	for _, n := range notices {
		state, ok := states[n.Subject.ID]
		if !ok {
			d, err := tx.Document(n.Subject.ID)
			if err != nil && !errors.Is(err, tasks.ErrNotFound) {
				return nil, fmt.Errorf("document %d: %w", n.Subject.ID, err)
			}
			state = d.State
			states[n.Subject.ID] = state
		}
		if state != tasks.DocumentIssued {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

func (p *pass) issued(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	d, err := tx.Document(notices[0].Subject.ID)
	if err != nil {
		return nil, err
	}
	assignments, err := tx.DocumentAssignments(d.ID)
	if err != nil {
		return nil, err
	}
	agencies := agenciesOf(notices)
	var ids []int64
	for _, a := range assignments {
		if a.State != tasks.StateCancelled && a.HasPart(agencies...) {
			ids = append(ids, a.ID)
		}
	}
	rows, err := rowsByID(tx, slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	var leading, cooperating []tasks.AssignmentRow
	for _, id := range ids {
		if row := rows[id]; row.LedBy(agencies...) {
			leading = append(leading, row)
		} else {
			cooperating = append(cooperating, row)
		}
	}
	if len(leading)+len(cooperating) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(leading, byDue)
	slices.SortStableFunc(cooperating, byDue)
	sections := []Section{
		{Title: w.T("mail.issued.leading", len(leading))},
		{Title: w.T("mail.issued.cooperating", len(cooperating))},
	}
	for _, row := range leading {
		var answers string
		if mine := own(row.Leads, agencies); len(agencies) > 1 || len(row.Leads) > 1 {
			if answers, err = p.answer(tx, to, row.Leads, mine); err != nil {
				return nil, err
			}
		}
		line, err := p.task(tx, to, row, answers, deliverable(w, row))
		if err != nil {
			return nil, err
		}
		sections[0].Tasks = append(sections[0].Tasks, line)
	}
	for _, row := range cooperating {
		lead, err := p.names(tx, to, row.Leads)
		if err != nil {
			return nil, err
		}
		line, err := p.task(tx, to, row, w.T("mail.issued.led_by", lead), deliverable(w, row))
		if err != nil {
			return nil, err
		}
		sections[1].Tasks = append(sections[1].Tasks, line)
	}
	headline, why, err := p.issuedWords(tx, to, d, agencies, len(leading), len(cooperating))
	if err != nil {
		return nil, err
	}
	preheader := ""
	if all := append(leading, cooperating...); len(all) > 0 {
		slices.SortStableFunc(all, byDue)
		preheader = dutyWords(w, all[0], 120)
		if !all[0].Due.IsZero() {
			preheader = w.T("mail.issued.first_due", p.when(w, all[0].Due))
		}
	}
	path := "/documents/" + strconv.FormatInt(d.ID, 10)
	if slices.ContainsFunc(slices.Concat(leading, cooperating), func(r tasks.AssignmentRow) bool { return r.Hidden }) {
		d.Title = "" // it may say what the restricted duty is about
	}
	data := IssuedMail{Document: p.documentLine(w, d)}
	data.Letter = p.frame(to, w.T("mail.issued.kicker", document(w, d.Kind, d.Number)), headline, preheader, why)
	data.Subject = headline
	var left int
	data.Sections, left = limit(sections)
	data.More = p.more(to, left, path)
	data.Button = templates.LetterButton{Href: p.link(path), Label: w.T("mail.button.document")}
	hold := notices[0].At
	for _, n := range notices {
		if n.At.After(hold) {
			hold = n.At
		}
	}
	files, err := p.calendarFile(tx, to, &data.Duties, leading, agencies)
	if err != nil {
		return nil, err
	}
	return &letter{data: &data, documentID: d.ID, holdUntil: hold.Add(p.settings.Hold), files: files}, nil
}

// issuedWords says what was given to whom. Bodies of a ministry or the Party are asked, not ordered.
func (p *pass) issuedWords(tx ComposeReader, to addressee, d tasks.Document, agencies []int64, leading, cooperating int) (headline, why string, err error) {
	w := to.words
	names, err := p.names(tx, to, agencies)
	if err != nil {
		return "", "", err
	}
	verb := "asked"
	for _, id := range agencies {
		a, err := p.agency(tx, id)
		if err != nil {
			return "", "", err
		}
		if directory.Ordered(a.Kind) {
			verb = "ordered"
		}
	}
	what := parts(counted(w, "mail.issued.n_leading", leading), counted(w, "mail.issued.n_cooperating", cooperating))
	return w.T("mail.issued."+verb, names, what, document(w, d.Kind, d.Number)), w.T("mail.why.focal", names), nil
}

// documentLine is the document as a letter quotes it: kind and number, date, title.
func (p *pass) documentLine(w *templates.Words, d tasks.Document) string {
	line := document(w, d.Kind, d.Number)
	if !d.Date.IsZero() {
		line = w.T("mail.issued.dated", line, written(w.Date(d.Date)))
	}
	if d.Title != "" {
		line = w.T("mail.issued.titled", line, excerpt(d.Title, maxWords))
	}
	return line
}

// answer says which of the person's agencies leads, and with whom.
func (p *pass) answer(tx ComposeReader, to addressee, leads, mine []int64) (string, error) {
	names, err := p.names(tx, to, mine)
	if err != nil || len(mine) == len(leads) {
		return names, err
	}
	others := slices.DeleteFunc(slices.Clone(leads), func(id int64) bool { return slices.Contains(mine, id) })
	with, err := p.names(tx, to, others)
	if err != nil {
		return "", err
	}
	return to.words.T("mail.issued.jointly", names, with), nil
}

func deliverable(w *templates.Words, row tasks.AssignmentRow) string {
	if row.Deliverable == "" {
		return ""
	}
	return w.T("mail.deliverable", excerpt(row.Deliverable, 120))
}
