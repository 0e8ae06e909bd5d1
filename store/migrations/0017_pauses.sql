-- What rests or was taken back, what a lead does not want to do, and who has led what.

CREATE TABLE pauses (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  kind          TEXT NOT NULL, -- hold, cancel, or close (at the end of a year)
  was           TEXT NOT NULL, -- the state before
  since         TEXT NOT NULL,
  person_id     BIGINT REFERENCES people (id),
  at            BIGINT NOT NULL,
  reason        TEXT NOT NULL,
  document      TEXT NOT NULL,
  authority     TEXT NOT NULL, -- by whose word, when not by that of who recorded it
  lifted_on     TEXT,          -- NULL while it lasts
  lifted_by     BIGINT REFERENCES people (id),
  lifted_at     BIGINT,
  lifted_reason TEXT NOT NULL,
  lifted_document TEXT NOT NULL,
  lifted_authority TEXT NOT NULL
);
CREATE INDEX pauses_assignment ON pauses (assignment_id, id);
CREATE UNIQUE INDEX pauses_lasting ON pauses (assignment_id, kind) WHERE lifted_on IS NULL;

CREATE TABLE declines (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  agency_id     BIGINT NOT NULL REFERENCES agencies (id), -- the lead that asks
  person_id     BIGINT NOT NULL REFERENCES people (id),
  proposed_id   BIGINT REFERENCES agencies (id),          -- who should lead in its opinion
  reason        TEXT NOT NULL,
  document      TEXT NOT NULL,
  at            BIGINT NOT NULL,
  outcome       TEXT NOT NULL, -- '' while it waits
  decided_by    BIGINT REFERENCES people (id),
  decided_at    BIGINT,
  authority     TEXT NOT NULL,
  decision      TEXT NOT NULL,
  answer        TEXT NOT NULL
);
CREATE INDEX declines_assignment ON declines (assignment_id, id);
CREATE UNIQUE INDEX declines_waiting ON declines (assignment_id) WHERE outcome = ''; -- one at a time

CREATE TABLE reassignments (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  decline_id    BIGINT REFERENCES declines (id), -- the request that it answers
  person_id     BIGINT REFERENCES people (id),
  at            BIGINT NOT NULL,
  day           TEXT NOT NULL,
  leads_before       TEXT NOT NULL, -- identifiers of agencies, as a list
  leads_after        TEXT NOT NULL,
  cooperating_before TEXT NOT NULL,
  cooperating_after  TEXT NOT NULL,
  due_before    TEXT,
  due_after     TEXT,
  reason        TEXT NOT NULL,
  document      TEXT NOT NULL,
  authority     TEXT NOT NULL
);
CREATE INDEX reassignments_assignment ON reassignments (assignment_id, id);

-- Who has led an assignment and does no more, for lists and rates of that time.
CREATE TABLE former_leads (
  assignment_id   BIGINT NOT NULL REFERENCES assignments (id),
  agency_id       BIGINT NOT NULL REFERENCES agencies (id),
  since           TEXT NOT NULL,
  until           TEXT NOT NULL, -- the day on which another took over
  reassignment_id BIGINT NOT NULL REFERENCES reassignments (id),
  PRIMARY KEY (assignment_id, agency_id, reassignment_id)
);
CREATE INDEX former_leads_agency ON former_leads (agency_id, assignment_id);

-- What moved a deadline without a lead's request: a hold that ended, a year that ended, another lead. '' is a request.
ALTER TABLE extensions ADD COLUMN origin TEXT NOT NULL DEFAULT '';
