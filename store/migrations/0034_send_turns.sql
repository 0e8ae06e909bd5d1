-- When mails were handed to the mail server in the last hour: what its limits a minute and an hour are kept by, over all instances. Empty
-- where no limit is set.
CREATE TABLE send_turns (
  id {{id}},
  at BIGINT NOT NULL -- system time
);
CREATE INDEX send_turns_at ON send_turns (at);
