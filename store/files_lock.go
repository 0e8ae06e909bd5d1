package store

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// errNoLocks is what a folder answers whose file system cannot lock it.
var errNoLocks = errors.New("the folder cannot be locked")

// alone waits until nobody else, in this process or in another on the same folder, is placing or removing a file. end lets the next
// go on; it is to be called after an error too.
func (f *Files) alone() (end func() error, err error) {
	f.mu.Lock()
	folder, err := os.Open(f.dir)
	if err != nil {
		return func() error { f.mu.Unlock(); return nil }, err
	}
	end = func() error {
		defer f.mu.Unlock()
		return folder.Close() // which gives the lock back
	}
	for {
		err = syscall.Flock(int(folder.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		return end, fmt.Errorf("%w: %w", errNoLocks, err)
	}
	return end, nil
}
