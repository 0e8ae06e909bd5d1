package convert

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"syscall"
	"time"

	"tiendo/tasks/extract"
)

// limited is a shell's line that sets limits for itself and becomes the program: they hold from its first instruction on, for
// every process that it starts. Address space in KiB, processor time in seconds, a file in blocks of 512
// octets; no core dumps, which would be files.
const limited = `ulimit -c 0 && ulimit -v "$1" && ulimit -t "$2" && ulimit -f "$3" && shift 3 && exec "$@"`

// command makes a process group of its own, which is killed as a whole when ctx ends.
func (c *Converter) command(ctx context.Context, name string, args ...string) (*exec.Cmd, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, missing(name, err)
	}
	seconds := int(c.limits.Time.Seconds()) + 1
	all := append([]string{"-c", limited, "sh", strconv.Itoa(c.limits.Memory >> 10), strconv.Itoa(seconds), strconv.Itoa(c.limits.Output / 512), path}, args...)
	cmd := exec.CommandContext(ctx, "/bin/sh", all...)
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return nil
		}
		return err
	}
	cmd.WaitDelay = 5 * time.Second
	return cmd, nil
}

func missing(name string, err error) error {
	for _, p := range Programs {
		if p.Command == name {
			return &extract.FileError{Key: extract.KeyProgram, Args: []string{p.Command, p.Package}, Err: err}
		}
	}
	return fmt.Errorf("find %s: %w", name, err)
}

// start runs the command in a network of its own that leads nowhere; where the kernel does not let this user make one it
// runs without. It does not outlive this program, however that ends.
func start(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if separable() {
		isolate(cmd.SysProcAttr)
	}
	return cmd.Start()
}
