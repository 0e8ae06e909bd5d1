-- Mails that came back, and people whose mails do.

ALTER TABLE people ADD COLUMN unreachable_since BIGINT; -- since when mails to the address come back; NULL: they arrive, as far as is known

CREATE TABLE bounces (
  mail_id   BIGINT NOT NULL REFERENCES mails (id),
  day       TEXT NOT NULL, -- on which the mail went
  person_id BIGINT REFERENCES people (id), -- NULL: an agency's mailbox
  address   TEXT NOT NULL, -- to which it went, in lower case
  at        BIGINT NOT NULL, -- when the report was taken, business time
  status    TEXT NOT NULL, -- RFC 3463, or empty
  words     TEXT NOT NULL, -- of the far server
  counts    SMALLINT NOT NULL, -- 0: the person was found to be reachable since
  PRIMARY KEY (mail_id, day)
);
CREATE INDEX bounces_person ON bounces (person_id, at);
CREATE INDEX bounces_counting ON bounces (person_id) WHERE counts = 1;

-- By which an agency learns of a duty that came to it after the issue: who was not reached is asked of these.
CREATE INDEX notices_giving ON notices (subject_id, agency_id) WHERE event IN ('given', 'inherited', 'period_opened');
