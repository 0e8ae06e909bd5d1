package notify

import (
	"cmp"
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

const (
	rollUpRows     = 20 // duties that each list of a roll-up shows
	rollUpFinished = 5  // of those that are done
)

// rollUpKind makes one mail a person, agency and week; whoever is both focal point and head gets one. A week that nobody could
// receive is dropped for the next.
func rollUpKind(p *pass) kind {
	return kind{
		kind: tasks.NoticeRollUp,
		newest: func(n tasks.Notice) any {
			_, month := monthTold(n)
			return rollUpKey{noticeKey{n.Subject, n.AgencyID, n.Role}, month}
		},
		renew:  true,
		bundle: func(n tasks.Notice) any { return n.AgencyID },
		letter: p.rollUp,
	}
}

// rollUpKey keeps weeks and months apart: the newest of each is told.
type rollUpKey struct {
	noticeKey
	month bool
}

// monthTold is the month that a roll-up's notice tells of; ok is false when it tells of a week.
func monthTold(n tasks.Notice) (month tasks.Month, ok bool) {
	month, err := tasks.ParseMonth(n.Occurrence)
	return month, err == nil
}

// summed is the time that a roll-up sums up: a week, or the month before it.
type summed struct {
	monday   calendar.Date
	month    tasks.Month
	ofMonth  bool
	compared calendar.Date // the Monday whose frozen figures changes are against
	// from and to are the days of which it lists what was finished.
	from, to calendar.Date
}

// summedUp reads what the notices tell of: a month goes before a week.
func (p *pass) summedUp(tx ComposeReader, notices []tasks.Notice) (s summed, err error) {
	s.monday = p.today.Monday()
	for _, n := range notices {
		if month, ok := monthTold(n); ok {
			s.month, s.ofMonth = month, true
		} else if s.monday, err = calendar.ParseDate(n.Occurrence); err != nil {
			return s, fmt.Errorf("notice %d: %w", n.ID, err)
		}
	}
	if !s.ofMonth {
		s.compared, s.from, s.to = s.monday.AddDays(-7), s.monday.AddDays(-7), s.monday.AddDays(-1)
		return s, nil
	}
	s.from, s.to = s.month.First(), s.month.Last()
	if s.compared, err = tx.LatestMonday(s.from); err != nil {
		return s, fmt.Errorf("the week before %s: %w", s.month, err)
	}
	return s, nil
}

func (p *pass) rollUp(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	id := notices[0].AgencyID
	time, err := p.summedUp(tx, notices)
	if err != nil {
		return nil, err
	}
	agency, err := p.agency(tx, id)
	if err != nil {
		return nil, err
	}
	q := p.figureQuery()
	q.AgencyID = id
	figures, err := tx.Figures(q)
	if err != nil {
		return nil, err
	}
	if figures.All == 0 {
		return nil, nil
	}
	f := weekFigures{now: figures}
	before, err := p.frozenOnce(tx, time.compared)
	if err != nil {
		return nil, err
	}
	if len(before) > 0 {
		// An agency without a row led nothing then.
		last := before[id]
		f.before = &last
	}
	lists, err := p.rollUpLists(tx, to, id, time)
	if err != nil {
		return nil, err
	}
	headline := lists.headline(w, agency.Name, figures, time)
	data := RollUpMail{Figures: f.rollUpFigures(w, lists.soon), Compared: w.T("mail.rollup.compared")}
	kicker, subject := w.T("mail.rollup.kicker", weekNumber(time.monday), weekdayDate(w, p.today)), w.T("mail.rollup.subject", weekNumber(time.monday), headline)
	if time.ofMonth {
		name := fmt.Sprintf("%d/%d", time.month.Month, time.month.Year)
		kicker, subject = w.T("mail.rollup.kicker_month", name, weekdayDate(w, p.today)), w.T("mail.rollup.subject_month", name, headline)
		if data.Compared = w.T("mail.rollup.counted"); !time.compared.IsZero() {
			data.Compared = w.T("mail.rollup.compared_month", weekdayDate(w, time.compared))
		}
	}
	data.Letter = p.frame(to, kicker, headline,
		w.T("mail.rollup.preheader", figures.All, figures.Completed, figures.Waiting), w.T("mail.why.agency", agency.Name))
	data.SettingsHref = p.link(mailSettings)
	data.Subject = subject
	if data.Standing, err = p.standing(tx, w, agency, before, figures.Waiting); err != nil {
		return nil, err
	}
	var left int
	data.Sections, left = limit(lists.sections)
	data.More = p.more(to, left+lists.left, "/mine")
	data.Button = p.mine(to)
	return &letter{data: &data, expiresOn: p.today}, nil
}

// headline says the most of a summary in a line: what the week asks for, or what the month has brought.
func (l rollUpLists) headline(w *templates.Words, agency string, figures tasks.Figures, time summed) string {
	quiet, first := "mail.rollup.quiet", counted(w, "mail.rollup.n_due_week", figures.DueWeek)
	if time.ofMonth {
		quiet, first = "mail.rollup.quiet_month", counted(w, "mail.rollup.n_finished_month", l.finished)
	}
	if said := parts(first, counted(w, "mail.rollup.n_overdue", figures.Overdue)); said != "" {
		return w.T("mail.rollup.headline", agency, said)
	}
	return w.T(quiet, agency)
}

// rollUpFigures are what an agency is told in large: late, still to do, due soon, done.
func (f weekFigures) rollUpFigures(w *templates.Words, soon int) []templates.LetterFigure {
	four := f.letterFigures(w)
	return []templates.LetterFigure{
		four[0],
		{Value: f.now.Open(), Text: w.T("mail.rollup.open"), Change: f.change(tasks.Figures.Open)},
		{Value: soon, Text: w.T("mail.rollup.due_soon")},
		four[2],
	}
}

// rollUpLists are the duties that a roll-up lists.
type rollUpLists struct {
	sections []Section
	soon     int // due within two weeks
	finished int // in the week or month that is over
	left     int // neither listed nor counted by the limit of a mail
}

func (p *pass) rollUpLists(tx ComposeReader, to addressee, agency int64, time summed) (out rollUpLists, err error) {
	w := to.words
	open := []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}
	weekEnd := p.today.Monday().AddDays(6)
	finished := tasks.AssignmentQuery{States: []tasks.State{tasks.StateCompleted}, Sort: tasks.SortNewest, Limit: rollUpFinished}
	finished.CompletedSince, finished.CompletedBefore = time.from.Start(p.rules.Location), time.to.AddDays(1).Start(p.rules.Location)
	ended := "mail.rollup.finished_week"
	if time.ofMonth {
		ended = "mail.rollup.finished_month"
	}
	for _, list := range []struct {
		title string
		q     tasks.AssignmentQuery
		count *int
	}{
		{"mail.reminder.overdue", tasks.AssignmentQuery{Timeliness: tasks.Overdue}, nil},
		{"mail.rollup.due_week", tasks.AssignmentQuery{States: open, DueFrom: p.today, DueTo: weekEnd}, &out.soon},
		{"mail.rollup.due_next", tasks.AssignmentQuery{States: open, DueFrom: weekEnd.AddDays(1), DueTo: weekEnd.AddDays(7)}, &out.soon},
		{ended, finished, &out.finished},
	} {
		list.q.AgencyID = agency
		lines, total, err := p.agencyDuties(tx, to, list.q)
		if err != nil {
			return out, err
		}
		if list.count != nil {
			*list.count += total
		}
		out.left += total - len(lines)
		out.sections = append(out.sections, Section{Title: w.T(list.title, total), Tasks: lines})
	}
	return out, nil
}

