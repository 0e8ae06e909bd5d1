package store

import "fmt"

// archiving is what differs between engines when rows are written to and read from backups.
type archiving struct {
	// tables lists the names of all tables.
	tables string
	// lastIDs lists each table that numbers itself with the highest number it has given.
	lastIDs string
	// setLastID goes on from a number that has been given.
	setLastID func(tx *Tx, table string, last int64) error
	// anyOrder lets rows come before those that they refer to; the function that it answers checks all references.
	anyOrder func(tx *Tx) (check func() error, err error)
	// patient lets a transaction wait between statements as long as it takes to copy an upload.
	patient string
}

var archives = map[string]*archiving{"sqlite": &sqliteArchiving, "postgres": &postgresArchiving}

func (d *dialect) archiving() (*archiving, error) {
	if a := archives[d.name]; a != nil {
		return a, nil
	}
	return nil, fmt.Errorf("backups do not know the engine %s", d.name)
}

var sqliteArchiving = archiving{
	tables:  "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
	lastIDs: "SELECT name, seq FROM sqlite_sequence",
	setLastID: func(tx *Tx, table string, last int64) error {
		n, err := tx.affect("UPDATE sqlite_sequence SET seq = $1 WHERE name = $2", last, table)
		if err != nil || n > 0 {
			return err
		}
		return tx.exec("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", table, last)
	},
	anyOrder: func(tx *Tx) (func() error, error) {
		check := func() error {
			var table, parent string
			var row, key any
			broken, err := all(tx, func(r scanner) (string, error) {
				err := r.Scan(&table, &row, &parent, &key)
				return fmt.Sprintf("row %v of %s refers to no row of %s", row, table, parent), err
			}, "PRAGMA foreign_key_check")
			if err == nil && len(broken) > 0 {
				err = fmt.Errorf("%w: %s", ErrDamaged, broken[0])
			}
			return err
		}
		return check, tx.exec("PRAGMA defer_foreign_keys = ON") // ends with the transaction
	},
}

var postgresArchiving = archiving{
	tables: `SELECT table_name::text FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1`,
	lastIDs: `SELECT table_name::text, coalesce(pg_sequence_last_value(
  pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name::text)::regclass), 0)
FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'`,
	setLastID: func(tx *Tx, table string, last int64) error {
		var set int64
		return tx.row("SELECT setval(pg_get_serial_sequence(quote_ident(current_schema()) || '.' || quote_ident($1), 'id'), $2)",
			table, last).Scan(&set)
	},
	anyOrder: postgresAnyOrder,
	patient:  "SET LOCAL idle_in_transaction_session_timeout = 0",
}

// postgresAnyOrder takes the foreign keys away and makes them again afterwards, which checks every row once: as pg_dump does. Keys
// that are deferred instead would queue an entry in memory for each row.
func postgresAnyOrder(tx *Tx) (func() error, error) {
	type key struct{ table, name, definition string }
	keys, err := all(tx, func(r scanner) (k key, err error) {
		err = r.Scan(&k.table, &k.name, &k.definition)
		return k, err
	}, `SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conrelid::regclass::text, conname`)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		if err := tx.exec("ALTER TABLE " + k.table + " DROP CONSTRAINT " + k.name); err != nil {
			return nil, err
		}
	}
	return func() error {
		for _, k := range keys {
			if err := tx.exec("ALTER TABLE " + k.table + " ADD CONSTRAINT " + k.name + " " + k.definition); err != nil {
				return fmt.Errorf("%w: %s: %w", ErrDamaged, k.table, err)
			}
		}
		return nil
	}, nil
}

// beginArchiving readies a transaction for a backup or a restore.
func (tx *Tx) beginArchiving() (*archiving, error) {
	a, err := tx.dialect.archiving()
	if err == nil && a.patient != "" {
		err = tx.exec(a.patient)
	}
	return a, err
}
