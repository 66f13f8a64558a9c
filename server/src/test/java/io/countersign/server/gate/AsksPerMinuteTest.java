package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Approvers are people: nobody is asked more often in a minute than the organization allows one subject to ask. */
class AsksPerMinuteTest {

    private static TestServer server;
    private Scene scene;

    @BeforeAll
    static void start() {
        server = TestServer.simulated(Instant.parse("2026-03-02T09:00:00Z"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void people() {
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "sre");
        scene.gate("Production", Map.of("minApprovals", 1), "sre");
    }

    @Test
    void oneSubjectOpensSoManyInAMinuteAndNoMore() {
        allow(2);
        String first = scene.held("ann", Scene.deploy("first"));
        scene.held("ann", Scene.deploy("second"));

        assertRefused(scene.ask("ann", Scene.deploy("third")), 2);
        assertThat(pending()).isEqualTo(2);
        assertThat(Scene.expect(200, scene.ask("ann", Scene.deploy("first")))
                        .body()
                        .path("request")
                        .path("number")
                        .asString())
                .as("what is open already may be asked about")
                .isEqualTo(first);
        Scene.expect(200, scene.ask("ann", Scene.deploy("payments/staging", "nobody has to look at it")));
        scene.held("bob", Scene.deploy("another subject's"));

        scene.pass(Duration.ofMinutes(1));
        scene.held("ann", Scene.deploy("third"));
        assertThat(pending()).isEqualTo(4);
    }

    @Test
    void aLimitAboveTenThousandIsKeptToo() {
        scene.held("ann", Scene.deploy("first"));
        copyTheRequest(10_000);
        allow(10_001);
        assertRefused(scene.ask("ann", Scene.deploy("one too many")), 10_001);
        allow(10_002);
        scene.held("ann", Scene.deploy("the last one"));
        assertRefused(scene.ask("ann", Scene.deploy("one too many")), 10_002);
    }

    private void allow(int asks) {
        Scene.expect(200, scene.settings(scene.admin(), Map.of("asksPerMinute", asks)));
    }

    private static void assertRefused(Answer answer, int limit) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("too-many-requests");
        assertThat(answer.body().path("detail").asString()).contains("`" + limit + "`");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
    }

    private int pending() {
        return server.get("/api/v1/requests/counts", scene.secret("bob"))
                .body()
                .path("pending")
                .asInt();
    }

    /** So many more of the organization's only request, opened at this moment and ended already. */
    private void copyTheRequest(int times) {
        String organization = server.get("/api/v1/organization", scene.admin())
                .body()
                .path("id")
                .asString();
        int copied = server.database()
                .owner()
                .sql("""
                        INSERT INTO request SELECT copy.* FROM request r, generate_series(1, :times) n,
                          LATERAL jsonb_populate_record(r, jsonb_build_object(
                            'id', 'req_copy_' || n, 'number', r.number + n, 'open_key', 'copy ' || n, 'open', false,
                            'state', 'cancelled', 'first_opened_at', countersign_now())) AS copy
                         WHERE r.org_id = :org
                        """)
                .param("times", times)
                .param("org", organization)
                .update();
        assertThat(copied).isEqualTo(times);
        server.database()
                .owner()
                .sql("UPDATE request_number SET last = last + :times WHERE org_id = :org")
                .param("times", times)
                .param("org", organization)
                .update();
    }
}
