-- Secret addresses of people's calendars, saved views of the list of assignments, and what that list is filtered by quickly.

CREATE TABLE calendar_feeds (
  person_id   {{key}} REFERENCES people (id),
  hash        TEXT NOT NULL UNIQUE, -- SHA-256 of the secret in the address
  cooperating INTEGER NOT NULL, -- 1: with the duties in which the person's agencies only cooperate
  made_at     BIGINT NOT NULL
);

CREATE TABLE saved_views (
  id        {{id}},
  person_id BIGINT NOT NULL REFERENCES people (id),
  name      TEXT NOT NULL,
  query     TEXT NOT NULL, -- of the list's address
  shared    INTEGER NOT NULL, -- 1: the whole secretariat sees it
  at        BIGINT NOT NULL,
  UNIQUE (person_id, name)
);
CREATE INDEX saved_views_shared ON saved_views (id) WHERE shared = 1;

-- The view with which the list opens for a person; it may be somebody else's that is shared.
CREATE TABLE usual_views (
  person_id {{key}} REFERENCES people (id),
  view_id   BIGINT NOT NULL REFERENCES saved_views (id)
);
CREATE INDEX usual_views_view ON usual_views (view_id);

CREATE INDEX extensions_granted ON extensions (assignment_id) WHERE outcome = 'granted';
CREATE INDEX assignments_assigned ON assignments (assigned_at, id);
CREATE INDEX assignments_completed ON assignments (completed_at, id) WHERE completed_at IS NOT NULL;
