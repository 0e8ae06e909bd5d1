package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

const (
	maxRows  = 40  // duties listed in one mail; Gmail cuts mails above 102 KB
	maxWords = 300 // characters of a duty's words in a mail
	maxNames = 3   // agencies named in a line
)

func (p *pass) link(path string) string { return p.settings.BaseURL + path }

func (p *pass) assignmentLink(id int64) string {
	return p.link("/assignments/" + strconv.FormatInt(id, 10))
}

// mine is where the reader sees the duties of his agencies; who has none sees those of all.
func (p *pass) mine(to addressee) templates.LetterButton {
	if path := minePath(to); path != "/mine" {
		return templates.LetterButton{Href: p.link(path), Label: to.words.T("mail.button.all")}
	}
	return templates.LetterButton{Href: p.link("/mine"), Label: to.words.T("mail.button.mine")}
}

// frame is what every mail has beside its content.
func (p *pass) frame(to addressee, kicker, headline, preheader, why string) templates.Letter {
	return forDeputy(to, templates.Letter{
		Kicker: kicker, Headline: headline, Preheader: preheader, Why: why, Province: p.settings.Province,
		Greeting: to.words.T("mail.greeting", to.Name),
	})
}

// task is the line of an assignment in a mail: its words, when, and the small line given.
func (p *pass) task(tx ComposeReader, to addressee, row tasks.AssignmentRow, meta ...string) (templates.LetterTask, error) {
	w := to.words
	t := templates.LetterTask{
		Href: p.assignmentLink(row.ID),
		Text: dutyWords(w, row, maxWords),
		Late: p.timeliness(row) == tasks.Overdue,
	}
	if row.Due.IsZero() {
		notes, err := tx.CadenceNotes(row.ID)
		if err != nil {
			return t, fmt.Errorf("periodic reports of assignment %d: %w", row.ID, err)
		}
		t.When = p.whenPeriodic(w, notes)
	} else {
		t.When = p.when(w, row.Due)
	}
	if row.Hidden {
		return p.sealedTask(w, row, t.When), nil
	}
	if name := period(w, row); name != "" {
		t.Meta = append(t.Meta, w.T("period.label", name))
	}
	if row.DuePhrase != "" {
		t.Meta = append(t.Meta, w.T("mail.as_written", excerpt(row.DuePhrase, 100)))
	}
	t.Meta = append(t.Meta, slices.DeleteFunc(meta, func(s string) bool { return s == "" })...)
	if row.State == tasks.StateReturned && row.LastReason != "" {
		t.Note = w.T("mail.returned_for", excerpt(row.LastReason, maxWords))
	}
	return t, nil
}

// whenPeriodic is the day of the first periodic report that nobody has made yet.
func (p *pass) whenPeriodic(w *templates.Words, notes []tasks.CadenceNote) string {
	i := slices.IndexFunc(notes, func(n tasks.CadenceNote) bool { return n.ReportID == 0 })
	if i < 0 {
		return w.T("mail.when.cadence")
	}
	return w.T("mail.when.line", w.T("mail.when.cadence"), p.when(w, notes[i].Due))
}

func (p *pass) timeliness(row tasks.AssignmentRow) tasks.Timeliness {
	return row.Timeliness(p.today, p.rules.SoonUntil(p.today))
}

// when is a deadline in people's words: weekday and date first, then the distance in working days.
func (p *pass) when(w *templates.Words, due calendar.Date) string {
	date := w.T("weekday."+strconv.Itoa(int(due.Weekday()))) + " " + shortDate(w, due, p.today)
	cal := p.rules.Calendar
	var distance string
	switch days := cal.WorkingDays(p.today, due); {
	case due == p.today:
		distance = w.Distance(0)
	case days != 0:
		distance = w.Distance(days)
	case due.After(p.today):
		// Only days off lie between.
		distance = w.T("mail.when.last_day")
	default:
		distance = w.T("mail.when.just_over")
	}
	return w.T("mail.when.line", date, distance)
}

