-- What an agency's lists choose and sort by stands beside the agency, so that an index finds a page in its order however many
-- assignments the agency has. A copy of the assignment's own columns, changed with them.

ALTER TABLE assignment_agencies ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE assignment_agencies ADD COLUMN due {{folded}} NOT NULL DEFAULT '~'; -- '~', behind every day, without a deadline
ALTER TABLE assignment_agencies ADD COLUMN submitted_on {{folded}};
DROP INDEX assignment_agencies_agency;
UPDATE assignment_agencies SET (state, due, submitted_on) =
  (SELECT a.state, coalesce(a.due, '~'), a.submitted_on FROM assignments a WHERE a.id = assignment_agencies.assignment_id);
-- The last two so that counting needs no row.
CREATE INDEX assignment_agencies_list ON assignment_agencies (agency_id, part, state, due, assignment_id, submitted_on, document_id);

-- Whether an assignment has a word is asked of many assignments one by one: with the word in the index no row is read for it.
DROP INDEX assignment_words_assignment;
CREATE INDEX assignment_words_assignment ON assignment_words (assignment_id, word);
