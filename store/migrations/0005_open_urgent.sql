-- The list that people open first: what is still open, by deadline. The other indexes in that order begin with years of finished work.

CREATE INDEX assignments_open_urgent ON assignments ((due IS NULL), due, id) WHERE state IN ('assigned', 'in_progress', 'returned');
