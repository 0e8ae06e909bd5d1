// Package upgradetest gives tests the data that older programs left. Tests alone import it.
package upgradetest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	_ "embed"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// The database of the demo as the program of schema 1 left it on Monday 5 October 2026, 07:00, and its uploads: three documents issued,
// one in review, three months of reports and mails, two people signed in, a one-time link. To make it small most roll-ups were taken
// out, and of all mails but the first of each kind only the first 120 octets are left.
var (
	//go:embed schema-0001.db.gz
	database []byte
	//go:embed schema-0001.files.tar.gz
	uploads []byte
)

// Clock is the business time at which the data was left.
const Clock = "2026-10-05T07:00:00+07:00"

// Unpack writes the database, tiendo.db, and the folder of uploads, files, into a folder.
func Unpack(t testing.TB, dir string) (path, files string) {
	t.Helper()
	path, files = filepath.Join(dir, "tiendo.db"), filepath.Join(dir, "files")
	write(t, path, unzip(t, database))
	for archive := tar.NewReader(unzip(t, uploads)); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return path, files
		}
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(files, header.Name), archive)
	}
}

func unzip(t testing.TB, packed []byte) io.Reader {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t testing.TB, path string, content io.Reader) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(content)
	if err == nil {
		err = os.WriteFile(path, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
