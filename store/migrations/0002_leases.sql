-- What one instance of the program does for all of them, as long as it says so in time.

CREATE TABLE leases (
  name       TEXT PRIMARY KEY,
  holder     TEXT NOT NULL,
  held_until BIGINT NOT NULL, -- system time
  beat       BIGINT           -- system time at which the work was last done, by whomever
);
