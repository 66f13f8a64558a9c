-- What happened. A row is written in the transaction of the change it tells of, and never again touched.
-- body is the leaf: canonical JSON, stored once; the other columns are read out of it, to be searched by.
CREATE TABLE audit_event (
    org_id         text        NOT NULL,
    event_id       bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    at             timestamptz NOT NULL,
    type           text        NOT NULL,
    actor_id       text        NOT NULL,
    actor_kind     text        NOT NULL,
    credential_id  text        NOT NULL,
    channel        text        NOT NULL,
    call_id        text        NOT NULL,
    request_id     text,
    request_number text,
    prominent      boolean     NOT NULL,
    body           bytea       NOT NULL,
    PRIMARY KEY (org_id, event_id)
);

CREATE INDEX audit_event_by_request ON audit_event (org_id, request_id, event_id) WHERE request_id IS NOT NULL;

-- Entries that have no place in the log yet. An id can be drawn early and committed late, so "everything above the
-- last id" would lose entries; a row that waits here until it is deleted cannot be lost.
CREATE TABLE audit_pending (
    org_id      text        NOT NULL,
    event_id    bigint      NOT NULL,
    appended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    words       tsvector    NOT NULL,
    PRIMARY KEY (org_id, event_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_threshold = 1000000000);

-- The next free place of each organization; whoever holds this row's lock is its sequencer.
CREATE TABLE audit_head (
    org_id    text   PRIMARY KEY,
    next_leaf bigint NOT NULL DEFAULT 0 CHECK (next_leaf >= 0)
) WITH (fillfactor = 50);

-- The log in its order: contiguous from 0, given after the commit; with the columns that it is searched by.
CREATE TABLE audit_leaf (
    org_id         text        NOT NULL,
    leaf_index     bigint      NOT NULL CHECK (leaf_index >= 0),
    event_id       bigint      NOT NULL,
    at             timestamptz NOT NULL,
    type           text        NOT NULL,
    actor_id       text        NOT NULL,
    request_id     text,
    request_number text,
    prominent      boolean     NOT NULL,
    words          tsvector    NOT NULL,
    PRIMARY KEY (org_id, leaf_index),
    UNIQUE (org_id, event_id),
    FOREIGN KEY (org_id, event_id) REFERENCES audit_event
);

CREATE INDEX audit_leaf_by_type ON audit_leaf (org_id, type, at, leaf_index);
CREATE INDEX audit_leaf_by_actor ON audit_leaf (org_id, actor_id, at, leaf_index);
CREATE INDEX audit_leaf_by_request ON audit_leaf (org_id, request_id, at, leaf_index) WHERE request_id IS NOT NULL;
CREATE INDEX audit_leaf_by_number ON audit_leaf (org_id, request_number) WHERE type = 'request-opened';
CREATE INDEX audit_leaf_by_time ON audit_leaf (org_id, at, leaf_index);
CREATE INDEX audit_leaf_prominent ON audit_leaf (org_id, at, leaf_index) WHERE prominent;
CREATE INDEX audit_leaf_by_words ON audit_leaf USING gin (words);

-- How far each reader of the log has come.
CREATE TABLE audit_follower (
    org_id    text   NOT NULL,
    name      text   NOT NULL,
    next_leaf bigint NOT NULL DEFAULT 0 CHECK (next_leaf >= 0),
    PRIMARY KEY (org_id, name)
) WITH (fillfactor = 50);

-- The server may add to the log and read it. The triggers stop the owner's slips too; neither stops a superuser.
GRANT SELECT, INSERT ON audit_event, audit_leaf TO countersign_app;
GRANT SELECT, INSERT, DELETE ON audit_pending TO countersign_app;
GRANT SELECT, INSERT, UPDATE ON audit_head, audit_follower TO countersign_app;

CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE TRIGGER audit_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
