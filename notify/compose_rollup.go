package notify

import (
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// rollUpRows is how many duties each list of a roll-up shows.
const rollUpRows = 20

// rollUpKind makes one mail a person, agency and week; whoever is both focal point and head gets one. A week that nobody could
// receive is dropped for the next.
func rollUpKind(p *pass) kind {
	return kind{
		kind:   tasks.NoticeRollUp,
		newest: func(n tasks.Notice) any { return noticeKey{n.Subject, n.AgencyID, n.Role} },
		renew:  true,
		bundle: func(n tasks.Notice) any { return weekKey{n.AgencyID, n.Occurrence} },
		letter: p.rollUp,
	}
}

type weekKey struct {
	agencyID int64
	monday   string
}

func (p *pass) rollUp(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	id := notices[0].AgencyID
	monday, err := calendar.ParseDate(notices[0].Occurrence)
	if err != nil {
		return nil, fmt.Errorf("notice %d: %w", notices[0].ID, err)
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
	before, err := frozen(tx, monday.AddDays(-7))
	if err != nil {
		return nil, err
	}
	if len(before) > 0 {
		// An agency without a row led nothing then.
		last := before[id]
		f.before = &last
	}
	overdue, err := p.agencyDuties(tx, to, tasks.AssignmentQuery{AgencyID: id, Timeliness: tasks.Overdue})
	if err != nil {
		return nil, err
	}
	week, err := p.agencyDuties(tx, to, tasks.AssignmentQuery{
		AgencyID: id, States: []tasks.State{tasks.StateAssigned, tasks.StateInProgress, tasks.StateReturned}, DueFrom: q.Today, DueTo: q.WeekEnd,
	})
	if err != nil {
		return nil, err
	}
	headline := w.T("mail.rollup.quiet", agency.Name)
	if figures.Overdue+figures.DueWeek > 0 {
		headline = w.T("mail.rollup.headline", agency.Name,
			parts(counted(w, "mail.rollup.n_due_week", figures.DueWeek), counted(w, "mail.rollup.n_overdue", figures.Overdue)))
	}
	data := RollUpMail{Figures: f.letterFigures(w)}
	data.Letter = p.frame(to, w.T("mail.rollup.kicker", weekNumber(monday), weekdayDate(w, p.today)), headline,
		w.T("mail.rollup.preheader", figures.All, figures.Completed, figures.Waiting), w.T("mail.why.agency", agency.Name))
	data.Subject = w.T("mail.rollup.subject", weekNumber(monday), headline)
	var left int
	data.Sections, left = limit([]Section{
		{Title: w.T("mail.reminder.overdue", figures.Overdue), Tasks: overdue},
		{Title: w.T("mail.rollup.due_week", figures.DueWeek), Tasks: week},
	})
	left += figures.Overdue - len(overdue) + figures.DueWeek - len(week)
	data.More = p.more(to, left, "/mine")
	data.Button = p.mine(to)
	return &letter{data: data}, nil
}

// agencyDuties lists the most urgent duties that an agency leads, as the query narrows them down.
func (p *pass) agencyDuties(tx ComposeReader, to addressee, q tasks.AssignmentQuery) ([]templates.LetterTask, error) {
	q.Part, q.Sort, q.Limit = tasks.PartLead, tasks.SortUrgent, rollUpRows
	q.Today, q.SoonUntil = p.today, p.rules.SoonUntil(p.today)
	page, err := tx.Assignments(q)
	if err != nil {
		return nil, fmt.Errorf("duties of agency %d: %w", q.AgencyID, err)
	}
	var lines []templates.LetterTask
	for _, row := range page.Rows {
		line, err := p.task(tx, to, row, document(to.words, row.DocumentKind, row.DocumentNumber))
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}
