package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tiendo/tasks"
	"tiendo/tasks/extract"
)

// ReadTracker implements tasks.TrackerReader.
func (r reader) ReadTracker(ctx context.Context, file tasks.Upload) (tasks.TrackerReading, error) {
	src, err := extract.Reader{Limits: extract.DefaultLimits(), Converter: r.converter}.Read(ctx, file.Name, file.Data)
	if err != nil {
		return tasks.TrackerReading{}, fileError(file.Name, err)
	}
	read, err := extract.ReadTracker(src, extract.Options{Calendar: r.calendar})
	if errors.Is(err, extract.ErrClassified) {
		return tasks.TrackerReading{}, errClassified(err)
	}
	if err != nil {
		return tasks.TrackerReading{}, fmt.Errorf("read tracker: %w", err)
	}
	var out tasks.TrackerReading
	for _, d := range read.Documents {
		doc := tasks.TrackedDocument{Head: head(d.Head)}
		for _, row := range d.Rows {
			doc.Drafts = append(doc.Drafts, trackedDraft(row))
		}
		out.Documents = append(out.Documents, doc)
	}
	for _, l := range read.Left {
		out.Left = append(out.Left, tasks.LeftRow{Sheet: l.Sheet, Row: l.Row, Text: l.Text, Why: l.Why})
	}
	return out, nil
}

// trackedDraft is a row of a tracker as a draft: its deadline is the one in force, the first one is kept beside it.
func trackedDraft(row extract.TrackedDuty) tasks.Draft {
	d := draft(row.Task)
	d.Source = tasks.Place{} // the file is not kept
	t := &tasks.TakenOver{
		State: tasks.State(row.State), CompletedOn: day(row.CompletedOn), Percent: max(0, row.Percent), Said: tasks.Timeliness(row.Said),
		Status: row.Status, Progress: row.Progress, Note: row.Note, Sheet: row.Sheet, Row: row.Source.Row,
	}
	d.Taken = t
	d.Deadline, d.Cadence = d.Written.AsRead()
	if moved := day(row.Extended.Date); !moved.IsZero() {
		if t.Moved = row.Extended.Phrase; d.Deadline != moved {
			t.FirstDue = d.Deadline
		}
		d.Deadline, d.Cadence = moved, ""
	}
	return d
}

// importTracker reads an office's running tracker; a person looks at it in the browser before it is taken over.
func (a *app) importTracker(ctx context.Context, io streams, file tasks.Upload, email string) error {
	actor, err := a.personByEmail(ctx, email)
	if err != nil {
		return err
	}
	w := a.templates.Words(commandLanguage)
	t, err := a.documents.ImportTracker(ctx, actor, tasks.TrackerInput{
		File: file, Number: w.T("takeover.own_number", a.rules.Day(a.clocks.business())), Title: strings.TrimSpace(file.Name),
	})
	if err != nil {
		return a.inWords(err)
	}
	v, err := a.documents.Takeover(ctx, actor, t.ID)
	if err != nil {
		return err
	}
	asked := len(v.Problems)
	_, err = fmt.Fprintf(io.out, "%s: %d duties of %d documents read, %d rows left out, %d duties to be asked about; check it at %s/documents/takeover/%d\n",
		t.Name, len(v.Drafts), len(v.Order), len(t.Left), asked, strings.TrimRight(a.config.BaseURL, "/"), t.ID)
	return err
}

// personByEmail finds who acts on the command line; he needs the rights that he would need in the browser.
func (a *app) personByEmail(ctx context.Context, email string) (tasks.Person, error) {
	if email == "" {
		return tasks.Person{}, errors.New("-as EMAIL is missing: who takes the tracker over")
	}
	var p tasks.Person
	err := a.db.Accounts().View(ctx, func(tx tasks.AccountReader) (err error) {
		p, err = tx.PersonByEmail(strings.ToLower(strings.TrimSpace(email)))
		return err
	})
	if tasks.CodeOf(err) == tasks.CodeNotFound {
		return tasks.Person{}, fmt.Errorf("-as %q: nobody has this address", email)
	}
	return p, err
}
