package tasks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiendo/tasks/calendar"
	"tiendo/tasks/directory"
)

// Correction is one reviewed document: the labels of its files, and how they differ from what extraction had proposed.
type Correction struct {
	Document Document
	Files    []LabelledFile // in reading order
	// Kept tells whether what was proposed is known; it is not of a document that was imported before that was kept.
	Kept        bool
	Proposed    int // duties that were read
	Differences []Difference
}

// differenceOwn is a duty that the secretariat added in words of its own: nothing that the reading missed.
const differenceOwn = "corrections.own"

// Changed tells whether a person corrected something that the labels say.
func (c Correction) Changed() bool {
	return slices.ContainsFunc(c.Differences, func(d Difference) bool { return d.Key != differenceOwn })
}

// LabelledFile is one file with its label. Name tells the document apart from every other and has the file's ending: "0012-10-ct-ubnd.docx".
type LabelledFile struct {
	Attachment Attachment
	Name       string
	Label      Label
}

// Reviewed lists the documents that have labels, by identifier: those that were issued, and drafts of which every duty was checked, on
// the day or later; a draft goes by the day of its import.
func (s *Documents) Reviewed(ctx context.Context, actor Person, since calendar.Date) ([]int64, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return nil, err
	}
	var ids []int64
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		var from time.Time
		if !since.IsZero() {
			from = since.Start(s.Rules.Location)
		}
		ids, err = tx.Reviewed(from)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reviewed documents: %w", err)
	}
	return ids, nil
}

// Correction labels a reviewed document by what people left of it. A document without a file has nothing to label, and one whose drafts
// are not all checked is not ready: both are conflicts.
func (s *Documents) Correction(ctx context.Context, actor Person, id int64) (Correction, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return Correction{}, err
	}
	var c Correction
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if c.Document, err = tx.Document(id); err != nil {
			return err
		}
		files, err := tx.DocumentFiles(id, true)
		if err != nil {
			return err
		}
		drafts, err := tx.Drafts(id)
		if err != nil {
			return err
		}
		if len(files) == 0 || len(drafts) == 0 {
			return E(CodeConflict, "corrections.nothing")
		}
		for _, d := range drafts {
			if c.Document.State == DocumentDraft && !d.Checked {
				return E(CodeConflict, "corrections.unchecked")
			}
			// Labels leave the house with the file that they are of.
			if d.Restricted {
				return E(CodeConflict, "corrections.restricted")
			}
		}
		read, err := tx.Proposal(id)
		if c.Kept = err == nil; err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		l := labeller{files: foldFiles(files)}
		if l.agencies, err = agencyMap(tx); err != nil {
			return err
		}
		if l.groups, err = tx.Groups(); err != nil {
			return err
		}
		c.label(l, files, drafts, read)
		return nil
	})
	if err != nil {
		return Correction{}, fmt.Errorf("corrections of document %d: %w", id, err)
	}
	return c, nil
}

// label fills in the files' labels and the differences.
func (c *Correction) label(l labeller, files []DocumentFile, drafts []Draft, read Proposal) {
	c.Proposed = len(read.Drafts)
	for i, f := range files {
		name := c.Document.fileName(f.Attachment.Name, i, len(files))
		c.Files = append(c.Files, LabelledFile{f.Attachment, name, Label{File: name, Tasks: []LabelTask{}}})
	}
	c.Files[0].Label.Document = l.head(c.Document.Head, c.headRead(read))
	if c.Kept {
		c.compareHeads(*l.head(read.Head, read.Head), *c.Files[0].Label.Document)
	}
	of, seen := trace(read.Drafts, drafts), make([]bool, len(read.Drafts))
	for i, d := range drafts {
		var proposal *ProposedDraft
		if of[i] >= 0 {
			proposal, seen[of[i]] = &read.Drafts[of[i]], true
		} else if !c.Kept {
			p := proposed(d, d) // nothing is known of what was read: what was left is taken for it
			proposal = &p
		}
		t, file, ok := l.task(d, proposal)
		if !ok {
			c.Differences = append(c.Differences, Difference{differenceOwn, []string{t.name()}})
			continue
		}
		file = max(0, min(file, len(c.Files)-1))
		c.Files[file].Label.Tasks = append(c.Files[file].Label.Tasks, t)
		switch {
		case of[i] >= 0:
			was, _, _ := l.task(proposal.asDraft(), proposal)
			c.Differences = append(c.Differences, differences(was, t)...)
		case c.Kept:
			c.Differences = append(c.Differences, Difference{"corrections.added", []string{t.name()}})
		}
	}
	for i, p := range read.Drafts {
		if !seen[i] {
			gone := LabelTask{Ref: p.Ref, Start: p.Text}
			c.Differences = append(c.Differences, Difference{"corrections.removed", []string{gone.name()}})
		}
	}
}

// headRead is the head as it was read, or as it is when that is not known.
func (c *Correction) headRead(read Proposal) Head {
	if c.Kept {
		return read.Head
	}
	return c.Document.Head
}

func (c *Correction) compareHeads(was, is LabelHead) {
	for _, field := range []struct{ key, from, to string }{
		{"kind", string(was.Kind), string(is.Kind)}, {"number", was.Number, is.Number}, {"date", was.Date, is.Date},
		{"issuer", was.Issuer, is.Issuer}, {"title", was.Title, is.Title},
	} {
		if field.from != field.to {
			c.Differences = append(c.Differences, Difference{"corrections.head_" + field.key, []string{field.from, field.to}})
		}
	}
}

// fileName names a document's file for a folder of many documents.
func (d Document) fileName(stored string, index, of int) string {
	words := directory.Words(d.Number)
	if len(words) == 0 {
		words = directory.Words(d.Title)
	}
	name := fmt.Sprintf("%04d", d.ID)
	for _, w := range words {
		if len(name)+len(w) > 60 {
			break
		}
		name += "-" + w
	}
	if of > 1 {
		name += fmt.Sprintf("-%d", index+1)
	}
	if i := strings.LastIndexByte(stored, '.'); i > 0 && len(directory.Words(stored[i:])) == 1 {
		name += strings.ToLower(stored[i:])
	}
	return name
}
