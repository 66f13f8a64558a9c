-- What was executed without a request can be listed, and one whose outcome nobody told is settled by a person.
ALTER TABLE execution ADD COLUMN resource_name text, ADD COLUMN outcome_by text;
CREATE INDEX execution_at ON execution (org_id, at DESC, execution_id DESC);
CREATE INDEX execution_open ON execution (org_id, at DESC, execution_id DESC) WHERE outcome IS NULL;
