-- Access: throttling that all instances share, devices that are known, sessions that stay ended.

-- A budget of tries that fills up again: see throttle.go in tasks. A row whose full_at has passed says the same as none.
CREATE TABLE throttles (
  bucket  TEXT PRIMARY KEY, -- SHA-256, so that no name and no address can be read here
  full_at BIGINT NOT NULL   -- system time
);
CREATE INDEX throttles_full ON throttles (full_at);

-- Browsers in which a person has signed in with his password.
CREATE TABLE devices (
  hash      TEXT NOT NULL, -- SHA-256 of the cookie's secret
  person_id BIGINT NOT NULL REFERENCES people (id),
  expires   BIGINT NOT NULL,
  PRIMARY KEY (hash, person_id)
);
CREATE INDEX devices_person ON devices (person_id);
CREATE INDEX devices_expires ON devices (expires);

-- An ended session stays until it would have run out, so that a request that was still running cannot bring it back to life.
ALTER TABLE sessions ADD COLUMN ended SMALLINT NOT NULL DEFAULT 0;
