package store

import "tiendo/tasks"

const replyFileColumns = "f.id, f.part_id, f.answer_id, f.name, f.hash, f.size, f.type, f.created_by, f.created_at"

func readReplyFile(r scanner) (tasks.ReplyFile, error) {
	var f tasks.ReplyFile
	err := r.Scan(&f.ID, ref{&f.PartID}, ref{&f.AnswerID}, &f.Name, &f.Hash, &f.Size, &f.Type, ref{&f.CreatedBy}, instant{&f.CreatedAt})
	return f, err
}

// PartFiles implements tasks.ContributionReader.
func (tx *Tx) PartFiles(assignmentID int64) ([]tasks.ReplyFile, error) {
	return all(tx, readReplyFile, "SELECT "+replyFileColumns+` FROM reply_files f JOIN contribution_parts p ON p.id = f.part_id
		JOIN contributions c ON c.id = p.contribution_id WHERE c.assignment_id = $1 ORDER BY f.id`, assignmentID)
}

// AnswerFiles implements tasks.RemarkReader.
func (tx *Tx) AnswerFiles(assignmentID int64) ([]tasks.ReplyFile, error) {
	return all(tx, readReplyFile, "SELECT "+replyFileColumns+` FROM reply_files f JOIN remark_answers n ON n.id = f.answer_id
		JOIN remarks r ON r.id = n.remark_id WHERE r.assignment_id = $1 ORDER BY f.id`, assignmentID)
}

// InsertReplyFile implements tasks.ReplyFileWriter; it belongs to a part or to an answer, not to both.
func (tx *Tx) InsertReplyFile(f tasks.ReplyFile) (int64, error) {
	return tx.insert(`INSERT INTO reply_files (part_id, answer_id, name, hash, size, type, created_by, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		refValue(f.PartID), refValue(f.AnswerID), f.Name, f.Hash, f.Size, f.Type, refValue(f.CreatedBy), f.CreatedAt.UnixMilli())
}
