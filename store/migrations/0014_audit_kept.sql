-- The trail is sealed. Of two transactions that add to the same chain at the same moment one wins.
DROP INDEX audit_subject;
CREATE UNIQUE INDEX audit_chain ON audit (subject_kind, subject_id, position);

-- The audit page lists by time, chosen by who, what and for whom.
CREATE INDEX audit_time ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor_id, at, id);
CREATE INDEX audit_action ON audit (action, at, id);
CREATE INDEX audit_agency ON audit (agency_id, at, id) WHERE agency_id > 0;
