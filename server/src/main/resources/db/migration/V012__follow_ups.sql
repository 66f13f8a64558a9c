-- What approvers ask to be done afterwards, what risk they took knowingly, and when those who are missing were reminded.
CREATE TABLE follow_up (
    org_id     text        NOT NULL,
    id         text        NOT NULL,
    request_id text        NOT NULL,
    number     bigint      NOT NULL,
    vote_id    text        NOT NULL,
    text       text        NOT NULL,
    owner_id   text        NOT NULL,
    due_on     date        NOT NULL,
    made_by    text        NOT NULL,
    made_at    timestamptz NOT NULL,
    done_at    timestamptz,
    done_by    text,
    done_note  text,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, request_id) REFERENCES request (org_id, id)
);
CREATE INDEX follow_up_due ON follow_up (org_id, due_on, id);
CREATE INDEX follow_up_open ON follow_up (org_id, due_on, id) WHERE done_at IS NULL;
CREATE INDEX follow_up_owner ON follow_up (org_id, owner_id, due_on, id);
CREATE INDEX follow_up_request ON follow_up (org_id, request_id);

ALTER TABLE vote ADD COLUMN risk_acknowledged text;
ALTER TABLE request ADD COLUMN reminded_at timestamptz;

GRANT SELECT, INSERT, UPDATE ON follow_up TO countersign_app;
