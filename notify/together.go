package notify

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// together is how many mails are written in one transaction at most. It is short: on SQLite others wait for its end.
const together = 16

// writeAll composes mails, some in each transaction. When one of them cannot be composed each of the others is, alone.
func (p *pass) writeAll(ctx context.Context, k kind, bundles []bundle, wanted map[int64][]int64) error {
	var errs []error
	for some := range slices.Chunk(bundles, together) {
		if err := ctx.Err(); err != nil {
			return errors.Join(append(errs, err)...)
		}
		err := guarded(func() error { return p.write(ctx, k, some, wanted) })
		if err == nil {
			continue
		}
		for _, b := range some {
			if len(some) > 1 {
				err = guarded(func() error { return p.write(ctx, k, []bundle{b}, wanted) })
			}
			if err != nil {
				errs = append(errs, fmt.Errorf("mail for person %d: %w", b.person.ID, err))
			}
		}
	}
	return errors.Join(errs...)
}

// write composes the mails of bundles in one transaction: what they tell is read, and their notices closed, together with them.
func (p *pass) write(ctx context.Context, k kind, bundles []bundle, wanted map[int64][]int64) error {
	var written []Composed
	err := p.store.Update(ctx, func(tx ComposeTx) error {
		written = nil
		tx = remembering{tx, make(map[string]any)}
		still, mailed, err := p.stillToTell(tx, bundles)
		if err != nil {
			return err
		}
		var (
			mails []Mail
			told  [][]int64
		)
		for _, b := range still {
			c, err := p.writeOne(tx, k, b.person, b.notices)
			if err != nil {
				return err
			}
			if len(c.Told) == 0 {
				continue
			}
			written, mails, told = append(written, c), append(mails, c.Mail), append(told, identifiers(c.Told))
			for _, n := range c.Told {
				mailed[n.ID] = append(mailed[n.ID], c.Person.ID)
			}
		}
		if len(mails) == 0 {
			return nil
		}
		if err := tx.InsertMails(mails, told); err != nil {
			return err
		}
		ids := slices.Concat(told...)
		slices.Sort(ids)
		return closeTold(tx, slices.Compact(ids), wanted, mailed)
	})
	if err != nil {
		return err
	}
	for _, c := range written {
		if p.Composed != nil {
			p.Composed(c)
		}
	}
	return nil
}

// remembering is a transaction in which mails are composed one after the other: what was read for one is not read again for a
// colleague who is told the same.
type remembering struct {
	ComposeTx
	known map[string]any
}

// recall is what was read before under the same name, or what read answers.
func recall[T any](tx remembering, name string, asked any, read func() (T, error)) (T, error) {
	key := fmt.Sprintf("%s %+v", name, asked)
	if known, ok := tx.known[key]; ok {
		return known.(T), nil
	}
	answer, err := read()
	if err == nil {
		tx.known[key] = answer
	}
	return answer, err
}

func (tx remembering) AssignmentsByID(ids []int64) (map[int64]tasks.Assignment, error) {
	known, err := recall(tx, "assignments", ids, func() (map[int64]tasks.Assignment, error) { return tx.ComposeTx.AssignmentsByID(ids) })
	return maps.Clone(known), err
}

func (tx remembering) CadenceNotesByID(ids []int64) (map[int64]tasks.CadenceNote, error) {
	known, err := recall(tx, "cadence notes", ids, func() (map[int64]tasks.CadenceNote, error) { return tx.ComposeTx.CadenceNotesByID(ids) })
	return maps.Clone(known), err
}

func (tx remembering) AssignmentRows(ids []int64) ([]tasks.AssignmentRow, error) {
	known, err := recall(tx, "rows", ids, func() ([]tasks.AssignmentRow, error) { return tx.ComposeTx.AssignmentRows(ids) })
	return slices.Clone(known), err
}

func (tx remembering) Assignments(q tasks.AssignmentQuery) (tasks.AssignmentPage, error) {
	known, err := recall(tx, "page", q, func() (tasks.AssignmentPage, error) { return tx.ComposeTx.Assignments(q) })
	known.Rows = slices.Clone(known.Rows)
	return known, err
}

func (tx remembering) Figures(q tasks.FigureQuery) (tasks.Figures, error) {
	return recall(tx, "figures", q, func() (tasks.Figures, error) { return tx.ComposeTx.Figures(q) })
}

func (tx remembering) CadenceNotes(assignmentID int64) ([]tasks.CadenceNote, error) {
	known, err := recall(tx, "cadence notes of", assignmentID, func() ([]tasks.CadenceNote, error) { return tx.ComposeTx.CadenceNotes(assignmentID) })
	return slices.Clone(known), err
}

func (tx remembering) DeputationsInForce(on calendar.Date) ([]tasks.Deputation, error) {
	known, err := recall(tx, "deputations", on, func() ([]tasks.Deputation, error) { return tx.ComposeTx.DeputationsInForce(on) })
	return slices.Clone(known), err
}

func (tx remembering) Document(id int64) (tasks.Document, error) {
	return recall(tx, "document", id, func() (tasks.Document, error) { return tx.ComposeTx.Document(id) })
}
