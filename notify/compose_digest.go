package notify

import (
	"errors"
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// digestAgencies is how many agencies are listed with a bar; a province has up to 200.
const digestAgencies = 60

// digestKind makes one mail a leader and week, also when there is nothing but zeros. A week that nobody could receive is dropped
// for the next.
func digestKind(p *pass) kind {
	return kind{
		kind:   tasks.NoticeDigest,
		newest: func(n tasks.Notice) any { return noticeKey{n.Subject, n.AgencyID, n.Role} },
		renew:  true,
		bundle: func(n tasks.Notice) any { return n.Occurrence },
		letter: p.digest,
	}
}

func (p *pass) digest(tx ComposeReader, to addressee, notices []tasks.Notice) (*letter, error) {
	w := to.words
	monday, err := calendar.ParseDate(notices[0].Occurrence)
	if err != nil {
		return nil, fmt.Errorf("notice %d: %w", notices[0].ID, err)
	}
	week, err := tasks.FrozenWeek(tx, monday)
	if err != nil {
		return nil, fmt.Errorf("figures of %s: %w", monday, err)
	}
	f := weekFigures{now: week.Province, before: week.Before}
	late, worst, err := p.lateDuties(tx, to, week.Worst)
	if err != nil {
		return nil, err
	}
	number := weekNumber(monday)
	path := "/week/" + monday.String()
	headline := digestHeadline(w, number, f)
	data := DigestMail{Figures: f.letterFigures(w)}
	data.Letter = p.frame(to, w.T("mail.digest.kicker", p.settings.Province, weekdayDate(w, monday)), headline, worst, w.T("mail.why.leader"))
	data.Greeting = "" // the figures come first
	data.Subject = headline
	if len(late) > 0 {
		data.Sections = []Section{{Title: w.T("mail.digest.late"), Tasks: late}}
	}
	if own, ok, err := p.ownLate(tx, to); err != nil {
		return nil, err
	} else if ok {
		data.Sections = append([]Section{own}, data.Sections...)
	}
	data.More = p.more(to, f.now.Overdue-len(late), path)
	var rest, quiet int
	data.Agencies, rest, quiet = agencyLines(week.Agencies)
	switch {
	case rest > 0:
		data.Rest = &More{Text: w.T("mail.digest.more_agencies", rest+quiet), Href: p.link(path)}
	case quiet > 0 && len(data.Agencies) > 0:
		data.Rest = &More{Text: w.T("mail.digest.others", quiet), Href: p.link(path)}
	case quiet > 0:
		data.Rest = &More{Text: w.T("mail.digest.all_in_time", quiet), Href: p.link(path)}
	}
	data.Button = templates.LetterButton{Href: p.link(path), Label: w.T("mail.digest.button", number)}
	switch seal, err := tx.WeekSeal(monday); {
	case err == nil:
		data.Seal = w.T("mail.digest_seal.line", number, seal.Seal.String())
	case !errors.Is(err, tasks.ErrNotFound):
		return nil, fmt.Errorf("seal of %s: %w", monday, err)
	}
	return &letter{data: data}, nil
}

func digestHeadline(w *templates.Words, number int, f weekFigures) string {
	change := f.change(func(f tasks.Figures) int { return f.Overdue })
	switch {
	case f.now.Overdue == 0:
		return w.T("mail.digest.none", number)
	case change == nil:
		return w.T("mail.digest.overdue", number, f.now.Overdue)
	case *change < 0:
		return w.T("mail.digest.fewer", number, f.now.Overdue, -*change)
	case *change > 0:
		return w.T("mail.digest.more", number, f.now.Overdue, *change)
	}
	return w.T("mail.digest.same", number, f.now.Overdue)
}

// lateDuties are the worst late duties as they stood on the Monday, and one line about the first.
func (p *pass) lateDuties(tx ComposeReader, to addressee, late []tasks.LateRow) (lines []templates.LetterTask, worst string, err error) {
	w := to.words
	worst = w.T("mail.digest.no_late")
	for i, row := range late {
		names, err := p.names(tx, to, row.Leads)
		if err != nil {
			return nil, "", err
		}
		// A deadline that passed on a day off is not a working day late yet.
		over := w.T("mail.when.just_over")
		if row.DaysLate > 0 {
			over = w.Distance(-row.DaysLate)
		}
		if i == 0 {
			worst = w.T("mail.digest.worst", names, over)
		}
		line := templates.LetterTask{
			Href: p.assignmentLink(row.ID), Text: dutyWords(w, row.AssignmentRow, 160), Late: true,
			When: w.T("mail.when.line", weekdayDate(w, row.Due), over),
			Meta: []string{names, document(w, row.DocumentKind, row.DocumentNumber)},
		}
		if row.Hidden {
			line.Meta = nil
			if i == 0 {
				worst = line.Text
			}
		}
		lines = append(lines, line)
	}
	return lines, worst, nil
}

// agencyLines are the agencies with overdue duties in the week's order; rest counts those of them that are not listed, quiet those
// that lead duties and have none overdue.
func agencyLines(agencies []tasks.AgencyWeek) (lines []AgencyLine, rest, quiet int) {
	for _, a := range agencies {
		if a.Overdue == 0 {
			if a.All > 0 {
				quiet++
			}
			continue
		}
		lines = append(lines, AgencyLine{
			Name: a.Agency.Name, Overdue: a.Overdue, All: a.All, Done: a.Completed,
			Bar: templates.LetterBar{Parts: []templates.BarPart{
				{Class: "done", N: a.Completed}, {Class: "going", N: a.All - a.Completed - a.Overdue}, {Class: "late", N: a.Overdue},
			}},
		})
	}
	kept := min(len(lines), digestAgencies)
	return lines[:kept], len(lines) - kept, quiet
}
