package convert

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// folderPrefix begins the names of the folders in which LibreOffice works.
const folderPrefix = "tiendo-"

// leftAfter is from when on a folder belongs to no conversion any more; one takes 90 seconds at most.
const leftAfter = 10 * time.Minute

// Sweep wipes the folders of conversions whose program was killed before it could do so: whole documents lie in them. Folders of other
// users and those of conversions under way stay. It answers how many were wiped.
func Sweep() (int, error) {
	n := 0
	var all error
	for _, base := range placesInMemory() {
		if inMemory(base) != nil {
			continue
		}
		wiped, err := sweep(base, time.Now())
		n += wiped
		all = errors.Join(all, err)
	}
	return n, all
}

// sweep wipes the folders of this user in base that were left before now by leftAfter.
func sweep(base string, now time.Time) (int, error) {
	entries, err := os.ReadDir(base)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look for what conversions left: %w", err)
	}
	n := 0
	var all error
	for _, e := range entries {
		if !left(e, now) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(base, e.Name())); err != nil {
			all = errors.Join(all, fmt.Errorf("wipe what a conversion left: %w", err))
			continue
		}
		n++
	}
	return n, all
}

// left tells whether the entry is a folder of a conversion of this user that is over.
func left(e fs.DirEntry, now time.Time) bool {
	digits, ours := strings.CutPrefix(e.Name(), folderPrefix)
	if !ours || !e.IsDir() || strings.Trim(digits, "0123456789") != "" {
		return false
	}
	info, err := e.Info()
	if err != nil || now.Sub(info.ModTime()) < leftAfter {
		return false
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid()
}
