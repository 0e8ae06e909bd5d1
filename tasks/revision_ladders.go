package tasks

// keepLadder lets a duty that goes on be reminded of as before: the ladder of its own goes over, as of the day on which it was set, so that
// nothing is told twice and nothing is left out. The earlier duty keeps it for what was completed of it and may be reopened.
func keepLadder(tx LadderWriter, row RevisionRow, taskID int64, ladders Ladders) error {
	if len(row.Carry().On) == 0 {
		return nil
	}
	own := ladders.Tasks[row.Old.ID]
	if own.Ladder == nil {
		return nil
	}
	return tx.SetLadder(Subject{SubjectTask, taskID}, own.Ladder, own.SetOn, 0)
}

// keepDocumentLadder gives a document of which a duty goes on in the one that revises it the same ladder there: that of the first such duty's
// document. A document of which the secretariat has said itself how it is reminded of, be it by no ladder of its own, stays with that.
func keepDocumentLadder(tx DocumentTx, actor Person, doc Document, rows []RevisionRow, ladders Ladders) error {
	if ladders.Documents[doc.ID].Version != 0 {
		return nil
	}
	for _, row := range rows {
		if len(row.Carry().On) == 0 {
			continue
		}
		own := ladders.Documents[row.Old.DocumentID]
		if own.Ladder == nil {
			continue
		}
		of := Subject{SubjectDocument, doc.ID}
		if err := tx.SetLadder(of, own.Ladder, own.SetOn, 0); err != nil {
			return err
		}
		_, err := tx.Audit(entry(doc.IssuedAt, actor, "document.reminders_set", of).with(ladderValues(nil), ladderValues(own.Ladder)))
		return err
	}
	return nil
}
