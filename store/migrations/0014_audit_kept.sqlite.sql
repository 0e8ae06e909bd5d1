CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append only');
END;

CREATE TRIGGER audit_weeks_no_update BEFORE UPDATE ON audit_weeks
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append only');
END;

CREATE TRIGGER audit_weeks_no_delete BEFORE DELETE ON audit_weeks
BEGIN
  SELECT RAISE(ABORT, 'the audit trail is append only');
END;
