-- What a reviewer takes out of a draft document stays, to be brought back; who has a review open is told to the others.

ALTER TABLE drafts ADD COLUMN removed SMALLINT NOT NULL DEFAULT 0;

CREATE TABLE review_visits (
  document_id BIGINT NOT NULL REFERENCES documents (id),
  person_id   BIGINT NOT NULL REFERENCES people (id),
  at          BIGINT NOT NULL, -- system time of the last sign of life
  PRIMARY KEY (document_id, person_id)
);
