DROP TRIGGER audit_no_change ON audit;
