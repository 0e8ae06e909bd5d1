package store

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Migrations are named NNNN_what.sql, counted from 0001 without a gap; NNNN_what.ENGINE.sql runs after it on that engine alone.
// A migration that rebuilds a table must not rely on foreign keys with ON DELETE: dropping the old table would delete their rows.
//
//go:embed migrations/*.sql
var migrations embed.FS

// ErrSchemaNewer is what Open answers when a newer program has changed the schema.
var ErrSchemaNewer = errors.New("the database was written by a newer version of the program")

type migration struct {
	version int
	name    string
	text    string
}

// SchemaVersion is the version that this program brings a database to.
func SchemaVersion() (int, error) {
	list, err := loadMigrations(migrations, &sqlite)
	return len(list), err
}

// AppliedSchema is the version that the database has.
func (db *DB) AppliedSchema(ctx context.Context) (int, error) {
	var version int
	err := db.View(ctx, func(tx *Tx) (err error) {
		version, err = tx.schemaVersion()
		return err
	})
	return version, err
}

func (tx *Tx) schemaVersion() (int, error) {
	var version int
	err := tx.row("SELECT coalesce(max(version), 0) FROM schema_versions").Scan(&version)
	return version, err
}

func loadMigrations(files fs.FS, d *dialect) ([]migration, error) {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	// What is for one engine alone comes behind what is for all, whatever the engine is called.
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Compare(strings.TrimSuffix(a, ".sql"), strings.TrimSuffix(b, ".sql"))
	})
	var list []migration
	for _, name := range names {
		base := strings.TrimSuffix(strings.TrimPrefix(name, "migrations/"), ".sql")
		base, engine, _ := strings.Cut(base, ".")
		if engine != "" && engine != d.name {
			continue
		}
		number, _, _ := strings.Cut(base, "_")
		version, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("migration %s: its name does not begin with a number", name)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if engine != "" {
			if len(list) == 0 || list[len(list)-1].name != base {
				return nil, fmt.Errorf("migration %s: there is no %s.sql", name, base)
			}
			list[len(list)-1].text += "\n" + string(text)
			continue
		}
		if version != len(list)+1 {
			return nil, fmt.Errorf("migration %s: version %d is wanted next", name, len(list)+1)
		}
		list = append(list, migration{version: version, name: base, text: string(text)})
	}
	return list, nil
}

func (db *DB) migrate(ctx context.Context) error {
	list, err := loadMigrations(migrations, db.dialect)
	if err != nil {
		return err
	}
	return db.apply(ctx, list)
}

const (
	// migrateTurn is the turn of programs that start at the same moment.
	migrateTurn    = "migrate"
	createVersions = "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"
)

// apply runs each migration that is missing in a transaction of its own, so that a failed one leaves nothing behind.
func (db *DB) apply(ctx context.Context, list []migration) error {
	err := db.updateAlone(ctx, migrateTurn, func(tx *Tx) error {
		if err := tx.exec(createVersions); err != nil {
			return err
		}
		applied, err := tx.schemaVersion()
		if err == nil && applied > len(list) {
			err = fmt.Errorf("%w: its schema is %d, this program knows %d", ErrSchemaNewer, applied, len(list))
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, m := range list {
		err := db.updateAlone(ctx, migrateTurn, func(tx *Tx) error {
			// Asked inside the transaction: another process may have started at the same moment.
			if applied, err := tx.schemaVersion(); err != nil || applied >= m.version {
				return err
			}
			return tx.migrate(m)
		})
		if err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

// migrate runs one migration with its step, and notes it.
func (tx *Tx) migrate(m migration) error {
	if _, err := tx.tx.ExecContext(tx.ctx, tx.dialect.schema(m.text)); err != nil {
		return err
	}
	if step := migrationSteps[m.name]; step != nil {
		if err := step(tx); err != nil {
			return err
		}
	}
	return tx.exec("INSERT INTO schema_versions (version, name) VALUES ($1, $2)", m.version, m.name)
}
