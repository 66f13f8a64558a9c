package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks at how the database answers searches in a big log; {@code -Daudit.search.entries} makes it bigger. */
class AuditSearchPlanTest {

    private static final int ENTRIES = Integer.getInteger("audit.search.entries", 50_000);
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final int PAGE = 51;

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = TestDatabase.fresh();
        database.owner().sql("""
                     INSERT INTO audit_event (org_id, event_id, at, type, actor_id, actor_kind, credential_id, channel,
                                              call_id, request_id, request_number, prominent, body)
                     OVERRIDING SYSTEM VALUE
                     SELECT CASE WHEN n % 10 = 9 THEN 'org_small' ELSE 'org_big' END, n,
                            timestamptz '2025-01-01 00:00:00+00' + n * interval '10 seconds',
                            (ARRAY['vote-cast', 'vote-cast', 'request-opened', 'signed-in', 'grant-redeemed',
                                   CASE WHEN n % 5000 < 10 THEN 'template-archived' ELSE 'signed-in' END])[1 + n % 6],
                            'per_' || (n % 997), 'person', 'ses_1', 'api', 'call', 'req_' || (n / 7),
                            'AR-' || (n / 7), n % 4999 = 0,
                            convert_to('{"at":"x","entry":{"n":' || n || ',"note":"' || repeat('n', 300) || '"}}', 'UTF8')
                       FROM generate_series(0, :entries - 1) n
                     """).param("entries", ENTRIES).update();
        database.owner().sql("""
                     INSERT INTO audit_leaf
                     SELECT org_id, row_number() OVER (PARTITION BY org_id ORDER BY event_id) - 1, event_id, at, type,
                            actor_id, request_id, request_number, prominent,
                            array_to_tsvector(ARRAY[type, actor_id, request_id, lower(request_number), 'deploy',
                                                    'service' || (event_id % 50), 'rare' || (event_id % 20000)])
                       FROM audit_event
                     """).update();
        database.owner().sql("VACUUM ANALYZE audit_event").update();
        database.owner().sql("VACUUM ANALYZE audit_leaf").update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Map<String, AuditQuery> queries() {
        Instant third = FIRST.plus(Duration.ofSeconds(ENTRIES * 10L / 3));
        Map<String, AuditQuery> queries = new LinkedHashMap<>();
        queries.put("everything", AuditQuery.EVERYTHING);
        queries.put("common type", of(List.of("vote-cast"), null, null, null, null, null, null));
        queries.put("rare type", of(List.of("template-archived"), null, null, null, null, null, null));
        queries.put("two types", of(List.of("vote-cast", "signed-in"), null, null, null, null, null, null));
        queries.put(
                "rare types", of(List.of("template-archived", "grant-expired"), null, null, null, null, null, null));
        queries.put("actor", of(List.of(), "per_17", null, null, null, null, null));
        queries.put("request", of(List.of(), null, "req_1000", null, null, null, null));
        queries.put("number", of(List.of(), null, "AR-1000", null, null, null, null));
        queries.put("period", of(List.of(), null, null, third, third.plusSeconds(3600), null, null));
        queries.put("until", of(List.of(), null, null, null, third, null, null));
        queries.put("type in period", of(List.of("vote-cast"), null, null, FIRST, third, null, null));
        queries.put("rare word", of(List.of(), null, null, null, null, "rare1234", null));
        queries.put("common word", of(List.of(), null, null, null, null, "deploy", null));
        queries.put("half-common words", of(List.of(), null, null, null, null, "service7 vote", null));
        queries.put("unknown word", of(List.of(), null, null, null, null, "nowhere", null));
        queries.put("prominent", of(List.of(), null, null, null, null, null, true));
        queries.put("not prominent", of(List.of(), null, null, null, null, null, false));
        return queries;
    }

    private static AuditQuery of(
            List<String> types,
            @Nullable String actor,
            @Nullable String request,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String text,
            @Nullable Boolean prominent) {
        return AuditQuery.of(types, actor, request, from, to, text, prominent);
    }

    @Test
    void readsNoTableFromEndToEnd() {
        AuditSearchStore.Key middle =
                new AuditSearchStore.Key(FIRST.plus(Duration.ofSeconds(ENTRIES * 5L)), ENTRIES / 2L);
        List<String> scans = new ArrayList<>();
        for (String organization : Set.of("org_big", "org_small")) {
            queries().forEach((name, query) -> {
                String first = plan(AuditSearchStore.page(query, "", "DESC"), organization, query, null);
                String next = plan(
                        AuditSearchStore.page(query, " AND (leaf.at, leaf.leaf_index) < (:keyAt, :keyLeaf)", "DESC"),
                        organization,
                        query,
                        middle);
                if (first.contains("Seq Scan") || next.contains("Seq Scan")) {
                    scans.add(name + " in " + organization + ":\n" + first + next);
                }
            });
        }
        assertThat(scans).isEmpty();
    }

    @Test
    void answersEverySearchFast() {
        AuditSearchStore store = new AuditSearchStore(database.sql());
        Map<String, Duration> slow = new LinkedHashMap<>();
        queries().forEach((name, query) -> {
            Duration best = Duration.ofDays(1);
            for (int i = 0; i < 7; i++) {
                long before = System.nanoTime();
                store.latest("org_big", query, null, PAGE);
                Duration took = Duration.ofNanos(System.nanoTime() - before);
                best = took.compareTo(best) < 0 ? took : best;
            }
            if (best.compareTo(Duration.ofMillis(250)) > 0) {
                slow.put(name, best);
            }
        });
        assertThat(slow).isEmpty();
    }

    private static String plan(
            String statement, String organization, AuditQuery query, AuditSearchStore.@Nullable Key key) {
        return String.join(
                "\n",
                AuditSearchStore.bind(database.sql().sql("EXPLAIN " + statement), organization, query, key, PAGE)
                        .query((row, number) -> row.getString(1))
                        .list());
    }
}
