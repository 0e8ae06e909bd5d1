package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"tiendo/tasks/calendar"
	"tiendo/tasks/extract"
)

// runExtract prints what was read in a document, the body first, then its annexes, as one JSON object. It needs no database.
func runExtract(_ context.Context, args []string, io streams) error {
	f := flags("extract", "FILE …", io)
	if err := parse(f, args, 1, -1); err != nil {
		return err
	}
	result, err := extractFiles(f.Args())
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(io.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(result)
}

func extractFiles(names []string) (extract.Result, error) {
	var sources []*extract.Source
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return extract.Result{}, err
		}
		source, err := extract.Read(name, data)
		if err != nil {
			return extract.Result{}, fmt.Errorf("%s: %w", name, err)
		}
		sources = append(sources, source)
	}
	return extract.Extract(sources, extract.Options{Calendar: calendar.New(calendar.Default())})
}
