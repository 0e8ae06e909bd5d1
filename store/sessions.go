package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"tiendo/tasks"
)

// Sessions keeps the sessions of those who are signed in. Its methods are those that the session manager alexedwards/scs/v2 asks
// of a store. Tokens are kept as SHA-256 only: who reads the database cannot take a session over.
type Sessions struct {
	db    *DB
	clock tasks.Clock
}

// Sessions is the store of sessions; the clock is the system's.
func (db *DB) Sessions(clock tasks.Clock) *Sessions { return &Sessions{db: db, clock: clock} }

func sessionKey(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// FindCtx gives the data of a session; found is false when there is none or it has run out.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.View(ctx, func(tx *Tx) error {
		return tx.explain(tx.row("SELECT data FROM sessions WHERE hash = $1 AND expires > $2 AND ended = 0", sessionKey(token), s.clock().UnixMilli()).Scan(&data))
	})
	if errors.Is(err, tasks.ErrNotFound) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx writes a session, new or known. One that was ended in the meantime stays so: a request that was still running must not
// bring it back to life.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.db.updateBriefly(ctx, func(tx *Tx) error {
		return tx.exec(`INSERT INTO sessions (hash, data, expires) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires = excluded.expires WHERE sessions.ended = 0`, sessionKey(token), data, expiry.UnixMilli())
	})
}

// DeleteCtx ends a session; one that does not exist is no error.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.db.updateBriefly(ctx, func(tx *Tx) error {
		return tx.exec("UPDATE sessions SET data = $1, ended = 1 WHERE hash = $2", []byte{}, sessionKey(token))
	})
}

// Find is FindCtx without a context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Swept counts what a sweep removed.
type Swept struct{ Sessions, Links int }

// Sweep removes the sessions and one-time links that have run out.
func (s *Sessions) Sweep(ctx context.Context) (Swept, error) {
	var removed Swept
	err := s.db.Update(ctx, func(tx *Tx) error {
		removed = Swept{}
		for _, of := range []struct {
			table string
			count *int
		}{{"sessions", &removed.Sessions}, {"tokens", &removed.Links}} {
			n, err := tx.affect("DELETE FROM "+of.table+" WHERE expires <= $1", s.clock().UnixMilli())
			if err != nil {
				return err
			}
			*of.count = int(n)
		}
		return nil
	})
	if err != nil {
		return Swept{}, err
	}
	return removed, nil
}
