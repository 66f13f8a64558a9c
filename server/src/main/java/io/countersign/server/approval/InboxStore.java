package io.countersign.server.approval;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** Finds the numbers of the requests on one page of a list, newest first, by key and never by offset. */
@Repository
class InboxStore {

    private static final String NARROWED = """
               AND (CAST(:actions AS text[]) IS NULL OR r.action = ANY(:actions))
               AND (CAST(:project AS text) IS NULL OR :project = ANY(r.project_ids))
               AND (CAST(:environment AS text) IS NULL OR :environment = ANY(r.environment_ids))
               AND (CAST(:risk AS text) IS NULL OR r.risk = :risk)
               AND (CAST(:requester AS text) IS NULL OR r.subject_id = :requester)
               AND (CAST(:text AS text) IS NULL OR r.search LIKE :text)
            """;

    private static final String PRESENT_STATE = """
            CASE WHEN r.state = 'pending' AND r.deadline <= :now THEN 'expired'
                 WHEN r.state = 'approved' AND r.grant_expires_at <= :now THEN 'grant-expired'
                 ELSE r.state END
            """;

    private final JdbcClient jdbc;

    InboxStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What this person might approve: found under the names he answers to, or not yet judged by the newest rules. Whether
     * he really can is for the caller to judge.
     */
    List<Long> mine(
            String orgId,
            String personId,
            Collection<String> approverKeys,
            long rulesEpoch,
            InboxFilter filter,
            long before,
            int limit,
            Instant now) {
        String sql = """
                SELECT number FROM (
                  (SELECT DISTINCT found.number FROM unnest(:keys) AS key
                    CROSS JOIN LATERAL (
                      SELECT a.number FROM request_approver a
                        JOIN request r ON r.org_id = a.org_id AND r.id = a.request_id
                       WHERE a.org_id = :org AND a.approver = key AND a.number < :before
                         AND r.state = 'pending' AND r.deadline > :now
                         AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.org_id = a.org_id
                                          AND v.request_id = a.request_id AND v.person_id = :person AND v.ended_at IS NULL)
                """ + NARROWED + """
                       ORDER BY a.number DESC LIMIT :limit) AS found)
                  UNION
                  (SELECT r.number FROM request r
                    WHERE r.org_id = :org AND r.state = 'pending' AND (r.rules_epoch < :epoch OR r.review_at <= :now) AND r.number < :before
                      AND r.deadline > :now
                """ + NARROWED + """
                    ORDER BY r.number DESC LIMIT :limit)
                ) AS candidates ORDER BY number DESC LIMIT :limit
                """;
        return narrowed(jdbc.sql(sql), orgId, filter, before, limit, now)
                .param("keys", approverKeys.toArray(String[]::new))
                .param("person", personId)
                .param("epoch", rulesEpoch)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    List<Long> pending(String orgId, InboxFilter filter, long before, int limit, Instant now) {
        return list("r.state = 'pending' AND r.deadline > :now", orgId, filter, before, limit, now);
    }

    List<Long> decided(String orgId, InboxFilter filter, long before, int limit, Instant now) {
        return list("(r.state <> 'pending' OR r.deadline <= :now)", orgId, filter, before, limit, now);
    }

    List<Long> everything(String orgId, InboxFilter filter, long before, int limit, Instant now) {
        return list("true", orgId, filter, before, limit, now);
    }

    private List<Long> list(String which, String orgId, InboxFilter filter, long before, int limit, Instant now) {
        String sql = "SELECT r.number FROM request r WHERE r.org_id = :org AND r.number < :before AND " + which + "\n"
                + NARROWED
                + (filter.state() == null ? "" : " AND " + PRESENT_STATE + " = :state\n")
                + " ORDER BY r.number DESC LIMIT :limit";
        StatementSpec statement = narrowed(jdbc.sql(sql), orgId, filter, before, limit, now);
        return (filter.state() == null ? statement : statement.param("state", filter.state()))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private static StatementSpec narrowed(
            StatementSpec statement, String orgId, InboxFilter filter, long before, int limit, Instant now) {
        return statement
                .param("org", orgId)
                .param("before", before)
                .param("limit", limit)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param(
                        "actions",
                        filter.actions() == null ? null : filter.actions().toArray(String[]::new))
                .param("project", filter.projectId())
                .param("environment", filter.environmentId())
                .param("risk", filter.risk())
                .param("requester", filter.requesterId())
                .param("text", filter.text() == null ? null : "%" + escaped(filter.text()) + "%");
    }

    private static String escaped(String text) {
        return text.toLowerCase(java.util.Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }
}
