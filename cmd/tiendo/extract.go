package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"tiendo/cmd/tiendo/convert"
	"tiendo/tasks/calendar"
	"tiendo/tasks/extract"
	"tiendo/templates"
)

// runExtract prints what was read in a document, the body first, then its annexes, as one JSON object. It needs no database.
func runExtract(ctx context.Context, args []string, io streams) error {
	f := flags("extract", "FILE …", io)
	if err := parse(f, args, 1, -1); err != nil {
		return err
	}
	result, err := extractFiles(ctx, f.Args())
	if err != nil {
		return inCommandWords(err)
	}
	encoder := json.NewEncoder(io.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(result)
}

func extractFiles(ctx context.Context, names []string) (extract.Result, error) {
	each := extract.Reader{Limits: extract.DefaultLimits(), Converter: convert.New(convert.DefaultLimits())}
	var sources []*extract.Source
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return extract.Result{}, err
		}
		source, err := each.Read(ctx, name, data)
		if err != nil {
			return extract.Result{}, fileError(name, err)
		}
		sources = append(sources, source)
	}
	result, err := extract.Extract(sources, extract.Options{Calendar: calendar.New(calendar.Default())})
	if errors.Is(err, extract.ErrClassified) {
		return extract.Result{}, errClassified(err)
	}
	return result, err
}

// inCommandWords puts an error into words where there is no program that has loaded them.
func inCommandWords(err error) error {
	set, loadErr := templates.Load()
	if loadErr != nil {
		return errors.Join(err, loadErr)
	}
	return (&app{templates: set}).inWords(err)
}
