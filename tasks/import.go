package tasks

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Limits of an import.
const (
	MaxDocumentFiles = 20
	MaxPastedText    = 500_000 // characters
	MaxTitle         = 2000    // characters
	MaxDutyText      = 10_000  // characters
	MaxWrittenName   = 1000    // characters of an agency's name as a document words it
)

// NewDocument is what the secretariat hands in: files, or pasted text, or only a head typed by hand.
type NewDocument struct {
	Files []Upload
	Text  string
	Head  Head // what is set here wins over what was read
}

// Import reads a new document into a draft with its drafts of duties. A file that cannot be read is named with the reason and
// nothing is kept; a classified one is refused before anything reaches the disk.
func (s *Documents) Import(ctx context.Context, actor Person, in NewDocument) (Document, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return Document{}, err
	}
	files, head, err := in.check()
	if err != nil {
		return Document{}, err
	}
	var read Extraction
	if len(files) > 0 {
		if read, err = s.Reader.Read(ctx, files); err != nil {
			return Document{}, fmt.Errorf("read %d files: %w", len(files), err)
		}
		if len(read.Blocks) != len(files) {
			return Document{}, fmt.Errorf("read %d files: blocks of %d", len(files), len(read.Blocks))
		}
	}
	read.Head.Title = calmTitle(read.Head.Title, read.Blocks)
	now := s.Now()
	doc := Document{
		Head: mergeHead(read.Head, head), State: DocumentDraft, Cadence: calendar.DefaultCadence,
		CreatedBy: actor.ID, CreatedAt: now,
	}
	attachments := make([]Attachment, len(files))
	for i, f := range files {
		hash, size, err := s.Files.Put(ctx, bytes.NewReader(f.Data))
		if err != nil {
			return Document{}, fmt.Errorf("keep %q: %w", f.Name, err)
		}
		attachments[i] = Attachment{Name: f.Name, Hash: hash, Size: size, Type: mediaType(f), CreatedBy: actor.ID, CreatedAt: now}
	}
	err = s.Store.Update(ctx, func(tx DocumentTx) error {
		dir, groups, err := loadDirectory(tx)
		if err != nil {
			return err
		}
		if doc.Revises, err = findRevised(tx, read.Revisions); err != nil {
			return err
		}
		if doc.ID, err = tx.InsertDocument(doc); err != nil {
			return err
		}
		for i, a := range attachments {
			a.DocumentID = doc.ID
			if a.ID, err = tx.InsertAttachment(a); err != nil {
				return err
			}
			f := DocumentFile{DocumentID: doc.ID, Position: i, Attachment: a, Blocks: read.Blocks[i]}
			if _, err := tx.InsertDocumentFile(f); err != nil {
				return err
			}
		}
		day := s.Rules.Day(now)
		proposal := Proposal{DocumentID: doc.ID, At: now, Head: read.Head}
		for i, d := range read.Drafts {
			d.DocumentID, d.Position = doc.ID, i+1
			d.Leads = mapParties(dir, groups, d.Leads, day)
			d.Cooperating = mapParties(dir, groups, d.Cooperating, day)
			proposal.Drafts = append(proposal.Drafts, proposed(read.Drafts[i], d))
			d.Deadline, d.Cadence = d.Written.AsRead()
			if _, err := tx.InsertDraft(d); err != nil {
				return err
			}
		}
		if err := tx.InsertProposal(proposal); err != nil {
			return err
		}
		_, err = tx.Audit(entry(now, actor, "document.imported", Subject{SubjectDocument, doc.ID}).
			with(nil, map[string]any{"number": doc.Number, "files": fileNames(files), "duties": len(read.Drafts)}))
		return err
	})
	if err != nil {
		return Document{}, fmt.Errorf("import document: %w", err)
	}
	return doc, nil
}

// check checks what was handed in and gives the files to read, of which pasted text counts as one, and the head that was typed.
func (in NewDocument) check() ([]Upload, Head, error) {
	var f fields
	head := f.head(in.Head, false)
	files := namedFiles(in.Files)
	if text := strings.TrimSpace(in.Text); text != "" {
		if utf8.RuneCountInString(text) > MaxPastedText {
			f.add("text", "field.too_long", strconv.Itoa(MaxPastedText))
		}
		files = append(files, Upload{Name: "van-ban.txt", Data: []byte(text)})
	}
	if len(files) > MaxDocumentFiles {
		f.add("files", "upload.too_many", strconv.Itoa(MaxDocumentFiles))
	}
	for _, u := range files {
		if len(u.Data) > MaxUpload {
			f.add("files", "upload.too_large", u.Name, strconv.Itoa(MaxUpload>>20))
		}
	}
	if len(files) == 0 && head.Number == "" && head.Title == "" {
		f.add("files", "upload.nothing")
	}
	return files, head, f.err()
}

// mergeHead takes what a person typed before what was read.
func mergeHead(read, typed Head) Head {
	h := read
	if typed.Kind != "" {
		h.Kind = typed.Kind
	}
	if typed.Number != "" {
		h.Number = typed.Number
	}
	if !typed.Date.IsZero() {
		h.Date = typed.Date
	}
	if typed.Issuer != "" {
		h.Issuer = typed.Issuer
	}
	if typed.Title != "" {
		h.Title = typed.Title
	}
	if typed.Year != 0 {
		h.Year = typed.Year
	}
	if h.Kind == "" {
		h.Kind = KindOther
	}
	return h
}

// namedFiles gives the files harmless names; what was handed in stays as it is.
func namedFiles(files []Upload) []Upload {
	files = slices.Clone(files)
	for i := range files {
		files[i].Name = fileName(files[i].Name)
	}
	return files
}

func fileNames(files []Upload) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return names
}

// mapParties turns the names as written into agencies and groups. What the directory does not know stays, unmapped, for a person;
// what has no word in it, such as the dash of an empty cell, is no name.
func mapParties(dir *directory.Directory, groups []Group, written []Party, day calendar.Date) []Party {
	var out []Party
	for _, w := range written {
		if directory.Fold(w.Written) == "" {
			continue
		}
		found := dir.Resolve(w.Written, day.String())
		if len(found) == 0 {
			out = append(out, w)
			continue
		}
		for _, f := range found {
			p := Party{Written: f.Written, AgencyID: f.AgencyID, GroupID: f.GroupID}
			if p.Written == "" {
				p.Written = w.Written
			}
			if p.GroupID != 0 {
				p.Members = membersOn(groups, p.GroupID, day, f.Except)
			}
			out = append(out, p)
		}
	}
	return out
}

func membersOn(groups []Group, id int64, day calendar.Date, except []int64) []int64 {
	for _, g := range groups {
		if g.ID != id {
			continue
		}
		var members []int64
		for _, m := range g.MembersOn(day.String()) {
			if !containsID(except, m) {
				members = append(members, m)
			}
		}
		return members
	}
	return nil
}

func containsID(ids []int64, id int64) bool { return intersects(ids, []int64{id}) }
