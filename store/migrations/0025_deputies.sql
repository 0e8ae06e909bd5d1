-- Who acts for whom on which days.

CREATE TABLE deputies (
  id          {{id}},
  person_id   BIGINT NOT NULL REFERENCES people (id),
  deputy_id   BIGINT NOT NULL REFERENCES people (id),
  from_day    TEXT NOT NULL,
  to_day      TEXT NOT NULL, -- the last day
  reason      TEXT NOT NULL,
  keeps_mails INTEGER NOT NULL, -- 1: the person gets his mails as well
  made_by     BIGINT REFERENCES people (id), -- NULL: the program itself
  made_at     BIGINT NOT NULL,
  ended_by    BIGINT REFERENCES people (id),
  ended_at    BIGINT, -- when it was ended before its last day
  version     BIGINT NOT NULL
);
CREATE INDEX deputies_person ON deputies (person_id, to_day);
CREATE INDEX deputies_deputy ON deputies (deputy_id, to_day);
CREATE INDEX deputies_to_come ON deputies (to_day) WHERE ended_at IS NULL;

-- For whom the recipient of a mail stood in: it is the other's mail.
ALTER TABLE mails ADD COLUMN instead_of BIGINT REFERENCES deputies (id);
CREATE INDEX mails_instead ON mails (instead_of) WHERE instead_of IS NOT NULL;
