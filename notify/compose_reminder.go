package notify

import (
	"errors"
	"fmt"
	"slices"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// reminderKind makes one mail a person and day. Of each duty, agency and role only the newest step is told, and only while the
// duty is open, under the same version of its deadline, and the agency's. A mail that has not gone by the end of its day expires.
func reminderKind(p *pass) kind {
	return kind{
		kind:   tasks.NoticeReminder,
		newest: func(n tasks.Notice) any { return noticeKey{n.Subject, n.AgencyID, n.Role} },
		void: func(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
			_, void, err := p.reminded(tx, notices)
			return void, err
		},
		renew:  true,
		bundle: func(tasks.Notice) any { return nil },
		later: func(tx ComposeReader) ([]int64, error) {
			return tx.MailedSince(tasks.NoticeReminder, p.today.Start(p.rules.Location))
		},
		letter: p.remind,
	}
}

// reminder is a duty to be reminded of: by its deadline, or by a periodic report that is due.
type reminder struct {
	tasks.AssignmentRow
	periodic calendar.Date      // the day of the periodic report; zero of a deadline
	remark   tasks.Remark       // a leader's word that waits for an answer; zero of others
	part     tasks.Contribution // a part that a cooperating agency is to send; zero of others
}

func (r reminder) due() calendar.Date {
	switch {
	case r.remark.ID != 0:
		return r.remark.Due
	case r.part.ID != 0:
		return r.part.Due
	case r.periodic.IsZero():
		return r.Due
	}
	return r.periodic
}

// reminded reads what the notices remind of, and lists those that are no longer true.
func (p *pass) reminded(tx ComposeReader, notices []tasks.Notice) (live map[int64]reminder, void []int64, err error) {
	cadence := make(map[int64]tasks.CadenceNote)
	remarks := make(map[int64]tasks.Remark)
	contributions := make(map[int64]tasks.Contribution)
	var ids []int64
	for _, n := range notices {
		id := n.Subject.ID
		if n.Subject.Kind == tasks.SubjectCadence {
			note, err := tx.CadenceNote(n.Subject.ID)
			if err != nil && !errors.Is(err, tasks.ErrNotFound) {
				return nil, nil, fmt.Errorf("cadence note %d: %w", n.Subject.ID, err)
			}
			if err != nil || note.ReportID != 0 {
				continue
			}
			cadence[n.ID], id = note, note.AssignmentID
		}
		if n.Subject.Kind == tasks.SubjectRemark {
			r, ok, err := remarkDue(tx, n)
			if err != nil {
				return nil, nil, err
			}
			if !ok {
				continue
			}
			remarks[n.ID], id = r, r.AssignmentID
		}
		if n.Subject.Kind == tasks.SubjectContribution {
			c, ok, err := contributionDue(tx, n)
			if err != nil {
				return nil, nil, err
			}
			if !ok {
				continue
			}
			contributions[n.ID], id = c, c.AssignmentID
		}
		ids = append(ids, id)
	}
	rows, err := rowsByID(tx, ids)
	if err != nil {
		return nil, nil, err
	}
	live = make(map[int64]reminder)
	for _, n := range notices {
		if n.Subject.Kind == tasks.SubjectRemark {
			r := remarks[n.ID]
			if row := rows[r.AssignmentID]; r.ID != 0 && concernsPart(n, row) {
				live[n.ID] = reminder{AssignmentRow: row, remark: r}
			} else {
				void = append(void, n.ID)
			}
			continue
		}
		if n.Subject.Kind == tasks.SubjectContribution {
			c := contributions[n.ID]
			if row := rows[c.AssignmentID]; c.ID != 0 && cooperatesStill(n, row) {
				live[n.ID] = reminder{AssignmentRow: row, part: c}
			} else {
				void = append(void, n.ID)
			}
			continue
		}
		note, periodic := cadence[n.ID]
		row, ok := rows[n.Subject.ID]
		if n.Subject.Kind == tasks.SubjectCadence {
			row, ok = rows[note.AssignmentID]
			ok = ok && periodic
		} else {
			ok = ok && row.DueVersion == versionOf(n.Occurrence)
		}
		if !ok || !row.State.Open() || !row.LedBy(n.AgencyID) {
			void = append(void, n.ID)
			continue
		}
		live[n.ID] = reminder{AssignmentRow: row, periodic: note.Due}
	}
	return live, void, nil
}

// The sections of a reminder, in order.
const (
	sectionRemark = iota
	sectionOverdue
	sectionToday
	sectionSoon
	sectionPeriodic
	sectionContribution
)

var reminderSections = []string{"remark", "overdue", "today", "soon", "periodic", "contribution"}

func (p *pass) remind(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	live, _, err := p.reminded(tx, notices)
	if err != nil {
		return nil, err
	}
	agencies := agenciesOf(notices)
	// A joint lead of two of the person's agencies is one line.
	lines := make([][]reminder, len(reminderSections))
	seen := make(map[tasks.Subject]bool)
	for _, n := range notices {
		if r, ok := live[n.ID]; ok && !seen[n.Subject] {
			seen[n.Subject] = true
			lines[p.section(r)] = append(lines[p.section(r)], r)
		}
	}
	var sections []Section
	var counts []string
	first := ""
	for i, name := range reminderSections {
		slices.SortFunc(lines[i], func(a, b reminder) int {
			if c := a.due().Compare(b.due()); c != 0 {
				return c
			}
			return byDue(a.AssignmentRow, b.AssignmentRow)
		})
		s := Section{Title: w.T("mail.reminder."+name, len(lines[i]))}
		for _, r := range lines[i] {
			line, err := p.reminderLine(tx, to, r, agencies)
			if err != nil {
				return nil, err
			}
			if first == "" {
				first = line.Text
			}
			s.Tasks = append(s.Tasks, line)
		}
		sections = append(sections, s)
		counts = append(counts, counted(w, "mail.reminder.n_"+name, len(lines[i])))
	}
	names, err := p.names(tx, to, agencies)
	if err != nil {
		return nil, err
	}
	headline := w.T("mail.reminder.headline", names, parts(counts...))
	var data ReminderMail
	data.Letter = p.frame(to, w.T("mail.reminder.kicker", p.dateLine(w)), headline, excerpt(first, 120), w.T("mail.why.focal", names))
	data.Subject = headline
	var left int
	data.Sections, left = limit(sections)
	data.More = p.more(to, left, "/mine")
	data.Button = p.mine(to)
	return &letter{data: data, expiresOn: p.today}, nil
}

func (p *pass) section(r reminder) int {
	switch {
	case r.remark.ID != 0:
		return sectionRemark
	case r.part.ID != 0:
		return sectionContribution
	case !r.periodic.IsZero():
		return sectionPeriodic
	case r.Due.Before(p.today):
		return sectionOverdue
	case !p.rules.Calendar.OnOrBefore(r.Due).After(p.today):
		return sectionToday
	}
	return sectionSoon
}

func (p *pass) reminderLine(tx ComposeReader, to addressee, r reminder, agencies []int64) (templates.LetterTask, error) {
	w := to.words
	name, err := p.ownNames(tx, to, r.AssignmentRow, agencies)
	if err != nil {
		return templates.LetterTask{}, err
	}
	line, err := p.task(tx, to, r.AssignmentRow, name, document(w, r.DocumentKind, r.DocumentNumber))
	if err != nil {
		return templates.LetterTask{}, err
	}
	if r.remark.ID != 0 {
		whose, words, _, err := p.round(tx, r.remark)
		if err != nil {
			return line, err
		}
		line.When, line.Late = p.when(w, r.due()), r.remark.Late(p.today)
		if r.Hidden {
			return line, nil
		}
		line.Note = w.T("mail.remark.quote", remarkSentence(w, r.remark, whose), excerpt(words, maxWords))
	}
	if r.part.ID != 0 {
		line.When, line.Late = p.when(w, r.due()), r.part.Late(p.today)
		if r.Hidden {
			return line, nil
		}
		if line.Note, err = p.contributionQuote(tx, w, tasks.EventContributionNudged, r.part); err != nil {
			return line, err
		}
	}
	if !r.periodic.IsZero() {
		line.When = p.when(w, r.periodic)
		if r.periodic.Before(p.today) {
			line.Note = w.T("mail.reminder.no_report")
		}
	}
	return line, nil
}
