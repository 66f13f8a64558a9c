-- Break-glass sessions, what was done in them, and what is owed after them.
ALTER TABLE organization
    ADD COLUMN breakglass_min_s           bigint  NOT NULL DEFAULT 1800 CHECK (breakglass_min_s > 0),
    ADD COLUMN breakglass_max_s           bigint  NOT NULL DEFAULT 14400,
    ADD COLUMN breakglass_closure_after_s bigint  NOT NULL DEFAULT 86400,
    ADD COLUMN breakglass_review_after_s  bigint  NOT NULL DEFAULT 259200,
    ADD COLUMN breakglass_blocks_next     text    NOT NULL DEFAULT 'nobody'
                                          CHECK (breakglass_blocks_next IN ('nobody', 'person', 'team'));

-- Which session a request's grant rests on instead of approvals, and the requirements that were not met.
ALTER TABLE request
    ADD COLUMN breakglass_session text,
    ADD COLUMN breakglass_name    text,
    ADD COLUMN bypassed           text[];
CREATE INDEX request_breakglass ON request (org_id, breakglass_session) WHERE breakglass_session IS NOT NULL;

CREATE TABLE breakglass_session (
    org_id           text        NOT NULL REFERENCES organization (org_id),
    id               text        NOT NULL,
    number           bigint      NOT NULL,
    owner_id         text        NOT NULL,
    reason           text        NOT NULL,
    incident         text        NOT NULL,
    closure_owner_id text        NOT NULL,
    actions          text[]      NOT NULL,
    target_levels    text[]      NOT NULL,
    target_ids       text[]      NOT NULL,
    duration_s       bigint      NOT NULL CHECK (duration_s > 0),
    opened_at        timestamptz NOT NULL,
    idempotency_key  text        NOT NULL,
    -- The lowest maximum of the organization since the opening, where it was below the duration.
    most_s           bigint,
    -- The request that gates its opening; its approval starts the session. Without one it starts when it is opened.
    request_id       text,
    -- What ended it before its time; written once.
    end_at           timestamptz,
    end_cause        text CHECK (end_cause IN ('revoked', 'owner-disabled', 'permission-taken', 'maximum-lowered')),
    end_by           text,
    end_note         text,
    -- Whether its end stands in the audit log, and when and why it ended.
    ended_at         timestamptz,
    ended_why        text,
    -- Bookkeeping of the reminders; nothing is decided by it.
    told_opened      boolean     NOT NULL DEFAULT false,
    told_ends_soon   boolean     NOT NULL DEFAULT false,
    told_idle_since  timestamptz,
    told_closure_due boolean     NOT NULL DEFAULT false,
    told_review_due  boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, number),
    FOREIGN KEY (org_id, request_id) REFERENCES request (org_id, id),
    CHECK ((end_at IS NULL) = (end_cause IS NULL)),
    CHECK (cardinality(target_levels) = cardinality(target_ids))
);
CREATE INDEX breakglass_session_owner ON breakglass_session (org_id, owner_id, number DESC);
CREATE INDEX breakglass_session_running ON breakglass_session (org_id) WHERE ended_at IS NULL;

-- What was done in a session: one row for each ask it let pass or that needed no approval.
CREATE TABLE breakglass_action (
    org_id        text        NOT NULL,
    session_id    text        NOT NULL,
    id            text        NOT NULL,
    at            timestamptz NOT NULL,
    subject_id    text        NOT NULL,
    caller_id     text        NOT NULL,
    action        text        NOT NULL,
    resource_type text        NOT NULL,
    resource_id   text        NOT NULL,
    resource_name text        NOT NULL,
    digest        text        NOT NULL,
    reason        text,
    request_id    text,
    PRIMARY KEY (org_id, session_id, id),
    FOREIGN KEY (org_id, session_id) REFERENCES breakglass_session (org_id, id),
    FOREIGN KEY (org_id, request_id) REFERENCES request (org_id, id)
);
CREATE UNIQUE INDEX breakglass_action_request ON breakglass_action (org_id, request_id) WHERE request_id IS NOT NULL;
CREATE INDEX breakglass_action_at ON breakglass_action (org_id, at DESC, id DESC);

CREATE TABLE breakglass_closure (
    org_id                text        NOT NULL,
    session_id            text        NOT NULL,
    incident              text        NOT NULL,
    reason_used           text        NOT NULL,
    remarks               text,
    preventive_action     text        NOT NULL,
    preventive_owner_id   text        NOT NULL,
    preventive_due        date        NOT NULL,
    evidence              text[]      NOT NULL,
    filed_by              text        NOT NULL,
    filed_at              timestamptz NOT NULL,
    PRIMARY KEY (org_id, session_id),
    FOREIGN KEY (org_id, session_id) REFERENCES breakglass_session (org_id, id)
);

CREATE TABLE breakglass_review (
    org_id      text        NOT NULL,
    session_id  text        NOT NULL,
    summary     text        NOT NULL,
    reviewed_by text        NOT NULL,
    reviewed_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, session_id),
    FOREIGN KEY (org_id, session_id) REFERENCES breakglass_session (org_id, id)
);

CREATE TABLE breakglass_verdict (
    org_id     text NOT NULL,
    session_id text NOT NULL,
    action_id  text NOT NULL,
    verdict    text NOT NULL CHECK (verdict IN ('justified', 'not-justified', 'follow-up')),
    note       text,
    PRIMARY KEY (org_id, session_id, action_id),
    FOREIGN KEY (org_id, session_id) REFERENCES breakglass_review (org_id, session_id),
    FOREIGN KEY (org_id, session_id, action_id) REFERENCES breakglass_action (org_id, session_id, id)
);

GRANT SELECT, INSERT, UPDATE ON breakglass_session TO countersign_app;
GRANT SELECT, INSERT ON breakglass_action, breakglass_closure, breakglass_review, breakglass_verdict TO countersign_app;
