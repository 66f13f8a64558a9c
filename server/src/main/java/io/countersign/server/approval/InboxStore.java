package io.countersign.server.approval;

import io.countersign.server.approval.InboxOrder.Mark;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Finds the requests on one page of a list, by key and never by offset. {@code OFFSET 0} keeps a request to be fetched for
 * each row that leads to it: left to choose, the planner at times reads everything that is pending instead.
 */
@Repository
class InboxStore {

    /** Which part of a list is read, and when. */
    record Part(String orgId, InboxFilter filter, InboxOrder order, Mark after, int limit, Instant now) {}

    private static final String PRESENT_STATE = """
            CASE WHEN r.state = 'pending' AND r.deadline <= :now THEN 'expired'
                 WHEN r.state = 'approved' AND r.grant_expires_at <= :now THEN 'grant-expired'
                 ELSE r.state END
            """;

    private static final String LOOKED_THROUGH = "r.search LIKE :text";

    /** The parts lead to few, among which the whole is looked for; to take a text apart for each row would be dear. */
    private static final String INDEXED = LOOKED_THROUGH + " AND text_parts(r.search) @> text_parts(:parts)";

    private static final String PENDING = "r.state = 'pending' AND r.deadline > :now";

    /** Who is on the asking side of a request and let in by none of its requirements: he is asked for nothing. */
    private static final String KEPT_OUT = """
            (:person IN (r.subject_id, r.caller_id, coalesce(r.accountable, ''), coalesce(r.token_maker, ''))
              OR :person = ANY(r.authors) OR (r.subject_kind <> 'PERSON' AND :person = ANY(r.owners)))
             AND NOT r.requirements @> '[{"requesterCanApprove": true}]'
            """;

    private final JdbcClient jdbc;

    InboxStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What this person might approve: found under the names he answers to, or not yet judged by the newest rules. Whether
     * he really can is for the caller to judge.
     */
    List<Mark> mine(Part part, String personId, Collection<String> approverKeys, long rulesEpoch) {
        String named = named(part);
        String sql = "SELECT number, deadline FROM (%s) AS c ORDER BY %s LIMIT :limit"
                .formatted(
                        anyUnjudged(part, rulesEpoch) ? named + " UNION " + unjudged(part) : named,
                        ordered("c", part.order()));
        return marks(filled(jdbc.sql(sql), part)
                .param("keys", approverKeys.stream().map(InboxStore::alone).toList())
                .param("person", personId)
                .param("epoch", rulesEpoch));
    }

    /** The names are written out one by one: the database then keeps its plan, and planning takes longer than reading. */
    private static String named(Part part) {
        return """
                (SELECT DISTINCT found.number, found.deadline FROM (VALUES :keys) AS names (key)
                  CROSS JOIN LATERAL (
                    SELECT a.number, a.deadline FROM request_approver a
                     CROSS JOIN LATERAL (
                       SELECT FROM request r
                        WHERE r.org_id = a.org_id AND r.id = a.request_id AND r.state = 'pending' AND NOT (%2$s)
                       %3$s
                       OFFSET 0) AS r
                     WHERE a.org_id = :org AND a.approver = key AND %1$s AND a.deadline > :now
                       AND NOT EXISTS (SELECT 1 FROM vote v WHERE v.org_id = a.org_id
                                        AND v.request_id = a.request_id AND v.person_id = :person AND v.ended_at IS NULL)
                     ORDER BY %4$s LIMIT :limit) AS found)
                """.formatted(behind("a", part.order()), KEPT_OUT, narrowed(part.filter()), ordered("a", part.order()));
    }

    private static String unjudged(Part part) {
        return """
                (SELECT r.number, r.deadline FROM request r
                  WHERE r.org_id = :org AND r.state = 'pending' AND (r.rules_epoch < :epoch OR r.review_at <= :now)
                    AND %s AND r.deadline > :now
                  %s
                  ORDER BY %s LIMIT :limit)
                """.formatted(behind("r", part.order()), narrowed(part.filter()), ordered("r", part.order()));
    }

