package store

import (
	"context"
	"slices"
	"strings"

	"tiendo/notify"
)

// An agency is given a duty by the notice of the issue, or by one of these events when it came to it later: as the index notices_giving
// has them.
const givingEvents = "event IN ('given', 'inherited', 'period_opened')"

// ownMail is the condition that the mail m went to somebody of the agency of the notice n, or to his deputy: not to the secretariat, which
// is told when there is nobody, and not to the mailbox, where a copy lies for the file.
const ownMail = `m.person_id IS NOT NULL AND (m.instead_of IS NOT NULL
	OR EXISTS (SELECT 1 FROM grants g WHERE g.person_id = m.person_id AND g.agency_id = n.agency_id)
	OR NOT EXISTS (SELECT 1 FROM grants g WHERE g.person_id = m.person_id AND g.role = 'secretariat'))`

// got is the condition that somebody of the agency of the notice n has a mail of it, or that one is on its way.
const got = `EXISTS (SELECT 1 FROM mail_notices l JOIN mails m ON m.id = l.mail_id WHERE l.notice_id = n.id
	AND m.state IN ('sent', 'waiting', 'sending') AND ` + ownMail + `)`

// gotLater is the condition that somebody of the agency of the part x has a mail about that very duty, or that one is on its way.
const gotLater = `EXISTS (SELECT 1 FROM notices n WHERE n.subject_kind = 'assignment' AND n.subject_id = x.assignment_id
	AND n.agency_id = x.agency_id AND ` + got + `)`

// givings chooses, with what has to follow, who was to be told of which assignment when it was given. Whoever was told of it later knows.
const (
	givenByIssue = ` FROM notices n JOIN assignment_agencies x ON x.document_id = n.subject_id AND x.agency_id = n.agency_id
		WHERE n.kind = 'issued' AND n.subject_kind = 'document' AND NOT EXISTS (SELECT 1 FROM notices y WHERE y.subject_kind = 'assignment'
			AND y.subject_id = x.assignment_id AND y.agency_id = x.agency_id AND y.` + givingEvents + `)`
	givenLater = ` FROM notices n JOIN assignment_agencies x ON x.assignment_id = n.subject_id AND x.agency_id = n.agency_id
		WHERE n.subject_kind = 'assignment' AND n.` + givingEvents
)

// unreachedAssignments chooses the assignments of which nobody of an agency has had the mail that gave it. Few notices are of that sort,
// so that each of them is looked at.
const unreachedAssignments = "SELECT x.assignment_id" + givenByIssue + " AND NOT " + got + " AND NOT " + gotLater +
	" UNION SELECT x.assignment_id" + givenLater + " AND NOT " + gotLater

// Tellings implements notify.OutboxStore.
func (s Outbox) Tellings(ctx context.Context, assignmentID int64, limit int) (notify.Tellings, error) {
	var t notify.Tellings
	err := s.db.View(ctx, func(tx *Tx) (err error) {
		t, err = tx.tellings(assignmentID, limit)
		return err
	})
	return t, err
}

// toldAgency is the agency for whose people the notice n is; 0 of one for the province's own, whom an agency asks or answers.
const toldAgency = `CASE WHEN n.role IN ('focal', 'head') THEN n.agency_id ELSE 0 END AS agency_id`

// toldOf chooses the notices that told of the assignment $1: of its document's issue to its agencies, of itself, of what belongs to it, and
// of the letters that list it.
const toldOf = `SELECT n.id, ` + toldAgency + ` FROM notices n JOIN assignment_agencies x ON x.document_id = n.subject_id AND x.agency_id = n.agency_id
		WHERE x.assignment_id = $1 AND n.subject_kind = 'document' AND n.kind = 'issued'
	UNION SELECT n.id, ` + toldAgency + ` FROM notices n WHERE n.subject_kind = 'assignment' AND n.subject_id = $1
	UNION SELECT n.id, ` + toldAgency + ` FROM cadence_notes c JOIN notices n ON n.subject_kind = 'cadence' AND n.subject_id = c.id WHERE c.assignment_id = $1
	UNION SELECT n.id, ` + toldAgency + ` FROM remarks r JOIN notices n ON n.subject_kind = 'remark' AND n.subject_id = r.id WHERE r.assignment_id = $1
	UNION SELECT n.id, ` + toldAgency + ` FROM contributions c JOIN notices n ON n.subject_kind = 'contribution' AND n.subject_id = c.id WHERE c.assignment_id = $1
	UNION SELECT n.id, ` + toldAgency + ` FROM letter_duties d JOIN notices n ON n.subject_kind = 'letter' AND n.subject_id = d.letter_id WHERE d.assignment_id = $1`

func (tx *Tx) tellings(assignmentID int64, limit int) (notify.Tellings, error) {
	var t notify.Tellings
	_, err := all(tx, func(r scanner) (_ struct{}, err error) {
		var e notify.Owed
		if err = r.Scan(&e.AgencyID, yes{&e.Got}); err != nil {
			return struct{}{}, err
		}
		if i := slices.IndexFunc(t.Owed, func(o notify.Owed) bool { return o.AgencyID == e.AgencyID }); i < 0 {
			t.Owed = append(t.Owed, e)
		} else {
			t.Owed[i].Got = t.Owed[i].Got || e.Got
		}
		return struct{}{}, nil
	}, "SELECT x.agency_id, CASE WHEN "+got+" OR "+gotLater+" THEN 1 ELSE 0 END"+givenByIssue+" AND x.assignment_id = $1"+
		" UNION SELECT x.agency_id, CASE WHEN "+gotLater+" THEN 1 ELSE 0 END"+givenLater+" AND x.assignment_id = $1", assignmentID)
	if err != nil {
		return t, err
	}
	_, err = all(tx, func(r scanner) (_ struct{}, err error) {
		var m notify.Telling
		var agency int64
		var own bool
		if err = r.Scan(append(mailFields(&m.Mail), text{&m.Person}, &agency, yes{&own})...); err != nil {
			return struct{}{}, err
		}
		if len(t.Mails) == 0 || t.Mails[len(t.Mails)-1].ID != m.ID {
			t.Mails = append(t.Mails, m)
		}
		last := &t.Mails[len(t.Mails)-1]
		if last.Own = last.Own || own; agency != 0 && !slices.Contains(last.Agencies, agency) {
			last.Agencies = append(last.Agencies, agency)
		}
		return struct{}{}, nil
	}, "SELECT "+prefixedMail+", p.name, n.agency_id, CASE WHEN "+ownMail+` THEN 1 ELSE 0 END FROM (`+toldOf+`) AS n
		JOIN mail_notices l ON l.notice_id = n.id JOIN mails m ON m.id = l.mail_id LEFT JOIN people p ON p.id = m.person_id
		WHERE m.id IN (SELECT l.mail_id FROM (`+toldOf+`) AS n JOIN mail_notices l ON l.notice_id = n.id GROUP BY l.mail_id ORDER BY l.mail_id DESC LIMIT $2)
		ORDER BY m.id DESC, n.agency_id`, assignmentID, limit)
	return t, err
}

// prefixedMail is mailColumns of the table m.
var prefixedMail = "m." + strings.Join(strings.Fields(mailColumns), " m.")
