-- Since when nobody can meet a pending request, and by which people and rules that was last looked at.
ALTER TABLE request
    ADD COLUMN unsatisfiable_since timestamptz,
    ADD COLUMN outlook_epoch       bigint NOT NULL DEFAULT 0;

CREATE INDEX request_outlook ON request (org_id, outlook_epoch) WHERE state = 'pending';
