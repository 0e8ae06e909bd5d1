package tasks

import (
	"context"
	"fmt"
	"time"
)

// AliasOrigin is how another name came into the directory: when, by whom, and at the review of which document; 0 when not at one.
type AliasOrigin struct {
	At         time.Time // business time; zero for names from before that was kept
	PersonID   int64     // 0: the program itself
	DocumentID int64
}

// LearntName is another name of an agency or group with its origin. Document is empty when it was not learnt at a review, or its document
// has been discarded.
type LearntName struct {
	Alias
	AliasOrigin
	Person   string
	Document DocumentName
}

// NameOrigin narrows a list of learnt names.
type NameOrigin string

const (
	NamesOfReview NameOrigin = ""      // learnt at the review of a document
	NamesByHand   NameOrigin = "other" // typed in, or loaded from the workbook
	NamesOfAll    NameOrigin = "all"
)

// LearntQuery asks for one page of learnt names, the newest first. Each of Words must begin a word of the name, without tone marks.
type LearntQuery struct {
	Words  string
	Origin NameOrigin
	After  string
	Limit  int
}

// LearntPage is one page; Total counts all that fit.
type LearntPage struct {
	Rows  []LearntName
	Next  string
	Total int
}

// LearntNames answers one page of the names that were learnt, with the documents at whose review they were.
func (s *Directory) LearntNames(ctx context.Context, actor Person, q LearntQuery) (LearntPage, error) {
	if err := may(actor, ActionDocumentManage); err != nil {
		return LearntPage{}, err
	}
	q.Limit = pageSize(q.Limit)
	var page LearntPage
	err := s.Store.View(ctx, func(tx DirectoryReader) (err error) {
		page, err = tx.LearntNames(q)
		return err
	})
	if err != nil {
		return LearntPage{}, fmt.Errorf("learnt names: %w", err)
	}
	return page, nil
}

// ForgetName undoes what was learnt: the next document in which the name stands asks for it again. Documents that are reviewed already,
// drafts too, stay as they are.
func (s *Directory) ForgetName(ctx context.Context, actor Person, id int64) error {
	if err := may(actor, ActionDocumentManage); err != nil {
		return err
	}
	return s.RemoveAlias(ctx, actor, id)
}
