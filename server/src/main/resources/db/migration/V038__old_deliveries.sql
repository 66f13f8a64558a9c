-- Deliveries that ended long ago are forgotten; the audit log keeps what became of them.
CREATE INDEX notification_delivery_ended ON notification_delivery (ended_at) WHERE state <> 'pending';
CREATE INDEX notification_at ON notification (at);
GRANT DELETE ON notification, notification_delivery TO countersign_app;
