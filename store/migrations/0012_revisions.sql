-- Which earlier document one replaces or amends, and what a person decided about the duties of that.

ALTER TABLE documents ADD COLUMN revises_id BIGINT REFERENCES documents (id);
ALTER TABLE documents ADD COLUMN revises_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN revises_choices TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_revises ON documents (revises_id);
