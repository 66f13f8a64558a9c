-- What was executed without a request can be listed, and one whose outcome nobody told is settled by a person.
ALTER TABLE execution ADD COLUMN resource_name text, ADD COLUMN outcome_by text;
UPDATE execution SET resource_name = resource_key;
ALTER TABLE execution ALTER COLUMN resource_name SET NOT NULL;
CREATE INDEX execution_at ON execution (org_id, at DESC, execution_id DESC);
CREATE INDEX execution_open ON execution (org_id, at DESC, execution_id DESC) WHERE outcome IS NULL;
