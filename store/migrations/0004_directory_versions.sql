-- Two people who change the same agency or group at the same time: the second is told, as with people and documents.

ALTER TABLE agencies ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE agency_groups ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
