-- Agencies that are merged, split or renamed on a day: who takes over from whom, what was chosen beforehand, and what it moved.

CREATE TABLE agency_changes (
  id           {{id}},
  kind         TEXT NOT NULL, -- merge, split, rename
  state        TEXT NOT NULL, -- draft, planned, applied, dropped
  day          TEXT NOT NULL, -- the first day of those that take over
  document     TEXT NOT NULL,
  reason       TEXT NOT NULL,
  predecessors TEXT NOT NULL, -- identifiers, as a list
  successors   TEXT NOT NULL, -- as a list: agencies that exist, or what one that is founded by it will be
  people       TEXT NOT NULL, -- to which of them people's grants go, where not to the first
  fold         INTEGER NOT NULL, -- 1: of a duty that one would have twice one assignment goes on
  moved        TEXT NOT NULL, -- what it moved, counted; '' before it was applied
  made_by      BIGINT REFERENCES people (id),
  made_at      BIGINT NOT NULL,
  decided_by   BIGINT REFERENCES people (id), -- who confirmed or dropped it
  decided_at   BIGINT,
  applied_at   BIGINT,
  version      BIGINT NOT NULL
);
CREATE INDEX agency_changes_planned ON agency_changes (day, id) WHERE state = 'planned';

-- Which of several that take over gets an assignment; without a row the first.
CREATE TABLE agency_change_choices (
  change_id     BIGINT NOT NULL REFERENCES agency_changes (id),
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  successor     INTEGER NOT NULL, -- its place among them
  PRIMARY KEY (change_id, assignment_id)
);
CREATE INDEX agency_change_choices_assignment ON agency_change_choices (assignment_id);
