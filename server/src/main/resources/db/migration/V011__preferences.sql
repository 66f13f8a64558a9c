-- What a person prefers in the console; nothing rests on it.
CREATE TABLE preference (
    org_id       text    NOT NULL,
    principal_id text    NOT NULL,
    theme        text    NOT NULL,
    single_keys  boolean NOT NULL,
    start_page   text    NOT NULL,
    zone         text,
    PRIMARY KEY (org_id, principal_id)
);
GRANT SELECT, INSERT, UPDATE ON preference TO countersign_app;
