package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// TestFilesAreCurrent compares what is committed with what the content gives, both ways. Parts are compared unpacked: how well
// they are packed may change with the compiler's library.
func TestFilesAreCurrent(t *testing.T) {
	built, err := build()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join("..", "files")
	for name, want := range built {
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Error(err)
		} else if !maps.Equal(unpack(t, got), unpack(t, want)) {
			t.Errorf("%s is not what the content gives: run go generate", name)
		}
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if built[filepath.ToSlash(rel)] == nil {
			t.Errorf("%s is no longer built", rel)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unpack gives a zip's entries by name.
func unpack(t *testing.T, data []byte) map[string]string {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range zr.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		out[e.Name] = string(b)
	}
	return out
}

// TestBuildIsRepeatable builds everything twice: the same content must give the same bytes.
func TestBuildIsRepeatable(t *testing.T) {
	first, err := build()
	if err != nil {
		t.Fatal(err)
	}
	second, err := build()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s differs from one build to the next", name)
		}
	}
}
