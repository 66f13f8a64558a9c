-- Where an organization has its emergencies told besides its security managers, what was told, and to whom.
CREATE TABLE notification_destination (
    org_id         text        NOT NULL REFERENCES organization (org_id),
    id             text        NOT NULL,
    means          text        NOT NULL CHECK (means IN ('email', 'webhook')),
    name           text        NOT NULL,
    address        text        NOT NULL,
    -- What a webhook is signed with, encrypted; after a rotation the earlier one signs beside it for a while.
    secret         text,
    earlier_secret text,
    earlier_until  timestamptz,
    made_by        text        NOT NULL,
    made_at        timestamptz NOT NULL,
    disabled_at    timestamptz,
    disabled_why   text,
    removed_at     timestamptz,
    version        bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, id),
    CHECK (means = 'webhook' OR secret IS NULL)
);
CREATE UNIQUE INDEX notification_destination_name ON notification_destination (org_id, lower(name))
    WHERE removed_at IS NULL;

-- An entry of the log that has to be told, in the words it is told in.
CREATE TABLE notification (
    org_id         text        NOT NULL,
    leaf_index     bigint      NOT NULL,
    type           text        NOT NULL,
    at             timestamptz NOT NULL,
    request_id     text,
    request_number text,
    notice         text        NOT NULL,
    PRIMARY KEY (org_id, leaf_index),
    FOREIGN KEY (org_id, leaf_index) REFERENCES audit_leaf (org_id, leaf_index)
);
CREATE INDEX notification_about ON notification (org_id, request_id, type, at) WHERE request_id IS NOT NULL;

-- One for each entry and recipient, a destination or a person; it is pending until it was delivered or given up.
CREATE TABLE notification_delivery (
    org_id       text        NOT NULL,
    id           text        NOT NULL,
    leaf_index   bigint      NOT NULL,
    recipient_id text        NOT NULL,
    means        text        NOT NULL CHECK (means IN ('email', 'webhook')),
    state        text        NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    -- How often it was taken up; whoever takes it up has it until the lease ends.
    attempts     integer     NOT NULL DEFAULT 0,
    leased_until timestamptz,
    next_at      timestamptz NOT NULL,
    last_error   text,
    made_at      timestamptz NOT NULL,
    ended_at     timestamptz,
    PRIMARY KEY (org_id, id),
    UNIQUE (org_id, leaf_index, recipient_id),
    FOREIGN KEY (org_id, leaf_index) REFERENCES notification (org_id, leaf_index)
);
CREATE INDEX notification_delivery_due ON notification_delivery (means, next_at) WHERE state = 'pending';
CREATE INDEX notification_delivery_open ON notification_delivery (org_id, recipient_id) WHERE state = 'pending';
CREATE INDEX notification_delivery_failed ON notification_delivery (org_id, id) WHERE state = 'failed';
CREATE INDEX notification_delivery_done ON notification_delivery (org_id, recipient_id, ended_at)
    WHERE state = 'delivered';

GRANT SELECT, INSERT, UPDATE ON notification_destination, notification, notification_delivery TO countersign_app;

-- Of emergencies that were there before the first sender nobody is told any more.
INSERT INTO audit_follower (org_id, name, next_leaf)
SELECT org_id, 'notifications', next_leaf FROM audit_head
ON CONFLICT DO NOTHING;
