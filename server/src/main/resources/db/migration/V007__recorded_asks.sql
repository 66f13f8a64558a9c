-- Every ask as it was judged: its facts, and who and what they were resolved to at that moment, so that rules can be tried
-- on what was really asked. Nothing is decided by it; it is read by time, and old rows are forgotten.
CREATE TABLE recorded_ask (
    org_id       text        NOT NULL,
    at           timestamptz NOT NULL,
    id           text        NOT NULL,
    subject_id   text        NOT NULL,
    subject_kind text        NOT NULL,
    caller_id    text        NOT NULL,
    caller_kind  text        NOT NULL,
    token_maker  text,
    owners       text[]      NOT NULL,
    accountable  text,
    authors      text[]      NOT NULL,
    action       text        NOT NULL,
    resource     jsonb       NOT NULL,
    place        jsonb       NOT NULL,
    digest       text        NOT NULL,
    reason       text,
    epoch        bigint      NOT NULL,
    decision     text        NOT NULL CHECK (decision IN ('permit', 'hold', 'deny')),
    code         text,
    rules        text[]      NOT NULL,
    request_id   text,
    opened       boolean     NOT NULL,
    PRIMARY KEY (org_id, at, id)
);

COMMENT ON COLUMN recorded_ask.place IS 'The resource''s parents as the directory had them: project, cluster, environments with their tiers';
COMMENT ON COLUMN recorded_ask.rules IS 'The rules that held it, as rule, version and binding';

GRANT SELECT, INSERT, DELETE ON recorded_ask TO countersign_app;
