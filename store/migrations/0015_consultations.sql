-- Drafts that agencies are asked about: what was asked, frozen as it stood then, and what each agency answered.

CREATE TABLE consultations (
  id             {{id}},
  document_id    BIGINT REFERENCES documents (id), -- NULL once the draft was discarded
  kind           TEXT NOT NULL, -- of the document, its number and subject: as they were then
  number         TEXT NOT NULL,
  subject        TEXT NOT NULL,
  title          TEXT NOT NULL,
  note           TEXT NOT NULL,
  due            TEXT NOT NULL,
  files          TEXT NOT NULL, -- attachments of the document that go along
  opened_by      BIGINT REFERENCES people (id),
  opened_at      BIGINT NOT NULL,
  opened_on      TEXT NOT NULL,
  closed_by      BIGINT REFERENCES people (id),
  closed_at      BIGINT,
  closed_because TEXT NOT NULL, -- '' while open
  version        BIGINT NOT NULL
);
CREATE INDEX consultations_document ON consultations (document_id, id);
CREATE UNIQUE INDEX consultations_open ON consultations (document_id) WHERE closed_because = ''; -- one at a time

CREATE TABLE consultation_items (
  id              {{id}},
  consultation_id BIGINT NOT NULL REFERENCES consultations (id),
  position        INTEGER NOT NULL,
  draft_id        BIGINT NOT NULL, -- no foreign key: the draft may be merged or discarded
  ref             TEXT NOT NULL,
  section         TEXT NOT NULL,
  text            TEXT NOT NULL,
  deliverable     TEXT NOT NULL,
  leads           TEXT NOT NULL,
  cooperating     TEXT NOT NULL,
  phrase          TEXT NOT NULL,
  due             TEXT,
  cadence         TEXT NOT NULL
);
CREATE INDEX consultation_items_of ON consultation_items (consultation_id, position, id);

CREATE TABLE consultation_answers (
  consultation_id BIGINT NOT NULL REFERENCES consultations (id),
  agency_id       BIGINT NOT NULL REFERENCES agencies (id),
  number          TEXT NOT NULL, -- of the letter that answers
  saved_by        BIGINT REFERENCES people (id),
  saved_at        BIGINT,
  sent_on         TEXT, -- the day of the first answer; NULL while there is none
  sent_at         BIGINT, -- of the newest
  version         BIGINT NOT NULL,
  PRIMARY KEY (consultation_id, agency_id)
);
CREATE INDEX consultation_answers_agency ON consultation_answers (agency_id, consultation_id);

CREATE TABLE consultation_comments (
  id              {{id}},
  consultation_id BIGINT NOT NULL REFERENCES consultations (id),
  agency_id       BIGINT NOT NULL REFERENCES agencies (id),
  item_id         BIGINT REFERENCES consultation_items (id), -- NULL: on the whole
  stance          TEXT NOT NULL, -- agree, comment; '' not said yet
  text            TEXT NOT NULL,
  reply           TEXT NOT NULL, -- '' until the secretariat has replied
  reply_text      TEXT NOT NULL,
  reply_to        TEXT NOT NULL, -- the words that were replied to
  replied_by      BIGINT REFERENCES people (id),
  replied_at      BIGINT,
  version         BIGINT NOT NULL
);
CREATE UNIQUE INDEX consultation_comments_item ON consultation_comments (consultation_id, agency_id, item_id) WHERE item_id IS NOT NULL;
CREATE UNIQUE INDEX consultation_comments_whole ON consultation_comments (consultation_id, agency_id) WHERE item_id IS NULL;
