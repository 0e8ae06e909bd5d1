-- Letters of reminder and of criticism: drafts, and those that were issued, each with the duties that it lists.

CREATE TABLE letters (
  id           {{id}},
  kind         TEXT NOT NULL,
  state        TEXT NOT NULL,
  agency_id    BIGINT NOT NULL REFERENCES agencies (id),
  about        TEXT NOT NULL,
  words        TEXT NOT NULL,
  answer_by    TEXT, -- NULL: no day is named
  beyond       INTEGER NOT NULL, -- working days
  as_of        TEXT NOT NULL,
  head         TEXT NOT NULL, -- JSON: what stands at the head and the foot
  number       TEXT NOT NULL, -- '' of a draft
  dated        TEXT, -- the day that the paper bears; NULL of a draft
  made_by      BIGINT REFERENCES people (id),
  made_at      BIGINT NOT NULL,
  issued_by    BIGINT REFERENCES people (id),
  issued_at    BIGINT,
  withdrawn_by BIGINT REFERENCES people (id),
  withdrawn_at BIGINT,
  reason       TEXT NOT NULL,
  version      BIGINT NOT NULL
);
CREATE UNIQUE INDEX letters_draft ON letters (agency_id) WHERE state = 'draft'; -- one at a time
CREATE INDEX letters_agency ON letters (agency_id, id);
CREATE INDEX letters_dated ON letters (dated, id) WHERE dated IS NOT NULL;

CREATE TABLE letter_duties (
  letter_id     BIGINT NOT NULL REFERENCES letters (id),
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  due           TEXT NOT NULL,
  late          INTEGER NOT NULL, -- working days on the letter's day
  PRIMARY KEY (letter_id, assignment_id)
);
CREATE INDEX letter_duties_assignment ON letter_duties (assignment_id, letter_id);

CREATE TABLE letter_files (
  id         {{id}},
  letter_id  BIGINT NOT NULL REFERENCES letters (id),
  name       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  size       BIGINT NOT NULL,
  type       TEXT NOT NULL,
  created_by BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX letter_files_letter ON letter_files (letter_id, id);
CREATE INDEX letter_files_hash ON letter_files (hash);
