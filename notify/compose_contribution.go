package notify

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// contributionEvents tell a cooperating agency what part it is to send, and the lead what was sent.
var contributionEvents = []*event{
	contributionEvent(tasks.EventContributionAsked, "contribution"),
	contributionEvent(tasks.EventContributionAgain, "contribution"),
	contributionEvent(tasks.EventContributionNudged, "contribution"),
	contributionEvent(tasks.EventContributionSent, "contribution_sent"),
}

func contributionEvent(name, class string) *event {
	e := &event{
		name: name, class: class, section: "mail.contribution." + name, count: "mail.contribution.n_" + name,
		kicker: "mail.contribution.kicker", button: "mail.contribution.button", holds: cooperatesStill, note: (*pass).contributionNote,
		apart: contributionName, still: (*pass).contributionHolds, headline: (*pass).contributionHeadline,
	}
	e.rests = true
	if name == tasks.EventContributionSent {
		e.holds, e.rests = leadsStill, false
	}
	return e
}

func cooperatesStill(n tasks.Notice, row tasks.AssignmentRow) bool {
	return concernsPart(n, row) && row.State != tasks.StateOnHold && !row.LedBy(n.AgencyID)
}

// contributionName is the part of an occurrence ("c12.2") that names the contribution.
func contributionName(n tasks.Notice) string {
	name, _, _ := strings.Cut(n.Occurrence, ".")
	return name
}

// contribution reads the part that the notice tells of.
func (p *pass) contribution(tx ComposeReader, n tasks.Notice) (tasks.Contribution, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(contributionName(n), "c"), 10, 64)
	if err != nil {
		return tasks.Contribution{}, fmt.Errorf("notice %d: no contribution is named %q", n.ID, n.Occurrence)
	}
	c, err := tx.Contribution(id)
	if err != nil {
		return c, fmt.Errorf("contribution %d: %w", id, err)
	}
	return c, nil
}

// contributionHolds tells whether the part is still to be sent in the round of the notice, or still to be looked at.
func (p *pass) contributionHolds(tx ComposeReader, n tasks.Notice, _ tasks.AssignmentRow) (bool, error) {
	c, err := p.contribution(tx, n)
	if errors.Is(err, tasks.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	wanted := tasks.ContributionAsked
	if n.Event == tasks.EventContributionSent {
		wanted = tasks.ContributionSent
	}
	round := tasks.ContributionOccurrence(c)
	return c.State == wanted && (n.Occurrence == round || strings.HasPrefix(n.Occurrence, round+".")), nil
}

// contributionSaid are the newest words on a part: what was sent, or what is asked.
func contributionSaid(tx ComposeReader, c tasks.Contribution) (words, number string, err error) {
	parts, err := tx.PartsOfContribution(c.ID)
	if err != nil {
		return "", "", err
	}
	if len(parts) > 0 {
		last := parts[len(parts)-1]
		if last.Again == (c.State == tasks.ContributionAsked) {
			return last.Words, last.Document, nil
		}
	}
	return c.Words, "", nil
}

// contributionSentence says who asks for the part, by when; or whose part was sent.
func (p *pass) contributionSentence(tx ComposeReader, w *templates.Words, event string, c tasks.Contribution) (string, error) {
	key := "mail.contribution.said_" + event
	if event == tasks.EventContributionSent {
		who, err := p.bodyNames(tx, w, []int64{c.AgencyID})
		return w.T(key, who), err
	}
	who := w.T("mail.contribution.secretariat")
	if c.AskedFor != 0 {
		var err error
		if who, err = p.bodyNames(tx, w, []int64{c.AskedFor}); err != nil {
			return "", err
		}
	}
	return w.T(key, who, written(w.Date(c.Due))), nil
}

// contributionNote quotes what is asked for or was sent.
func (p *pass) contributionNote(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	c, err := p.contribution(tx, l.notice)
	if err != nil {
		return "", err
	}
	return p.contributionQuote(tx, w, l.notice.Event, c)
}

func (p *pass) contributionQuote(tx ComposeReader, w *templates.Words, event string, c tasks.Contribution) (string, error) {
	said, err := p.contributionSentence(tx, w, event, c)
	if err != nil {
		return "", err
	}
	words, number, err := contributionSaid(tx, c)
	if err != nil {
		return "", err
	}
	if number != "" {
		said = parts(said, w.T("mail.deadline.document", number))
	}
	return w.T("mail.remark.quote", said, excerpt(words, maxWords)), nil
}

// contributionHeadline is that of a mail that tells of one part alone.
func (p *pass) contributionHeadline(tx ComposeReader, w *templates.Words, l eventLine) (string, error) {
	c, err := p.contribution(tx, l.notice)
	if err != nil {
		return "", err
	}
	said, err := p.contributionSentence(tx, w, l.notice.Event, c)
	if err != nil {
		return "", err
	}
	return w.T("mail.remark.headline", said, excerpt(l.row.Text, 80)), nil
}

// ContributionDue is a part that a cooperating agency is to send by a day, on an assignment that is under way.
type ContributionDue struct {
	ContributionID int64
	AgencyID       int64
	Round          int
	Due            calendar.Date
	SetOn          calendar.Date // the day on which Due was named
}

// contributionLadder reminds of a part five working days before its day and on the day itself.
var contributionLadder = tasks.Ladder{Before: []int{5}, OnDay: true}

// remindOfContributions writes the newest step of each part that is still to be sent.
func (j Jobs) remindOfContributions(ctx context.Context, now time.Time) error {
	today := j.Rules.Day(now)
	dueTo := j.Rules.Calendar.Add(today, contributionLadder.Reach()+1)
	return j.inBatches(ctx, func(tx JobTx, after int64) (int64, int, error) {
		list, err := tx.OpenContributions(dueTo, after, batch)
		for _, c := range list {
			if step, ok := contributionLadder.StepOn(j.Rules.Calendar, c.Due, c.SetOn, today); ok {
				n := tasks.Notice{Subject: tasks.Subject{Kind: tasks.SubjectContribution, ID: c.ContributionID}, Occurrence: occurrence(c.Round, step)}
				if err := j.remind(tx, now, n, []int64{c.AgencyID}); err != nil {
					return 0, 0, err
				}
			}
			after = c.ContributionID
		}
		return after, len(list), err
	})
}

// contributionDue reads the part that a reminder is about; ok is false when it is not to be sent any more, or by another day.
func contributionDue(tx ComposeReader, n tasks.Notice) (c tasks.Contribution, ok bool, err error) {
	c, err = tx.Contribution(n.Subject.ID)
	if errors.Is(err, tasks.ErrNotFound) {
		return c, false, nil
	}
	if err != nil {
		return c, false, fmt.Errorf("contribution %d: %w", n.Subject.ID, err)
	}
	return c, c.State == tasks.ContributionAsked && c.Round == versionOf(n.Occurrence), nil
}
