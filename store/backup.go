package store

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"tiendo/tasks"
)

// ErrFileGone is what Backup answers when an upload was removed while it ran, together with the rows that referred to it. Another
// attempt sees them gone as well.
var ErrFileGone = errors.New("an upload was removed while the backup ran")

// Backup writes one state of the database, and the uploads that it refers to, to w; the database stays in use. Sessions and one-time
// links are left out. program and at are noted in the manifest. An upload that is missing, or whose content is not what its name
// says, is an error: a backup that lacks it would pass for whole.
func (db *DB) Backup(ctx context.Context, w io.Writer, files *Files, program string, at time.Time) (Manifest, error) {
	compressed, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		return Manifest{}, err
	}
	b := backup{
		tar: tar.NewWriter(compressed), files: files,
		manifest: Manifest{Format: backupFormat, Program: program, Engine: db.Engine(), At: at.UTC().Truncate(time.Second)},
	}
	var missing string
	err = db.View(ctx, func(tx *Tx) (err error) {
		if b.archiving, err = tx.beginArchiving(); err != nil {
			return err
		}
		if err := b.schema(tx); err != nil {
			return err
		}
		if missing, err = b.uploads(tx); err != nil {
			return err
		}
		return b.tables(tx)
	})
	if errors.Is(err, tasks.ErrNotFound) && missing != "" {
		if used, err := db.FileReferenced(ctx, missing); err == nil && !used {
			return Manifest{}, ErrFileGone
		}
	}
	if err == nil {
		err = b.finish()
	}
	if err = errors.Join(err, compressed.Close()); err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	return b.manifest, nil
}

// backup is a backup that is being written.
type backup struct {
	tar       *tar.Writer
	files     *Files
	archiving *archiving
	manifest  Manifest
}

// schema notes the schema's version.
func (b *backup) schema(tx *Tx) (err error) {
	known, err := SchemaVersion()
	if err != nil {
		return err
	}
	if b.manifest.Schema, err = tx.schemaVersion(); err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if b.manifest.Schema > known {
		return fmt.Errorf("%w: its schema is %d, this program knows %d", ErrSchemaNewer, b.manifest.Schema, known)
	}
	return nil
}

// uploads copies what the rows of fileTables refer to; with an error it names the upload. They come first: the sooner after the snapshot,
// the less may have been removed.
func (b *backup) uploads(tx *Tx) (string, error) {
	// A database that is as an earlier program left it has not all of them.
	there, err := tx.tables(b.archiving)
	if err != nil {
		return "", err
	}
	holding := slices.DeleteFunc(slices.Clone(fileTables), func(table string) bool { return !slices.Contains(there, table) })
	hashes, err := all(tx, func(r scanner) (hash string, err error) {
		err = r.Scan(&hash)
		return hash, err
	}, "SELECT hash FROM "+strings.Join(holding, " UNION SELECT hash FROM ")+" ORDER BY hash")
	if err != nil {
		return "", err
	}
	for _, hash := range hashes {
		if err := b.upload(tx.ctx, hash); err != nil {
			return hash, fmt.Errorf("upload %s: %w", hash, err)
		}
	}
	return "", nil
}

func (b *backup) upload(ctx context.Context, hash string) (err error) {
	f, err := b.files.Open(hash)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err == nil {
		err = b.header(filesFolder+hash, size)
	}
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(b.tar, sum), &contextReader{ctx, f}); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != hash {
		return fmt.Errorf("its content has changed: its SHA-256 is now %s", got)
	}
	b.manifest.Files = append(b.manifest.Files, ManifestFile{Size: size, SHA256: hash})
	return nil
}

func (b *backup) header(name string, size int64) error {
	return b.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: b.manifest.At, Format: tar.FormatPAX})
}

func (b *backup) member(name string, content []byte) (ManifestFile, error) {
	if err := b.header(name, int64(len(content))); err != nil {
		return ManifestFile{}, err
	}
	_, err := b.tar.Write(content)
	sum := sha256.Sum256(content)
	return ManifestFile{Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}, err
}

