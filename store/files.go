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
	"sync"
	"time"

	"tiendo/tasks"
)

// Files keeps the bytes of uploads in a folder, each under the SHA-256 of its content: "ab/abcdef…". A file is whole or absent, and
// never changes. It implements tasks.FileStore.
type Files struct {
	dir string
	mu  sync.Mutex // between a sweep's last look at a file and its removal nothing may be renamed to it: see alone
}

// unfinished begins the names of files that are being written.
const unfinished = "upload-"

// sweepAge is how long a file without a row is left alone: its transaction may still be open.
const sweepAge = 24 * time.Hour

// OpenFiles opens the folder and makes it when it is missing.
func OpenFiles(dir string) (*Files, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open files: %w", err)
	}
	// Found out now rather than by the first upload. A full disk is no reason not to start: what is there can be read.
	probe, err := os.CreateTemp(dir, unfinished)
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	if err != nil && !isFull(err) {
		return nil, fmt.Errorf("open files: the folder %s cannot be written to; give the program's user the right, or name another in files.dir: %w", dir, err)
	}
	return &Files{dir: dir}, nil
}

// Put implements tasks.FileStore. Content that is there already is written again, which makes its file as good as new for Sweep.
func (f *Files) Put(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	defer func() {
		if err != nil {
			err = trouble(fmt.Errorf("put file: %w", err))
		}
	}()
	temp, err := os.CreateTemp(f.dir, unfinished)
	if err != nil {
		return "", 0, err
	}
	placed := false
	defer func() {
		if !placed {
			err = errors.Join(err, os.Remove(temp.Name()))
		}
	}()
	sum := sha256.New()
	size, err = io.Copy(io.MultiWriter(temp, sum), &contextReader{ctx, r})
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return "", 0, err
	}
	hash = hex.EncodeToString(sum.Sum(nil))
	folder := filepath.Dir(f.path(hash))
	end, locked := f.alone()
	defer func() { err = errors.Join(err, end()) }()
	if locked != nil && !errors.Is(locked, errNoLocks) {
		return "", 0, locked
	}
	made := os.Mkdir(folder, 0o700)
	if made != nil && !errors.Is(made, fs.ErrExist) {
		return "", 0, made
	}
	if err := os.Rename(temp.Name(), f.path(hash)); err != nil {
		return "", 0, err
	}
	placed = true
	if err := syncFolder(folder); err != nil {
		return "", 0, err
	}
	if made == nil {
		err = syncFolder(f.dir)
	}
	return hash, size, err
}

// Open implements tasks.FileStore; a hash that no file has is tasks.ErrNotFound.
func (f *Files) Open(hash string) (io.ReadSeekCloser, error) {
	if !isHash(hash) {
		return nil, tasks.ErrNotFound
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open file %s: %w", hash, tasks.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	return file, nil
}

// Sweep removes files older than a day to which no row refers, and uploads that were broken off. now is system time. It answers how
// many files it removed.
func (f *Files) Sweep(ctx context.Context, now time.Time, referenced func(ctx context.Context, hash string) (bool, error)) (int, error) {
	removed := 0
	err := filepath.WalkDir(f.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		name := entry.Name()
		switch {
		case isHash(name):
			if old, err := isOld(path, now); err != nil || !old {
				return err
			}
			used, err := referenced(ctx, name)
			if err != nil || used {
				return err
			}
		case !strings.HasPrefix(name, unfinished):
			return nil // not ours
		}
		n, err := f.removeOld(path, now)
		removed += n
		return err
	})
	if err != nil {
		return removed, fmt.Errorf("sweep files: %w", err)
	}
	return removed, nil
}

// removeOld removes a file unless it was written anew since it was looked at.
func (f *Files) removeOld(path string, now time.Time) (n int, err error) {
	end, err := f.alone()
	defer func() { err = errors.Join(err, end()) }()
	if err != nil {
		return 0, err // rather an orphan than a file that is missing
	}
	if old, err := isOld(path, now); err != nil || !old {
		return 0, err
	}
	return 1, os.Remove(path)
}

func isOld(path string, now time.Time) (bool, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil // an upload that was finished in the meantime
	}
	return err == nil && now.Sub(info.ModTime()) > sweepAge, err
}

func (f *Files) path(hash string) string { return filepath.Join(f.dir, hash[:2], hash) }

func isHash(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == sha256.Size && s == strings.ToLower(s)
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// contextReader ends a copy when its request has ended.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
