-- Who there is, what there is, and who may do what; every row keeps who made it and when, because eligibility asks.

CREATE TABLE organization (
    org_id              text PRIMARY KEY,
    handle              text        NOT NULL UNIQUE,
    name                text        NOT NULL,
    created_at          timestamptz NOT NULL,
    set_up_ended_at     timestamptz,
    set_up_ended_why    text,
    zone                text        NOT NULL DEFAULT 'UTC',
    stale_after_s       bigint      NOT NULL DEFAULT 86400,
    denial_memory_s     bigint      NOT NULL DEFAULT 86400,
    own_change_window_s bigint      NOT NULL DEFAULT 86400,
    vote_reason_required text       NOT NULL DEFAULT 'never'
        CHECK (vote_reason_required IN ('never', 'on-deny', 'always')),
    asks_per_minute     integer     NOT NULL DEFAULT 120,
    payload_limit_bytes bigint      NOT NULL DEFAULT 16777216,
    outcome_after_s     bigint      NOT NULL DEFAULT 3600,
    version             bigint      NOT NULL DEFAULT 1
);

-- Raised first in every transaction that changes directory or policy, held FOR SHARE by every decision.
-- directory_epoch is the epoch of the last change to the directory itself.
CREATE TABLE organization_epoch (
    org_id          text PRIMARY KEY REFERENCES organization,
    epoch           bigint NOT NULL DEFAULT 1,
    directory_epoch bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 50);

-- Raised by whatever ends a credential before its time, so that every node forgets what it remembers of it.
CREATE TABLE credential_epoch (
    org_id text PRIMARY KEY REFERENCES organization,
    epoch  bigint NOT NULL DEFAULT 1
) WITH (fillfactor = 50);

-- People, accounts and teams share one name space.
CREATE TABLE handle (
    org_id      text NOT NULL REFERENCES organization,
    handle      text NOT NULL CHECK (handle ~ '^[a-z0-9._-]{1,63}$'),
    holder_id   text NOT NULL,
    holder_kind text NOT NULL CHECK (holder_kind IN ('person', 'account', 'team')),
    PRIMARY KEY (org_id, handle)
);
CREATE UNIQUE INDEX handle_holder ON handle (org_id, holder_id);

CREATE TABLE person (
    org_id       text        NOT NULL REFERENCES organization,
    person_id    text        NOT NULL,
    handle       text        NOT NULL,
    name         text        NOT NULL,
    email        text,
    active       boolean     NOT NULL DEFAULT true,
    created_by   text        NOT NULL,
    created_at   timestamptz NOT NULL,
    activated_by text        NOT NULL,
    activated_at timestamptz NOT NULL,
    deleted_at   timestamptz,
    version      bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, person_id)
);

CREATE TABLE account (
    org_id         text        NOT NULL REFERENCES organization,
    account_id     text        NOT NULL,
    handle         text        NOT NULL,
    name           text        NOT NULL,
    kind           text        NOT NULL CHECK (kind IN ('service', 'agent', 'bootstrap')),
    owner_id       text,
    accountable_id text,
    active         boolean     NOT NULL DEFAULT true,
    created_by     text        NOT NULL,
    created_at     timestamptz NOT NULL,
    deleted_at     timestamptz,
    version        bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, account_id),
    CHECK (kind = 'bootstrap' OR owner_id IS NOT NULL)
);
CREATE UNIQUE INDEX account_bootstrap ON account (org_id) WHERE kind = 'bootstrap';

CREATE TABLE team (
    org_id            text        NOT NULL REFERENCES organization,
    team_id           text        NOT NULL,
    handle            text        NOT NULL,
    name              text        NOT NULL,
    parent_id         text,
    parent_set_by     text        NOT NULL,
    parent_set_at     timestamptz NOT NULL,
    counts_as_distinct boolean    NOT NULL DEFAULT true,
    created_by        text        NOT NULL,
    created_at        timestamptz NOT NULL,
    deleted_at        timestamptz,
    version           bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, team_id),
    FOREIGN KEY (org_id, parent_id) REFERENCES team,
    CHECK (parent_id <> team_id)
);

