package tasks

import "context"

// Upload is a file as somebody sent it, whole in memory: a secret one must never reach the disk (Luật 117/2025/QH15, art. 5(2)).
type Upload struct {
	Name string
	Data []byte
}

// Extraction is what a Reader proposes for one document: its head, the drafts of its duties, and each file's blocks.
type Extraction struct {
	Head   Head
	Drafts []Draft // without identifiers; parties unmapped
	Blocks [][]SourceBlock
	// Revisions are the earlier documents that this one says it replaces or amends, in the order in which it names them.
	Revisions []NamedRevision
}

// Reader reads the files of one document, body first. What a person can mend comes back as an Error: an unreadable file is named
// with the reason, a classified one refused.
type Reader interface {
	Read(ctx context.Context, files []Upload) (Extraction, error)
}
