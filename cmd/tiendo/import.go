package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"tiendo/tasks"
)

func baseName(path string) string { return filepath.Base(path) }

func runImport(ctx context.Context, args []string, io streams) error {
	f := flags("import", "FILE …", io)
	path := configFlag(f)
	book := f.Bool("book", false, "FILE is the workbook of agencies, groups and people (its template is on the page of agencies)")
	dry := f.Bool("dry-run", false, "with -book: say what loading would do, and load nothing")
	tracker := f.Bool("tracker", false, "FILE is an office's running tracker of duties, to be taken over with its states and deadlines; needs -as")
	as := f.String("as", "", "with -tracker: the e-mail address of the person of the secretariat who takes it over")
	if err := parse(f, args, 1, tasks.MaxDocumentFiles); err != nil {
		return err
	}
	files, err := readFiles(f.Args())
	if err != nil {
		return err
	}
	return withApp(ctx, *path, io, func(a *app) error {
		if *book {
			if len(files) != 1 {
				return errors.New("-book takes one file")
			}
			return a.importBook(ctx, io, files[0], *dry)
		}
		if *tracker {
			if len(files) != 1 {
				return errors.New("-tracker takes one file")
			}
			return a.importTracker(ctx, io, files[0], *as)
		}
		d, err := a.documents.Import(ctx, tasks.System, tasks.NewDocument{Files: files})
		if err != nil {
			return err
		}
		r, err := a.documents.Review(ctx, tasks.System, d.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "%s: %d duties read; review it at %s/documents/%d/review\n",
			d.Number, len(r.Drafts), strings.TrimRight(a.config.BaseURL, "/"), d.ID)
		return err
	})
}

func (a *app) importBook(ctx context.Context, io streams, file tasks.Upload, dry bool) error {
	load := a.directory.LoadBook
	if dry {
		load = a.directory.PlanBook
	}
	plan, err := load(ctx, tasks.System, file.Data)
	if err != nil {
		return fmt.Errorf("%s: %w", file.Name, a.inWords(err))
	}
	w := a.templates.Words(commandLanguage)
	for _, e := range plan.Errors {
		values := make([]any, len(e.Args))
		for i, v := range e.Args {
			values[i] = v
		}
		fmt.Fprintf(io.err, "%s, %d, %s: %s\n", e.Sheet, e.Row, e.Column, w.T(e.Key, values...))
	}
	if len(plan.Errors) > 0 {
		return fmt.Errorf("%s: nothing was loaded", file.Name)
	}
	_, err = fmt.Fprintf(io.out, "agencies: %d new, %d changed; groups: %d new, %d changed; people: %d new, %d changed\n",
		plan.NewAgencies, plan.ChangedAgencies, plan.NewGroups, plan.ChangedGroups, plan.NewPeople, plan.ChangedPeople)
	return err
}
