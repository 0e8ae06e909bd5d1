package notify

import (
	"context"

	"tiendo/tasks"
	"tiendo/templates"
)

// sealedStore is a store for composing: lines of restricted duties come out of it without their words, for everybody. A mail lies where
// nobody knows who reads it.
type sealedStore struct{ ComposeStore }

func (s sealedStore) View(ctx context.Context, fn func(ComposeReader) error) error {
	return s.ComposeStore.View(ctx, func(tx ComposeReader) error { return fn(sealedReader{tx}) })
}

func (s sealedStore) Update(ctx context.Context, fn func(ComposeTx) error) error {
	return s.ComposeStore.Update(ctx, func(tx ComposeTx) error { return fn(sealedTx{tx}) })
}

type sealedReader struct{ ComposeReader }

func (tx sealedReader) AssignmentRows(ids []int64) ([]tasks.AssignmentRow, error) {
	rows, err := tx.ComposeReader.AssignmentRows(ids)
	return tasks.Outgoing(rows), err
}

func (tx sealedReader) Assignments(q tasks.AssignmentQuery) (tasks.AssignmentPage, error) {
	page, err := tx.ComposeReader.Assignments(q)
	page.Rows = tasks.Outgoing(page.Rows)
	return page, err
}

type sealedTx struct{ ComposeTx }

func (tx sealedTx) AssignmentRows(ids []int64) ([]tasks.AssignmentRow, error) {
	return sealedReader{tx.ComposeTx}.AssignmentRows(ids)
}

func (tx sealedTx) Assignments(q tasks.AssignmentQuery) (tasks.AssignmentPage, error) {
	return sealedReader{tx.ComposeTx}.Assignments(q)
}

// dutyWords are what a mail says of a duty: its words, at most so many characters of them, or its number alone.
func dutyWords(w *templates.Words, row tasks.AssignmentRow, max int) string {
	if !row.Hidden {
		return excerpt(row.Text, max)
	}
	if row.Ref == "" {
		return w.T("restricted.mail_task", row.TaskID, document(w, row.DocumentKind, row.DocumentNumber))
	}
	return w.T("restricted.mail_item", row.Ref, document(w, row.DocumentKind, row.DocumentNumber))
}

// sealedTask is the line of a restricted duty: number, day and address.
func (p *pass) sealedTask(w *templates.Words, row tasks.AssignmentRow, when string) templates.LetterTask {
	return templates.LetterTask{Href: p.assignmentLink(row.ID), Text: dutyWords(w, row, maxWords), When: when, Late: p.timeliness(row) == tasks.Overdue}
}
