package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"tiendo/tasks"
	"tiendo/tasks/calendar"
	"tiendo/tasks/extract"
)

// reader joins the extractor to the domain: files of a document in, its head, drafts and blocks out.
type reader struct {
	calendar  *calendar.Calendar
	converter extract.Converter
}

// Read implements tasks.Reader.
func (r reader) Read(ctx context.Context, files []tasks.Upload) (tasks.Extraction, error) {
	each := extract.Reader{Limits: extract.DefaultLimits(), Converter: r.converter}
	sources := make([]*extract.Source, len(files))
	for i, f := range files {
		src, err := each.Read(ctx, f.Name, f.Data)
		if err != nil {
			return tasks.Extraction{}, fileError(f.Name, err)
		}
		sources[i] = src
	}
	result, err := extract.Extract(sources, extract.Options{Calendar: r.calendar.Fixed()})
	if errors.Is(err, extract.ErrClassified) {
		return tasks.Extraction{}, errClassified(err)
	}
	if err != nil {
		return tasks.Extraction{}, fmt.Errorf("extract: %w", err)
	}
	out := tasks.Extraction{Head: head(result.Document), Blocks: make([][]tasks.SourceBlock, len(sources))}
	for i, src := range sources {
		out.Blocks[i] = blocks(src)
	}
	for _, r := range extract.Revisions(sources) {
		out.Revisions = append(out.Revisions, tasks.NamedRevision{Kind: tasks.RevisionKind(r.Kind), Number: r.Number, Date: day(r.Date)})
	}
	for _, t := range result.Tasks {
		out.Drafts = append(out.Drafts, draft(t))
	}
	return out, nil
}

// ReadDeadline implements tasks.DeadlineReader.
func (r reader) ReadDeadline(words string, h tasks.Head) (tasks.WrittenDue, []tasks.Doubt) {
	due, read := extract.ReadDeadline(words, extract.Anchor{Date: h.Date, Year: h.Year, Calendar: r.calendar})
	return writtenDue(due), doubts(read)
}

// Resolve implements tasks.DeadlineReader.
func (r reader) Resolve(written tasks.WrittenDue, doubted []tasks.Doubt, before, after tasks.Head) (tasks.WrittenDue, []tasks.Doubt, bool) {
	asRead := extract.Due{Phrase: written.Phrase, Kind: string(written.Kind), Date: written.Date.String(), Time: written.Time, RRule: written.RRule}
	due, left, changed := extract.Resolve(asRead, extractDoubts(doubted), extractHead(before), extractHead(after), r.calendar)
	if !changed {
		return written, doubted, false
	}
	return writtenDue(due), doubts(left), true
}

func extractDoubts(doubted []tasks.Doubt) []extract.Doubt {
	out := make([]extract.Doubt, len(doubted))
	for i, d := range doubted {
		out[i] = extract.Doubt{Key: d.Key, Args: d.Args}
	}
	return out
}

// extractHead is what of a head deadlines hang on.
func extractHead(h tasks.Head) extract.Head { return extract.Head{Date: h.Date.String(), Year: h.Year} }

// fileError names the file that cannot be read, with the reason, as the error of the form's field.
func fileError(name string, err error) error {
	var e *extract.FileError
	if !errors.As(err, &e) {
		return fmt.Errorf("read %q: %w", name, err)
	}
	return &tasks.Error{Code: tasks.CodeInvalid, Key: "error.invalid", Err: err, Fields: []tasks.FieldError{
		{Field: "files", Key: "upload.unreadable", Args: []string{name}},
		{Field: "files", Key: e.Key, Args: limitArgs(e)},
	}}
}

// limitArgs words which limit a file goes beyond: its name is a key, octets are given in MB.
func limitArgs(e *extract.FileError) []string {
	if e.Key != extract.KeyTooLarge || len(e.Args) != 2 {
		return e.Args
	}
	which, value := e.Args[0], e.Args[1]
	if octets, err := strconv.Atoi(value); err == nil && slices.Contains([]string{"bytes", "unpacked", "part", "text"}, which) {
		value = fmt.Sprintf("%d MB", octets>>20)
	}
	return []string{"file_limit." + which, value}
}

// errClassified refuses a document that is marked as secret.
func errClassified(err error) error {
	return &tasks.Error{Code: tasks.CodeInvalid, Key: "error.invalid", Err: err, Fields: []tasks.FieldError{{Field: "files", Key: "file.classified"}}}
}

func head(h extract.Head) tasks.Head {
	return tasks.Head{
		Kind: tasks.DocumentKind(h.Kind), Number: h.Number, Date: day(h.Date), Issuer: h.Issuer, Title: h.Title, Year: h.Year,
	}
}

// day reads the extractor's ISO text; "" and what is no day are the zero date.
func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

func draft(t extract.Task) tasks.Draft {
	d := tasks.Draft{
		Ref: t.Ref, Section: t.Section, Text: t.Text, Deliverable: t.Deliverable, Criteria: t.Criteria,
		Written: writtenDue(t.Due),
		Leads:   parties(t.Lead), Cooperating: parties(t.Cooperating),
		Source: tasks.Place{File: t.Source.File, Part: t.Source.Part, Block: t.Source.Block, Row: t.Source.Row},
	}
	d.Doubts = doubts(t.Doubts)
	return d
}

func writtenDue(d extract.Due) tasks.WrittenDue {
	return tasks.WrittenDue{Phrase: d.Phrase, Kind: tasks.DueKind(d.Kind), Date: day(d.Date), Time: d.Time, RRule: d.RRule}
}

func doubts(read []extract.Doubt) []tasks.Doubt {
	var out []tasks.Doubt
	for _, d := range read {
		out = append(out, tasks.Doubt{Key: d.Key, Args: d.Args})
	}
	return out
}

func parties(written []string) []tasks.Party {
	out := make([]tasks.Party, len(written))
	for i, w := range written {
		out[i] = tasks.Party{Written: w}
	}
	return out
}

// blocks keeps a file's words as they are shown beside the drafts.
func blocks(src *extract.Source) []tasks.SourceBlock {
	out := make([]tasks.SourceBlock, 0, len(src.Blocks))
	for _, b := range src.Blocks {
		block := tasks.SourceBlock{Block: b.Index, Text: b.Text, Sheet: b.Sheet, Heading: b.Kind == extract.Paragraph && (b.Style != "" && b.Style != "list" || b.Bold)}
		if b.Label != "" {
			block.Text = b.Label + " " + b.Text
		}
		for _, row := range b.Rows {
			r := tasks.SourceRow{Row: row.Number}
			for _, c := range row.Cells {
				cell := tasks.SourceCell{Text: c.Text, Span: c.Span}
				if c.Continued {
					cell.Text = ""
				}
				r.Cells = append(r.Cells, cell)
			}
			block.Rows = append(block.Rows, r)
		}
		out = append(out, block)
	}
	return out
}
