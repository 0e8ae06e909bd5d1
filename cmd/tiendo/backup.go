package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tiendo/store"
)

func runBackup(ctx context.Context, args []string, std streams) error {
	f := flags("backup", "FILE", std)
	path := configFlag(f)
	force := f.Bool("force", false, "write over a FILE that is there")
	if err := parse(f, args, 1, 1); err != nil {
		return err
	}
	c, err := loadConfig(*path)
	if err != nil {
		return err
	}
	// The database is left at its schema: before an update the new program must not bring it up to date behind the old one's back.
	db, err := store.Open(ctx, c.Database.DSN, store.Options{AsIs: true})
	if err != nil {
		return err
	}
	m, size, err := backUp(ctx, db, c.Files.Dir, f.Arg(0), *force)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "%s: %s, %d octets\n", f.Arg(0), backupLine(m), size)
	return err
}

func backupLine(m store.Manifest) string {
	return fmt.Sprintf("%d rows of %d tables and %d uploads, of %s, schema %d, %s",
		m.Rows(), len(m.Tables), len(m.Files), m.Engine, m.Schema, m.At.Format(time.RFC3339))
}

// backUp writes a backup beside the wanted file and gives it its name when it is on the disk and has been read back.
func backUp(ctx context.Context, db *store.DB, uploads, path string, force bool) (m store.Manifest, size int64, err error) {
	vacant := func() error {
		if _, err := os.Lstat(path); err == nil && !force {
			return fmt.Errorf("%s is there already (-force writes over it)", path)
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	if err := vacant(); err != nil {
		return m, 0, err
	}
	files, err := store.OpenFiles(uploads)
	if err != nil {
		return m, 0, err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".tiendo-backup-") // mode 0600
	if err != nil {
		return m, 0, err
	}
	placed := false
	defer func() {
		if !placed {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	m, err = db.WriteBackup(ctx, temp, files, versionLine(), time.Now())
	if info, failed := temp.Stat(); err == nil {
		size, err = info.Size(), failed
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return m, 0, err
	}
	if err := vacant(); err != nil {
		return m, 0, err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return m, 0, err
	}
	placed = true
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return m, size, err
	}
	return m, size, errors.Join(folder.Sync(), folder.Close())
}
