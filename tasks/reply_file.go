package tasks

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// ReplyFile is a file that goes along with a cooperating agency's part, or with an answer to a leader's word. Whoever may read that may
// have the file.
type ReplyFile struct {
	PartID   int64 // 0 of one that goes along with an answer
	AnswerID int64 // 0 of one that goes along with a part
	Attachment
}

// ReplyFileWriter keeps such files.
type ReplyFileWriter interface {
	InsertReplyFile(f ReplyFile) (int64, error)
}

// replyFiles checks files that go along with a reply, and names them.
func (f *fields) replyFiles(files []Upload) []Upload {
	if len(files) > MaxReportFiles {
		f.add("files", "upload.too_many", strconv.Itoa(MaxReportFiles))
	}
	return f.evidence(files)
}

// insertReplyFiles writes the rows of files whose bytes were kept; of names what goes along with them.
func insertReplyFiles(tx AssignmentTx, kept []Attachment, partID, answerID int64) error {
	for _, a := range kept {
		if _, err := tx.InsertReplyFile(ReplyFile{PartID: partID, AnswerID: answerID, Attachment: a}); err != nil {
			return err
		}
	}
	return nil
}

// keepReplies keeps the bytes of files that go along with a reply, once nothing refuses it; the step asks check again. invalid is what is
// wrong with the form, for those who may reply.
func (s *Assignments) keepReplies(ctx context.Context, actor Person, id int64, files []Upload, check func(tx AssignmentReader, a Assignment) error) ([]Attachment, error) {
	if len(files) == 0 {
		return nil, nil
	}
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		return check(tx, a)
	})
	if err != nil {
		return nil, err
	}
	return s.keep(ctx, actor, files)
}

// OpenReplyFile opens a file of a contribution, or of an answer to a leader's word, on an assignment: as far as the actor may read those.
// The caller closes it.
func (s *Assignments) OpenReplyFile(ctx context.Context, actor Person, id, fileID int64) (Attachment, io.ReadSeekCloser, error) {
	var found Attachment
	err := s.Store.View(ctx, func(tx AssignmentReader) error {
		a, err := visible(tx, actor, id)
		if err != nil {
			return err
		}
		parts, err := s.contributionLines(tx, actor, a)
		if err != nil {
			return err
		}
		words, err := remarkLines(tx, actor, a)
		if err != nil {
			return err
		}
		for _, f := range filesOfReplies(parts, words) {
			if f.ID == fileID {
				found = f.Attachment
				return nil
			}
		}
		return ErrNotFound
	})
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("open file %d of a reply: %w", fileID, err)
	}
	f, err := s.Files.Open(found.Hash)
	if err != nil {
		return Attachment{}, nil, fmt.Errorf("open file %d of a reply: %w", fileID, err)
	}
	return found, f, nil
}

// filesOfReplies are the files of all that the lines hold.
func filesOfReplies(parts []ContributionLine, words []RemarkLine) []ReplyFile {
	var out []ReplyFile
	for _, l := range parts {
		for _, p := range l.Parts {
			out = slices.Concat(out, p.Files)
		}
	}
	for _, l := range words {
		for _, a := range l.Answers {
			out = slices.Concat(out, a.Files)
		}
	}
	return out
}
