package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"tiendo/tasks"
)

func TestFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "files")
	f := must(OpenFiles(dir))(t)
	content := strings.Repeat("Tài liệu kiểm chứng\n", 5000)
	sum := sha256.Sum256([]byte(content))
	want := hex.EncodeToString(sum[:])
	for range 2 {
		hash, size, err := f.Put(t.Context(), strings.NewReader(content))
		if hash != want || size != int64(len(content)) || err != nil {
			t.Fatalf("put %s, %d, %v", hash, size, err)
		}
	}
	file := must(f.Open(want))(t)
	got := must(io.ReadAll(file))(t)
	if err := file.Close(); err != nil || string(got) != content {
		t.Errorf("read %d octets, %v", len(got), err)
	}
	failure := errors.New("the line broke")
	if _, _, err := f.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(failure))); !errors.Is(err, failure) {
		t.Errorf("put half: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := f.Put(ended, strings.NewReader("late")); !errors.Is(err, context.Canceled) {
		t.Errorf("put after the end: %v", err)
	}
	if names := tree(t, dir); len(names) != 1 || names[0] != filepath.Join(want[:2], want) {
		t.Errorf("left %v", names)
	}
	for _, hash := range []string{"", "ab", "../../../etc/passwd", strings.ToUpper(want), strings.Repeat("0", 64), strings.Repeat("../", 21) + "a"} {
		if _, err := f.Open(hash); !errors.Is(err, tasks.ErrNotFound) {
			t.Errorf("open %q: %v", hash, err)
		}
	}
}

func tree(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestSweep(t *testing.T) {
	eachEngine(t, func(t *testing.T, db *DB) {
		dir := t.TempDir()
		f := must(OpenFiles(dir))(t)
		put := func(content string) string {
			hash, _, err := f.Put(t.Context(), strings.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			return hash
		}
		kept, orphan := put("kept"), put("orphan")
		for _, name := range []string{unfinished + "1", "note.txt"} {
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		update(t, db, func(tx *Tx) error {
			d := document(t, tx, "1/CT", "t", tasks.DocumentDraft)
			must(tx.InsertAttachment(tasks.Attachment{DocumentID: d.ID, Hash: kept, CreatedAt: noon}))(t)
			return nil
		})
		now := time.Now()
		if n := must(f.Sweep(t.Context(), now.Add(23*time.Hour), db.FileReferenced))(t); n != 0 {
			t.Errorf("swept %d young files", n)
		}
		again := put("again")
		if err := os.Chtimes(f.path(again), now, now.Add(-48*time.Hour)); err != nil {
			t.Fatal(err)
		}
		// It is uploaded anew between the question and the removal, and so kept.
		renewed := func(ctx context.Context, hash string) (bool, error) {
			if hash == again {
				put("again")
			}
			return db.FileReferenced(ctx, hash)
		}
		if n := must(f.Sweep(t.Context(), now, renewed))(t); n != 0 {
			t.Errorf("swept %d files, one of them renewed", n)
		}
		if n := must(f.Sweep(t.Context(), now.Add(25*time.Hour), db.FileReferenced))(t); n != 3 {
			t.Errorf("swept %d files, want the orphans and the unfinished one", n)
		}
		if names := tree(t, dir); len(names) != 2 {
			t.Errorf("left %v", names)
		}
		if _, err := f.Open(orphan); !errors.Is(err, tasks.ErrNotFound) {
			t.Errorf("open an orphan: %v", err)
		}
		if file, err := f.Open(kept); err != nil {
			t.Error(err)
		} else if err := file.Close(); err != nil {
			t.Error(err)
		}
		failure := errors.New("no database")
		no := func(context.Context, string) (bool, error) { return false, failure }
		if _, err := f.Sweep(t.Context(), now.Add(25*time.Hour), no); !errors.Is(err, failure) {
			t.Errorf("sweep without a database: %v", err)
		}
	})
}

func TestPutAtTheSameTime(t *testing.T) {
	f := must(OpenFiles(t.TempDir()))(t)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			if _, _, err := f.Put(t.Context(), strings.NewReader(strings.Repeat("x", i%3))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if names := tree(t, f.dir); len(names) != 3 {
		t.Errorf("left %v", names)
	}
}

// Two instances share a folder: what one has just written anew the other's sweep leaves alone, however far it has come.
func TestSweepBesideAnotherInstance(t *testing.T) {
	dir := t.TempDir()
	ours, theirs := must(OpenFiles(dir))(t), must(OpenFiles(dir))(t)
	hash, _, err := ours.Put(t.Context(), strings.NewReader("content"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	if err := os.Chtimes(ours.path(hash), now, now.Add(-48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	end, err := theirs.alone() // they are about to place it anew
	if err != nil {
		t.Fatal(err)
	}
	asked, swept := make(chan struct{}), make(chan int)
	go func() {
		n, err := ours.Sweep(t.Context(), now, func(context.Context, string) (bool, error) { close(asked); return false, nil })
		if err != nil {
			t.Error(err)
		}
		swept <- n
	}()
	<-asked
	select {
	case n := <-swept:
		t.Fatalf("%d files were removed while another instance places one", n)
	case <-time.After(100 * time.Millisecond):
	}
	if err := os.Chtimes(ours.path(hash), now, now); err != nil {
		t.Fatal(err)
	}
	if err := end(); err != nil {
		t.Fatal(err)
	}
	if n := <-swept; n != 0 {
		t.Errorf("%d files were removed, one of them just written", n)
	}
	if f, err := theirs.Open(hash); err != nil {
		t.Error(err)
	} else if err := f.Close(); err != nil {
		t.Error(err)
	}
}
