-- What a week keeps beside its figures, and the secretariat's words in its digest.

CREATE TABLE week_duties (
  monday        TEXT NOT NULL,
  list          TEXT NOT NULL,    -- extension, decline, long, finished or due
  position      INTEGER NOT NULL, -- within the list
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  request_id    BIGINT NOT NULL,  -- of the request for a later deadline or another lead; 0 in other lists
  days_late     INTEGER NOT NULL, -- working days
  day           TEXT,             -- the deadline as it was then
  asked         TEXT,             -- the deadline that was asked for
  times         INTEGER NOT NULL, -- how often the deadline had been extended
  PRIMARY KEY (monday, list, position)
);
CREATE INDEX week_duties_assignment ON week_duties (assignment_id);

-- How many there were of each list: it keeps the first of them only.
CREATE TABLE week_totals (
  monday TEXT NOT NULL,
  list   TEXT NOT NULL,
  total  INTEGER NOT NULL,
  PRIMARY KEY (monday, list)
);

CREATE TABLE forewords (
  monday    TEXT PRIMARY KEY,
  text      TEXT NOT NULL, -- '': taken away
  person_id BIGINT NOT NULL REFERENCES people (id),
  at        BIGINT NOT NULL,
  version   BIGINT NOT NULL
);
