-- Files that go along with a cooperating agency's part, or with an answer to a leader's word.

CREATE TABLE reply_files (
  id         {{id}},
  part_id    BIGINT REFERENCES contribution_parts (id),
  answer_id  BIGINT REFERENCES remark_answers (id),
  name       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  size       BIGINT NOT NULL,
  type       TEXT NOT NULL,
  created_by BIGINT REFERENCES people (id),
  created_at BIGINT NOT NULL,
  CHECK ((part_id IS NULL) <> (answer_id IS NULL))
);
CREATE INDEX reply_files_part ON reply_files (part_id, id) WHERE part_id IS NOT NULL;
CREATE INDEX reply_files_answer ON reply_files (answer_id, id) WHERE answer_id IS NOT NULL;
CREATE INDEX reply_files_hash ON reply_files (hash);

-- A report that waited for the head of an agency that leads the duty no more waits for nobody.
UPDATE reports SET outcome = 'lapsed' WHERE outcome = 'at_head' AND NOT EXISTS (SELECT 1 FROM assignment_agencies p
  WHERE p.assignment_id = reports.assignment_id AND p.agency_id = reports.agency_id AND p.part = 'lead');
