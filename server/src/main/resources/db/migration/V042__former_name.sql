-- What a place was called before: nobody may soon give the name to another place, which other rules reach.
CREATE TABLE former_name (
    former_name_id bigint      GENERATED ALWAYS AS IDENTITY,
    org_id         text        NOT NULL,
    level          text        NOT NULL CHECK (level IN ('project', 'cluster', 'environment')),
    parent_id      text        NOT NULL, -- the project of an environment; empty for the others
    name           text        NOT NULL, -- in lower case
    place_id       text        NOT NULL,
    reserved_until timestamptz NOT NULL,
    PRIMARY KEY (org_id, former_name_id)
);
CREATE INDEX former_name_reserved ON former_name (org_id, level, parent_id, name);
GRANT SELECT, INSERT ON former_name TO countersign_app;
