-- What is filtered by evidence most often is filtered by state too: with the state in the index no row is read to find that it is another.
DROP INDEX assignments_evidence;
CREATE INDEX assignments_evidence ON assignments (evidence, (due IS NULL), due, id, state) WHERE evidence IS NOT NULL;

-- In the order of the next report: the open notes by their day. Those that are answered alone are looked for by report; SQLite would else
-- find the open ones there too, in no order.
DROP INDEX cadence_notes_report;
CREATE INDEX cadence_notes_report ON cadence_notes (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX cadence_notes_awaited ON cadence_notes (due, assignment_id) WHERE report_id IS NULL;

-- States that few duties are in at a time, each in the order of deadlines. With OR, so that SQLite too sees of one of them that the index
-- serves.
CREATE INDEX assignments_passing ON assignments (state, (due IS NULL), due, id)
  WHERE state = 'returned' OR state = 'on_hold' OR state = 'cancelled';