// agencyDuties lists the duties that an agency leads, as the query narrows them down, and counts them.
func (p *pass) agencyDuties(tx ComposeReader, to addressee, q tasks.AssignmentQuery) (lines []templates.LetterTask, total int, err error) {
	q.Part, q.Sort, q.Limit = tasks.PartLead, cmp.Or(q.Sort, tasks.SortUrgent), cmp.Or(q.Limit, rollUpRows)
	q.Today, q.SoonUntil = p.today, p.rules.SoonUntil(p.today)
	page, err := tx.Assignments(q)
	if err != nil {
		return nil, 0, fmt.Errorf("duties of agency %d: %w", q.AgencyID, err)
	}
	for _, row := range page.Rows {
		line, err := p.rollUpLine(tx, to, row)
		if err != nil {
			return nil, 0, err
		}
		lines = append(lines, line)
	}
	return lines, page.Total, nil
}

// rollUpLine is the line of a duty; of one that is done its deadline says nothing any more.
func (p *pass) rollUpLine(tx ComposeReader, to addressee, row tasks.AssignmentRow) (templates.LetterTask, error) {
	of := document(to.words, row.DocumentKind, row.DocumentNumber)
	if row.State != tasks.StateCompleted {
		return p.task(tx, to, row, of)
	}
	line := templates.LetterTask{Href: p.assignmentLink(row.ID), Text: dutyWords(to.words, row, maxWords)}
	if !row.Hidden {
		line.Meta = []string{of}
	}
	return line, nil
}
