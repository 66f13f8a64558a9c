package io.countersign.server.breakglass;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what was asked for in emergencies, whichever way it went, in one order. */
@Repository
class EmergencyChangeStore {

    /**
     * A change as it is found.
     *
     * @param id of what was done in a session, or of the request of an emergency workflow
     * @param sessionId the session that let it pass, or none for an emergency workflow
     */
    record Found(String id, @Nullable String sessionId) {}

    private final JdbcClient sql;

    EmergencyChangeStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * The latest first. What a session let pass is the session's, also where it is an emergency workflow's action; that of a
     * workflow is there from its first opening, and stays whatever becomes of it.
     *
     * @param before the id of the last one that was seen, or none
     */
    List<Found> latest(String orgId, @Nullable Instant from, @Nullable Instant to, @Nullable String before, int rows) {
        return sql.sql("""
                        WITH seen AS (
                            SELECT at FROM breakglass_action WHERE org_id = :org AND id = :before
                            UNION ALL
                            SELECT first_opened_at FROM request WHERE org_id = :org AND id = :before)
                        SELECT id, session_id FROM (
                            (SELECT id, at, session_id FROM breakglass_action
                              WHERE org_id = :org
                                AND (:from::timestamptz IS NULL OR at >= :from)
                                AND (:to::timestamptz IS NULL OR at < :to)
                                AND (:before::text IS NULL OR (at, id) < (SELECT at, :before FROM seen))
                              ORDER BY at DESC, id DESC LIMIT :rows)
                            UNION ALL
                            (SELECT id, first_opened_at, NULL FROM request
                              WHERE org_id = :org AND emergency AND breakglass_session IS NULL
                                AND (:from::timestamptz IS NULL OR first_opened_at >= :from)
                                AND (:to::timestamptz IS NULL OR first_opened_at < :to)
                                AND (:before::text IS NULL OR (first_opened_at, id) < (SELECT at, :before FROM seen))
                              ORDER BY first_opened_at DESC, id DESC LIMIT :rows)
                        ) AS change (id, at, session_id)
                        ORDER BY at DESC, id DESC LIMIT :rows
                        """)
                .param("org", orgId)
                .param("from", from == null ? null : BreakglassStore.utc(from))
                .param("to", to == null ? null : BreakglassStore.utc(to))
                .param("before", before)
                .param("rows", rows)
                .query((row, _) -> found(row))
                .list();
    }

    private static Found found(ResultSet row) throws SQLException {
        return new Found(row.getString("id"), row.getString("session_id"));
    }
}
