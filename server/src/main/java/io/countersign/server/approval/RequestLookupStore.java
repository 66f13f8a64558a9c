package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Command;
import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds requests with their votes; whoever means to change one locks it in {@link RequestStore}. */
@Repository
class RequestLookupStore {

    /** A request that the clock or a changed rule has something to say about. */
    record Due(String orgId, String requestId) {}

    private static final Pattern NUMBER = Pattern.compile("(?i)AR-[1-9][0-9]{0,17}");

    /** In one statement, so that state and votes are of one moment. */
    private static final String WITH_VOTES =
            "SELECT r.*, " + RequestRowStore.VOTES + " FROM request r WHERE r.org_id = :org AND ";

    private final JdbcClient jdbc;

    RequestLookupStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The moment of a decision; to be read after the locks are held. */
    Instant now() {
        return jdbc.sql("SELECT countersign_now()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    Optional<StoredRequest> find(String orgId, String id) {
        return one(orgId, "r.id = :key", id);
    }

    /** A request that people name by id or by number. */
    Optional<StoredRequest> findNamed(String orgId, String name) {
        return isNumber(name) ? one(orgId, "r.number = :key", number(name)) : find(orgId, name);
    }

    /** Requests by number, each as of one moment with its votes, in no particular order. */
    List<StoredRequest> allByNumber(String orgId, Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        Map<String, List<Requirement>> requirements = new HashMap<>();
        return jdbc.sql(WITH_VOTES + "r.number = ANY(:numbers)")
                .param("org", orgId)
                .param("numbers", numbers.toArray(Long[]::new))
                .query((row, _) -> RequestRowStore.request(
                        row,
                        RequestRowStore.votes(row),
                        text -> requirements.computeIfAbsent(text, StoredJson::requirements)))
                .list();
    }

    /** The numbers of these requests as people write them, by id. */
    Map<String, String> numbers(String orgId, Set<String> ids) {
        Map<String, String> numbers = new HashMap<>();
        jdbc.sql("SELECT id, number FROM request WHERE org_id = :org AND id = ANY (:ids)")
                .param("org", orgId)
                .param("ids", ids.toArray(String[]::new))
                .query(row -> {
                    numbers.put(row.getString(1), "AR-" + row.getLong(2));
                });
        return numbers;
    }

    Optional<String> idOfGrant(String orgId, String grantId) {
        return jdbc.sql("SELECT id FROM request WHERE org_id = :org AND grant_id = :grant")
                .param("org", orgId)
                .param("grant", grantId)
                .query(String.class)
                .optional();
    }

    /** The latest request with an unspent grant that differs from a redemption in exactly one thing. */
    Optional<StoredRequest> grantBut(Command.Redeem redeem, Instant now) {
        return jdbc.sql("""
                        SELECT number FROM request
                         WHERE org_id = :org AND state = 'approved' AND grant_expires_at > :now
                           AND (subject_id = :subject)::int + (action = :action)::int + (resource_key = :resource)::int
                             + (digest = :digest)::int = 3
                         ORDER BY number DESC LIMIT 1
                        """)
                .param("org", redeem.organizationId())
                .param("now", utc(now))
                .param("subject", redeem.subject().id())
                .param("action", redeem.actionId())
                .param("resource", redeem.resource().key())
                .param("digest", redeem.digest().value())
                .query(Long.class)
                .optional()
                .flatMap(number -> one(redeem.organizationId(), "r.number = :key", number));
    }

    /** Denials on the same subject, action and resource since, whatever the payload, without this request itself. */
    List<StoredRequest> denials(String orgId, ApprovalRequest like, Instant since) {
        List<Long> numbers = jdbc.sql("""
                        SELECT number FROM request
                         WHERE org_id = :org AND subject_id = :subject AND action = :action AND state = 'denied'
                           AND ended_at >= :since AND resource ->> 'id' = :resource AND id <> :id
                         ORDER BY ended_at DESC LIMIT 20
                        """)
                .param("org", orgId)
                .param("subject", like.ask().subject().id())
                .param("action", like.ask().action().id())
                .param("since", utc(since))
                .param("resource", like.ask().resource().id())
                .param("id", like.id())
                .query((row, _) -> row.getLong(1))
                .list();
        return allByNumber(orgId, numbers);
    }

    /** How many requests were opened for a subject since, counted no further than to the limit; reads no more of them. */
    long openedSince(String orgId, String subjectId, Instant since, int limit) {
        return jdbc.sql("""
                        SELECT count(*) FROM (SELECT 1 FROM request
                          WHERE org_id = :org AND subject_id = :subject AND number > coalesce(
                            (SELECT number FROM request
                              WHERE org_id = :org AND subject_id = :subject AND first_opened_at <= :since
                              ORDER BY number DESC LIMIT 1), 0)
                          LIMIT :limit) AS lately
                        """)
                .param("org", orgId)
                .param("subject", subjectId)
                .param("since", utc(since))
                .param("limit", limit)
                .query(Long.class)
                .single();
    }

    boolean resubmitted(String orgId, String name) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM request WHERE org_id = :org AND resubmits = :name)")
                .param("org", orgId)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** What is pending past its deadline, approved past its grant, or not judged by the rules of now. */
    List<Due> due(Instant now, int limit) {
        return jdbc.sql("""
                        (SELECT org_id, id FROM request WHERE state = 'pending' AND deadline <= :now LIMIT :limit)
                        UNION
                        (SELECT org_id, id FROM request WHERE state = 'approved' AND grant_expires_at <= :now LIMIT :limit)
                        UNION
                        (SELECT r.org_id, r.id FROM policy_epoch p JOIN request r ON r.org_id = p.org_id
                          WHERE r.state = 'pending' AND r.rules_epoch < p.epoch LIMIT :limit)
                        UNION
                        (SELECT org_id, id FROM request WHERE state = 'pending' AND review_at <= :now LIMIT :limit)
                        LIMIT :limit
                        """)
                .param("now", utc(now))
                .param("limit", limit)
                .query((row, _) -> new Due(row.getString("org_id"), row.getString("id")))
                .list();
    }

    private Optional<StoredRequest> one(String orgId, String where, Object key) {
        return jdbc.sql(WITH_VOTES + where)
                .param("org", orgId)
                .param("key", key)
                .query((row, _) -> RequestRowStore.request(row, RequestRowStore.votes(row)))
                .optional();
    }

    /** A request by a condition on its row, without its votes. */
    Optional<StoredRequest> row(String orgId, String where, Object key) {
        return jdbc
                .sql("SELECT * FROM request WHERE org_id = :org AND " + where)
                .param("org", orgId)
                .param("key", key)
                .query((row, _) -> RequestRowStore.request(row, List.of()))
                .list()
                .stream()
                .findFirst();
    }

    /** Whether a name is a number as people write it, such as {@code AR-42}. */
    static boolean isNumber(String name) {
        return NUMBER.matcher(name).matches();
    }

    static long number(String name) {
        return Long.parseLong(name, 3, name.length(), 10);
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
