-- An office's running tracker that was taken over: the documents that its rows became, and of each draft what the tracker told of it.

CREATE TABLE takeovers (
  id         {{id}},
  name       TEXT NOT NULL, -- the file's
  hash       TEXT NOT NULL, -- SHA-256 of the file, which is not kept: it tells every agency's state
  rows_left  TEXT NOT NULL,
  created_by BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL
);

CREATE TABLE takeover_documents (
  document_id {{key}} REFERENCES documents (id),
  takeover_id BIGINT NOT NULL REFERENCES takeovers (id)
);
CREATE INDEX takeover_documents_takeover ON takeover_documents (takeover_id);

ALTER TABLE drafts ADD COLUMN taken TEXT NOT NULL DEFAULT '';
