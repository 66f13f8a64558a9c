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
