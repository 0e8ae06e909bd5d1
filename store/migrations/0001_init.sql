-- Written for every engine. What differs stands in double braces and comes from dialect.go. Instants are Unix milliseconds (BIGINT),
-- days are ISO text, yes and no are 1 and 0, lists that are only ever read whole are JSON.

CREATE TABLE agencies (
  id           {{id}},
  code         TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL, -- repeats across mergers
  short_name   TEXT NOT NULL,
  kind         TEXT NOT NULL,
  valid_from   TEXT,
  valid_to     TEXT,
  successor_id BIGINT REFERENCES agencies (id)
);

CREATE TABLE agency_groups (
  id   {{id}},
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

CREATE TABLE group_members (
  group_id   BIGINT NOT NULL REFERENCES agency_groups (id),
  position   INTEGER NOT NULL,
  agency_id  BIGINT NOT NULL REFERENCES agencies (id),
  valid_from TEXT,
  valid_to   TEXT,
  PRIMARY KEY (group_id, position)
);
CREATE INDEX group_members_agency ON group_members (agency_id);

CREATE TABLE aliases (
  id        {{id}},
  name      TEXT NOT NULL,
  agency_id BIGINT REFERENCES agencies (id),
  group_id  BIGINT REFERENCES agency_groups (id),
  CHECK ((agency_id IS NULL) <> (group_id IS NULL))
);
CREATE UNIQUE INDEX aliases_agency ON aliases (agency_id, name) WHERE agency_id IS NOT NULL;
CREATE UNIQUE INDEX aliases_group ON aliases (group_id, name) WHERE group_id IS NOT NULL;

CREATE TABLE people (
  id         {{id}},
  email      TEXT NOT NULL UNIQUE, -- in lower case
  name       TEXT NOT NULL,
  sort_name  {{folded}} NOT NULL,
  position   TEXT NOT NULL,
  phone      TEXT NOT NULL,
  language   TEXT NOT NULL,
  active     SMALLINT NOT NULL,
  epoch      BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  version    BIGINT NOT NULL
);
CREATE INDEX people_by_name ON people (sort_name, id);

CREATE TABLE person_words (
  word      {{folded}} NOT NULL,
  person_id BIGINT NOT NULL REFERENCES people (id),
  PRIMARY KEY (word, person_id)
){{keyed}};
CREATE INDEX person_words_person ON person_words (person_id);

CREATE TABLE grants (
  person_id BIGINT NOT NULL REFERENCES people (id),
  position  INTEGER NOT NULL,
  role      TEXT NOT NULL,
  agency_id BIGINT REFERENCES agencies (id),
  PRIMARY KEY (person_id, position)
);
CREATE INDEX grants_role ON grants (role, agency_id, person_id);
CREATE INDEX grants_agency ON grants (agency_id);

CREATE TABLE passwords (
  person_id BIGINT PRIMARY KEY REFERENCES people (id),
  hash      TEXT NOT NULL
);

CREATE TABLE tokens (
  hash      TEXT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES people (id),
  purpose   TEXT NOT NULL,
  expires   BIGINT NOT NULL
);
CREATE INDEX tokens_person ON tokens (person_id);

CREATE TABLE sessions (
  hash    TEXT PRIMARY KEY,
  data    {{bytes}} NOT NULL,
  expires BIGINT NOT NULL
);
CREATE INDEX sessions_expires ON sessions (expires);

CREATE TABLE documents (
  id          {{id}},
  kind        TEXT NOT NULL,
  number      TEXT NOT NULL,
  number_key  TEXT NOT NULL, -- without case and white space
  date        TEXT,
  issuer      TEXT NOT NULL,
  title       TEXT NOT NULL,
  year        INTEGER NOT NULL,
  state       TEXT NOT NULL,
  default_due TEXT,
  cadence     TEXT NOT NULL,
  created_by  BIGINT REFERENCES people (id),
  created_at  BIGINT NOT NULL,
  issued_by   BIGINT REFERENCES people (id),
  issued_at   BIGINT,
  version     BIGINT NOT NULL
);
CREATE INDEX documents_number ON documents (number_key);
CREATE INDEX documents_state ON documents (state, id);
CREATE INDEX documents_kind ON documents (kind, id);

CREATE TABLE document_words (
  word        {{folded}} NOT NULL,
  document_id BIGINT NOT NULL REFERENCES documents (id),
  PRIMARY KEY (word, document_id)
){{keyed}};
CREATE INDEX document_words_document ON document_words (document_id);

CREATE TABLE drafts (
  id            {{id}},
  document_id   BIGINT NOT NULL REFERENCES documents (id),
  position      INTEGER NOT NULL,
  ref           TEXT NOT NULL,
  section       TEXT NOT NULL,
  text          TEXT NOT NULL,
  deliverable   TEXT NOT NULL,
  criteria      TEXT NOT NULL,
  due_phrase    TEXT NOT NULL,
  due_kind      TEXT NOT NULL,
  due_date      TEXT,
  due_time      TEXT NOT NULL,
  due_rrule     TEXT NOT NULL,
  source_file   INTEGER NOT NULL,
  source_part   TEXT NOT NULL,
  source_block  INTEGER NOT NULL,
  source_row    INTEGER NOT NULL,
  deadline      TEXT,
  cadence       TEXT NOT NULL,
  leads         TEXT NOT NULL,
  joint         SMALLINT NOT NULL,
  cooperating   TEXT NOT NULL,
  doubts        TEXT NOT NULL,
  checked       SMALLINT NOT NULL,
  version       BIGINT NOT NULL
);
CREATE INDEX drafts_document ON drafts (document_id, position, id);

CREATE TABLE tasks (
  id            {{id}},
  document_id   BIGINT NOT NULL REFERENCES documents (id),
  position      INTEGER NOT NULL,
  ref           TEXT NOT NULL,
  section       TEXT NOT NULL,
  text          TEXT NOT NULL,
  deliverable   TEXT NOT NULL,
  criteria      TEXT NOT NULL,
  due_phrase    TEXT NOT NULL,
  due_kind      TEXT NOT NULL,
  due_date      TEXT,
  due_time      TEXT NOT NULL,
  due_rrule     TEXT NOT NULL,
  source_file   INTEGER NOT NULL,
  source_part   TEXT NOT NULL,
  source_block  INTEGER NOT NULL,
  source_row    INTEGER NOT NULL
);
CREATE INDEX tasks_document ON tasks (document_id, position, id);

CREATE TABLE assignments (
  id           {{id}},
  task_id      BIGINT NOT NULL REFERENCES tasks (id),
  document_id  BIGINT NOT NULL REFERENCES documents (id),
  state        TEXT NOT NULL,
  percent      INTEGER NOT NULL,
  first_due    TEXT,
  due          TEXT,
  due_version  INTEGER NOT NULL,
  due_set_on   TEXT,
  cadence      TEXT NOT NULL,
  submitted_on TEXT,
  assigned_at  BIGINT NOT NULL,
  completed_at BIGINT,
  version      BIGINT NOT NULL
);
CREATE INDEX assignments_task ON assignments (task_id);
CREATE INDEX assignments_document ON assignments (document_id);
CREATE INDEX assignments_urgent ON assignments ((due IS NULL), due, id);
CREATE INDEX assignments_waiting ON assignments ((submitted_on IS NULL), submitted_on, id);
CREATE INDEX assignments_open ON assignments (id) WHERE state IN ('assigned', 'in_progress', 'returned');

CREATE TABLE assignment_agencies (
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  agency_id     BIGINT NOT NULL REFERENCES agencies (id),
  part          TEXT NOT NULL,
  position      INTEGER NOT NULL,
  document_id   BIGINT NOT NULL REFERENCES documents (id), -- the assignment's: who sees a document is asked without a join
  PRIMARY KEY (assignment_id, agency_id)
){{keyed}};
CREATE INDEX assignment_agencies_agency ON assignment_agencies (agency_id, part, assignment_id);
CREATE INDEX assignment_agencies_document ON assignment_agencies (document_id, agency_id);

CREATE TABLE assignment_words (
  word          {{folded}} NOT NULL,
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  PRIMARY KEY (word, assignment_id)
){{keyed}};
CREATE INDEX assignment_words_assignment ON assignment_words (assignment_id);

CREATE TABLE reports (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  agency_id     BIGINT REFERENCES agencies (id),
  person_id     BIGINT REFERENCES people (id),
  kind          TEXT NOT NULL,
  percent       INTEGER NOT NULL,
  text          TEXT NOT NULL,
  documents     TEXT NOT NULL,
  at            BIGINT NOT NULL,
  day           TEXT NOT NULL,
  outcome       TEXT NOT NULL,
  decided_by    BIGINT REFERENCES people (id),
  decided_at    BIGINT,
  reason        TEXT NOT NULL
);
CREATE INDEX reports_assignment ON reports (assignment_id, id);

CREATE TABLE attachments (
  id          {{id}},
  document_id BIGINT REFERENCES documents (id),
  report_id   BIGINT REFERENCES reports (id),
  name        TEXT NOT NULL,
  hash        TEXT NOT NULL,
  size        BIGINT NOT NULL,
  type        TEXT NOT NULL,
  created_by  BIGINT REFERENCES people (id),
  created_at  BIGINT NOT NULL,
  CHECK ((document_id IS NULL) <> (report_id IS NULL))
);
CREATE INDEX attachments_document ON attachments (document_id);
CREATE INDEX attachments_report ON attachments (report_id);
CREATE INDEX attachments_hash ON attachments (hash);

CREATE TABLE document_files (
  id            {{id}},
  document_id   BIGINT NOT NULL REFERENCES documents (id),
  position      INTEGER NOT NULL,
  attachment_id BIGINT NOT NULL REFERENCES attachments (id),
  blocks        TEXT NOT NULL
);
CREATE INDEX document_files_document ON document_files (document_id, position, id);
CREATE INDEX document_files_attachment ON document_files (attachment_id);

CREATE TABLE cadence_notes (
  id            {{id}},
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  due           TEXT NOT NULL,
  report_id     BIGINT REFERENCES reports (id),
  answered_on   TEXT,
  UNIQUE (assignment_id, due)
);
CREATE INDEX cadence_notes_report ON cadence_notes (report_id);
CREATE INDEX cadence_notes_open ON cadence_notes (id) WHERE report_id IS NULL;

CREATE TABLE audit (
  id           {{id}},
  at           BIGINT NOT NULL,
  actor_id     BIGINT NOT NULL, -- 0: the program itself
  actor_name   TEXT NOT NULL,
  agency_id    BIGINT NOT NULL, -- 0: for the province
  action       TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id   BIGINT NOT NULL, -- no foreign key: the trail outlives its subject
  before       TEXT NOT NULL,
  after        TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, id);

CREATE TABLE notices (
  id           {{id}},
  kind         TEXT NOT NULL,
  event        TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id   BIGINT NOT NULL,
  agency_id    BIGINT NOT NULL, -- 0, not NULL, for none: NULL would make every row unique
  role         TEXT NOT NULL,
  person_id    BIGINT NOT NULL,
  occurrence   TEXT NOT NULL,
  day          TEXT,
  at           BIGINT NOT NULL,
  payload      TEXT NOT NULL,
  state        TEXT NOT NULL, -- open, composed, dropped
  UNIQUE (kind, subject_kind, subject_id, agency_id, role, person_id, occurrence)
);
CREATE INDEX notices_subject ON notices (subject_kind, subject_id);
CREATE INDEX notices_open ON notices (kind, id) WHERE state = 'open';

CREATE TABLE mails (
  id          {{id}},
  kind        TEXT NOT NULL,
  person_id   BIGINT REFERENCES people (id),
  sender      TEXT NOT NULL,
  recipient   TEXT NOT NULL,
  subject     TEXT NOT NULL,
  message_id  TEXT NOT NULL UNIQUE,
  document_id BIGINT REFERENCES documents (id),
  hold_until  BIGINT NOT NULL,
  expires_on  TEXT,
  created_at  BIGINT NOT NULL,
  state       TEXT NOT NULL,
  tries       INTEGER NOT NULL,
  next_try    BIGINT NOT NULL,
  last_error  TEXT NOT NULL,
  sent_at     BIGINT,
  lease_until BIGINT,            -- system time; of a mail that is being sent
  handed_out  SMALLINT NOT NULL, -- 1 from a claim until it is known that the server did not take it
  raw         {{bytes}} NOT NULL -- last: lists stop reading a row before it
);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_kind ON mails (kind, id);
CREATE INDEX mails_waiting ON mails (id) WHERE state = 'waiting';
CREATE INDEX mails_document ON mails (document_id);
CREATE INDEX mails_person ON mails (person_id);

CREATE TABLE mail_notices (
  mail_id   BIGINT NOT NULL REFERENCES mails (id),
  notice_id BIGINT NOT NULL REFERENCES notices (id),
  PRIMARY KEY (mail_id, notice_id)
){{keyed}};
CREATE INDEX mail_notices_notice ON mail_notices (notice_id);

CREATE TABLE mail_words (
  word    {{folded}} NOT NULL,
  mail_id BIGINT NOT NULL REFERENCES mails (id),
  PRIMARY KEY (word, mail_id)
){{keyed}};
CREATE INDEX mail_words_mail ON mail_words (mail_id);

CREATE TABLE job_runs (
  job TEXT PRIMARY KEY,
  at  BIGINT NOT NULL
);

CREATE TABLE week_figures (
  monday      TEXT NOT NULL,
  agency_id   BIGINT NOT NULL, -- 0: the province
  total       INTEGER NOT NULL,
  assigned    INTEGER NOT NULL,
  in_progress INTEGER NOT NULL,
  returned    INTEGER NOT NULL,
  waiting     INTEGER NOT NULL,
  completed   INTEGER NOT NULL,
  on_time     INTEGER NOT NULL,
  overdue     INTEGER NOT NULL,
  due_soon    INTEGER NOT NULL,
  due_week    INTEGER NOT NULL,
  no_deadline INTEGER NOT NULL,
  passed      INTEGER NOT NULL,
  PRIMARY KEY (monday, agency_id)
);

CREATE TABLE late_duties (
  monday        TEXT NOT NULL,
  position      INTEGER NOT NULL,
  assignment_id BIGINT NOT NULL REFERENCES assignments (id),
  days_late     INTEGER NOT NULL,
  PRIMARY KEY (monday, position)
);
CREATE INDEX late_duties_assignment ON late_duties (assignment_id);
