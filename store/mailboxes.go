package store

import "tiendo/tasks"

// Mailboxes implements tasks.DirectoryReader.
func (tx *Tx) Mailboxes() ([]tasks.Mailbox, error) {
	return all(tx, func(r scanner) (m tasks.Mailbox, err error) {
		err = r.Scan(&m.AgencyID, &m.Address, yes{&m.Issued}, yes{&m.Overdue}, &m.Version)
		return m, err
	}, "SELECT agency_id, address, issued, overdue, version FROM mailboxes ORDER BY agency_id")
}

// SetMailbox implements tasks.DirectoryTx.
func (tx *Tx) SetMailbox(m tasks.Mailbox) error {
	if m.Version == 0 {
		return tx.exec("INSERT INTO mailboxes (agency_id, address, issued, overdue, version) VALUES ($1, $2, $3, $4, 1)",
			m.AgencyID, m.Address, yesValue(m.Issued), yesValue(m.Overdue))
	}
	n, err := tx.affect("UPDATE mailboxes SET address = $1, issued = $2, overdue = $3, version = version + 1 WHERE agency_id = $4 AND version = $5",
		m.Address, yesValue(m.Issued), yesValue(m.Overdue), m.AgencyID, m.Version)
	if err == nil && n == 0 {
		return tasks.ErrConflict
	}
	return err
}

// addressee is whom a mail is for: a person, or under a negative number the agency whose mailbox it is.
const addressee = "coalesce(m.person_id, -m.mailbox_id)"

// addresseeValues are the columns person_id and mailbox_id of such a number.
func addresseeValues(id int64) (person, mailbox any) {
	if id < 0 {
		return nil, -id
	}
	return refValue(id), nil
}
