package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes that are restarted one after the other under load: whoever tries again at the other node is served, nothing is
 * done twice, and what is followed goes on.
 */
@Tag("campaign")
class RollingRestartTest {

    private static final int ROUNDS = Campaign.of(1, 6);
    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private static DurablePostgres database;
    private static final AtomicReferenceArray<ServerProcess> NODES = new AtomicReferenceArray<>(2);
    private static Scene scene;

    @BeforeAll
    static void start() {
        database = DurablePostgres.start();
        NODES.set(0, ServerProcess.on(database));
        NODES.get(0).url();
        NODES.set(1, ServerProcess.on(database));
        scene = Scene.on(NODES.get(0)).developer("bob", "sre");
        for (int i = 0; i < CLIENTS; i++) {
            scene.developer("ann" + i, "sre");
        }
        scene.gate("Production", Map.of("minApprovals", 1), "sre");
        scene.allowManyAsks();
        NODES.get(1).url();
    }

    @AfterAll
    static void stop() {
        NODES.get(0).close();
        NODES.get(1).close();
        database.close();
    }

    /** Calls a node, and the other one when that has gone or says 503; the same call with the same key, as clients must. */
    private static Answer patiently(int first, String method, String path, String secret, Object body) {
        String key = UUID.randomUUID().toString();
        long until = System.nanoTime() + PATIENCE.toNanos();
        int node = first;
        while (true) {
            try {
                Answer answer = NODES.get(node % 2).call(method, path, secret, body, "Idempotency-Key", key);
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (UncheckedIOException | IllegalStateException gone) {
                if (System.nanoTime() > until) {
                    throw gone;
                }
            }
            if (System.nanoTime() > until) {
                throw new AssertionError(method + " " + path + " was not answered within " + PATIENCE);
            }
            ProvingGround.pause(Duration.ofMillis(20));
            node++;
        }
    }

    /** What the clients of a run have done, and everything that went wrong. */
    private static final class Work {
        private final AtomicInteger executed = new AtomicInteger();
        private final AtomicInteger turn = new AtomicInteger();
        private final Queue<String> failed = new ConcurrentLinkedQueue<>();
        private volatile boolean over;

        /** Asks, approves, redeems twice over and once too often, and reports, until it is over. */
        void go(String who) {
            while (!over) {
                int node = turn.incrementAndGet();
                try {
                    cycle(who, node);
                    executed.incrementAndGet();
                } catch (RuntimeException | AssertionError wrong) {
                    failed.add(who + " in turn " + node + ": " + wrong);
                }
            }
        }

        private void cycle(String who, int node) {
            Map<String, Object> deploy = Scene.deploy("turn " + node);
            Answer held = patiently(node, "POST", "/api/v1/asks", scene.secret(who), deploy);
            assertThat(held.status()).as(held.text()).isIn(200, 201);
            String number = held.body().path("request").path("number").asString();
            String digest = held.body().path("payloadDigest").asString();
            Answer vote = patiently(
                    node + 1,
                    "POST",
                    "/api/v1/requests/" + number + "/votes",
                    scene.secret("bob"),
                    Map.of("vote", "approve", "payloadDigest", digest));
            assertThat(vote.status()).as(vote.text()).isEqualTo(200);
            String execution = Scene.executionId();
            assertThat(redeem(node, who, deploy, digest, execution).status()).isEqualTo(200);
            assertThat(redeem(node + 1, who, deploy, digest, execution).status())
                    .isEqualTo(200);
            assertThat(redeem(node, who, deploy, digest, Scene.executionId()).code())
                    .isEqualTo("already-redeemed");
            Answer outcome = patiently(
                    node,
                    "POST",
                    "/api/v1/executions/" + execution + "/outcome",
                    scene.secret(who),
                    Map.of("result", "succeeded"));
            if (outcome.status() == 409) {
                // A node was killed between its commit and its answer: what was told again stands already.
                assertThat(outcome.code()).as(outcome.text()).isEqualTo("already-reported");
                assertThat(outcome.body().path("outcome").asString()).isEqualTo("succeeded");
            } else {
                assertThat(outcome.status()).as(outcome.text()).isBetween(200, 204);
            }
        }

        private static Answer redeem(
                int node, String who, Map<String, Object> deploy, String digest, String executionId) {
            return patiently(
                    node,
                    "POST",
                    "/api/v1/redemptions",
                    scene.secret(who),
                    Map.of(
                            "action",
                            deploy.get("action"),
                            "resource",
                            deploy.get("resource"),
                            "payloadDigest",
                            digest,
                            "executionId",
                            executionId));
        }
    }

    @Test
    void failNobodyWhoTriesAgainAndDoNothingTwice() throws InterruptedException {
        Work work = new Work();
        FollowedEvents followed = new FollowedEvents(NODES, scene.admin());
        Thread follower = Thread.ofVirtual().start(followed);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String who = "ann" + i;
            clients.add(Thread.ofPlatform().start(() -> work.go(who)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int node = 0; node < 2; node++) {
                ProvingGround.pause(BETWEEN);
                restart(node, round % 2 == 1);
            }
        }
        ProvingGround.pause(BETWEEN);
        work.over = true;
        for (Thread client : clients) {
            client.join();
        }
        assertThat(work.failed).isEmpty();
        assertThat(work.executed.get()).isPositive();
        assertThat(count("SELECT count(*) FROM audit_event WHERE type = 'grant-redeemed'"))
                .as("redemptions")
                .isEqualTo(work.executed.get());
        assertThat(count("SELECT count(*) FROM (SELECT request_id FROM audit_event WHERE type = 'grant-redeemed'"
                        + " GROUP BY request_id HAVING count(*) > 1) AS doubled"))
                .as("grants redeemed twice")
                .isZero();
        assertThat(count("SELECT count(*) FROM request WHERE state = 'executed'"))
                .isEqualTo(work.executed.get());
        ProvingGround.await(() -> count("SELECT count(*) FROM audit_pending") == 0);
        long length = count("SELECT next_leaf FROM audit_head JOIN organization USING (org_id) WHERE handle = '"
                + scene.handle() + "'");
        ProvingGround.await(() -> followed.count() >= length);
        followed.stop();
        follower.join();
        assertThat(followed.places())
                .as("events, each once and in order over all reconnections")
                .isEqualTo(LongStream.range(0, length).boxed().toList());
        assertThat(followed.connections()).isGreaterThan(1);
        Campaign.tell(
                "nodes",
                2 * ROUNDS + " restarts under load: " + work.executed + " executed, 0 failed, 0 doubled, " + length
                        + " events followed over " + followed.connections() + " connections");
    }

    /** Replaces a node, in good order or by killing it; the other one serves meanwhile. */
    private static void restart(int node, boolean killed) {
        ServerProcess before = NODES.get(node);
        if (killed) {
            before.kill();
        } else {
            before.stop();
        }
        before.close();
        ServerProcess fresh = ServerProcess.on(database);
        fresh.url();
        NODES.set(node, fresh);
    }

    private static long count(String sql) {
        return database.owner().sql(sql).query(Long.class).single();
    }

    @Test
    void knowOfEachOthersChangesWithinASecond() {
        Map<String, Object> ask = Scene.deploy("payments/staging", "seen by the other");
        assertThat(check(1, "ann0", ask).body().path("decision").asString()).isEqualTo("permit");
        Scene.expect(
                201,
                patiently(
                        0,
                        "POST",
                        "/api/v1/bindings",
                        scene.admin(),
                        Map.of("templateId", "Production", "level", "environment", "targetId", "payments/staging")));
        ProvingGround.pause(FRESH);
        assertThat(check(1, "ann0", ask).body().path("decision").asString()).isEqualTo("hold");

        assertThat(patiently(0, "DELETE", "/api/v1/sessions", scene.secret("ann1"), Map.of())
                        .status())
                .isBetween(200, 204);
        assertThat(NODES.get(1).post("/api/v1/asks", scene.secret("ann1"), ask).status())
                .as("an ask is judged in the transaction")
                .isEqualTo(401);
        ProvingGround.pause(FRESH);
        assertThat(check(1, "ann1", ask).status()).isEqualTo(401);
    }

    private static Answer check(int node, String who, Map<String, Object> ask) {
        return ProvingGround.patiently(() -> NODES.get(node).post("/api/v1/checks", scene.secret(who), ask));
    }
}
