package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Restore writes a backup into the database that the DSN names and the folder for uploads. Neither may hold anything (ErrNotEmpty): a
// file of SQLite must not be there, a schema of PostgreSQL must have no tables. The backup may come from another engine and from an
// older schema, which is brought up to date; one of a newer schema is refused (ErrSchemaNewer). The whole backup is verified before
// anything is written, and again while it is read. After an error everything is as it was.
func Restore(ctx context.Context, file io.ReadSeeker, dsn, uploads string) (Manifest, error) {
	m, err := VerifyBackup(ctx, file)
	if err != nil {
		return Manifest{}, err
	}
	known, err := SchemaVersion()
	if err != nil {
		return Manifest{}, err
	}
	if m.Schema < 1 || m.Schema > known {
		return Manifest{}, fmt.Errorf("%w (%s): the backup's schema is %d, this program knows %d", ErrSchemaNewer, m.Program, m.Schema, known)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Manifest{}, err
	}
	stage, err := newFileStage(uploads)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore uploads: %w", err)
	}
	r := restore{manifest: m, file: file, stage: stage}
	if isPostgres(dsn) {
		err = r.postgres(ctx, dsn)
	} else {
		err = r.sqlite(ctx, dsn)
	}
	if err != nil {
		return Manifest{}, errors.Join(fmt.Errorf("restore: %w", err), stage.undo())
	}
	return m, nil
}

// restore is a backup that is being read into an empty place.
type restore struct {
	manifest Manifest
	file     io.Reader
	stage    *fileStage
}

// postgres restores in one transaction.
func (r *restore) postgres(ctx context.Context, dsn string) (err error) {
	db, err := Open(ctx, dsn, Options{AsIs: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	// Not updateAlone, which may run what it is given once more: the backup is read as it comes.
	return db.run(ctx, db.write, nil, func(tx *Tx) error { return tx.alone(migrateTurn, r.load) })
}

// sqlite restores into a file beside the wanted one, which gets its name when all is on the disk.
func (r *restore) sqlite(ctx context.Context, dsn string) (err error) {
	path, err := sqlitePath(dsn)
	if err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if _, err := os.Lstat(path + suffix); !errors.Is(err, fs.ErrNotExist) {
			return errors.Join(err, fmt.Errorf("%w: the file %s is there already; move it away", ErrNotEmpty, path+suffix))
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), unfinishedRestore) // mode 0600
	if err != nil {
		return err
	}
	temp, done := f.Name(), false
	defer func() {
		if done {
			return
		}
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			if gone := os.Remove(temp + suffix); !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
	}()
	defer func() { err = errors.Join(err, f.Close()) }()
	db, err := Open(ctx, "sqlite:"+temp, Options{AsIs: true, Unsynced: true})
	if err != nil {
		return err
	}
	// Closing the last connection moves the log into the file.
	if err := errors.Join(db.updateAlone(ctx, migrateTurn, r.load), db.Close()); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	temp = path
	err = syncFolder(filepath.Dir(path))
	done = err == nil
	return err
}

// load fills an empty database and, last, puts the uploads into their place.
func (r *restore) load(tx *Tx) error {
	a, err := tx.beginArchiving()
	if err != nil {
		return err
	}
	there, err := tx.tables(a)
	if err != nil {
		return err
	}
	if len(there) > 0 {
		return fmt.Errorf("%w: the database has tables (%s and others); name another or drop them", ErrNotEmpty, there[0])
	}
	list, err := loadMigrations(migrations, tx.dialect)
	if err != nil {
		return err
	}
	if err := tx.makeSchema(list[:r.manifest.Schema]); err != nil {
		return err
	}
	if err := r.rows(tx, a); err != nil {
		return err
	}
	if err := tx.makeSchema(list[r.manifest.Schema:]); err != nil {
		return err
	}
	return r.stage.place()
}

// makeSchema runs migrations inside the transaction.
func (tx *Tx) makeSchema(list []migration) error {
	if err := tx.exec(createVersions); err != nil {
		return err
	}
	for _, m := range list {
		if err := tx.migrate(m); err != nil {
			return fmt.Errorf("migration %s: %w", m.name, err)
		}
	}
	return nil
}

// unfinishedRestore begins the names of what is being restored.
const unfinishedRestore = "tiendo-restore-"

// fileStage writes uploads into a folder inside the wanted one, so that they get their places by renaming, also where the wanted one
// is a mounted file system.
type fileStage struct {
	dir, temp string
	made      bool // dir was not there
	folders   map[string]bool
	placed    []string
}

// newFileStage refuses a folder that holds anything, and writes nothing yet.
func newFileStage(dir string) (*fileStage, error) {
	entries, err := os.ReadDir(dir)
	s := &fileStage{dir: dir, made: errors.Is(err, fs.ErrNotExist), folders: make(map[string]bool)}
	if err != nil && !s.made {
		return nil, err
	}
	for _, e := range entries {
		if e.Name() != "lost+found" { // of a file system of its own
			return nil, fmt.Errorf("%w: the folder %s holds %s; move it away", ErrNotEmpty, dir, e.Name())
		}
	}
	return s, nil
}

func (s *fileStage) begin() (err error) {
	if s.temp != "" {
		return nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	s.temp, err = os.MkdirTemp(s.dir, unfinishedRestore)
	return err
}

// add writes one upload and compares its content with its name.
func (s *fileStage) add(hash string, content io.Reader) (err error) {
	if !isHash(hash) {
		return fmt.Errorf("%w: %q is no name of an upload", ErrDamaged, hash)
	}
	if err := s.begin(); err != nil {
		return err
	}
	folder := filepath.Join(s.temp, hash[:2])
	if !s.folders[folder] {
		if err := os.Mkdir(folder, 0o700); err != nil {
			return err
		}
		s.folders[folder] = true
	}
	f, err := os.OpenFile(filepath.Join(folder, hash), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(f, sum), content); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return fmt.Errorf("%w: upload %s", ErrDamaged, hash)
	}
	return f.Sync()
}

// place gives the uploads their places.
func (s *fileStage) place() error {
	if err := s.begin(); err != nil { // the folder is made even when there are none
		return err
	}
	for folder := range s.folders {
		if err := syncFolder(folder); err != nil {
			return err
		}
		to := filepath.Join(s.dir, filepath.Base(folder))
		if err := os.Rename(folder, to); err != nil {
			return err
		}
		s.placed = append(s.placed, to)
	}
	if err := os.Remove(s.temp); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

// undo leaves nothing behind.
func (s *fileStage) undo() error {
	var errs []error
	if s.temp != "" {
		errs = append(errs, os.RemoveAll(s.temp))
	}
	for _, path := range s.placed {
		if strings.HasPrefix(path, s.dir+string(filepath.Separator)) {
			errs = append(errs, os.RemoveAll(path))
		}
	}
	if s.made && s.temp != "" {
		errs = append(errs, os.Remove(s.dir))
	}
	return errors.Join(errs...)
}
