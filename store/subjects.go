package store

import (
	"context"

	"tiendo/notify"
	"tiendo/tasks"
)

// Documents keeps documents; it implements tasks.DocumentStore.
type Documents struct{ db *DB }

// Documents is the store of documents.
func (db *DB) Documents() Documents { return Documents{db} }

// View implements tasks.DocumentStore.
func (s Documents) View(ctx context.Context, fn func(tasks.DocumentReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.DocumentStore.
func (s Documents) Update(ctx context.Context, fn func(tasks.DocumentTx) error) error {
	return s.db.Update(ctx, func(tx *Tx) error { return fn(tx) })
}

// Assignments keeps assignments with their reports; it implements tasks.AssignmentStore.
type Assignments struct{ db *DB }

// Assignments is the store of assignments.
func (db *DB) Assignments() Assignments { return Assignments{db} }

// View implements tasks.AssignmentStore.
func (s Assignments) View(ctx context.Context, fn func(tasks.AssignmentReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.AssignmentStore.
func (s Assignments) Update(ctx context.Context, fn func(tasks.AssignmentTx) error) error {
	return s.db.updateBriefly(ctx, func(tx *Tx) error { return fn(tx) })
}

// Directory keeps agencies, groups and aliases; it implements tasks.DirectoryStore.
type Directory struct{ db *DB }

// Directory is the store of the directory.
func (db *DB) Directory() Directory { return Directory{db} }

// View implements tasks.DirectoryStore.
func (s Directory) View(ctx context.Context, fn func(tasks.DirectoryReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.DirectoryStore. Names are compared with all others before they are written: one change at a time.
func (s Directory) Update(ctx context.Context, fn func(tasks.DirectoryTx) error) error {
	return s.db.updateAlone(ctx, "directory", func(tx *Tx) error {
		tx.lock = tx.dialect.lock
		return fn(tx)
	})
}

// Accounts keeps people and their credentials; it implements tasks.AccountStore.
type Accounts struct{ db *DB }

// Accounts is the store of people.
func (db *DB) Accounts() Accounts { return Accounts{db} }

// View implements tasks.AccountStore.
func (s Accounts) View(ctx context.Context, fn func(tasks.AccountReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.AccountStore.
func (s Accounts) Update(ctx context.Context, fn func(tasks.AccountTx) error) error {
	return s.db.updateBriefly(ctx, func(tx *Tx) error { return fn(tx) })
}

// Weeks keeps the figures of each Monday; it implements tasks.WeekStore.
type Weeks struct{ db *DB }

// Weeks is the store of weekly figures.
func (db *DB) Weeks() Weeks { return Weeks{db} }

// View implements tasks.WeekStore.
func (s Weeks) View(ctx context.Context, fn func(tasks.WeekReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements tasks.WeekStore.
func (s Weeks) Update(ctx context.Context, fn func(tasks.WeekTx) error) error {
	return s.db.Update(ctx, func(tx *Tx) error { return fn(tx) })
}

// Jobs keeps what the scheduler's jobs read and write; it implements notify.JobStore.
type Jobs struct{ db *DB }

// Jobs is the store of the scheduler's jobs.
func (db *DB) Jobs() Jobs { return Jobs{db} }

// View implements notify.JobStore.
func (s Jobs) View(ctx context.Context, fn func(notify.JobReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements notify.JobStore; one at a time, so that what a job reads and writes is not half another's.
func (s Jobs) Update(ctx context.Context, fn func(notify.JobTx) error) error {
	return s.db.updateAlone(ctx, "jobs", func(tx *Tx) error { return fn(tx) })
}

// Compose keeps notices and the mails composed from them; it implements notify.ComposeStore.
type Compose struct{ db *DB }

// Compose is the store that composing works on.
func (db *DB) Compose() Compose { return Compose{db} }

// View implements notify.ComposeStore.
func (s Compose) View(ctx context.Context, fn func(notify.ComposeReader) error) error {
	return s.db.View(ctx, func(tx *Tx) error { return fn(tx) })
}

// Update implements notify.ComposeStore. One mail is composed at a time, by however many instances: whether a person has a mail of
// something already is asked of rows that another may be about to write.
func (s Compose) Update(ctx context.Context, fn func(notify.ComposeTx) error) error {
	return s.db.updateAlone(ctx, "compose", func(tx *Tx) error { return fn(tx) })
}

// Outbox keeps mails until they are sent; it implements notify.OutboxStore.
type Outbox struct{ db *DB }

// Outbox is the store of mails.
func (db *DB) Outbox() Outbox { return Outbox{db} }

var (
	_ tasks.DocumentStore   = Documents{}
	_ tasks.AssignmentStore = Assignments{}
	_ tasks.DirectoryStore  = Directory{}
	_ tasks.AccountStore    = Accounts{}
	_ tasks.WeekStore       = Weeks{}
	_ notify.JobStore       = Jobs{}
	_ notify.ComposeStore   = Compose{}
	_ notify.OutboxStore    = Outbox{}
	_ tasks.FileStore       = (*Files)(nil)
)
