package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.AccessEntry;
import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is written down of calls whose caller may not. */
class RefusalsTest {

    private static final long LATER = TimeUnit.MINUTES.toNanos(2);

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    @Test
    void writesDownWhoWasRefusedWhatByEveryWayIn() {
        String ben = acme.signedIn("ben", "developer");
        String vic = acme.signedIn("vic", "viewer");
        assertThat(acme.post("/teams", ben, Map.of("handle", "mine", "name", "Mine"))
                        .status())
                .isEqualTo(403);
        Answer door = acme.post(
                "/checks", vic, Map.of("action", "cluster.sync", "resource", Map.of("type", "cluster", "id", "x")));
        assertThat(door.code()).isEqualTo("permission-missing");
        assertThat(told("call-refused"))
                .containsExactly("POST /api/v1/teams permission-missing", "POST /api/v1/checks permission-missing");
    }

    @Test
    void writesSoManyOfOneCallerAndCountsTheRest() {
        LogBook book = LogBook.on(server.database());
        Refusals refusals = new Refusals(book.transactions, book.log);
        Actor mallory = LogBook.person("org_flood", "per_mallory");
        Actor ann = LogBook.person("org_flood", "per_ann");
        for (int i = 0; i < Refusals.ENTRIES_IN_A_WINDOW + 7; i++) {
            refusals.note(mallory, new AccessEntry.CallRefused("GET", "/x", "permission-missing", "no"), null);
        }
        refusals.note(ann, new AccessEntry.CallRefused("GET", "/x", "permission-missing", "no"), null);
        assertThat(count("org_flood", "call-refused")).isEqualTo(Refusals.ENTRIES_IN_A_WINDOW + 1);

        refusals.settle(System.nanoTime());
        assertThat(count("org_flood", "calls-refused")).isZero();
        refusals.settle(System.nanoTime() + LATER);
        refusals.settleAll();

        assertThat(sql().sql("""
                        SELECT convert_from(body, 'UTF8')::jsonb #>> '{entry,principalId}' || ' ' ||
                               (convert_from(body, 'UTF8')::jsonb #>> '{entry,calls}')
                          FROM audit_event WHERE org_id = 'org_flood' AND type = 'calls-refused'
                        """).query(String.class).list()).containsExactly("per_mallory 7");
        refusals.note(mallory, new AccessEntry.CallRefused("GET", "/x", "permission-missing", "no"), null);
        assertThat(count("org_flood", "call-refused")).isEqualTo(Refusals.ENTRIES_IN_A_WINDOW + 2);
    }

    private List<String> told(String type) {
        return sql().sql("""
                        SELECT concat_ws(' ', e ->> 'method', e ->> 'path', e ->> 'code')
                          FROM (SELECT event_id, convert_from(body, 'UTF8')::jsonb -> 'entry' AS e FROM audit_event
                                 WHERE org_id = :org AND type = :type) AS told ORDER BY event_id
                        """)
                .param("org", acme.id())
                .param("type", type)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private long count(String orgId, String type) {
        return sql().sql("SELECT count(*) FROM audit_event WHERE org_id = :org AND type = :type")
                .param("org", orgId)
                .param("type", type)
                .query(Long.class)
                .single();
    }

    private JdbcClient sql() {
        return server.database().owner();
    }
}
