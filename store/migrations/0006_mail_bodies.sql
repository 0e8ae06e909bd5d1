-- A mail's bytes apart from its fate: each claim and each mark rewrites the row of the mail, and rewrote the bytes with it. A mail that
-- will not go again and held a one-time link has no bytes any more.

CREATE TABLE mail_bodies (
  mail_id {{key}} REFERENCES mails (id),
  raw     {{bytes}} NOT NULL
);
INSERT INTO mail_bodies (mail_id, raw) SELECT id, raw FROM mails ORDER BY id;
ALTER TABLE mails DROP COLUMN raw;

-- In the order of claiming: however many wait for their next try, those whose turn it is are found at once. The state leads so that
-- the index is preferred to the one of all states.
DROP INDEX mails_waiting;
CREATE INDEX mails_turn ON mails (state, next_try, id) WHERE state = 'waiting';
