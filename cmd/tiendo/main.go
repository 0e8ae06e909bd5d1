// Command tiendo follows the duties of a province's directives and plans. See the README.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	_ "time/tzdata" // the zone must be there on machines that have no zone files
)

// command is one sub-command. run answers nil, errUsage when the words were wrong (told already), or what failed.
type command struct {
	name, summary string
	run           func(ctx context.Context, args []string, io streams) error
}

type streams struct {
	in       io.Reader
	out, err io.Writer
}

var commands = []command{
	{"serve", "serve the pages, run the scheduler, send the mails", runServe},
	{"demo", "try it: a made-up province, a mail catcher, a clock that you move", runDemo},
	{"extract", "print the duties read from a document as JSON", runExtract},
	{"import", "read a document, the workbook of agencies and people, or a running tracker into the database", runImport},
	{"corrections", "print what reviewers corrected as labels, to test the reading with", runCorrections},
	{"deliver", "compose and send what waits, once", runDeliver},
	{"remind", "write the reminders of today now, or show with -dry-run who would get what and why", runRemind},
	{"rollup", "write the agencies' roll-ups of this week now, or show them with -dry-run", runRollUp},
	{"month", "write the agencies' roll-ups of the month gone by now, or show them with -dry-run", runMonth},
	{"digest", "write the leaders' digest of this week now, or show it with -dry-run", runDigest},
	{"bounce", "take a report that a mail came back, from a pipe of the mail server", runBounce},
	{"user", "add, list, disable people; make one-time links", runUser},
	{"backup", "write database and uploads into one file, while the server runs", runBackup},
	{"restore", "read such a file into an empty place, of either engine", runRestore},
	{"check", "say whether configuration, database, mail server, zone, scheduler and the programs for PDF and .doc are right", runCheck},
	{"version", "print the version", runVersion},
}

var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run answers the exit code: 0 done, 1 failed, 2 not understood.
func run(ctx context.Context, args []string, io streams) int {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		usage(io.out)
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	for _, c := range commands {
		if c.name != args[0] {
			continue
		}
		if len(args) > 1 && slices.Contains([]string{"-h", "-help", "--help"}, args[1]) {
			fmt.Fprintf(io.err, "tiendo %s: %s\n\n", c.name, c.summary)
		}
		switch err := c.run(ctx, args[1:], io); {
		case err == nil || errors.Is(err, flag.ErrHelp):
			return 0
		case isExit(err):
			return exitOf(c.name, err, io)
		case errors.Is(err, errUsage):
			return 2
		default:
			fmt.Fprintf(io.err, "tiendo %s: %v\n", c.name, err)
			return 1
		}
	}
	fmt.Fprintf(io.err, "tiendo: there is no command %q\n\n", args[0])
	usage(io.err)
	return 2
}

func usage(w io.Writer) {
	fmt.Fprintf(w, "tiendo follows the duties of directives and plans.\n\nusage: tiendo COMMAND [flags]\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-11s %s\n", c.name, c.summary)
	}
	fmt.Fprintf(w, "\ntiendo COMMAND -h explains its flags.\n")
}

// flags makes a sub-command's flags; the usage line names its arguments.
func flags(name, arguments string, io streams) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.err)
	f.Usage = func() {
		fmt.Fprintf(io.err, "usage: tiendo %s [flags] %s\n", name, arguments)
		f.PrintDefaults()
	}
	return f
}

// parse reads the flags and wants between least and most arguments after them (most below 0: any number). A flag behind an argument
// would be taken for an argument without a word: it is refused.
func parse(f *flag.FlagSet, args []string, least, most int) error {
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return errUsage
	}
	for _, a := range f.Args() {
		if len(a) > 1 && a[0] == '-' {
			fmt.Fprintf(f.Output(), "%s: flags come before the arguments\n", a)
			f.Usage()
			return errUsage
		}
	}
	if f.NArg() < least || most >= 0 && f.NArg() > most {
		f.Usage()
		return errUsage
	}
	return nil
}

// configFlag is the flag that every command with a database has.
func configFlag(f *flag.FlagSet) *string {
	return f.String("config", "config.toml", "the `file` of settings; see config.example.toml")
}
