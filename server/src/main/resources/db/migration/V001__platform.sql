-- What kind of installation this database is, and its clock.

CREATE TABLE installation (
    only_one         boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (only_one),
    simulated        boolean     NOT NULL,
    clock_offset     interval    NOT NULL DEFAULT interval '0',
    clock_high_water timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    -- A clock that is not simulated is the clock of the machine and nothing else.
    CHECK (simulated OR clock_offset = interval '0')
);

-- INVARIANT: the kind of an installation is decided once; whoever works on it can only move its clock.
GRANT SELECT, UPDATE (clock_offset, clock_high_water) ON installation TO countersign_app;

CREATE FUNCTION countersign_now() RETURNS timestamptz
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN (SELECT greatest(clock_timestamp() + clock_offset, clock_high_water) FROM installation);

COMMENT ON FUNCTION countersign_now() IS
    'The only clock: real or simulated, never behind an instant it has shown. Read it once, after the locks.';

-- What callers have done under a key of their own, so that trying again does it once.
CREATE TABLE idempotency_key (
    org_id      text        NOT NULL,
    caller_id   text        NOT NULL,
    key         text        NOT NULL,
    fingerprint text        NOT NULL,
    status      integer     NOT NULL DEFAULT 0,
    body        text,
    used_at     timestamptz NOT NULL,
    PRIMARY KEY (org_id, caller_id, key)
);

CREATE INDEX idempotency_key_by_age ON idempotency_key (used_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO countersign_app;