func (b *backup) tables(tx *Tx) error {
	names, err := tx.tables(b.archiving)
	if err != nil {
		return err
	}
	last, err := tx.lastIDs(b.archiving)
	if err != nil {
		return err
	}
	for _, name := range names {
		if leftOut[name] {
			continue
		}
		t := ManifestTable{Name: name, LastID: last[name]}
		if err := b.table(tx, &t); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
		b.manifest.Tables = append(b.manifest.Tables, t)
	}
	return nil
}

// tables names every table of the schema.
func (tx *Tx) tables(a *archiving) ([]string, error) {
	return all(tx, func(r scanner) (name string, err error) {
		err = r.Scan(&name)
		return name, err
	}, a.tables)
}

// lastIDs is the highest number that each table has given.
func (tx *Tx) lastIDs(a *archiving) (map[string]int64, error) {
	last := make(map[string]int64)
	_, err := all(tx, func(r scanner) (struct{}, error) {
		var name string
		var id int64
		err := r.Scan(&name, &id)
		last[name] = id
		return struct{}{}, err
	}, a.lastIDs)
	return last, err
}

func (b *backup) table(tx *Tx, t *ManifestTable) (err error) {
	tx.onQuery(tx.ctx)
	rows, err := tx.tx.QueryContext(tx.ctx, "SELECT * FROM "+quoted(t.Name))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if t.Columns, err = columnsOf(rows); err != nil {
		return err
	}
	values, targets := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range values {
		targets[i] = &values[i]
	}
	var part bytes.Buffer
	encoder := json.NewEncoder(&part)
	encoder.SetEscapeHTML(false)
	flush := func() error {
		name := fmt.Sprintf("%04d.ndjson", len(t.Parts)+1)
		written, err := b.member(tablesFolder+t.Name+"/"+name, part.Bytes())
		written.Name = name
		t.Parts = append(t.Parts, written)
		part.Reset()
		return err
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		t.Rows++
		for i, c := range t.Columns {
			if values[i], err = encodeValue(c.Kind, values[i]); err != nil {
				return fmt.Errorf("row %d, column %s: %w", t.Rows, c.Name, err)
			}
		}
		if err := encoder.Encode(values); err != nil {
			return err
		}
		if part.Len() >= partSize {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil || part.Len() == 0 {
		return err
	}
	return flush()
}

// encodeValue makes a value of a row one that JSON keeps exactly.
func encodeValue(kind string, v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int64:
		if kind == kindInt {
			return v, nil
		}
	case string:
		if kind == kindText {
			return v, nil
		}
	case []byte:
		if kind == kindBytes {
			return base64.StdEncoding.EncodeToString(v), nil
		}
	}
	return nil, fmt.Errorf("a value of type %T in a column of %s", v, kind)
}

func (b *backup) finish() error {
	content, err := json.MarshalIndent(b.manifest, "", " ")
	if err != nil {
		return err
	}
	if _, err := b.member(manifestName, content); err != nil {
		return err
	}
	return b.tar.Close()
}

// WriteBackup writes a backup into the file, tries again when an upload went away in the middle, brings it to the disk and reads it
// back: what it answers has been verified.
func (db *DB) WriteBackup(ctx context.Context, file *os.File, files *Files, program string, at time.Time) (Manifest, error) {
	var err error
	for range 3 {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return Manifest{}, err
		}
		if err := file.Truncate(0); err != nil {
			return Manifest{}, err
		}
		if _, err = db.Backup(ctx, file, files, program, at); !errors.Is(err, ErrFileGone) {
			break
		}
	}
	if err != nil {
		return Manifest{}, err
	}
	if err := file.Sync(); err != nil {
		return Manifest{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Manifest{}, err
	}
	return VerifyBackup(ctx, file)
}
