package notify

import (
	"cmp"
	"fmt"
	"slices"

	"tiendo/tasks"
	"tiendo/templates"
)

// eventKind makes one mail a person of all that happened within a window of time, when the office is open; of each duty the newest event
// only, and only while it is true.
func eventKind(p *pass) kind {
	return kind{
		kind: tasks.NoticeEvent,
		newest: func(n tasks.Notice) any {
			return eventKey{noticeKey{n.Subject, n.AgencyID, n.Role}, classOf(n)}
		},
		renew:  true,
		void:   p.voidEvents,
		asleep: p.restingEvents,
		bundle: func(tasks.Notice) any { return nil },
		ready:  p.gathered,
		letter: p.eventLetter,
	}
}

// eventKey names what an event tells of: see eventClass.
type eventKey struct {
	noticeKey
	class string
}

// noticeKey names what a notice tells of and to whom.
type noticeKey struct {
	subject  tasks.Subject
	agencyID int64
	role     tasks.Role
}

// voidEvents lists the events that something later has undone: the duty is no longer sent back, or no longer the agency's.
func (p *pass) voidEvents(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	var ids []int64
	for _, n := range notices {
		if eventNamed(n.Event) == nil || n.Subject.Kind != tasks.SubjectAssignment {
			return nil, fmt.Errorf("notice %d: no words for the event %q of %s", n.ID, n.Event, n.Subject.Kind)
		}
		ids = append(ids, n.Subject.ID)
	}
	rows, err := rowsByID(tx, ids)
	if err != nil {
		return nil, err
	}
	var void []int64
	for _, n := range notices {
		e, row := eventNamed(n.Event), rows[n.Subject.ID]
		if e.resting(row) {
			continue
		}
		holds := e.holds(n, row)
		if holds && e.still != nil {
			if holds, err = e.still(p, tx, n, row); err != nil {
				return nil, err
			}
		}
		if !holds {
			void = append(void, n.ID)
		}
	}
	return void, nil
}

// resting tells whether the event is told later: see event.rests.
func (e *event) resting(row tasks.AssignmentRow) bool {
	return e.rests && row.State == tasks.StateOnHold
}

