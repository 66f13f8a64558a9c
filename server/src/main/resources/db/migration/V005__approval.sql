-- Requests, votes, grants and executions.
CREATE TABLE payload (
    org_id     text        NOT NULL,
    digest     text        NOT NULL,
    media_type text        NOT NULL,
    bytes      bytea       NOT NULL,
    stored_at  timestamptz NOT NULL,
    PRIMARY KEY (org_id, digest)
);

CREATE TABLE request_number (
    org_id text   NOT NULL PRIMARY KEY,
    last   bigint NOT NULL
);

CREATE TABLE request (
    org_id              text        NOT NULL,
    id                  text        NOT NULL,
    number              bigint      NOT NULL,
    open_key            text        NOT NULL,
    open                boolean     NOT NULL,
    state               text        NOT NULL CHECK (state IN ('pending', 'approved', 'executing', 'executed', 'denied',
                                                              'expired', 'cancelled', 'grant-expired', 'revoked')),
    subject_id          text        NOT NULL,
    subject_kind        text        NOT NULL,
    caller_id           text        NOT NULL,
    caller_kind         text        NOT NULL,
    owners              text[]      NOT NULL,
    accountable         text,
    token_maker         text,
    authors             text[]      NOT NULL,
    action              text        NOT NULL,
    risk                text        NOT NULL,
    resource            jsonb       NOT NULL,
    resource_key        text        NOT NULL,
    resource_name       text        NOT NULL,
    project_ids         text[]      NOT NULL,
    environment_ids     text[]      NOT NULL,
    digest              text        NOT NULL,
    reason              text,
    requirements        jsonb       NOT NULL,
    rules_epoch         bigint      NOT NULL,
    review_at           timestamptz,
    opened_at           timestamptz NOT NULL,
    first_opened_at     timestamptz NOT NULL,
    deadline            timestamptz NOT NULL,
    grant_id            text,
    grant_made_at       timestamptz,
    grant_expires_at    timestamptz,
    grant_usable_until  timestamptz,
    execution_id        text,
    redeemer_id         text,
    redeemer_kind       text,
    redeemed_at         timestamptz,
    outcome             text,
    outcome_at          timestamptz,
    outcome_text        text,
    outcome_link        text,
    outcome_artifacts   jsonb,
    outcome_by          text,
    ended_at            timestamptz,
    ended_by            text,
    successor           text,
    supersedes          text,
    resubmits           text,
    search              text        NOT NULL,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, number)
);
CREATE UNIQUE INDEX request_open ON request (org_id, open_key) WHERE open;
CREATE INDEX request_pending ON request (org_id, number DESC) WHERE state = 'pending';
CREATE INDEX request_equal ON request (org_id, open_key, number DESC);
CREATE INDEX request_subject ON request (org_id, subject_id, number DESC);
CREATE INDEX request_due ON request (deadline) WHERE state = 'pending';
CREATE INDEX request_grant_due ON request (grant_expires_at) WHERE state = 'approved';
CREATE INDEX request_rules ON request (org_id, rules_epoch) WHERE state = 'pending';
CREATE INDEX request_review ON request (org_id, review_at) WHERE state = 'pending' AND review_at IS NOT NULL;
CREATE INDEX request_denied ON request (org_id, subject_id, action, ended_at) WHERE state = 'denied';
CREATE UNIQUE INDEX request_grant ON request (org_id, grant_id) WHERE grant_id IS NOT NULL;
CREATE UNIQUE INDEX request_resubmits ON request (org_id, resubmits) WHERE resubmits IS NOT NULL;
CREATE INDEX request_execution ON request (org_id, execution_id) WHERE execution_id IS NOT NULL;

CREATE TABLE vote (
    org_id        text        NOT NULL,
    request_id    text        NOT NULL,
    id            text        NOT NULL,
    person_id     text        NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('approve', 'deny')),
    note          text,
    digest        text        NOT NULL,
    at            timestamptz NOT NULL,
    teams         text[]      NOT NULL,
    all_teams     text[]      NOT NULL,
    org_roles     text[]      NOT NULL,
    requirements  text[]      NOT NULL,
    channel       text        NOT NULL,
    credential_id text        NOT NULL,
    ended_at      timestamptz,
    ended_how     text CHECK (ended_how IN ('withdrawn', 'struck', 'lapsed')),
    PRIMARY KEY (org_id, request_id, id),
    FOREIGN KEY (org_id, request_id) REFERENCES request (org_id, id)
);
-- INVARIANT Q2: one live vote for each person on each request, whatever the channel
CREATE UNIQUE INDEX vote_live ON vote (org_id, request_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX vote_person ON vote (org_id, person_id, at DESC);
CREATE INDEX vote_credential ON vote (org_id, credential_id) WHERE ended_at IS NULL;

-- Who might approve what is pending: one row for each person, team or role that a requirement names.
CREATE TABLE request_approver (
    org_id     text   NOT NULL,
    approver   text   NOT NULL,
    number     bigint NOT NULL,
    request_id text   NOT NULL,
    PRIMARY KEY (org_id, approver, number),
    FOREIGN KEY (org_id, request_id) REFERENCES request (org_id, id)
);
CREATE INDEX request_approver_request ON request_approver (org_id, request_id);

-- What was executed without a request, because no rule gated it.
CREATE TABLE execution (
    org_id            text        NOT NULL,
    execution_id      text        NOT NULL,
    caller_id         text        NOT NULL,
    subject_id        text        NOT NULL,
    action            text        NOT NULL,
    resource_key      text        NOT NULL,
    digest            text        NOT NULL,
    at                timestamptz NOT NULL,
    outcome           text,
    outcome_at        timestamptz,
    outcome_text      text,
    outcome_link      text,
    outcome_artifacts jsonb,
    PRIMARY KEY (org_id, execution_id)
);

GRANT SELECT, INSERT ON payload TO countersign_app;
GRANT SELECT, INSERT, UPDATE ON request_number, request, vote, execution TO countersign_app;
GRANT SELECT, INSERT, DELETE ON request_approver TO countersign_app;
