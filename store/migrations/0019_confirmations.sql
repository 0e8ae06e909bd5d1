-- How a submission is decided on: whether its evidence was looked at, whether the agency's head has to approve it first, and which duties
-- need no confirmation.

ALTER TABLE agencies ADD COLUMN head_approves INTEGER NOT NULL DEFAULT 0;

-- Who said that the duty needs no confirmation; NULL: it needs one.
ALTER TABLE drafts ADD COLUMN unconfirmed_by BIGINT REFERENCES people (id);
ALTER TABLE assignments ADD COLUMN unconfirmed_by BIGINT REFERENCES people (id);

ALTER TABLE reports ADD COLUMN evidence TEXT NOT NULL DEFAULT ''; -- pending, accepted, wanting; '' when there is none
ALTER TABLE reports ADD COLUMN evidence_words TEXT NOT NULL DEFAULT ''; -- what is wanting
ALTER TABLE reports ADD COLUMN evidence_by BIGINT REFERENCES people (id);
ALTER TABLE reports ADD COLUMN evidence_at BIGINT;
ALTER TABLE reports ADD COLUMN approved_by BIGINT REFERENCES people (id); -- the head, of a report that waited for him
ALTER TABLE reports ADD COLUMN approved_at BIGINT;
CREATE INDEX reports_at_head ON reports (agency_id, id) WHERE outcome = 'at_head';

-- That of the newest report with evidence, for lists.
ALTER TABLE assignments ADD COLUMN evidence TEXT;
CREATE INDEX assignments_evidence ON assignments (evidence, (due IS NULL), due, id) WHERE evidence IS NOT NULL;

-- What was confirmed was looked at.
UPDATE reports SET evidence = CASE
    WHEN (SELECT a.state FROM assignments a WHERE a.id = reports.assignment_id) = 'completed' THEN 'accepted' ELSE 'pending' END
  WHERE outcome <> 'withdrawn'
  AND (documents <> '' OR id IN (SELECT t.report_id FROM attachments t WHERE t.report_id IS NOT NULL));
UPDATE assignments SET evidence = (SELECT r.evidence FROM reports r WHERE r.id =
    (SELECT max(l.id) FROM reports l WHERE l.assignment_id = assignments.id AND l.evidence <> ''))
  WHERE id IN (SELECT r.assignment_id FROM reports r WHERE r.evidence <> '');
