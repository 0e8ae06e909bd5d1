-- Restricted duties: their words are for those who have a part in them, and for those who see the whole province.

ALTER TABLE drafts ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tasks_restricted ON tasks (document_id, id) WHERE restricted = 1;
CREATE INDEX drafts_restricted ON drafts (document_id, id) WHERE restricted = 1;

-- Of an item that agencies are asked about: whether its draft is restricted, and which agencies it names.
ALTER TABLE consultation_items ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE consultation_items ADD COLUMN parties TEXT NOT NULL DEFAULT '[]';
CREATE INDEX consultation_items_draft ON consultation_items (draft_id);
