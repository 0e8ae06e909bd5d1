package notify

import (
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/templates"
)

const (
	digestAsked = 3  // requests of each sort that the digest lists
	digestNews  = 3  // duties finished or falling due that it lists
	digestChars = 80 // characters of a duty's words in it
)

// digestBriefs are the short lists above and below the agencies: the leader's own field, decisions, the most overdue; what was finished,
// what falls due.
func (p *pass) digestBriefs(tx ComposeReader, to addressee, week tasks.Week, path string) (pressing, news []Brief, err error) {
	w := to.words
	own, ok, err := p.ownLate(tx, to)
	if err != nil {
		return nil, nil, err
	}
	if ok {
		pressing = append(pressing, own)
	}
	decisions, err := p.decisions(tx, to, week, path)
	if err != nil {
		return nil, nil, err
	}
	worst, err := p.briefs(tx, to, week.Worst)
	if err != nil {
		return nil, nil, err
	}
	late := Brief{Title: w.T("mail.digest.late"), Lines: worst, More: p.more(to, week.Province.Overdue-len(worst), path)}
	for _, list := range []tasks.WeekList{tasks.WeekFinished, tasks.WeekDue} {
		brief, err := p.newsOf(tx, to, week, list, path)
		if err != nil {
			return nil, nil, err
		}
		news = append(news, brief)
	}
	empty := func(b Brief) bool { return len(b.Lines) == 0 }
	return slices.DeleteFunc(append(pressing, decisions, late), empty), slices.DeleteFunc(news, empty), nil
}

// decisions are what the leaders are asked to decide: a third extension, another lead, and what has been overdue for long.
func (p *pass) decisions(tx ComposeReader, to addressee, week tasks.Week, path string) (Brief, error) {
	w := to.words
	var brief Brief
	total, left := 0, 0
	for _, list := range []tasks.WeekList{tasks.WeekExtensions, tasks.WeekDeclines} {
		section := week.Lists[list]
		standing := section.Standing()
		asked := section.Total - (len(section.Rows) - len(standing))
		shown := standing[:min(len(standing), digestAsked)]
		total, left = total+asked, left+asked-len(shown)
		for _, row := range shown {
			line, err := p.brief(tx, to, row.AssignmentRow, row.DaysLate, row.DaysLate > 0)
			if err != nil {
				return brief, err
			}
			note := w.T("mail.digest.asks_other")
			if list == tasks.WeekExtensions {
				note = w.T("mail.digest.asks_again", row.Times+1, written(w.Date(row.Asked)))
			}
			line.Meta = append(line.Meta, note)
			brief.Lines = append(brief.Lines, line)
		}
	}
	if long := week.Lists[tasks.WeekLong]; long.Total > 0 && len(long.Rows) > 0 {
		total += long.Total
		brief.Lines = append(brief.Lines, BriefLine{
			Href: p.link(path + "#long"), Text: w.T("mail.digest.long", long.Total), Meta: []string{w.T("mail.digest.longest", long.Rows[0].DaysLate)}, Inline: true,
		})
	}
	brief.Title, brief.More = w.T("mail.digest.decisions", total), p.more(to, left, path)
	return brief, nil
}

// newsOf are what was finished or falls due, told in one line each.
func (p *pass) newsOf(tx ComposeReader, to addressee, week tasks.Week, list tasks.WeekList, path string) (Brief, error) {
	section := week.Lists[list]
	rows := section.Rows[:min(len(section.Rows), digestNews)]
	brief := Brief{Title: to.words.T("mail.digest."+string(list), section.Total), More: p.more(to, section.Total-len(rows), path)}
	for _, row := range rows {
		line, err := p.brief(tx, to, row.AssignmentRow, 0, false)
		if err != nil {
			return brief, err
		}
		if list == tasks.WeekDue {
			line.Meta = append([]string{shortDate(to.words, row.Day, week.Monday)}, line.Meta...)
		}
		line.Inline = true
		brief.Lines = append(brief.Lines, line)
	}
	return brief, nil
}

// briefs are late duties in two lines each.
func (p *pass) briefs(tx ComposeReader, to addressee, late []tasks.LateRow) (lines []BriefLine, err error) {
	for _, row := range late {
		line, err := p.brief(tx, to, row.AssignmentRow, row.DaysLate, true)
		if err != nil {
			return nil, err
		}
		line.Meta = append(line.Meta, to.words.T("mail.digest.due_on", written(to.words.Date(row.Due))))
		lines = append(lines, line)
	}
	return lines, nil
}

// brief is a duty in two lines; of a restricted one only its number and how late it is.
func (p *pass) brief(tx ComposeReader, to addressee, row tasks.AssignmentRow, days int, late bool) (BriefLine, error) {
	w := to.words
	line := BriefLine{Href: p.assignmentLink(row.ID), Text: dutyWords(w, row, digestChars)}
	if late {
		line.Late = lateWords(w, days)
	}
	if row.Hidden {
		return line, nil
	}
	names, err := p.names(tx, to, row.Leads)
	line.Meta = []string{names}
	return line, err
}

// lateWords say how late a duty is. A deadline that passed on a day off is not a working day late yet.
func lateWords(w *templates.Words, days int) string {
	if days > 0 {
		return w.T("mail.digest.late_by", days)
	}
	return w.T("mail.digest.just_late")
}

// digestTeaser is what a mailbox shows beside the subject: what waits for a decision, and the worst of all.
func (p *pass) digestTeaser(tx ComposeReader, to addressee, week tasks.Week) (string, error) {
	w := to.words
	asked := 0
	for _, list := range []tasks.WeekList{tasks.WeekExtensions, tasks.WeekDeclines, tasks.WeekLong} {
		asked += week.Lists[list].Total
	}
	worst := w.T("mail.digest.no_late")
	if len(week.Worst) > 0 {
		row := week.Worst[0]
		over := w.T("mail.when.just_over")
		if row.DaysLate > 0 {
			over = w.Distance(-row.DaysLate)
		}
		names, err := p.names(tx, to, row.Leads)
		if err != nil {
			return "", err
		}
		if worst = w.T("mail.digest.worst", names, over); row.Hidden {
			worst = dutyWords(w, row.AssignmentRow, digestChars)
		}
	}
	if asked == 0 {
		return worst, nil
	}
	return w.T("mail.digest.to_decide", asked) + " " + worst, nil
}

// paragraphs are the lines of a text that are not empty.
func paragraphs(text string) []string {
	return slices.DeleteFunc(strings.Split(text, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
}
