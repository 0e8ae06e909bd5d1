-- Duties that come again: a series of assignments, one a period for each who has the duty.

CREATE TABLE series (
  id         {{id}},
  task_id    BIGINT NOT NULL UNIQUE REFERENCES tasks (id),
  rule       TEXT NOT NULL, -- RFC 5545, a rule a line
  ahead      INTEGER NOT NULL, -- how many working days before its day a period is opened
  until      TEXT,             -- the last day on which a period may end; NULL: as the rule says
  settled    TEXT NOT NULL,    -- no period that ends on this day or before is opened any more
  ended_on   TEXT,             -- NULL while it goes on
  ended_by   BIGINT REFERENCES people (id),
  reason     TEXT NOT NULL,    -- why it ended, or was changed last
  version    BIGINT NOT NULL
);
CREATE INDEX series_lasting ON series (id) WHERE ended_on IS NULL;

-- Each period that was opened, once.
CREATE TABLE series_periods (
  series_id BIGINT NOT NULL REFERENCES series (id),
  due       TEXT NOT NULL,
  since     TEXT NOT NULL, -- its first day
  span      TEXT NOT NULL, -- by what it is called: week, month, quarter, half, year; '' by its day
  opened_on TEXT NOT NULL,
  PRIMARY KEY (series_id, due)
);

ALTER TABLE assignments ADD COLUMN series_id BIGINT REFERENCES series (id);
ALTER TABLE assignments ADD COLUMN period_since TEXT;
ALTER TABLE assignments ADD COLUMN period_due TEXT;
ALTER TABLE assignments ADD COLUMN period_span TEXT;
CREATE INDEX assignments_series ON assignments (series_id, period_due) WHERE series_id IS NOT NULL;

-- How many working days ahead the periods of a duty are opened, each an assignment of its own; 0: one assignment for all.
ALTER TABLE drafts ADD COLUMN opens INTEGER NOT NULL DEFAULT 0;
