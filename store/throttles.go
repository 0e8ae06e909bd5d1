package store

import (
	"errors"
	"time"

	"tiendo/tasks"
)

// FullAt implements tasks.ThrottleReader.
func (tx *Tx) FullAt(key string) (time.Time, error) {
	at, err := one(tx, func(r scanner) (t time.Time, err error) {
		err = r.Scan(instant{&t})
		return t, err
	}, "SELECT full_at FROM throttles WHERE bucket = $1", key)
	if errors.Is(err, tasks.ErrNotFound) {
		return time.Time{}, nil
	}
	return at, err
}

// Take implements tasks.ThrottleTx: one statement, so that of many at once no more get through than there is room for.
func (tx *Tx) Take(key string, now, room time.Time, every time.Duration) (bool, error) {
	n, err := tx.affect(`INSERT INTO throttles (bucket, full_at) VALUES ($1, $2)
		ON CONFLICT (bucket) DO UPDATE SET full_at = CASE WHEN throttles.full_at > $3 THEN throttles.full_at ELSE $3 END + $4
		WHERE throttles.full_at <= $5`,
		key, now.Add(every).UnixMilli(), now.UnixMilli(), every.Milliseconds(), room.UnixMilli())
	return n > 0, err
}

// GiveBack implements tasks.ThrottleTx.
func (tx *Tx) GiveBack(key string, every time.Duration) error {
	return tx.exec("UPDATE throttles SET full_at = full_at - $1 WHERE bucket = $2", every.Milliseconds(), key)
}

// Refill implements tasks.ThrottleTx.
func (tx *Tx) Refill(key string) error {
	return tx.exec("DELETE FROM throttles WHERE bucket = $1", key)
}

// KnowsDevice implements tasks.ThrottleReader.
func (tx *Tx) KnowsDevice(hash, email string, now time.Time) (bool, error) {
	return tx.exists(`SELECT 1 FROM devices d JOIN people p ON p.id = d.person_id WHERE d.hash = $1 AND p.email = $2 AND d.expires > $3`,
		hash, email, now.UnixMilli())
}

// AddDevice implements tasks.ThrottleTx.
func (tx *Tx) AddDevice(hash string, personID int64, expires time.Time) error {
	return tx.exec(`INSERT INTO devices (hash, person_id, expires) VALUES ($1, $2, $3)
		ON CONFLICT (hash, person_id) DO UPDATE SET expires = excluded.expires`, hash, personID, expires.UnixMilli())
}

// SweepThrottles implements tasks.ThrottleTx.
func (tx *Tx) SweepThrottles(before time.Time) (int, error) {
	throttles, err := tx.affect("DELETE FROM throttles WHERE full_at < $1", before.UnixMilli())
	if err != nil {
		return 0, err
	}
	devices, err := tx.affect("DELETE FROM devices WHERE expires < $1", before.UnixMilli())
	return int(throttles + devices), err
}
