-- When deadlines are reminded of, where it was set otherwise than in the program's settings: for the province, a document or a duty.

CREATE TABLE ladders (
  subject_kind TEXT NOT NULL, -- province, document, task
  subject_id   BIGINT NOT NULL, -- 0 of the province
  ladder       TEXT NOT NULL, -- JSON; '' when it was taken away again: that of the level above holds
  set_on       TEXT NOT NULL, -- no step of an earlier day is told by it
  version      BIGINT NOT NULL,
  PRIMARY KEY (subject_kind, subject_id)
){{keyed}};
