package store

import "tiendo/tasks"

// PasswordHash implements tasks.AccountReader.
func (tx *Tx) PasswordHash(personID int64) (string, error) {
	hashes, err := all(tx, func(r scanner) (hash string, err error) {
		err = r.Scan(&hash)
		return hash, err
	}, "SELECT hash FROM passwords WHERE person_id = $1", personID)
	return append(hashes, "")[0], err
}

// SetPasswordHash implements tasks.AccountTx.
func (tx *Tx) SetPasswordHash(personID int64, hash string) error {
	return tx.exec("INSERT INTO passwords (person_id, hash) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash",
		personID, hash)
}

// Token implements tasks.AccountReader; whether it has run out is for the caller to judge. In a transaction that writes it is locked:
// of two that use one link at the same moment the second finds none.
func (tx *Tx) Token(hash string) (tasks.Token, error) {
	return one(tx, func(r scanner) (t tasks.Token, err error) {
		err = r.Scan(&t.Hash, &t.PersonID, &t.Purpose, instant{&t.Expires})
		return t, err
	}, "SELECT hash, person_id, purpose, expires FROM tokens WHERE hash = $1"+tx.lock, hash)
}

// InsertToken implements tasks.AccountTx.
func (tx *Tx) InsertToken(t tasks.Token) error {
	return tx.exec("INSERT INTO tokens (hash, person_id, purpose, expires) VALUES ($1, $2, $3, $4)",
		t.Hash, t.PersonID, t.Purpose, t.Expires.UnixMilli())
}

// DeleteTokens implements tasks.AccountTx.
func (tx *Tx) DeleteTokens(personID int64) error {
	return tx.exec("DELETE FROM tokens WHERE person_id = $1", personID)
}
