package store

import (
	"time"

	"tiendo/notify"
)

// Lease implements notify.JobReader.
func (tx *Tx) Lease(name string) (notify.Lease, error) {
	return one(tx, func(r scanner) (l notify.Lease, err error) {
		err = r.Scan(&l.Holder, instant{&l.Until}, instant{&l.Beat})
		return l, err
	}, "SELECT holder, held_until, beat FROM leases WHERE name = $1", name)
}

// TakeLease implements notify.JobTx.
func (tx *Tx) TakeLease(name, holder string, now, until time.Time) (notify.Lease, error) {
	err := tx.exec(`INSERT INTO leases (name, holder, held_until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
		WHERE leases.holder = excluded.holder OR leases.held_until <= $4`, name, holder, until.UnixMilli(), now.UnixMilli())
	if err != nil {
		return notify.Lease{}, err
	}
	return tx.Lease(name)
}

// SeizeLease implements notify.JobTx.
func (tx *Tx) SeizeLease(name, holder string, from notify.Lease, until time.Time) error {
	return tx.touch("UPDATE leases SET holder = $1, held_until = $2 WHERE name = $3 AND holder = $4 AND held_until = $5",
		holder, until.UnixMilli(), name, from.Holder, from.Until.UnixMilli())
}

// KeepLease implements notify.JobTx.
func (tx *Tx) KeepLease(name, holder string, until time.Time) error {
	return tx.touch("UPDATE leases SET held_until = $1 WHERE name = $2 AND holder = $3", until.UnixMilli(), name, holder)
}

// Beat implements notify.JobTx.
func (tx *Tx) Beat(name, holder string, at time.Time) error {
	return tx.touch("UPDATE leases SET beat = $1 WHERE name = $2 AND holder = $3", at.UnixMilli(), name, holder)
}
