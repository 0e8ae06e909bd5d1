package notify

import (
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
		waits:  p.beforeHour,
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
	notice   tasks.Notice       // to whom, and why
	waits    bool               // a report waits for its confirmation
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

// reminded reads what the notices remind of, without the words of the duties, and lists those that are no longer true.
func (p *pass) reminded(tx ComposeReader, notices []tasks.Notice) (live map[int64]reminder, void []int64, err error) {
	notes, err := cadenceNotes(tx, notices)
	if err != nil {
		return nil, nil, err
	}
	live = make(map[int64]reminder)
	var ids []int64
	for _, n := range notices {
		r, stands := reminder{notice: n}, true
		r.ID = n.Subject.ID
		switch n.Subject.Kind {
		case tasks.SubjectCadence:
			var note tasks.CadenceNote
			note, stands = notes[n.Subject.ID]
			r.ID, r.periodic = note.AssignmentID, note.Due
			stands = stands && note.ReportID == 0
		case tasks.SubjectRemark:
			r.remark, stands, err = remarkDue(tx, n)
			r.ID = r.remark.AssignmentID
		case tasks.SubjectContribution:
			r.part, stands, err = contributionDue(tx, n)
			r.ID = r.part.AssignmentID
		default:
			_, r.waits = waitingSince(n.Occurrence)
		}
		if err != nil {
			return nil, nil, err
		}
		if !stands {
			void = append(void, n.ID)
			continue
		}
		live[n.ID], ids = r, append(ids, r.ID)
	}
	slices.Sort(ids)
	duties, err := tx.AssignmentsByID(slices.Compact(ids))
	if err != nil {
		return nil, nil, fmt.Errorf("read assignments: %w", err)
	}
	for _, n := range notices {
		r, ok := live[n.ID]
		if !ok {
			continue
		}
		if r.Assignment = duties[r.ID]; !r.holds() {
			delete(live, n.ID)
			void = append(void, n.ID)
			continue
		}
		live[n.ID] = r
		p.follow(r)
	}
	return live, void, nil
}

func (p *pass) remind(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	live, _, err := p.reminded(tx, notices)
	if err != nil {
		return nil, err
	}
	agencies := agenciesOf(notices)
	lines := p.sections(live, notices)
	if err := fillRows(tx, lines); err != nil {
		return nil, err
	}
	var sections []Section
	var counts, followed []string
	first, room := "", maxRows
	for i, name := range reminderSections {
		n := len(lines[i])
		s := Section{Title: w.T("mail.reminder."+name, n)}
		for _, r := range lines[i][:min(n, room)] {
			line, err := p.reminderLine(tx, to, r, agencies)
			if err != nil {
				return nil, err
			}
			if first == "" {
				first = line.Text
			}
			s.Tasks = append(s.Tasks, line)
		}
		if room -= len(s.Tasks); len(s.Tasks) > 0 {
			sections = append(sections, s)
		}
		if count := counted(w, "mail.reminder.n_"+name, n); followedSection(i) {
			followed = append(followed, count)
		} else {
			counts = append(counts, count)
		}
	}
	names, err := p.names(tx, to, agencies)
	if err != nil {
		return nil, err
	}
	headline := reminderHeadline(w, names, parts(counts...), parts(followed...))
	why, err := p.whyReminded(tx, to, notices)
	if err != nil {
		return nil, err
	}
	var data ReminderMail
	data.Letter = p.frame(to, w.T("mail.reminder.kicker", p.dateLine(w)), headline, excerpt(first, 120), why)
	data.SettingsHref = p.link(mailSettings)
	data.Subject, data.Sections = headline, sections
	data.Button = p.reminderButton(to, lines)
	left := -maxRows + room
	for _, l := range lines {
		left += len(l)
	}
	data.More = p.more(to, left, reminderPath(lines))
	return &letter{data: &data, expiresOn: p.today}, nil
}

func (p *pass) reminderLine(tx ComposeReader, to addressee, r reminder, agencies []int64) (templates.LetterTask, error) {
	w := to.words
	who, err := p.reminderNames(tx, to, r, agencies)
	if err != nil {
		return templates.LetterTask{}, err
	}
	line, err := p.task(tx, to, r.AssignmentRow, append(who, document(w, r.DocumentKind, r.DocumentNumber))...)
	if err != nil {
		return templates.LetterTask{}, err
	}
	if r.waits {
		line.When = p.whenSubmitted(w, r.SubmittedOn)
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
