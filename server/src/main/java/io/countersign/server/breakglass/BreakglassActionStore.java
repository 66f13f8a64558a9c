package io.countersign.server.breakglass;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what was done in sessions. */
@Repository
class BreakglassActionStore {

    /** How often and when last something was done in a session. */
    record Uses(int count, Instant last) {}

    private final JdbcClient sql;

    BreakglassActionStore(JdbcClient sql) {
        this.sql = sql;
    }

    void insert(String orgId, BreakglassAction action) {
        sql.sql("""
                        INSERT INTO breakglass_action (org_id, session_id, id, at, subject_id, caller_id, action,
                            resource_type, resource_id, resource_name, digest, reason, request_id)
                        VALUES (:org, :session, :id, :at, :subject, :caller, :action, :type, :resource, :name, :digest,
                            :reason, :request)
                        """)
                .param("org", orgId)
                .param("session", action.sessionId())
                .param("id", action.id())
                .param("at", BreakglassStore.utc(action.at()))
                .param("subject", action.subjectId())
                .param("caller", action.callerId())
                .param("action", action.action())
                .param("type", action.resourceType())
                .param("resource", action.resourceId())
                .param("name", action.resourceName())
                .param("digest", action.digest())
                .param("reason", action.reason())
                .param("request", action.requestId())
                .update();
    }

    /** What was done in a session, in that order. */
    List<BreakglassAction> of(String orgId, String sessionId) {
        return sql.sql("SELECT * FROM breakglass_action WHERE org_id = :org AND session_id = :session ORDER BY at, id")
                .param("org", orgId)
                .param("session", sessionId)
                .query((row, _) -> action(row))
                .list();
    }

    /** One thing that was done in a session, which there is. */
    BreakglassAction find(String orgId, String sessionId, String id) {
        return sql.sql("SELECT * FROM breakglass_action WHERE org_id = :org AND session_id = :session AND id = :id")
                .param("org", orgId)
                .param("session", sessionId)
                .param("id", id)
                .query((row, _) -> action(row))
                .single();
    }

    /** How often each of these sessions was used, and when last; a session that was not is left out. */
    Map<String, Uses> uses(String orgId, Collection<String> sessionIds) {
        Map<String, Uses> uses = new HashMap<>();
        sql.sql("""
                        SELECT a.session_id, count(*), max(greatest(a.at, r.redeemed_at, r.outcome_at)) FROM breakglass_action a
                          LEFT JOIN request r ON r.org_id = a.org_id AND r.id = a.request_id
                         WHERE a.org_id = :org AND a.session_id = ANY (:sessions) GROUP BY a.session_id
                        """)
                .param("org", orgId)
                .param("sessions", sessionIds.toArray(String[]::new))
                .query(row -> {
                    uses.put(
                            row.getString(1),
                            new Uses(
                                    row.getInt(2),
                                    row.getObject(3, OffsetDateTime.class).toInstant()));
                });
        return uses;
    }

    Optional<Uses> uses(String orgId, String sessionId) {
        return Optional.ofNullable(uses(orgId, List.of(sessionId)).get(sessionId));
    }

    /** The requests of a session whose grants nobody has used. */
    List<String> unused(String orgId, String sessionId) {
        return sql.sql("""
                        SELECT id FROM request
                         WHERE org_id = :org AND breakglass_session = :session AND state = 'approved' ORDER BY number
                        """)
                .param("org", orgId)
                .param("session", sessionId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static BreakglassAction action(ResultSet row) throws SQLException {
        return new BreakglassAction(
                row.getString("id"),
                row.getString("session_id"),
                BreakglassStore.required(row, "at"),
                row.getString("subject_id"),
                row.getString("caller_id"),
                row.getString("action"),
                row.getString("resource_type"),
                row.getString("resource_id"),
                row.getString("resource_name"),
                row.getString("digest"),
                row.getString("reason"),
                row.getString("request_id"));
    }
}
