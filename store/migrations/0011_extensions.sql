-- Requests for a later deadline with what was decided on them, and corrections of mistyped deadlines.

CREATE TABLE extensions (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  agency_id     BIGINT NOT NULL REFERENCES agencies (id), -- the lead that asked
  person_id     BIGINT NOT NULL REFERENCES people (id),
  was           TEXT NOT NULL, -- the deadline in force when it was asked
  asked         TEXT NOT NULL,
  reason        TEXT NOT NULL,
  document      TEXT NOT NULL, -- number of the letter that asks
  at            BIGINT NOT NULL,
  outcome       TEXT NOT NULL, -- '' while it waits
  granted       TEXT,
  decided_by    BIGINT REFERENCES people (id),
  decided_at    BIGINT,
  authority     TEXT NOT NULL, -- by whose word, when not by that of who recorded it
  decision      TEXT NOT NULL, -- number of the document that decides
  answer        TEXT NOT NULL
);
CREATE INDEX extensions_assignment ON extensions (assignment_id, id);
CREATE UNIQUE INDEX extensions_waiting ON extensions (assignment_id) WHERE outcome = ''; -- one at a time

CREATE TABLE deadline_corrections (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  person_id     BIGINT REFERENCES people (id),
  was           TEXT NOT NULL,
  due           TEXT NOT NULL,
  of_first      INTEGER NOT NULL, -- 1: the first deadline itself was mistyped
  reason        TEXT NOT NULL,
  document      TEXT NOT NULL,
  at            BIGINT NOT NULL
);
CREATE INDEX deadline_corrections_assignment ON deadline_corrections (assignment_id, id);

-- The first deadline as a correction mended it; NULL when none had to. first_due stays as it was issued.
ALTER TABLE assignments ADD COLUMN first_mended TEXT;
