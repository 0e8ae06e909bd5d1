-- Who follows a document or a duty for the secretariat and among the leaders, and agencies' own mailboxes.

ALTER TABLE documents ADD COLUMN specialist_id BIGINT REFERENCES people (id);
ALTER TABLE documents ADD COLUMN leader_id BIGINT REFERENCES people (id);

-- Those named for the assignment itself; NULL: its document's hold.
ALTER TABLE assignments ADD COLUMN own_specialist_id BIGINT REFERENCES people (id);
ALTER TABLE assignments ADD COLUMN own_leader_id BIGINT REFERENCES people (id);
-- Those in force, for lists.
ALTER TABLE assignments ADD COLUMN specialist_id BIGINT REFERENCES people (id);
ALTER TABLE assignments ADD COLUMN leader_id BIGINT REFERENCES people (id);
CREATE INDEX assignments_specialist ON assignments (specialist_id, due, id) WHERE specialist_id IS NOT NULL;
CREATE INDEX assignments_leader ON assignments (leader_id, due, id) WHERE leader_id IS NOT NULL;

-- An agency's own address (văn thư), which gets copies of some kinds of mail.
CREATE TABLE mailboxes (
  agency_id BIGINT PRIMARY KEY REFERENCES agencies (id),
  address   TEXT NOT NULL, -- '' : none any more
  issued    INTEGER NOT NULL,
  overdue   INTEGER NOT NULL,
  version   BIGINT NOT NULL
);
-- Of a mail to such an address, which has no person: the agency.
ALTER TABLE mails ADD COLUMN mailbox_id BIGINT REFERENCES agencies (id);
