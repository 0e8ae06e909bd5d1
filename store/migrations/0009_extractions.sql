-- What was read in a document, as it was proposed, kept beside what people made of it; written once.

CREATE TABLE extractions (
  document_id {{key}} REFERENCES documents (id),
  at          BIGINT NOT NULL,
  head        TEXT NOT NULL,
  drafts      TEXT NOT NULL
);

-- Who taught which other name, and at whose review. No foreign key to the document: the name outlives a draft that is discarded.
ALTER TABLE aliases ADD COLUMN learnt_at BIGINT;
ALTER TABLE aliases ADD COLUMN learnt_by BIGINT REFERENCES people (id);
ALTER TABLE aliases ADD COLUMN learnt_from BIGINT;

-- Names from before: the trail knows who and when. The answer at a review is the row behind, of the same moment.
UPDATE aliases SET
  learnt_at = (SELECT max(a.at) FROM audit a WHERE a.subject_kind = 'alias' AND a.subject_id = aliases.id AND a.action = 'alias.added'),
  learnt_by = (SELECT max(p.id) FROM audit a JOIN people p ON p.id = a.actor_id
    WHERE a.subject_kind = 'alias' AND a.subject_id = aliases.id AND a.action = 'alias.added'),
  learnt_from = (SELECT max(m.subject_id) FROM audit a JOIN audit m ON m.id = a.id + 1 AND m.at = a.at AND m.actor_id = a.actor_id
    WHERE a.subject_kind = 'alias' AND a.subject_id = aliases.id AND a.action = 'alias.added'
    AND m.subject_kind = 'document' AND m.action = 'document.name_mapped');