// restingEvents lists those that are told when their duties go on.
func (p *pass) restingEvents(tx ComposeReader, notices []tasks.Notice) ([]int64, error) {
	var ids []int64
	for _, n := range notices {
		if eventNamed(n.Event).rests {
			ids = append(ids, n.Subject.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := rowsByID(tx, ids)
	if err != nil {
		return nil, err
	}
	var later []int64
	for _, n := range notices {
		if eventNamed(n.Event).resting(rows[n.Subject.ID]) {
			later = append(later, n.ID)
		}
	}
	return later, nil
}

// eventLine is one duty of an event mail: of two agencies of the person that are told the same, one line.
type eventLine struct {
	row    tasks.AssignmentRow
	notice tasks.Notice
}

// eventLines lists what the notices tell, by deadline.
func eventLines(tx ComposeReader, notices []tasks.Notice) ([]eventLine, error) {
	type key struct {
		assignment int64
		class      string
	}
	newest := make(map[key]tasks.Notice)
	var ids []int64
	for _, n := range notices {
		newest[key{n.Subject.ID, classOf(n)}] = n
		ids = append(ids, n.Subject.ID)
	}
	byID, err := rowsByID(tx, ids)
	if err != nil {
		return nil, err
	}
	lines := make([]eventLine, 0, len(newest))
	for _, n := range newest {
		lines = append(lines, eventLine{byID[n.Subject.ID], n})
	}
	slices.SortFunc(lines, func(a, b eventLine) int { return cmp.Or(byDue(a.row, b.row), cmp.Compare(a.notice.ID, b.notice.ID)) })
	return lines, nil
}

// eventTask is the line of one event: why a report came back, or what moved the deadline.
func (p *pass) eventTask(tx ComposeReader, to addressee, l eventLine, agencies []int64) (templates.LetterTask, error) {
	w := to.words
	name, err := p.ownNames(tx, to, l.row, agencies)
	if err != nil {
		return templates.LetterTask{}, err
	}
	line, err := p.task(tx, to, l.row, name, document(w, l.row.DocumentKind, l.row.DocumentNumber))
	if err != nil {
		return templates.LetterTask{}, err
	}
	e := eventNamed(l.notice.Event)
	if e.away {
		line.Href = p.mine(to).Href
	}
	if e.note != nil && !l.row.Hidden {
		line.Note, err = e.note(p, tx, w, l)
	}
	return line, err
}

func (p *pass) eventLetter(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	agencies := agenciesOf(notices)
	lines, err := eventLines(tx, notices)
	if err != nil {
		return nil, err
	}
	sections := make([]Section, len(events))
	told := make(map[*event]bool)
	for _, l := range lines {
		line, err := p.eventTask(tx, to, l, agencies)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(events, func(e *event) bool { return e.name == l.notice.Event })
		sections[i].Tasks = append(sections[i].Tasks, line)
		told[events[i]] = true
	}
	var counts []string
	for i, e := range events {
		n := len(sections[i].Tasks)
		sections[i].Title = w.T(e.section, n)
		counts = append(counts, counted(w, e.count, n))
	}
	names, err := p.names(tx, to, agencies)
	if err != nil {
		return nil, err
	}
	headline := w.T("mail.event.headline", names, newsCounted(w, counts, len(lines), sections))
	if e := eventNamed(lines[0].notice.Event); len(lines) == 1 && e.headline != nil && !lines[0].row.Hidden {
		if headline, err = e.headline(p, tx, w, lines[0]); err != nil {
			return nil, err
		}
	}
	kicker, button := eventFrame(told)
	var data EventMail
	data.Letter = p.frame(to, w.T(kicker, p.dateLine(w)), headline, dutyWords(w, lines[0].row, 120), w.T(whyEvent(notices), names))
	data.Subject = headline
	var left int
	data.Sections, left = limit(sections)
	data.Preheader = excerpt(data.Sections[0].Tasks[0].Text, 120)
	data.More, data.Button = p.more(to, left, "/mine"), p.mine(to)
	if forGiver(notices) {
		data.More, data.Button = p.more(to, left, answeredPath), templates.LetterButton{Href: p.link(answeredPath), Label: w.T("mail.remark.button_answered")}
	}
	if len(lines) == 1 && !eventNamed(lines[0].notice.Event).away {
		data.Button = templates.LetterButton{Href: p.assignmentLink(lines[0].row.ID), Label: w.T(button)}
	}
	files, err := p.calendarFile(tx, to, &data.Duties, datedRows(lines), agencies)
	if err != nil {
		return nil, err
	}
	return &letter{data: &data, files: files}, nil
}

// newsSorts is how many sorts of news a headline counts one by one.
const newsSorts = 3

// newsCounted is how much there is of each sort of news; of many sorts the first two, and how much else. counts are the words of each
// section, "" of an empty one.
func newsCounted(w *templates.Words, counts []string, all int, sections []Section) string {
	told := 0
	for _, c := range counts {
		if c != "" {
			told++
		}
	}
	if told <= newsSorts {
		return parts(counts...)
	}
	var first []string
	for i, c := range counts {
		if c != "" && len(first) < newsSorts-1 {
			first = append(first, c)
			all -= len(sections[i].Tasks)
		}
	}
	return w.T("mail.event.and_more", parts(first...), all)
}

// whyEvent is the key of why the person gets the mail: heads are told of what leaders say.
func whyEvent(notices []tasks.Notice) string {
	if forGiver(notices) {
		return "mail.why.own_word"
	}
	if slices.ContainsFunc(notices, func(n tasks.Notice) bool { return n.Role == tasks.RoleHead }) {
		return "mail.why.focal_or_head"
	}
	return "mail.why.focal"
}

// ownNames names the person's agencies that lead the duty, when he has several in this mail.
func (p *pass) ownNames(tx ComposeReader, to addressee, row tasks.AssignmentRow, agencies []int64) (string, error) {
	if len(agencies) < 2 {
		return "", nil
	}
	return p.names(tx, to, own(row.Leads, agencies))
}

// dateLine is the day of the pass: "Thứ Hai 5/10/2026".
func (p *pass) dateLine(w *templates.Words) string { return weekdayDate(w, p.today) }
