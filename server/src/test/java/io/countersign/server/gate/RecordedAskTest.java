package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Asks as they are kept for trying rules on them. */
class RecordedAskTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @Test
    void keepsEveryAskWithWhatItWasResolvedToWhateverCameOfIt() {
        scene.developer("ann", "sre").developer("bob", "sre");
        scene.gate("Sre", Map.of("minApprovals", 1), Map.of("conditions", Map.of("requireReason", true)), "sre");
        Map<String, Object> deploy = Scene.deploy("replicas: 3");

        scene.ask("ann", Scene.deploy("payments/staging", "replicas: 1"));
        scene.held("ann", deploy);
        scene.ask("ann", deploy);
        Map<String, Object> unexplained = Scene.deploy("replicas: 4");
        unexplained.remove("reason");
        scene.ask("ann", unexplained);
        server.post("/api/v1/checks", scene.secret("ann"), deploy);

        assertThat(kept("decision || ' ' || coalesce(code, '') || ' ' || opened || ' ' || cardinality(rules)"))
                .containsExactly("permit  false 0", "hold  true 1", "hold  false 1", "deny policy-violations false 0");
        assertThat(kept("(request_id IS NOT NULL)::text")).containsExactly("false", "true", "true", "false");
        assertThat(
                        kept(
                                "action || ' ' || (place #>> '{environments,0,name}') || ' ' || (place #>> '{environments,0,tier}')"))
                .startsWith("release.deploy staging STAGING", "release.deploy production PRODUCTION");
        assertThat(kept("coalesce(reason, 'none')")).last().isEqualTo("none");
    }

    @Test
    void forgetsWhatWasKeptLongEnough() {
        scene.developer("ann", "sre");
        scene.ask("ann", Scene.deploy("payments/staging", "replicas: 1"));
        scene.ask("ann", Scene.deploy("payments/staging", "replicas: 2"));
        server.database().owner().sql("""
                        UPDATE recorded_ask SET at = at - interval '91 days'
                         WHERE org_id = (SELECT org_id FROM organization WHERE handle = :handle)
                           AND id = (SELECT min(id) FROM recorded_ask JOIN organization USING (org_id)
                                      WHERE handle = :handle)
                        """).param("handle", scene.handle()).update();
        server.bean(RecordedAskStore.class).forget(Duration.ofDays(90), 100_000);
        assertThat(kept("id")).hasSize(1);
    }

    private List<String> kept(String column) {
        return server.database()
                .owner()
                .sql("SELECT " + column + " FROM recorded_ask JOIN organization o USING (org_id)"
                        + " WHERE o.handle = :handle AND action = 'release.deploy' ORDER BY at, id")
                .param("handle", scene.handle())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
