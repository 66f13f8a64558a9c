-- Approval policy templates in versions, and what binds them.
CREATE TABLE template (
    org_id          text        NOT NULL,
    id              text        NOT NULL,
    name            text        NOT NULL,
    current_version integer     NOT NULL,
    created_by      text        NOT NULL,
    created_at      timestamptz NOT NULL,
    archived_by     text,
    archived_at     timestamptz,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX template_live_name ON template (org_id, lower(name)) WHERE archived_at IS NULL;

CREATE TABLE template_version (
    org_id        text        NOT NULL,
    template_id   text        NOT NULL,
    version       integer     NOT NULL,
    spec          jsonb       NOT NULL,
    warnings      jsonb       NOT NULL,
    author        text        NOT NULL,
    saved_at      timestamptz NOT NULL,
    superseded_by text,
    superseded_at timestamptz,
    PRIMARY KEY (org_id, template_id, version),
    FOREIGN KEY (org_id, template_id) REFERENCES template (org_id, id)
);

CREATE TABLE binding (
    org_id           text        NOT NULL,
    id               text        NOT NULL,
    template_id      text        NOT NULL,
    level            text        NOT NULL CHECK (level IN ('organization', 'project', 'cluster', 'environment')),
    target_id        text,
    environment_name text,
    actions          text[]      NOT NULL,
    created_by       text        NOT NULL,
    created_at       timestamptz NOT NULL,
    ended_by         text,
    ended_at         timestamptz,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, template_id) REFERENCES template (org_id, id)
);
CREATE INDEX binding_live ON binding (org_id, template_id) WHERE ended_at IS NULL;
CREATE INDEX binding_ended ON binding (org_id, ended_at) WHERE ended_at IS NOT NULL;

-- The epoch at which the rules of an organization last changed.
CREATE TABLE policy_epoch (
    org_id text   NOT NULL PRIMARY KEY,
    epoch  bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON template, template_version, binding, policy_epoch TO countersign_app;
