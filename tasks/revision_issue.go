package tasks

import (
	"strconv"

	"tiendo/tasks/calendar"
)

// carryOn moves an assignment of the earlier document under the duty that takes its duty's place. It keeps its state, reports and first
// deadline. A new deadline or cadence is a new version; a duty that names no time of its own leaves the old one as it is.
func (s *Documents) carryOn(tx DocumentTx, actor Person, doc Document, d Draft, taskID int64, old Task, a Assignment, notes *firstNotes, again rounds) error {
	today, from := s.Rules.Day(doc.IssuedAt), a.DocumentID
	before := map[string]any{"due": a.Due.String(), "cadence": a.Cadence, "text": old.Text, "ref": old.Ref, "document_id": from}
	due, cadence := a.Due, a.Cadence
	if !d.Deadline.IsZero() || d.Cadence != "" {
		due, cadence = d.time(doc)
	}
	if again.series != 0 {
		due, cadence = again.join(&a), ""
	}
	after := map[string]any{"text": d.Text, "ref": d.Ref, "document_id": doc.ID, "words": doc.Number}
	if (a.UnconfirmedBy != 0) != (d.UnconfirmedBy != 0) {
		// What the review of the new document says holds, not what was said of the earlier one.
		before["unconfirmed"], after["unconfirmed"] = a.UnconfirmedBy != 0, d.UnconfirmedBy != 0
		a.UnconfirmedBy = d.UnconfirmedBy
	}
	if d.Restricted && !old.Restricted {
		before["restricted"], after["restricted"] = false, true
	}
	newCadence := cadence != a.Cadence
	if due != a.Due || newCadence {
		if a.FirstDue.IsZero() {
			a.FirstDue = due // its first, as it had none
		}
		a.setDue(due, today)
		a.Cadence = cadence
	}
	a.TaskID, a.DocumentID, a.Cooperating = taskID, doc.ID, without(d.CooperatingAgencies(), a.Leads)
	if err := tx.MoveAssignment(a); err != nil {
		return err
	}
	if newCadence {
		if err := tx.DeleteCadenceNotes(a.ID); err != nil {
			return err
		}
		if cadence != "" {
			if err := s.noteAfter(tx, a, notes); err != nil {
				return err
			}
			if err := lapse(tx, actor, doc, a); err != nil {
				return err
			}
		}
	}
	after["due"], after["cadence"] = a.Due.String(), a.Cadence
	_, err := tx.Audit(entry(doc.IssuedAt, actor, "assignment.carried_on", Subject{SubjectAssignment, a.ID}).with(before, after))
	return err
}

// restrictEarlier restricts the duty of the earlier document that goes on in a restricted one: there its words would be open to others.
func restrictEarlier(tx DocumentTx, d Draft, row RevisionRow) error {
	if !d.Restricted || row.Fate != FateGoesOn || row.Old == nil || row.Old.Restricted {
		return nil
	}
	if err := tx.SetRestricted(row.Old.ID, true); err != nil {
		return err
	}
	return tx.HideFromMails(row.Old.ID)
}

// lapse closes the request for a later deadline of an assignment that has none any more: nobody could decide on it.
func lapse(tx DocumentTx, actor Person, doc Document, a Assignment) error {
	list, err := tx.Extensions(a.ID)
	if err != nil {
		return err
	}
	x, waits := waitingExtension(list)
	if !waits {
		return nil
	}
	x.Outcome, x.DecidedBy, x.DecidedAt, x.Decision = ExtensionLapsed, actor.ID, doc.IssuedAt, doc.Number
	if err := tx.UpdateExtension(x); err != nil {
		return err
	}
	_, err = tx.Audit(entry(doc.IssuedAt, actor, "assignment.extension_lapsed", Subject{SubjectAssignment, a.ID}).with(
		map[string]any{"asked": x.Asked.String()}, map[string]any{"extension": x.ID, "cadence": a.Cadence, "document": doc.Number, "document_id": doc.ID}))
	return err
}

// noteAfter writes the first note of a new cadence, unless it has one for that day already.
func (s *Documents) noteAfter(tx DocumentTx, a Assignment, notes *firstNotes) error {
	day, err := notes.day(a.Cadence)
	if err != nil {
		return err
	}
	have, err := tx.CadenceNotes(a.ID)
	if err != nil {
		return err
	}
	for _, n := range have {
		if n.Due == day {
			return nil
		}
	}
	_, err = tx.InsertCadenceNote(CadenceNote{AssignmentID: a.ID, Due: day})
	return err
}

// end ends an assignment of the earlier document. Its reports and history stay; what was still to be told of it is not.
func (s *Documents) end(tx DocumentTx, actor Person, doc Document, a Assignment) error {
	before := stateValues(a)
	a.State = StateCancelled
	a.SubmittedOn = calendar.Date{}
	if err := tx.UpdateAssignment(a); err != nil {
		return err
	}
	// First, as long as the notes tell which notices are about them.
	if err := tx.DropNotices(a.ID); err != nil {
		return err
	}
	if err := tx.DeleteCadenceNotes(a.ID); err != nil {
		return err
	}
	if err := endRequests(tx, actor, doc, a); err != nil {
		return err
	}
	after := stateValues(a)
	after["words"], after["document_id"], after["revision"] = doc.Number, doc.ID, doc.Revises.Kind
	auditID, err := tx.Audit(entry(doc.IssuedAt, actor, "assignment.ended", Subject{SubjectAssignment, a.ID}).with(before, after))
	if err != nil {
		return err
	}
	for _, lead := range a.Leads {
		err := tx.AddNotice(Notice{
			Kind: NoticeEvent, Event: EventEnded, Subject: Subject{SubjectAssignment, a.ID}, AgencyID: lead, Role: RoleFocal,
			Occurrence: strconv.FormatInt(auditID, 10), Day: s.Rules.Day(doc.IssuedAt), At: doc.IssuedAt,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// endRequests closes what the leads of an assignment that ends with its document asked for: nobody could decide on it any more.
func endRequests(tx DocumentTx, actor Person, doc Document, a Assignment) error {
	if err := lapse(tx, actor, doc, a); err != nil {
		return err
	}
	list, err := tx.Declines(a.ID)
	if err != nil {
		return err
	}
	d, waits := waitingDecline(list)
	if !waits {
		return nil
	}
	d.Outcome, d.DecidedBy, d.DecidedAt, d.Decision = DeclineLapsed, actor.ID, doc.IssuedAt, doc.Number
	if err := tx.UpdateDecline(d); err != nil {
		return err
	}
	_, err = tx.Audit(entry(doc.IssuedAt, actor, "assignment.decline_lapsed", Subject{SubjectAssignment, a.ID}).with(
		nil, map[string]any{"decline": d.ID, "document": doc.Number, "document_id": doc.ID}))
	return err
}

func without(ids, gone []int64) []int64 {
	var out []int64
	for _, id := range ids {
		if !containsID(gone, id) {
			out = append(out, id)
		}
	}
	return out
}

// tied tells whether the document revises an issued one or is revised by one: work was carried from one to the other.
func tied(tx DocumentReader, d Document) (bool, error) {
	if d.Revises.DocumentID != 0 {
		return true, nil
	}
	by, err := tx.RevisedBy(d.ID)
	return len(by) > 0, err
}
