CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_weeks_no_change BEFORE UPDATE OR DELETE ON audit_weeks FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_weeks_no_truncate BEFORE TRUNCATE ON audit_weeks FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
