package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/templates"
)

// holds tells whether what the notice reminds of is as it was, and still concerns those whom it is for.
func (r reminder) holds() bool {
	n := r.notice
	switch {
	case r.ID == 0:
		return false
	case r.remark.ID != 0:
		return concernsPart(n, r.AssignmentRow)
	case r.part.ID != 0:
		return cooperatesStill(n, r.AssignmentRow)
	}
	if since, waits := waitingSince(n.Occurrence); waits {
		return r.State == tasks.StateSubmitted && r.SubmittedOn == since
	}
	if !r.State.Open() || r.periodic.IsZero() && r.DueVersion != versionOf(n.Occurrence) {
		return false
	}
	switch {
	case n.Role == tasks.RoleSecretariat || r.LedBy(n.AgencyID):
		return true
	case n.Role == tasks.RoleFocal && n.Subject.Kind == tasks.SubjectAssignment:
		step, ok := stepOf(n.Occurrence)
		return ok && step <= 0 && r.HasPart(n.AgencyID)
	}
	return false
}

// follow keeps who follows the duty: the secretariat is reminded of it through him. A leader's word or a part that somebody else is asked
// for is not his.
func (p *pass) follow(r reminder) {
	if r.remark.ID != 0 || r.part.ID != 0 {
		return
	}
	if p.followed == nil {
		p.followed = make(map[tasks.Subject]int64)
	}
	p.followed[r.notice.Subject] = r.Followers.Specialist
}

// follower is the specialist who follows the duty of the notice, while he is one; all of the secretariat else.
func (p *pass) follower(tx ComposeReader, n tasks.Notice) ([]tasks.Person, error) {
	people, err := tx.Recipients(n.Role, 0)
	if err != nil {
		return nil, err
	}
	id := p.followed[n.Subject]
	if i := slices.IndexFunc(people, func(p tasks.Person) bool { return p.ID == id }); i >= 0 {
		people = people[i : i+1]
	}
	return people, nil
}

// The sections of a reminder, in order.
const (
	sectionRemark = iota
	sectionOverdue
	sectionToday
	sectionHead
	sectionWaiting
	sectionSoon
	sectionPeriodic
	sectionContribution
	sectionCooperating
	sectionFollowed
	sectionFollowedPeriodic
)

var reminderSections = []string{
	"remark", "overdue", "today", "head", "waiting", "soon", "periodic", "contribution", "cooperating", "followed", "followed_periodic",
}

// followedSection tells of sections that are the secretariat's, not an agency's.
func followedSection(i int) bool {
	return i == sectionWaiting || i == sectionFollowed || i == sectionFollowedPeriodic
}

func (p *pass) section(r reminder) int {
	n := r.notice
	switch {
	case r.remark.ID != 0:
		return sectionRemark
	case r.part.ID != 0:
		return sectionContribution
	case r.waits:
		return sectionWaiting
	case n.Role == tasks.RoleSecretariat && !r.periodic.IsZero():
		return sectionFollowedPeriodic
	case n.Role == tasks.RoleSecretariat:
		return sectionFollowed
	case !r.periodic.IsZero():
		return sectionPeriodic
	case n.Role == tasks.RoleHead:
		return sectionHead
	case !r.LedBy(n.AgencyID):
		return sectionCooperating
	case r.Due.Before(p.today):
		return sectionOverdue
	case !p.rules.Calendar.OnOrBefore(r.Due).After(p.today):
		return sectionToday
	}
	return sectionSoon
}

// sections puts what a person is reminded of into the sections of his mail, by deadline. What he is told of in several ways, as a joint
// lead of two of his agencies or as focal point and head of one, is one line: that of who has most to do about it.
func (p *pass) sections(live map[int64]reminder, notices []tasks.Notice) [][]reminder {
	told := make(map[tasks.Subject]reminder)
	for _, n := range notices {
		r, ok := live[n.ID]
		if !ok {
			continue
		}
		if other, ok := told[n.Subject]; !ok || r.distance() < other.distance() {
			told[n.Subject] = r
		}
	}
	lines := make([][]reminder, len(reminderSections))
	for _, r := range told {
		i := p.section(r)
		lines[i] = append(lines[i], r)
	}
	for _, list := range lines {
		slices.SortFunc(list, func(a, b reminder) int {
			return cmp.Or(a.due().Compare(b.due()), byDue(a.AssignmentRow, b.AssignmentRow), cmp.Compare(a.notice.ID, b.notice.ID))
		})
	}
	return lines
}

// fillRows reads the words of the duties that a mail has room for.
func fillRows(tx ComposeReader, lines [][]reminder) error {
	var ids []int64
	room := maxRows
	for _, list := range lines {
		for _, r := range list[:min(len(list), room)] {
			ids = append(ids, r.ID)
			room--
		}
	}
	rows, err := rowsByID(tx, ids)
	if err != nil {
		return err
	}
	for _, list := range lines {
		for i, r := range list {
			if row, ok := rows[r.ID]; ok {
				list[i].AssignmentRow = row
			}
		}
	}
	return nil
}

