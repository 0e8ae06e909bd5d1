-- The province's calendar: the days that are not as any of their week.

CREATE TABLE working_days (
  day     TEXT PRIMARY KEY,
  working INTEGER NOT NULL, -- 1: a day of a weekend that is worked; 0: a day off
  name    TEXT NOT NULL,
  pending INTEGER NOT NULL -- 1: announced, not in force: it waits for a person's yes
);

-- How often the table was written, in one row; without it never.
CREATE TABLE working_days_version (
  id      INTEGER PRIMARY KEY,
  version BIGINT NOT NULL
);
