-- The keys that grants and cluster tokens are signed with, and the documents made of grants.
CREATE TABLE signing_key (
    org_id          text        NOT NULL REFERENCES organization (org_id),
    kid             text        NOT NULL,
    use             text        NOT NULL CHECK (use IN ('grants', 'cluster-tokens')),
    state           text        NOT NULL CHECK (state IN ('next', 'active', 'retired')),
    public_key      bytea       NOT NULL,
    -- Encrypted with a key that is not in the database; forgotten when the key retires.
    private_key     text,
    made_at         timestamptz NOT NULL,
    retired_at      timestamptz,
    published_until timestamptz,
    withdrawn       boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (org_id, kid),
    CHECK ((state = 'retired') = (retired_at IS NOT NULL AND published_until IS NOT NULL AND private_key IS NULL))
);
-- INVARIANT: at any moment one key signs, and one is published that signs after it
CREATE UNIQUE INDEX signing_key_at_work ON signing_key (org_id, use, state) WHERE state <> 'retired';

CREATE TABLE grant_document (
    org_id     text        NOT NULL,
    grant_id   text        NOT NULL,
    request_id text        NOT NULL,
    kid        text        NOT NULL,
    document   text        NOT NULL,
    made_at    timestamptz NOT NULL,
    PRIMARY KEY (org_id, grant_id),
    FOREIGN KEY (org_id, request_id) REFERENCES request (org_id, id),
    FOREIGN KEY (org_id, kid) REFERENCES signing_key (org_id, kid)
);

GRANT SELECT, INSERT, UPDATE ON signing_key, grant_document TO countersign_app;