// cadenceNotes reads the periodic reports that notices remind of.
func cadenceNotes(tx ComposeReader, notices []tasks.Notice) (map[int64]tasks.CadenceNote, error) {
	var ids []int64
	for _, n := range notices {
		if n.Subject.Kind == tasks.SubjectCadence {
			ids = append(ids, n.Subject.ID)
		}
	}
	slices.Sort(ids)
	notes, err := tx.CadenceNotesByID(slices.Compact(ids))
	if err != nil {
		return nil, fmt.Errorf("periodic reports: %w", err)
	}
	return notes, nil
}

// distance orders those who are told of the same duty by how near they are to it.
func (r reminder) distance() int {
	switch n := r.notice; {
	case n.Role == tasks.RoleSecretariat:
		return 3
	case n.Role == tasks.RoleHead:
		return 1
	case !r.LedBy(n.AgencyID):
		return 2
	}
	return 0
}

// reminderNames are the agencies that a line names: to the secretariat those that lead, to a cooperating agency whom it helps, to a head
// who is to report, to others which of their own.
func (p *pass) reminderNames(tx ComposeReader, to addressee, r reminder, agencies []int64) ([]string, error) {
	switch p.section(r) {
	case sectionWaiting, sectionFollowed, sectionFollowedPeriodic:
		leads, err := p.names(tx, to, r.Leads)
		return []string{leads}, err
	case sectionCooperating:
		leads, err := p.names(tx, to, r.Leads)
		return []string{to.words.T("mail.issued.led_by", leads)}, err
	case sectionHead:
		own, err := p.ownNames(tx, to, r.AssignmentRow, agencies)
		if err != nil {
			return nil, err
		}
		focals, err := p.focalNames(tx, to, r.notice.AgencyID)
		return []string{own, focals}, err
	}
	own, err := p.ownNames(tx, to, r.AssignmentRow, agencies)
	return []string{own}, err
}

// focalNames says who reports for the agency.
func (p *pass) focalNames(tx ComposeReader, to addressee, agency int64) (string, error) {
	people, err := p.holders(tx, tasks.Notice{Kind: tasks.NoticeReminder, Role: tasks.RoleFocal, AgencyID: agency})
	if err != nil {
		return "", err
	}
	var names []string
	for _, r := range people {
		if r.stands == nil && !slices.Contains(names, r.Name) && len(names) < maxNames {
			names = append(names, r.Name)
		}
	}
	if len(names) == 0 {
		return to.words.T("mail.reminder.no_focal"), nil
	}
	return to.words.T("mail.reminder.focals", strings.Join(names, ", ")), nil
}

// whenSubmitted says since when a report waits.
func (p *pass) whenSubmitted(w *templates.Words, since calendar.Date) string {
	return w.T("mail.reminder.waits", shortDate(w, since, p.today), p.rules.Calendar.WorkingDays(since, p.today))
}

// reminderHeadline counts what is the person's agencies' own, and what he follows for the secretariat.
func reminderHeadline(w *templates.Words, names, own, followed string) string {
	switch {
	case followed == "":
		return w.T("mail.reminder.headline", names, own)
	case own == "":
		return w.T("mail.reminder.headline_followed", followed)
	}
	return w.T("mail.reminder.headline_both", names, own, followed)
}

// whyReminded says by what right of his own the person gets the mail; of several, each.
func (p *pass) whyReminded(tx ComposeReader, to addressee, notices []tasks.Notice) (string, error) {
	of := make(map[tasks.Role][]tasks.Notice)
	for _, n := range notices {
		if n.Role != tasks.RoleSecretariat && tells(to, n) == tasks.RoleSecretariat {
			continue // for others, which the letter says by itself
		}
		of[n.Role] = append(of[n.Role], n)
	}
	focal, head := of[tasks.RoleFocal], of[tasks.RoleHead]
	key := "mail.why.focal"
	switch {
	case len(focal) == 0:
		key = "mail.why.head"
	case len(head) > 0:
		key = "mail.why.focal_or_head"
	}
	var why []string
	if own := slices.Concat(focal, head); len(own) > 0 {
		names, err := p.names(tx, to, agenciesOf(own))
		if err != nil {
			return "", err
		}
		why = append(why, to.words.T(key, names))
	}
	if len(of[tasks.RoleSecretariat]) > 0 {
		why = append(why, to.words.T("mail.why.follows"))
	}
	if len(why) == 0 {
		return to.words.T("mail.instead.why"), nil
	}
	return strings.Join(why, " "), nil
}

// reminderPath is where all of it stands: who has an agency goes to its duties, the secretariat to what waits or is late.
func reminderPath(lines [][]reminder) string {
	for i, l := range lines {
		if len(l) > 0 && !followedSection(i) {
			return "/mine"
		}
	}
	if len(lines[sectionWaiting]) > 0 {
		return "/inbox"
	}
	return "/assignments?timeliness=overdue"
}

func (p *pass) reminderButton(to addressee, lines [][]reminder) templates.LetterButton {
	switch path := reminderPath(lines); path {
	case "/mine":
		return p.mine(to)
	case "/inbox":
		return templates.LetterButton{Href: p.link(path), Label: to.words.T("mail.reminder.button_inbox")}
	default:
		return templates.LetterButton{Href: p.link(path), Label: to.words.T("mail.reminder.button_overdue")}
	}
}
