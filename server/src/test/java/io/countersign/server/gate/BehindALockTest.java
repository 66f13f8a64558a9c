package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits behind a lock is judged by the time when the lock is its own, not by the time when it came. */
class BehindALockTest {

    private static final Duration LONG = Duration.ofMinutes(31);
    private static final Map<String, Object> RULE = Map.of("expiresAfter", "PT30M", "grantValidFor", "PT30M");

    private static TestServer server;
    private Scene scene;

    @BeforeAll
    static void start() {
        server = TestServer.simulatedForMonths(Instant.parse("2026-03-02T09:00:00Z"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void people() {
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "sre");
        scene.gate("Production", Map.of("minApprovals", 1), RULE, "sre");
    }

    @Test
    void aVoteThatWaitedPastTheDeadlineIsLate() {
        String number = scene.held("ann", Scene.deploy("waits"));
        String digest = scene.digest(number);
        Answer answer = behind(
                "SELECT number FROM request FOR UPDATE", () -> scene.vote("bob", number, "approve", null, digest));
        assertThat(answer.code()).isEqualTo("not-pending");
        assertThat(scene.state(number)).isEqualTo("expired");
        assertThat(scene.show("ann", number).body().path("votes")).isEmpty();
    }

    @Test
    void aVoteThatWaitedForARuleBeingChangedIsLateToo() {
        String number = scene.held("ann", Scene.deploy("waits for a rule"));
        String digest = scene.digest(number);
        Answer answer = behind(
                "SELECT epoch FROM organization_epoch FOR UPDATE",
                () -> scene.vote("bob", number, "approve", null, digest));
        assertThat(answer.code()).isEqualTo("not-pending");
        assertThat(scene.state(number)).isEqualTo("expired");
    }

    @Test
    void aRedemptionThatWaitedPastTheEndOfItsGrantIsRefused() {
        Map<String, Object> deploy = Scene.deploy("granted");
        String number = scene.held("ann", deploy);
        Scene.expect(200, scene.approve("bob", number));
        String digest = scene.digest(number);
        Answer answer = behind(
                "SELECT number FROM request FOR UPDATE",
                () -> scene.redeem("ann", deploy, digest, Scene.executionId()));
        assertThat(answer.body().path("decision").asString()).isNotEqualTo("permit");
        assertThat(scene.state(number)).isEqualTo("grant-expired");
    }

    @Test
    void anAskThatWaitedPastTheEndOfAnEmergencyIsHeld() {
        Glass glass = new Glass(scene).allow("ann");
        String session = glass.open("ann");
        Answer answer = behind(
                "SELECT id FROM breakglass_session FOR UPDATE",
                () -> glass.ask("ann", session, Scene.deploy("too late")));
        assertThat(answer.body().path("decision").asString()).isNotEqualTo("permit");
        assertThat(glass.entries("request-bypassed")).isEmpty();
    }

    /** Lets the act run into the lock, moves the clock past every end while it waits there, and lets it go on. */
    private Answer behind(String lock, Supplier<Answer> act) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        server.database().transactions().executeWithoutResult(transaction -> {
            server.database().sql().sql(lock).query().listOfRows();
            Thread.ofVirtual().start(() -> answer.complete(act.get()));
            awaitWaiting(answer);
            server.database()
                    .owner()
                    .sql("""
                            UPDATE installation SET clock_offset = clock_offset + make_interval(mins => :long)
                            """)
                    .param("long", (int) LONG.toMinutes())
                    .update();
        });
        return answer.join();
    }

    private static void awaitWaiting(CompletableFuture<Answer> answer) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!server.database().somebodyWaits()) {
            assertThat(answer).as("it did not wait for the lock").isNotDone();
            assertThat(System.nanoTime()).as("nothing waits").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
