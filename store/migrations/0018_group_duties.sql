-- What cooperating agencies contribute to a duty, and who was urged to report on a duty that many agencies have.

CREATE TABLE contributions (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  agency_id     BIGINT NOT NULL REFERENCES agencies (id), -- the cooperating agency
  state         TEXT NOT NULL, -- asked, sent, accepted, not_needed
  round         INTEGER NOT NULL, -- how often it was asked for; 0: sent unasked
  asked_by      BIGINT REFERENCES people (id),
  asked_for     BIGINT REFERENCES agencies (id), -- the lead for which it was asked; NULL: by the secretariat
  asked_at      BIGINT,
  words         TEXT NOT NULL, -- what is asked
  due           TEXT,
  due_set_on    TEXT,
  nudged_on     TEXT, -- the last day on which the agency was reminded by hand
  closed_by     BIGINT REFERENCES people (id),
  closed_at     BIGINT,
  closing       TEXT NOT NULL -- what was said when it was accepted or needed no more
);
CREATE INDEX contributions_assignment ON contributions (assignment_id, id);
CREATE UNIQUE INDEX contributions_standing ON contributions (assignment_id, agency_id) WHERE state IN ('asked', 'sent'); -- one at a time
CREATE INDEX contributions_asked ON contributions (agency_id, due, id) WHERE state = 'asked';

-- What was sent, and between them the words with which it was asked for again.
CREATE TABLE contribution_parts (
  id              {{id}},
  contribution_id BIGINT NOT NULL REFERENCES contributions (id),
  again           INTEGER NOT NULL, -- 1: it was asked for again
  person_id       BIGINT REFERENCES people (id),
  words           TEXT NOT NULL,
  document        TEXT NOT NULL,
  due             TEXT, -- the day that asking again set
  at              BIGINT NOT NULL
);
CREATE INDEX contribution_parts_contribution ON contribution_parts (contribution_id, id);

CREATE TABLE nudges (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  day           TEXT NOT NULL,
  person_id     BIGINT REFERENCES people (id),
  at            BIGINT NOT NULL,
  UNIQUE (assignment_id, day)
);
