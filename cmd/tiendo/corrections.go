package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
)

// corrections is what the command was asked for.
type corrections struct {
	document int64
	since    calendar.Date
	all      bool
	dir      string
	force    bool
	verbose  bool
	language string
}

// runCorrections prints what people left of reviewed documents as labels, one JSON object a file, or writes them beside their documents.
// It is for who runs the server, as a backup is: it asks nobody's rights.
func runCorrections(ctx context.Context, args []string, std streams) error {
	f := flags("corrections", "", std)
	path := configFlag(f)
	var c corrections
	f.Int64Var(&c.document, "document", 0, "only the document with this `number` in its address, corrected or not")
	since := f.String("since", "", "only documents issued (drafts: imported) on this `day`, YYYY-MM-DD, or later")
	f.BoolVar(&c.all, "all", false, "also documents in which nobody corrected anything")
	f.StringVar(&c.dir, "dir", "", "write docs/NAME with gold/NAME.json into this `folder` instead of printing")
	f.BoolVar(&c.force, "force", false, "with -dir: write over files that are there")
	f.BoolVar(&c.verbose, "v", false, "say what was proposed and what was left")
	f.StringVar(&c.language, "language", commandLanguage, "the `language` of what -v says: vi or en")
	if err := parse(f, args, 0, 0); err != nil {
		return err
	}
	var err error
	switch {
	case c.document < 0 || c.document != 0 && (*since != "" || c.all):
		err = errors.New("-document stands alone: it takes a positive number, and neither -since nor -all")
	case c.language != "vi" && c.language != "en":
		err = fmt.Errorf("-language %q: want vi or en", c.language)
	case *since != "":
		if c.since, err = calendar.ParseDate(*since); err != nil {
			err = fmt.Errorf("-since %q: want a day such as 2026-10-05", *since)
		}
	}
	if err != nil {
		fmt.Fprintf(std.err, "tiendo corrections: %v\n", err)
		return errUsage
	}
	return withApp(ctx, *path, std, func(a *app) error { return a.corrections(ctx, c, std) })
}

func (a *app) corrections(ctx context.Context, c corrections, std streams) error {
	ids := []int64{c.document}
	if c.document == 0 {
		var err error
		if ids, err = a.documents.Reviewed(ctx, tasks.System, c.since); err != nil {
			return err
		}
	}
	w := a.templates.Words(c.language)
	told := std.err // printed labels stay apart from what is said of them
	if c.dir != "" {
		told = std.out
	}
	printed := 0
	for _, id := range ids {
		got, err := a.documents.Correction(ctx, tasks.System, id)
		if e := (*tasks.Error)(nil); c.document == 0 && errors.As(err, &e) && e.Key == "corrections.restricted" {
			continue
		}
		if err != nil {
			return err
		}
		if !got.Changed() && !c.all && c.document == 0 {
			continue
		}
		printed++
		if c.verbose || c.dir != "" {
			duties := 0
			for _, file := range got.Files {
				duties += len(file.Label.Tasks)
			}
			line := w.T("corrections.document", got.Files[0].Name, got.Proposed, duties, len(got.Differences))
			if !got.Kept {
				line = w.T("corrections.not_kept", got.Files[0].Name, duties)
			}
			fmt.Fprintln(told, line)
		}
		if c.verbose {
			for _, d := range got.Differences {
				args := make([]any, len(d.Args))
				for i, text := range d.Args {
					if args[i] = text; text == "" {
						args[i] = w.T("corrections.empty")
					}
				}
				fmt.Fprintln(told, "  "+w.T(d.Key, args...))
			}
		}
		for _, file := range got.Files {
			if c.dir == "" {
				err = writeLabel(std.out, file.Label)
			} else {
				err = a.keepLabelled(ctx, c, file)
			}
			if err != nil {
				return err
			}
		}
	}
	if printed == 0 {
		fmt.Fprintln(std.err, w.T("corrections.none"))
	}
	return nil
}

func writeLabel(out io.Writer, label tasks.Label) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(label)
}

// keepLabelled writes the document and its label, which nobody else on the machine may read.
func (a *app) keepLabelled(ctx context.Context, c corrections, file tasks.LabelledFile) (err error) {
	_, body, err := a.documents.OpenFile(ctx, tasks.System, file.Attachment.ID)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, body.Close()) }()
	document := filepath.Join(c.dir, "docs", file.Name)
	label := filepath.Join(c.dir, "gold", strings.TrimSuffix(file.Name, filepath.Ext(file.Name))+".json")
	if err := keepFile(document, c.force, func(out io.Writer) error { _, err := io.Copy(out, body); return err }); err != nil {
		return err
	}
	return keepFile(label, c.force, func(out io.Writer) error { return writeLabel(out, file.Label) })
}

// keepFile writes a file whole or not at all; one that is there is kept unless over.
func keepFile(path string, over bool, write func(io.Writer) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if _, err := os.Lstat(path); err == nil && !over {
		return fmt.Errorf("%s is there already (-force writes over it)", path)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".tiendo-") // mode 0600
	if err != nil {
		return err
	}
	if err = errors.Join(write(temp), temp.Close()); err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	return nil
}
