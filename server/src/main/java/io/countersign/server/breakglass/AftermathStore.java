package io.countersign.server.breakglass;

import io.countersign.core.audit.BreakglassEntry.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps closures and reviews; neither is ever changed. */
@Repository
class AftermathStore {

    /** A closure as it was filed. */
    record Closure(
            String incident,
            String reasonUsed,
            @Nullable String remarks,
            String preventiveAction,
            String preventiveOwnerId,
            LocalDate preventiveDue,
            List<String> evidence,
            String filedBy,
            Instant filedAt) {}

    /** A review as it was filed; its verdicts are kept by action. */
    record Review(String summary, String reviewedBy, Instant reviewedAt, Map<String, GivenVerdict> verdicts) {}

    /** What was said to one action. */
    record GivenVerdict(String verdict, @Nullable String note) {}

    /** When a session was closed and reviewed. */
    record Filed(@Nullable Instant closedAt, @Nullable Instant reviewedAt) {}

    private final JdbcClient sql;

    AftermathStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Files a closure; answers whether there was none. */
    boolean insert(String orgId, String sessionId, Closure closure) {
        return sql.sql("""
                        INSERT INTO breakglass_closure (org_id, session_id, incident, reason_used, remarks,
                            preventive_action, preventive_owner_id, preventive_due, evidence, filed_by, filed_at)
                        VALUES (:org, :session, :incident, :reason, :remarks, :preventive, :owner, :due, :evidence, :by, :at)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("org", orgId)
                        .param("session", sessionId)
                        .param("incident", closure.incident())
                        .param("reason", closure.reasonUsed())
                        .param("remarks", closure.remarks())
                        .param("preventive", closure.preventiveAction())
                        .param("owner", closure.preventiveOwnerId())
                        .param("due", closure.preventiveDue())
                        .param("evidence", closure.evidence().toArray(String[]::new))
                        .param("by", closure.filedBy())
                        .param("at", BreakglassStore.utc(closure.filedAt()))
                        .update()
                == 1;
    }

    Optional<Closure> closure(String orgId, String sessionId) {
        return sql.sql("SELECT * FROM breakglass_closure WHERE org_id = :org AND session_id = :session")
                .param("org", orgId)
                .param("session", sessionId)
                .query((row, _) -> closure(row))
                .optional();
    }

    /** Files a review with its verdicts; answers whether there was none. */
    boolean insert(String orgId, String sessionId, String summary, String by, Instant at, List<Verdict> verdicts) {
        boolean first = sql.sql("""
                                INSERT INTO breakglass_review (org_id, session_id, summary, reviewed_by, reviewed_at)
                                VALUES (:org, :session, :summary, :by, :at) ON CONFLICT DO NOTHING
                                """)
                        .param("org", orgId)
                        .param("session", sessionId)
                        .param("summary", summary)
                        .param("by", by)
                        .param("at", BreakglassStore.utc(at))
                        .update()
                == 1;
        if (first) {
            for (Verdict verdict : verdicts) {
                sql.sql("""
                                INSERT INTO breakglass_verdict (org_id, session_id, action_id, verdict, note)
                                VALUES (:org, :session, :action, :verdict, :note)
                                """)
                        .param("org", orgId)
                        .param("session", sessionId)
                        .param("action", verdict.actionId())
                        .param("verdict", verdict.verdict())
                        .param("note", verdict.note())
                        .update();
            }
        }
        return first;
    }

    Optional<Review> review(String orgId, String sessionId) {
        Map<String, GivenVerdict> verdicts = new HashMap<>();
        sql.sql("SELECT action_id, verdict, note FROM breakglass_verdict WHERE org_id = :org AND session_id = :session")
                .param("org", orgId)
                .param("session", sessionId)
                .query(row -> {
                    verdicts.put(row.getString(1), new GivenVerdict(row.getString(2), row.getString(3)));
                });
        return sql.sql("SELECT * FROM breakglass_review WHERE org_id = :org AND session_id = :session")
                .param("org", orgId)
                .param("session", sessionId)
                .query((row, _) -> new Review(
                        row.getString("summary"),
                        row.getString("reviewed_by"),
                        BreakglassStore.required(row, "reviewed_at"),
                        verdicts))
                .optional();
    }

    /** When each session of an organization was closed and reviewed; one without both is left out. */
    Map<String, Filed> filed(String orgId) {
        Map<String, Filed> filed = new HashMap<>();
        sql.sql("""
                        SELECT coalesce(c.session_id, v.session_id), c.filed_at, v.reviewed_at
                          FROM (SELECT * FROM breakglass_closure WHERE org_id = :org) c
                          FULL JOIN (SELECT * FROM breakglass_review WHERE org_id = :org) v ON v.session_id = c.session_id
                        """).param("org", orgId).query(row -> {
            filed.put(row.getString(1), new Filed(instant(row, 2), instant(row, 3)));
        });
        return filed;
    }

    private static Closure closure(ResultSet row) throws SQLException {
        return new Closure(
                row.getString("incident"),
                row.getString("reason_used"),
                row.getString("remarks"),
                row.getString("preventive_action"),
                row.getString("preventive_owner_id"),
                row.getObject("preventive_due", LocalDate.class),
                Arrays.asList((String[]) row.getArray("evidence").getArray()),
                row.getString("filed_by"),
                BreakglassStore.required(row, "filed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
