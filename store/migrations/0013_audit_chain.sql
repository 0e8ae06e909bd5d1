-- The trail of each subject is a chain: a row holds the SHA-256 over the seal of the row before it and its own content (see chain.go in
-- tasks). The rows from before get theirs from a step in Go behind this migration; until the next one their table may be changed.

ALTER TABLE audit ADD COLUMN position BIGINT; -- in the chain of its subject, from 1
ALTER TABLE audit ADD COLUMN seal {{bytes}};

-- Each Monday the newest seals of all chains that have grown are sealed together, up to the row last_id, behind the Monday before.
CREATE TABLE audit_weeks (
  monday  TEXT PRIMARY KEY, -- '' for the rows from before there were seals
  last_id BIGINT NOT NULL,
  chains  BIGINT NOT NULL,  -- that have grown since the Monday before
  seal    {{bytes}} NOT NULL,
  at      BIGINT NOT NULL
);
