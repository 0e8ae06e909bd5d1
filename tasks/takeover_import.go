package tasks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// TrackerInput is a tracker that the secretariat hands in. Number and Title are given to the one document of the rows that name none;
// its date is the day of taking over. A blank number is typed later, before it is issued.
type TrackerInput struct {
	File   Upload
	Number string
	Title  string
}

// ImportTracker reads an office's running tracker into drafts, a document for each that its rows name. Nothing is told to anybody until
// a person has looked at it and taken it over.
func (s *Documents) ImportTracker(ctx context.Context, actor Person, in TrackerInput) (Takeover, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return Takeover{}, err
	}
	var f fields
	in.Number = f.line("number", in.Number, false, 100)
	in.Title = f.line("title", in.Title, false, MaxTitle)
	in.File.Name = fileName(in.File.Name)
	switch {
	case len(in.File.Data) == 0:
		f.add("files", "takeover.no_file")
	case len(in.File.Data) > MaxUpload:
		f.add("files", "upload.too_large", in.File.Name, strconv.Itoa(MaxUpload>>20))
	}
	if err := f.err(); err != nil {
		return Takeover{}, err
	}
	read, err := s.Trackers.ReadTracker(ctx, in.File)
	if err != nil {
		return Takeover{}, fmt.Errorf("read tracker %q: %w", in.File.Name, err)
	}
	rows := 0
	for _, d := range read.Documents {
		rows += len(d.Drafts)
	}
	switch {
	case rows == 0:
		return Takeover{}, Invalid(FieldError{Field: "files", Key: "takeover.no_rows", Args: []string{in.File.Name}})
	case rows > MaxTrackerRows:
		return Takeover{}, Invalid(FieldError{Field: "files", Key: "takeover.too_many_rows", Args: []string{strconv.Itoa(rows), strconv.Itoa(MaxTrackerRows)}})
	}
	sum := sha256.Sum256(in.File.Data)
	now := s.Now()
	t := Takeover{Name: in.File.Name, Hash: hex.EncodeToString(sum[:]), Left: read.Left, CreatedBy: actor.ID, CreatedAt: now}
	err = s.Store.Update(ctx, func(tx DocumentTx) error {
		dir, groups, err := loadDirectory(tx)
		if err != nil {
			return err
		}
		if t.ID, err = tx.InsertTakeover(t); err != nil {
			return err
		}
		for _, d := range read.Documents {
			if d.Head.Number == "" {
				d.Head.Number, d.Head.Title, d.Head.Date = in.Number, in.Title, s.Rules.Day(now)
			}
			if err := s.importTracked(tx, actor, t, d, dir, groups); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Takeover{}, fmt.Errorf("take over %q: %w", in.File.Name, err)
	}
	return t, nil
}

// importTracked writes one document of a tracker with its drafts.
func (s *Documents) importTracked(tx DocumentTx, actor Person, t Takeover, d TrackedDocument, dir *directory.Directory, groups []Group) error {
	day := s.Rules.Day(t.CreatedAt)
	doc := Document{
		Head: mergeHead(d.Head, Head{}), State: DocumentDraft, Cadence: calendar.DefaultCadence, CreatedBy: actor.ID, CreatedAt: t.CreatedAt,
	}
	var err error
	if doc.ID, err = tx.InsertDocument(doc); err != nil {
		return err
	}
	if err := tx.InsertTakeoverDocument(t.ID, doc.ID); err != nil {
		return err
	}
	for i, dr := range d.Drafts {
		dr.DocumentID, dr.Position = doc.ID, i+1
		dr.Leads = mapParties(dir, groups, dr.Leads, day)
		dr.Cooperating = mapParties(dir, groups, dr.Cooperating, day)
		if _, err := tx.InsertDraft(dr); err != nil {
			return err
		}
	}
	_, err = tx.Audit(entry(t.CreatedAt, actor, "document.tracker_imported", Subject{SubjectDocument, doc.ID}).
		with(nil, map[string]any{"number": doc.Number, "file": t.Name, "sha256": t.Hash, "duties": len(d.Drafts)}))
	return err
}
