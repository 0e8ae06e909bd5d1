// Package convert runs the programs that take apart the formats which tiendo does not read itself: poppler's for PDF,
// LibreOffice for .doc, .odt and .rtf. One conversion runs at a time, within limits of time, memory and size, without a network
// where the kernel allows that, and nothing that was uploaded reaches a disk.
package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"tiendo/tasks/extract"
)

// Limits bound one run of a program.
type Limits struct {
	Time   time.Duration // by the clock; what is not done by then is killed with all it started
	Memory int           // octets of address space of each process
	Output int           // octets that the program may write
}

// DefaultLimits hold for files of the largest size that is taken. LibreOffice reserves much more memory than it uses.
func DefaultLimits() Limits {
	return Limits{Time: 90 * time.Second, Memory: 4 << 30, Output: 512 << 20}
}

// Program is one that conversions need.
type Program struct {
	Command string // as it is called
	Package string // the package of Debian that holds it
	Formats string // what is read by it
}

// Programs are all that conversions need.
var Programs = []Program{
	{"pdftotext", "poppler-utils", ".pdf"},
	{"pdftocairo", "poppler-utils", ".pdf"},
	{"soffice", "libreoffice-writer-nogui", ".doc, .odt, .rtf"},
}

// Missing are the programs that are not installed.
func Missing() []Program {
	var out []Program
	for _, p := range Programs {
		if _, err := exec.LookPath(p.Command); err != nil {
			out = append(out, p)
		}
	}
	return out
}

// Converter implements extract.Converter.
type Converter struct {
	limits Limits
	turn   chan struct{} // holds one token while a conversion runs
}

// New makes a converter. Its conversions wait for each other.
func New(limits Limits) *Converter {
	return &Converter{limits: limits, turn: make(chan struct{}, 1)}
}

// PDFWords implements extract.Converter.
func (c *Converter) PDFWords(ctx context.Context, pdf []byte, read func(io.Reader) error) error {
	return c.stream(ctx, pdf, read, "pdftotext", "-q", "-bbox", "-", "-")
}

// PDFLines implements extract.Converter.
func (c *Converter) PDFLines(ctx context.Context, pdf []byte, read func(io.Reader) error) error {
	return c.stream(ctx, pdf, read, "pdftocairo", "-q", "-svg", "-", "-")
}

// wait takes the turn; done gives it back.
func (c *Converter) wait(ctx context.Context) (done func(), err error) {
	select {
	case c.turn <- struct{}{}:
		return func() { <-c.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// errOutput ends a program that writes more than it may.
var errOutput = errors.New("the program wrote more than it may")

// stream runs a filter from memory to read.
func (c *Converter) stream(ctx context.Context, in []byte, read func(io.Reader) error, name string, args ...string) error {
	done, err := c.wait(ctx)
	if err != nil {
		return err
	}
	defer done()
	timed, cancel := context.WithTimeout(ctx, c.limits.Time)
	defer cancel()
	cmd, err := c.command(timed, name, args...)
	if err != nil {
		return err
	}
	var complaints tail
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	if err := start(cmd); err != nil {
		return fmt.Errorf("run %s: %w", name, err)
	}
	limited := &limitedReader{r: out, left: c.limits.Output}
	readErr := read(limited)
	if readErr == nil {
		_, readErr = io.Copy(io.Discard, limited)
	}
	if readErr != nil {
		cancel()
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(readErr, errOutput):
		return &extract.FileError{Key: extract.KeyTooLarge, Args: []string{"unpacked", fmt.Sprint(c.limits.Output)}, Err: readErr}
	case timed.Err() != nil && readErr == nil:
		return &extract.FileError{Key: extract.KeySlow, Args: []string{name}, Err: timed.Err()}
	case readErr != nil:
		return readErr
	case err != nil:
		return failed(name, err, complaints.String())
	}
	return nil
}

// failed words what a program of poppler says about a file that it does not take: 1 a damaged or locked file, 3 one whose
// words may not be taken out.
func failed(name string, err error, complaints string) error {
	key := extract.KeyDamaged
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 3 || strings.Contains(complaints, "Incorrect password") {
		key = extract.KeyPassword
	}
	return &extract.FileError{Key: key, Err: fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(complaints))}
}

type limitedReader struct {
	r    io.Reader
	left int
}

// Read implements io.Reader; it ends with errOutput.
func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= n; l.left < 0 {
		return 0, errOutput
	}
	return n, err
}

// readAll reads what may be so long.
func readAll(r io.Reader, most int) ([]byte, error) {
	return io.ReadAll(&limitedReader{r: r, left: most})
}

// tail keeps the front of what a program complains about.
type tail struct{ strings.Builder }

// Write implements io.Writer and never fails.
func (t *tail) Write(p []byte) (int, error) {
	const most = 4 << 10
	if room := most - t.Len(); room > 0 {
		t.Builder.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}
