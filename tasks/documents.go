package tasks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"tiendo/tasks/directory"
)

// Documents is the service of documents: upload, review, issue, recall.
type Documents struct {
	Store  DocumentStore
	Files  FileStore
	Reader Reader
	// Deadlines reads typed deadlines and computes them anew when a head is corrected; nil: only days in numbers are understood, and
	// nothing is computed anew.
	Deadlines DeadlineReader
	// Trackers reads offices' running trackers.
	Trackers TrackerReader
	Rules    Rules
	Now      Clock // business
}

// List answers one page of the documents that the actor may read. Drafts are seen by those who manage documents alone.
func (s *Documents) List(ctx context.Context, actor Person, q DocumentQuery) (DocumentPage, error) {
	agencies, all := actor.Scope(ActionDocumentRead)
	q.Visible = nil
	if !all {
		q.Visible = agencies
	}
	q.Issued = !actor.Can(ActionDocumentManage)
	if !all && len(agencies) == 0 {
		return DocumentPage{}, may(actor, ActionDocumentRead)
	}
	if !actor.Can(ActionDocumentManage) && q.State == DocumentDraft {
		return DocumentPage{}, nil
	}
	q.Today, q.Limit = s.Rules.Day(s.Now()), pageSize(q.Limit)
	var page DocumentPage
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		page, err = tx.Documents(q)
		return err
	})
	if err != nil {
		return DocumentPage{}, fmt.Errorf("list documents: %w", err)
	}
	return page, nil
}

// maxNames are so many documents as a select offers: those of two years or more in most provinces.
const maxNames = 60

// Names lists the issued documents that the actor may read, the newest first and not all, and behind them the one that is chosen
// already (0: none) when it is older.
func (s *Documents) Names(ctx context.Context, actor Person, chosen int64) ([]DocumentName, error) {
	visible, all := actor.Scope(ActionDocumentRead)
	if all {
		visible = nil
	} else if len(visible) == 0 {
		return nil, may(actor, ActionDocumentRead)
	}
	var names []DocumentName
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		names, err = tx.DocumentNames(visible, maxNames)
		if err != nil || chosen == 0 || slices.ContainsFunc(names, func(n DocumentName) bool { return n.ID == chosen }) {
			return err
		}
		older, err := olderName(tx, visible, chosen)
		// What was read may be kept for the next page: it is not added to.
		names = slices.Concat(names, older)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("names of documents: %w", err)
	}
	return names, nil
}

// olderName is the document as a choice; nothing when it is not there to be read.
func olderName(tx DocumentReader, visible []int64, id int64) ([]DocumentName, error) {
	d, err := tx.Document(id)
	if errors.Is(err, ErrNotFound) || err == nil && d.State == DocumentDraft {
		return nil, nil
	}
	if err == nil && visible != nil {
		var part bool
		if part, err = tx.HasPart(id, visible); !part {
			return nil, err
		}
	}
	return []DocumentName{{ID: d.ID, Kind: d.Kind, Number: d.Number, Title: d.Title}}, err
}

func pageSize(n int) int {
	if n <= 0 {
		return DefaultPage
	}
	return min(n, MaxPage)
}

// DocumentView is an issued document as a page shows it: its files and duties, and of the assignments those that the actor may see.
type DocumentView struct {
	Document Document
	Files    []DocumentFile
	// FilesClosed tells that the files are kept from the actor: they hold a restricted duty in which he has no part.
	FilesClosed bool
	Tasks       []Task
	Assignments []Assignment
	Agencies    map[int64]Agency
	Followers   map[int64]Person // those whom the document names
	Trail       []AuditEntry     // for those who manage documents
	Recallable  bool
	Earlier     Document   // for those who manage documents: which it revises, zero when none
	RevisedBy   []Document // for those who manage documents
	// Consultations, for those who read them: what agencies were asked about it as a draft, the newest first.
	Consultations []Consultation
}

