package store

import (
	"context"

	"tiendo/tasks"
)

const attachmentColumns = "t.id, t.document_id, t.report_id, t.name, t.hash, t.size, t.type, t.created_by, t.created_at"

func attachmentFields(a *tasks.Attachment) []any {
	return []any{&a.ID, ref{&a.DocumentID}, ref{&a.ReportID}, &a.Name, &a.Hash, &a.Size, &a.Type, ref{&a.CreatedBy}, instant{&a.CreatedAt}}
}

func readAttachment(r scanner) (tasks.Attachment, error) {
	var a tasks.Attachment
	err := r.Scan(attachmentFields(&a)...)
	return a, err
}

// Attachment implements tasks.DocumentReader and tasks.AssignmentReader.
func (tx *Tx) Attachment(id int64) (tasks.Attachment, error) {
	return one(tx, readAttachment, "SELECT "+attachmentColumns+" FROM attachments t WHERE t.id = $1", id)
}

// InsertAttachment implements tasks.DocumentTx and tasks.AssignmentTx; it belongs to a document or to a report, not to both.
func (tx *Tx) InsertAttachment(a tasks.Attachment) (int64, error) {
	return tx.insert(`INSERT INTO attachments (document_id, report_id, name, hash, size, type, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		refValue(a.DocumentID), refValue(a.ReportID), a.Name, a.Hash, a.Size, a.Type, refValue(a.CreatedBy), a.CreatedAt.UnixMilli())
}

// DocumentFiles implements tasks.DocumentReader and tasks.AssignmentReader.
func (tx *Tx) DocumentFiles(documentID int64, withBlocks bool) ([]tasks.DocumentFile, error) {
	blocks := "''"
	if withBlocks {
		blocks = "f.blocks"
	}
	return all(tx, func(r scanner) (tasks.DocumentFile, error) {
		var f tasks.DocumentFile
		fields := []any{&f.ID, &f.DocumentID, &f.Position, list[tasks.SourceBlock]{&f.Blocks}}
		err := r.Scan(append(fields, attachmentFields(&f.Attachment)...)...)
		return f, err
	}, "SELECT f.id, f.document_id, f.position, "+blocks+", "+attachmentColumns+
		" FROM document_files f JOIN attachments t ON t.id = f.attachment_id WHERE f.document_id = $1 ORDER BY f.position, f.id", documentID)
}

// InsertDocumentFile implements tasks.DocumentTx.
func (tx *Tx) InsertDocumentFile(f tasks.DocumentFile) (int64, error) {
	blocks, err := listValue(f.Blocks)
	if err != nil {
		return 0, err
	}
	return tx.insert("INSERT INTO document_files (document_id, position, attachment_id, blocks) VALUES ($1, $2, $3, $4)",
		f.DocumentID, f.Position, f.Attachment.ID, blocks)
}

// fileTables keep the hashes of uploads.
var fileTables = []string{"attachments", "reply_files", "consultation_letters", "letter_files"}

// FileReferenced tells whether any row's bytes have the hash: what Files.Sweep asks.
func (db *DB) FileReferenced(ctx context.Context, hash string) (bool, error) {
	var found bool
	err := db.View(ctx, func(tx *Tx) (err error) {
		for _, table := range fileTables {
			if found, err = tx.exists("SELECT 1 FROM "+table+" WHERE hash = $1", hash); err != nil || found {
				return err
			}
		}
		return nil
	})
	return found, err
}