// shortDate leaves out the year when it is this one.
func shortDate(w *templates.Words, day, today calendar.Date) string {
	if day.Year == today.Year {
		return written(w.DayMonth(day))
	}
	return written(w.Date(day))
}

// written drops the error of a formatter: a calendar.Date is always a date to it.
func written(text string, _ error) string { return text }

// document names a document by kind and number: "Chỉ thị 10/CT-UBND".
func document(w *templates.Words, kind tasks.DocumentKind, number string) string {
	return strings.TrimSpace(w.T("document_kind."+string(kind)) + " " + number)
}

// names lists agencies by name, the first few of many.
func (p *pass) names(tx ComposeReader, to addressee, ids []int64) (string, error) {
	var names []string
	for i, id := range ids {
		if i == maxNames && len(ids) > maxNames+1 {
			names = append(names, to.words.T("mail.more_agencies", len(ids)-i))
			break
		}
		a, err := p.agency(tx, id)
		if err != nil {
			return "", err
		}
		names = append(names, a.Name)
	}
	return strings.Join(names, ", "), nil
}

// rowsByID reads the rows of the assignments.
func rowsByID(tx ComposeReader, ids []int64) (map[int64]tasks.AssignmentRow, error) {
	slices.Sort(ids)
	rows, err := tx.AssignmentRows(slices.Compact(ids))
	if err != nil {
		return nil, fmt.Errorf("read assignments: %w", err)
	}
	byID := make(map[int64]tasks.AssignmentRow, len(rows))
	for _, r := range rows {
		byID[r.ID] = r
	}
	return byID, nil
}

// byDue orders lines by deadline, those without one last.
func byDue(a, b tasks.AssignmentRow) int {
	if a.Due.IsZero() != b.Due.IsZero() {
		if a.Due.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
}

// limit keeps the first maxRows duties of the sections, leaves out empty sections, and tells how many were left out.
func limit(sections []Section) (kept []Section, left int) { return limitTo(sections, maxRows) }

// limitTo does so with another number of duties.
func limitTo(sections []Section, room int) (kept []Section, left int) {
	for _, s := range sections {
		if len(s.Tasks) > room {
			left += len(s.Tasks) - room
			s.Tasks = s.Tasks[:room]
		}
		room -= len(s.Tasks)
		if len(s.Tasks) > 0 {
			kept = append(kept, s)
		}
	}
	return kept, left
}

// more tells of duties that were left out; nil when there are none.
func (p *pass) more(to addressee, left int, path string) *More {
	if left <= 0 {
		return nil
	}
	if path == "/mine" {
		path = minePath(to)
	}
	return &More{Text: to.words.T("mail.more", left), Href: p.link(path), Left: left}
}

// excerpt cuts a text after max characters, at a space where one is near, and makes it one line.
func excerpt(text string, max int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= max {
		return text
	}
	cut := max
	for i := max; i > max-30 && i > 0; i-- {
		if unicode.IsSpace(runes[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(runes[:cut]), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}

// agenciesOf lists the agencies of the notices, each once, in order.
func agenciesOf(notices []tasks.Notice) []int64 {
	var ids []int64
	for _, n := range notices {
		if n.AgencyID != 0 && !slices.Contains(ids, n.AgencyID) {
			ids = append(ids, n.AgencyID)
		}
	}
	slices.Sort(ids)
	return ids
}

// own lists the agencies that are both in the row's list and the person's.
func own(all, agencies []int64) []int64 {
	var out []int64
	for _, id := range all {
		if slices.Contains(agencies, id) {
			out = append(out, id)
		}
	}
	return out
}

// parts joins what is not empty: "1 việc QUÁ HẠN, 2 việc cần hoàn thành hôm nay".
func parts(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), ", ")
}

// counted is the words of a key for a number; nothing for none.
func counted(w *templates.Words, key string, n int) string {
	if n == 0 {
		return ""
	}
	return w.T(key, n)
}
