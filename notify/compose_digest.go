package notify

import (
	"errors"
	"fmt"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// digestAgencies is how many agencies are listed with a bar; a province has up to 200, a screen room for a few.
const digestAgencies = 6

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
	number := weekNumber(monday)
	path := "/week/" + monday.String()
	headline := digestHeadline(w, number, f)
	data := DigestMail{Figures: f.letterFigures(w)}
	if data.Pressing, data.News, err = p.digestBriefs(tx, to, week, path); err != nil {
		return nil, err
	}
	teaser, err := p.digestTeaser(tx, to, week)
	if err != nil {
		return nil, err
	}
	data.Letter = p.frame(to, w.T("mail.digest.kicker", p.settings.Province, weekdayDate(w, monday)), headline, teaser, w.T("mail.why.leader"))
	data.Greeting = "" // the figures come first
	data.Subject = headline
	data.Foreword = paragraphs(week.Foreword.Text)
	var rest, quiet int
	data.Agencies, rest, quiet = agencyLines(week.Agencies)
	switch {
	case rest > 0:
		data.Rest = &More{Text: w.T("mail.digest.more_agencies", rest+quiet), Href: p.link(path), Left: rest + quiet}
	case quiet > 0 && len(data.Agencies) > 0:
		data.Rest = &More{Text: w.T("mail.digest.others", quiet), Href: p.link(path), Left: quiet}
	case quiet > 0:
		data.Rest = &More{Text: w.T("mail.digest.all_in_time", quiet), Href: p.link(path), Left: quiet}
	}
	data.Button = templates.LetterButton{Href: p.link(path), Label: w.T("mail.digest.button", number)}
	switch seal, err := tx.WeekSeal(monday); {
	case err == nil:
		data.Seal = w.T("mail.digest_seal.line", number, seal.Seal.String())
	case !errors.Is(err, tasks.ErrNotFound):
		return nil, fmt.Errorf("seal of %s: %w", monday, err)
	}
	return &letter{data: &data, expiresOn: p.today}, nil
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
