-- What a person has chosen about his mails.

-- The hour of the day at which he is reminded; 0: that of the job.
ALTER TABLE people ADD COLUMN remind_at SMALLINT NOT NULL DEFAULT 0;
-- 1: no summaries of his agencies' weeks and months.
ALTER TABLE people ADD COLUMN no_rollups SMALLINT NOT NULL DEFAULT 0;
