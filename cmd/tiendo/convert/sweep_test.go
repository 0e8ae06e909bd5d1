package convert

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a killed program left is wiped; what may be in use, and what is not of a conversion, stays.
func TestSweepWipesWhatWasLeft(t *testing.T) {
	base, now := t.TempDir(), time.Now()
	age := func(name string, by time.Duration) {
		t.Helper()
		must(t, os.Chtimes(filepath.Join(base, name), now.Add(-by), now.Add(-by)))
	}
	for _, name := range []string{"tiendo-1", "tiendo-22", "tiendo-333", "tiendo-backup", "other-1"} {
		must(t, os.MkdirAll(filepath.Join(base, name, "profile"), 0o700))
		must(t, os.WriteFile(filepath.Join(base, name, "in.doc"), []byte("x"), 0o600))
	}
	must(t, os.WriteFile(filepath.Join(base, "tiendo-4"), nil, 0o600))
	must(t, os.Symlink("other-1", filepath.Join(base, "tiendo-5")))
	for _, name := range []string{"tiendo-1", "tiendo-backup", "other-1", "tiendo-4"} {
		age(name, 11*time.Minute)
	}
	age("tiendo-22", 9*time.Minute)
	n, err := sweep(base, now)
	must(t, err)
	entries, err := os.ReadDir(base)
	must(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"other-1", "tiendo-22", "tiendo-333", "tiendo-4", "tiendo-5", "tiendo-backup"}; n != 1 || !slices.Equal(names, want) {
		t.Errorf("wiped %d, %v are left, want %v", n, names, want)
	}
	if n, err := sweep(filepath.Join(base, "none"), now); n != 0 || err != nil {
		t.Errorf("no folder: %d, %v", n, err)
	}
}

// A conversion wipes what an earlier one left where it works itself.
func TestAConversionSweeps(t *testing.T) {
	needs(t, "soffice")
	folder := filepath.Join("/dev/shm", folderPrefix+"0000"+strconv.Itoa(os.Getpid()))
	must(t, os.Mkdir(folder, 0o700))
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	old := time.Now().Add(-time.Hour)
	must(t, os.Chtimes(folder, old, old))
	_, _ = New(DefaultLimits()).WordFile(t.Context(), []byte("no document"), ".odt")
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the folder of a conversion that was killed is there: %v", err)
	}
}

// startedByTest makes the test's own binary a program that starts a conversion and waits to be killed.
const startedByTest = "TIENDO_CONVERT_STARTED_BY_TEST"

// A program that is killed leaves no conversion running.
func TestAConversionEndsWithTheProgram(t *testing.T) {
	if os.Getenv(startedByTest) != "" {
		cmd, err := New(DefaultLimits()).command(t.Context(), "sleep", "60")
		must(t, err)
		must(t, start(cmd))
		fmt.Println("pid", cmd.Process.Pid)
		_ = cmd.Wait()
		return
	}
	program := exec.Command(os.Args[0], "-test.run=^TestAConversionEndsWithTheProgram$")
	program.Env = append(os.Environ(), startedByTest+"=1")
	out, err := program.StdoutPipe()
	must(t, err)
	must(t, program.Start())
	var pid int
	for lines := bufio.NewScanner(out); pid == 0 && lines.Scan(); {
		if text, found := strings.CutPrefix(lines.Text(), "pid "); found {
			pid, err = strconv.Atoi(text)
			must(t, err)
		}
	}
	if pid == 0 || !running(pid) {
		t.Fatalf("no conversion was started (pid %d)", pid)
	}
	must(t, program.Process.Kill())
	_ = program.Wait() // says that it was killed
	for range 100 {
		if !running(pid) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d outlives the program that started it", pid)
	must(t, exec.Command("kill", "-9", strconv.Itoa(pid)).Run())
}

// running tells whether the process is there; one that is dead and that nobody has asked for is not.
func running(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(rest, "Z") && !strings.HasPrefix(rest, "X")
}
