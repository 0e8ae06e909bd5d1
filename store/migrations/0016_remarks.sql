-- A leader's words on a duty, and the answers to them. The person of a word gave it himself, unless authority names whose it is.

CREATE TABLE remarks (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL,
  person_id     BIGINT REFERENCES people (id),
  position      TEXT NOT NULL, -- of the person when he gave it
  authority     TEXT NOT NULL,
  document      TEXT NOT NULL,
  words         TEXT NOT NULL,
  due           TEXT, -- by when to answer; NULL: no day was named
  due_set_on    TEXT,
  wide          INTEGER NOT NULL, -- 1: the cooperating agencies are told too
  round         INTEGER NOT NULL, -- 1; grows each time it is asked again
  at            BIGINT NOT NULL,
  closed_by     BIGINT REFERENCES people (id),
  closed_at     BIGINT,
  closing       TEXT NOT NULL
);
CREATE INDEX remarks_assignment ON remarks (assignment_id, id);
CREATE INDEX remarks_standing ON remarks (state, due, id) WHERE state IN ('open', 'answered');

-- Answers, and between them the words with which it was asked again.
CREATE TABLE remark_answers (
  id         {{id}},
  remark_id  BIGINT NOT NULL REFERENCES remarks (id),
  agency_id  BIGINT REFERENCES agencies (id), -- the lead that answers; NULL: it was asked again
  person_id  BIGINT REFERENCES people (id),
  authority  TEXT NOT NULL,
  words      TEXT NOT NULL,
  document   TEXT NOT NULL,
  due        TEXT, -- the day that asking again set
  at         BIGINT NOT NULL
);
CREATE INDEX remark_answers_remark ON remark_answers (remark_id, id);
