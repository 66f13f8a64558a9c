-- Sign-ins and links that ended long ago are forgotten; what was done with them stands in the audit log.
GRANT DELETE ON sign_in_session, one_time_link TO countersign_app;

CREATE INDEX sign_in_session_old ON sign_in_session (expires_at);
CREATE INDEX one_time_link_old ON one_time_link (expires_at);