CREATE TABLE team_member (
    org_id     text        NOT NULL,
    team_id    text        NOT NULL,
    person_id  text        NOT NULL,
    granted_by text        NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, team_id, person_id),
    FOREIGN KEY (org_id, team_id) REFERENCES team,
    FOREIGN KEY (org_id, person_id) REFERENCES person
);
CREATE INDEX team_member_person ON team_member (org_id, person_id);

CREATE TABLE role (
    org_id      text        NOT NULL REFERENCES organization,
    role_id     text        NOT NULL CHECK (role_id ~ '^[a-z0-9._-]{1,63}$'),
    name        text        NOT NULL,
    description text        NOT NULL DEFAULT '',
    built_in    boolean     NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    version     bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, role_id)
);

-- The holder is a person or an account.
CREATE TABLE role_holder (
    org_id     text        NOT NULL,
    role_id    text        NOT NULL,
    holder_id  text        NOT NULL,
    granted_by text        NOT NULL,
    granted_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, role_id, holder_id),
    FOREIGN KEY (org_id, role_id) REFERENCES role
);
CREATE INDEX role_holder_holder ON role_holder (org_id, holder_id);

-- What no role carries: given one by one, for the listed actions on the listed resources and what lies below them.
CREATE TABLE permission_grant (
    org_id       text        NOT NULL REFERENCES organization,
    grant_id     text        NOT NULL,
    principal_id text        NOT NULL,
    permission   text        NOT NULL,
    actions      text[]      NOT NULL CHECK (cardinality(actions) > 0),
    resources    text[]      NOT NULL CHECK (cardinality(resources) > 0),
    granted_by   text        NOT NULL,
    granted_at   timestamptz NOT NULL,
    PRIMARY KEY (org_id, grant_id)
);
CREATE INDEX permission_grant_principal ON permission_grant (org_id, principal_id);

CREATE TABLE cluster (
    org_id      text        NOT NULL REFERENCES organization,
    cluster_id  text        NOT NULL,
    name        text        NOT NULL,
    description text        NOT NULL DEFAULT '',
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    deleted_at  timestamptz,
    version     bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, cluster_id)
);
CREATE UNIQUE INDEX cluster_name ON cluster (org_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE project (
    org_id      text        NOT NULL REFERENCES organization,
    project_id  text        NOT NULL,
    name        text        NOT NULL,
    description text        NOT NULL DEFAULT '',
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    deleted_at  timestamptz,
    version     bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, project_id)
);
CREATE UNIQUE INDEX project_name ON project (org_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE environment (
    org_id         text        NOT NULL,
    environment_id text        NOT NULL,
    project_id     text        NOT NULL,
    name           text        NOT NULL,
    tier           text        NOT NULL CHECK (tier IN ('production', 'staging', 'development')),
    cluster_id     text,
    frozen_at      timestamptz,
    frozen_by      text,
    freeze_reason  text,
    created_by     text        NOT NULL,
    created_at     timestamptz NOT NULL,
    deleted_at     timestamptz,
    version        bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, environment_id),
    FOREIGN KEY (org_id, project_id) REFERENCES project,
    FOREIGN KEY (org_id, cluster_id) REFERENCES cluster
);
CREATE UNIQUE INDEX environment_name ON environment (org_id, project_id, lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX environment_cluster ON environment (org_id, cluster_id);

-- A release never changes: another source is another release.
CREATE TABLE release (
    org_id           text        NOT NULL,
    release_id       text        NOT NULL,
    project_id       text        NOT NULL,
    name             text        NOT NULL,
    source_reference text        NOT NULL,
    created_by       text        NOT NULL,
    created_at       timestamptz NOT NULL,
    PRIMARY KEY (org_id, release_id),
    UNIQUE (org_id, project_id, name),
    FOREIGN KEY (org_id, project_id) REFERENCES project
);

-- The organization's own kinds of action.
CREATE TABLE action_type (
    org_id      text        NOT NULL REFERENCES organization,
    action_id   text        NOT NULL,
    title       text        NOT NULL,
    description text        NOT NULL DEFAULT '',
    risk        text        NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
    level       text        NOT NULL CHECK (level IN ('organization', 'project', 'environment', 'cluster')),
    deploying   boolean     NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (org_id, action_id)
);

-- Of every secret only its SHA-256 is kept.
CREATE TABLE one_time_link (
    org_id      text        NOT NULL,
    link_id     text        NOT NULL,
    secret_hash text        NOT NULL,
    person_id   text        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('enrolment', 'reset')),
    maker_id    text        NOT NULL,
    made_at     timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    used        boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (org_id, link_id),
    FOREIGN KEY (org_id, person_id) REFERENCES person
);
CREATE INDEX one_time_link_secret ON one_time_link (secret_hash);
CREATE INDEX one_time_link_person ON one_time_link (org_id, person_id) WHERE ended_at IS NULL;