// Get reads one document whole. Other agencies' assignments are left out for those who may not see them; a draft exists only for
// those who manage documents.
func (s *Documents) Get(ctx context.Context, actor Person, id int64) (DocumentView, error) {
	var v DocumentView
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if v.Document, err = readable(tx, actor, id); err != nil {
			return err
		}
		if v.Files, err = tx.DocumentFiles(id, true); err != nil {
			return err
		}
		if v.Tasks, err = tx.Tasks(id); err != nil {
			return err
		}
		assignments, err := tx.DocumentAssignments(id)
		if err != nil {
			return err
		}
		v.Assignments = slices.DeleteFunc(slices.Clone(assignments), func(a Assignment) bool {
			return !actor.CanOn(ActionAssignmentRead, a.Leads, a.Cooperating)
		})
		v.Tasks = readableTasks(actor, v.Tasks, assignments)
		if v.FilesClosed, err = filesClosed(tx, actor, id); err != nil {
			return err
		}
		if v.FilesClosed {
			v.Files = nil
		}
		if v.Agencies, err = agencyMap(tx); err != nil {
			return err
		}
		if v.Followers, err = tx.PeopleByID(followerIDs(v.Document.Followers)); err != nil {
			return err
		}
		if actor.Can(ActionConsultationRead) {
			if v.Consultations, err = tx.DocumentConsultations(id); err != nil {
				return err
			}
		}
		if !actor.Can(ActionDocumentManage) {
			return nil
		}
		v.Recallable, err = recallable(tx, v.Document, assignments)
		if err != nil {
			return err
		}
		if v.Document.Revises.DocumentID != 0 {
			if v.Earlier, err = tx.Document(v.Document.Revises.DocumentID); err != nil {
				return err
			}
		}
		if v.RevisedBy, err = tx.RevisedBy(id); err != nil {
			return err
		}
		v.Trail, err = tx.Trail(Subject{SubjectDocument, id}, 50)
		return err
	})
	if err != nil {
		return DocumentView{}, fmt.Errorf("read document %d: %w", id, err)
	}
	return v, nil
}

// readable loads a document that the actor may read; what he may not know of does not exist.
func readable(tx DocumentReader, actor Person, id int64) (Document, error) {
	d, err := tx.Document(id)
	if err != nil {
		return Document{}, err
	}
	if actor.Can(ActionDocumentManage) {
		return d, nil
	}
	agencies, all := actor.Scope(ActionDocumentRead)
	if d.State == DocumentDraft || !all && len(agencies) == 0 {
		return Document{}, ErrNotFound
	}
	if all {
		return d, nil
	}
	part, err := tx.HasPart(id, agencies)
	if err != nil {
		return Document{}, err
	}
	if !part {
		return Document{}, ErrNotFound
	}
	return d, nil
}

// manageable loads a document that the actor may change, in the state that the change needs.
func manageable(tx DocumentReader, actor Person, id int64, state DocumentState) (Document, error) {
	d, err := readable(tx, actor, id)
	if err != nil {
		return Document{}, err
	}
	if err := may(actor, ActionDocumentManage); err != nil {
		return Document{}, err
	}
	if d.State != state {
		return Document{}, E(CodeConflict, "document.not_"+string(state))
	}
	return d, nil
}

func agencyMap(tx DirectoryReader) (map[int64]Agency, error) {
	agencies, err := tx.Agencies()
	if err != nil {
		return nil, err
	}
	m := make(map[int64]Agency, len(agencies))
	for _, a := range agencies {
		m[a.ID] = a
	}
	return m, nil
}

func loadDirectory(tx DirectoryReader) (*directory.Directory, []Group, error) {
	agencies, err := tx.Agencies()
	if err != nil {
		return nil, nil, err
	}
	groups, err := tx.Groups()
	if err != nil {
		return nil, nil, err
	}
	aliases, err := tx.Aliases()
	if err != nil {
		return nil, nil, err
	}
	return directory.New(agencies, groups, aliases), groups, nil
}

// OpenFile opens a file of a document that the actor may read. The caller closes it.
func (s *Documents) OpenFile(ctx context.Context, actor Person, attachmentID int64) (Attachment, io.ReadSeekCloser, error) {
	var a Attachment
	err := s.Store.View(ctx, func(tx DocumentReader) (err error) {
		if a, err = tx.Attachment(attachmentID); err != nil {
			return err
		}
		if a.DocumentID == 0 {
			return ErrNotFound
		}
		if _, err = readable(tx, actor, a.DocumentID); err != nil {
			return err
		}
		closed, err := filesClosed(tx, actor, a.DocumentID)
		if closed {
			return errFileRestricted()
		}
		return err
	})
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("open attachment %d: %w", attachmentID, err)
	}
	f, err := s.Files.Open(a.Hash)
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("open attachment %d: %w", attachmentID, err)
	}
	return a, f, nil
}