    /** Nearly always nothing is; to ask costs less than to plan how it would be read. */
    private boolean anyUnjudged(Part part, long rulesEpoch) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT 1 FROM request
                                        WHERE org_id = :org AND state = 'pending' AND rules_epoch < :epoch)
                            OR EXISTS (SELECT 1 FROM request
                                        WHERE org_id = :org AND state = 'pending' AND review_at <= :now)
                        """)
                .param("org", part.orgId())
                .param("epoch", rulesEpoch)
                .param("now", part.now().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private static Object[] alone(String key) {
        return new Object[] {key};
    }

    /**
     * What is pending and waits for others: asked by one of these, or voted on by this person.
     *
     * @param askers the person himself and the accounts he answers for
     * @param votedSince no request stays pending for longer than since then
     */
    List<Mark> waiting(Part part, String personId, Collection<String> askers, Instant votedSince) {
        String sql = """
                SELECT number, deadline FROM (
                  (SELECT r.number, r.deadline FROM unnest(:askers) AS asker
                    CROSS JOIN LATERAL (
                      SELECT r.number, r.deadline FROM request r
                       WHERE r.org_id = :org AND r.subject_id = asker AND %1$s AND %2$s
                      %3$s
                      OFFSET 0) AS r
                    ORDER BY %4$s LIMIT :limit)
                  UNION
                  (SELECT r.number, r.deadline FROM vote v
                    CROSS JOIN LATERAL (
                      SELECT r.number, r.deadline FROM request r
                       WHERE r.org_id = v.org_id AND r.id = v.request_id AND %1$s AND %2$s
                      %3$s
                      OFFSET 0) AS r
                    WHERE v.org_id = :org AND v.person_id = :person AND v.at > :votedSince AND v.ended_at IS NULL
                    ORDER BY %4$s LIMIT :limit)
                ) AS c ORDER BY %5$s LIMIT :limit
                """.formatted(
                        PENDING,
                        behind("r", part.order()),
                        narrowed(part.filter()),
                        ordered("r", part.order()),
                        ordered("c", part.order()));
        return marks(filled(jdbc.sql(sql), part)
                .param("askers", askers.toArray(String[]::new))
                .param("person", personId)
                .param("votedSince", votedSince.atOffset(ZoneOffset.UTC)));
    }

    List<Mark> pending(Part part) {
        return list(PENDING, part);
    }

    List<Mark> decided(Part part) {
        return list("(r.state <> 'pending' OR r.deadline <= :now)", part);
    }

    List<Mark> everything(Part part) {
        return list("true", part);
    }

    private List<Mark> list(String which, Part part) {
        String sql =
                part.filter().text() == null ? listed(which, part, narrowed(part.filter())) : searched(which, part);
        return marks(
                filled(jdbc.sql(sql), part).param("states", array(part.filter().states())));
    }

    /** What has ended is found by its text, what is open by looking through it. */
    private static String searched(String which, Part part) {
        return "SELECT number, deadline FROM ((%s) UNION ALL (%s)) AS c ORDER BY %s LIMIT :limit"
                .formatted(
                        listed(which + " AND r.open", part, narrowed(part.filter())),
                        listed(which + " AND NOT r.open", part, narrowed(part.filter(), INDEXED)),
                        ordered("c", part.order()));
    }

    private static String listed(String which, Part part, String narrowed) {
        return "SELECT r.number, r.deadline FROM request r WHERE r.org_id = :org AND "
                + behind("r", part.order()) + " AND " + which + "\n"
                + narrowed
                + given(part.filter().states(), PRESENT_STATE + " = ANY(:states)")
                + " ORDER BY " + ordered("r", part.order()) + " LIMIT :limit";
    }

    /** How many are pending, counted no further than to the limit. */
    long countPending(Part part) {
        return count("", part, part.now());
    }

    /** How many of them were opened before this moment, counted no further than to the limit. */
    long countStale(Part part, Instant openedBefore) {
        return count(" AND r.opened_at < :openedBefore", part, openedBefore);
    }

    private long count(String more, Part part, Instant openedBefore) {
        String sql = "SELECT count(*) FROM (SELECT 1 FROM request r WHERE r.org_id = :org AND " + PENDING + more + "\n"
                + narrowed(part.filter()) + " LIMIT :limit) AS counted";
        return filled(jdbc.sql(sql), part)
                .param("openedBefore", openedBefore.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    private static String behind(String table, InboxOrder order) {
        return switch (order) {
            case NEWEST -> table + ".number < :number";
            case DEADLINE -> "(" + table + ".deadline, " + table + ".number) > (:deadline, :number)";
        };
    }

    private static String ordered(String table, InboxOrder order) {
        return switch (order) {
            case NEWEST -> table + ".number DESC";
            case DEADLINE -> table + ".deadline, " + table + ".number";
        };
    }

    /** The conditions of what a filter names, and no others: a condition that may be off misleads the planner. */
    private static String narrowed(InboxFilter filter) {
        return narrowed(filter, LOOKED_THROUGH);
    }

    private static String narrowed(InboxFilter filter, String text) {
        return given(filter.actions(), "r.action = ANY(:actions)")
                + given(filter.projectId(), ":project = ANY(r.project_ids)")
                + given(filter.environmentId(), ":environment = ANY(r.environment_ids)")
                + given(filter.clusterId(), ":cluster = ANY(r.cluster_ids)")
                + given(filter.risks(), "r.risk = ANY(:risks)")
                + given(filter.requesterId(), "r.subject_id = :requester")
                + sought(filter, text);
    }

    /** A number alone is found by its key. */
    private static String sought(InboxFilter filter, String text) {
        return filter.text() == null
                ? given(filter.number(), "r.number = :sought")
                : " AND (" + text
                        + (filter.number() == null ? "" : " OR r.number = :sought")
                        + (filter.personId() == null ? "" : " OR :asker IN (r.subject_id, r.caller_id)")
                        + ")\n";
    }

    private static String given(@Nullable Object value, String condition) {
        return value == null ? "" : " AND " + condition + "\n";
    }

    private static StatementSpec filled(StatementSpec statement, Part part) {
        InboxFilter filter = part.filter();
        return statement
                .param("org", part.orgId())
                .param("number", part.after().number())
                .param("deadline", part.after().deadline().atOffset(ZoneOffset.UTC))
                .param("limit", part.limit())
                .param("now", part.now().atOffset(ZoneOffset.UTC))
                .param("actions", array(filter.actions()))
                .param("project", filter.projectId())
                .param("environment", filter.environmentId())
                .param("cluster", filter.clusterId())
                .param("risks", array(filter.risks()))
                .param("requester", filter.requesterId())
                .param("sought", filter.number())
                .param("asker", filter.personId())
                .param("parts", filter.text() == null ? null : filter.text().toLowerCase(Locale.ROOT))
                .param("text", filter.text() == null ? null : "%" + escaped(filter.text()) + "%");
    }

    private static List<Mark> marks(StatementSpec statement) {
        return statement
                .query((row, _) ->
                        new Mark(row.getObject("deadline", OffsetDateTime.class).toInstant(), row.getLong("number")))
                .list();
    }

    private static String @Nullable [] array(@Nullable List<String> values) {
        return values == null ? null : values.toArray(String[]::new);
    }

    private static String escaped(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }
}