-- The standing password of a person, and whose link it came from: that does not age until somebody confirms it.
CREATE TABLE password (
    org_id       text        NOT NULL,
    person_id    text        NOT NULL,
    hash         text        NOT NULL,
    set_at       timestamptz NOT NULL,
    maker_id     text        NOT NULL,
    link_made_at timestamptz NOT NULL,
    confirmed_by text,
    confirmed_at timestamptz,
    PRIMARY KEY (org_id, person_id),
    FOREIGN KEY (org_id, person_id) REFERENCES person
);

CREATE TABLE sign_in_session (
    org_id       text        NOT NULL,
    session_id   text        NOT NULL,
    secret_hash  text        NOT NULL,
    person_id    text        NOT NULL,
    transport    text        NOT NULL CHECK (transport IN ('cookie', 'bearer')),
    signed_in_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    PRIMARY KEY (org_id, session_id),
    FOREIGN KEY (org_id, person_id) REFERENCES person
);
CREATE INDEX sign_in_session_secret ON sign_in_session (secret_hash);
CREATE INDEX sign_in_session_person ON sign_in_session (org_id, person_id) WHERE ended_at IS NULL;

CREATE TABLE api_token (
    org_id       text        NOT NULL REFERENCES organization,
    token_id     text        NOT NULL,
    secret_hash  text        NOT NULL,
    principal_id text        NOT NULL,
    maker_id     text        NOT NULL,
    name         text        NOT NULL,
    scopes       text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    made_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    revoked_by   text,
    compromised  boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (org_id, token_id)
);
CREATE INDEX api_token_secret ON api_token (secret_hash);
CREATE INDEX api_token_principal ON api_token (org_id, principal_id);

-- Failed sign-ins of the last minutes, those still in progress among them; the subject is a handle or an address.
CREATE TABLE sign_in_attempt (
    org_id     text        NOT NULL,
    attempt_id text        NOT NULL,
    subject    text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (org_id, attempt_id, subject)
);
CREATE INDEX sign_in_attempt_subject ON sign_in_attempt (org_id, subject, at);

-- Nothing of the directory is ever taken out of the database but memberships, roles and what only points at others:
-- what was deleted keeps its row, so that old requests keep their names.
GRANT SELECT, INSERT, UPDATE ON
    organization, organization_epoch, credential_epoch, person, account, team, cluster, project, environment,
    one_time_link, password, sign_in_session, api_token
    TO countersign_app;
GRANT SELECT, INSERT ON release, action_type TO countersign_app;
GRANT SELECT, INSERT, DELETE ON handle, team_member, role_holder, permission_grant, sign_in_attempt TO countersign_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON role TO countersign_app;
