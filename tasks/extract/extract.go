// Package extract reads an administrative document: a file becomes blocks
// (Read), blocks become the document's head and its duties (Extract). It is
// deterministic and works without a network; what it is not sure of it says as a
// doubt. It knows the grammar of such documents (Nghị định 30/2020/NĐ-CP) and no
// agency, place or sentence by heart.
package extract

import (
	"cmp"
	"slices"
	"strings"

	"tiendo/tasks/calendar"
)

// Options steer Extract. The zero value works.
type Options struct {
	// Calendar holds the working days that periods are counted in; nil is
	// Monday to Friday.
	Calendar *calendar.Calendar
}

// Extract reads the sources of one document, the body first, then its annexes.
// The only error is ErrClassified. Tasks come in the order they stand in; every
// slice of the result is non-nil.
func Extract(sources []*Source, opts Options) (Result, error) {
	for _, s := range sources {
		if classified(s) {
			return Result{Tasks: []Task{}}, ErrClassified
		}
	}
	res := Result{Document: headOf(sources), Tasks: []Task{}}
	anchor := AnchorOf(res.Document, opts.Calendar)
	outline := newOutliner()
	var tables []Task
	for file, s := range sources {
		for _, b := range s.Blocks {
			if b.Kind == Paragraph {
				outline.paragraph(file, b)
				continue
			}
			if g := newGrid(b); g.frame() {
				if g.recipients() {
					outline.endBody()
				}
				continue
			}
			tables = append(tables, tableTasks(file, b, outline.title(), anchor)...)
		}
		outline.endFile()
	}
	ds := duties{anchor: anchor}
	for _, p := range outline.parts {
		ds.part(p)
	}
	all := append(ds.tasks, tables...)
	slices.SortStableFunc(all, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Source.File, b.Source.File), cmp.Compare(a.Source.Block, b.Source.Block), cmp.Compare(a.Source.Row, b.Source.Row))
	})
	short := shortForms(sources)
	for _, t := range all {
		t.tellShort(short)
		t.Text = strings.TrimSpace(t.Text)
		res.Tasks = append(res.Tasks, t.filled())
	}
	return res, nil
}

// title returns the heading of the annex being read.
func (o *outliner) title() string { return o.part.title }

// endFile closes what a file leaves open.
func (o *outliner) endFile() { o.open("") }
