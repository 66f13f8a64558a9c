-- Who changed by what rules are judged is himself judged by what was true before, too.
CREATE TABLE settings_change (
    change_id                  bigint      GENERATED ALWAYS AS IDENTITY,
    org_id                     text        NOT NULL,
    at                         timestamptz NOT NULL,
    changed_by                 text        NOT NULL,
    zone_before                text        NOT NULL,
    own_change_window_before_s bigint      NOT NULL,
    PRIMARY KEY (org_id, change_id)
);
GRANT SELECT, INSERT ON settings_change TO countersign_app;
