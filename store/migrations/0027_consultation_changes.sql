-- What may happen to a consultation after it was opened: its day is moved, agencies are added, answers come on paper, replies are published.

ALTER TABLE consultations ADD COLUMN due_set_on TEXT; -- the day on which the day was moved; NULL: it is that of the opening
ALTER TABLE consultations ADD COLUMN published_by BIGINT REFERENCES people (id);
ALTER TABLE consultations ADD COLUMN published_at BIGINT; -- when replies were last published; NULL: agencies see none

ALTER TABLE consultation_answers ADD COLUMN asked_on TEXT; -- of an agency that was added; NULL: asked at the opening
ALTER TABLE consultation_answers ADD COLUMN asked_why TEXT NOT NULL DEFAULT '';
ALTER TABLE consultation_answers ADD COLUMN letter_on TEXT; -- the day of the letter that the secretariat recorded; NULL: the agency answered here
ALTER TABLE consultation_answers ADD COLUMN recorded_by BIGINT REFERENCES people (id);

-- The files of letters that were recorded.
CREATE TABLE consultation_letters (
  id              {{id}},
  consultation_id BIGINT NOT NULL REFERENCES consultations (id),
  agency_id       BIGINT NOT NULL REFERENCES agencies (id),
  name            TEXT NOT NULL,
  hash            TEXT NOT NULL,
  size            BIGINT NOT NULL,
  type            TEXT NOT NULL,
  created_by      BIGINT REFERENCES people (id),
  created_at      BIGINT NOT NULL
);
CREATE INDEX consultation_letters_of ON consultation_letters (consultation_id, agency_id, id);
CREATE INDEX consultation_letters_hash ON consultation_letters (hash);

-- Everybody who wrote an agency's answer, be it that another has saved it since.
CREATE TABLE consultation_authors (
  consultation_id BIGINT NOT NULL REFERENCES consultations (id),
  agency_id       BIGINT NOT NULL REFERENCES agencies (id),
  person_id       BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (consultation_id, agency_id, person_id)
);
INSERT INTO consultation_authors (consultation_id, agency_id, person_id)
  SELECT consultation_id, agency_id, saved_by FROM consultation_answers WHERE saved_by IS NOT NULL
  UNION
  SELECT e.subject_id, e.agency_id, e.actor_id FROM audit e
    JOIN consultation_answers a ON a.consultation_id = e.subject_id AND a.agency_id = e.agency_id
    WHERE e.subject_kind = 'consultation' AND e.action IN ('consultation.saved', 'consultation.answered') AND e.actor_id IN (SELECT id FROM people);
