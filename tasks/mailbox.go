package tasks

import (
	"context"
	"fmt"
	"slices"
)

// Mailbox is an agency's own address (hộp thư văn thư), which nobody signs in with: it gets copies of what the agency's focal points are
// told of an issue, or of overdue duties.
type Mailbox struct {
	AgencyID int64
	Address  string // "" : none
	Issued   bool
	Overdue  bool
	Version  int64 // 0: never set
}

// Mailbox reads the address of an agency.
func (s *Directory) Mailbox(ctx context.Context, actor Person, agencyID int64) (Agency, Mailbox, error) {
	if err := may(actor, ActionDirectoryRead); err != nil {
		return Agency{}, Mailbox{}, err
	}
	var a Agency
	var m Mailbox
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		a, m, err = mailboxOf(tx, agencyID)
		return err
	})
	if err != nil {
		return Agency{}, Mailbox{}, fmt.Errorf("mailbox of agency %d: %w", agencyID, err)
	}
	return a, m, nil
}

func mailboxOf(tx DirectoryReader, agencyID int64) (Agency, Mailbox, error) {
	agencies, err := agencyMap(tx)
	if err != nil {
		return Agency{}, Mailbox{}, err
	}
	a, ok := agencies[agencyID]
	if !ok {
		return Agency{}, Mailbox{}, ErrNotFound
	}
	all, err := tx.Mailboxes()
	if i := slices.IndexFunc(all, func(m Mailbox) bool { return m.AgencyID == agencyID }); i >= 0 {
		return a, all[i], err
	}
	return a, Mailbox{AgencyID: agencyID}, err
}

// SetMailbox keeps an agency's address and what it gets. A blank address ends it.
func (s *Directory) SetMailbox(ctx context.Context, actor Person, in Mailbox) error {
	if err := may(actor, ActionDirectoryWrite); err != nil {
		return err
	}
	var f fields
	in.Address = NormalizeEmail(in.Address)
	switch {
	case in.Address == "":
		in.Issued, in.Overdue = false, false
	case !sendable(in.Address):
		f.add("address", "field.bad_email")
	case !in.Issued && !in.Overdue:
		f.add("kinds", "mailbox.no_kind")
	}
	if err := f.err(); err != nil {
		return err
	}
	err := s.Store.Update(ctx, func(tx DirectoryTx) error {
		_, before, err := mailboxOf(tx, in.AgencyID)
		if err != nil {
			return err
		}
		if before.Version != in.Version {
			return ErrConflict
		}
		if before == in {
			return nil
		}
		if err := tx.SetMailbox(in); err != nil {
			return err
		}
		e := entry(s.Now(), actor, "agency.mailbox_set", Subject{SubjectAgency, in.AgencyID})
		_, err = tx.Audit(e.with(mailboxValues(before), mailboxValues(in)))
		return err
	})
	if err != nil {
		return fmt.Errorf("set mailbox of agency %d: %w", in.AgencyID, err)
	}
	return nil
}

func mailboxValues(m Mailbox) map[string]any {
	return map[string]any{"email": m.Address, "mailbox_issued": m.Issued, "mailbox_overdue": m.Overdue}
}
