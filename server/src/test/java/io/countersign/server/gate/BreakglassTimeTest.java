package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What time does to break-glass sessions, by a clock that the tests move. */
class BreakglassTimeTest {

    private static TestServer server;
    private Scene scene;
    private Glass glass;

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
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
        glass = new Glass(scene).allow("ann");
    }

    private static void eventually(BooleanSupplier so) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            try {
                Thread.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private void setting(String name, Object value) {
        Scene.expect(200, scene.settings(scene.admin(), Map.of(name, value)));
    }

    @Test
    void aSessionEndsAtItsTimeWithWhatItLetPass() {
        String session = glass.open("ann");
        Map<String, Object> deploy = Scene.deploy("too late");
        Answer asked = glass.ask("ann", session, deploy);
        scene.pass(Duration.ofMinutes(30));
        assertThat(glass.ask("ann", session, Scene.deploy("over")).code()).isEqualTo("session-not-active");
        String number = asked.body().path("request").path("number").asString();
        assertThat(scene.state(number)).isEqualTo("grant-expired");
        assertThat(glass.redeem("ann", deploy, asked).body().path("decision").asString("refused"))
                .isNotEqualTo("permit");
        assertThat(glass.show(session).path("endedWhy").asString()).isEqualTo("time");
        eventually(() -> glass.entries("breakglass-ended").size() == 1);
        assertThat(glass.entries("breakglass-ended")
                        .getFirst()
                        .path("entry")
                        .path("durationSeconds")
                        .asLong())
                .isEqualTo(1_800);
    }

    @Test
    void aLoweredMaximumEndsItEarlierForGood() {
        String session = glass.open("ann", Glass.form("PT4H", List.of("release.deploy"), "payments/production"));
        Map<String, Object> deploy = Scene.deploy("granted before");
        Answer asked = glass.ask("ann", session, deploy);
        scene.pass(Duration.ofMinutes(40));
        setting("breakGlassMaximum", "PT1H");
        assertThat(glass.state(session)).isEqualTo("active");
        setting("breakGlassMaximum", "PT4H");
        scene.pass(Duration.ofMinutes(19));
        Scene.expect(201, glass.ask("ann", session, Scene.deploy("just in time")));
        scene.pass(Duration.ofMinutes(1));
        assertThat(glass.show(session).path("endedWhy").asString()).isEqualTo("maximum-lowered");
        assertThat(scene.state(asked.body().path("request").path("number").asString()))
                .isEqualTo("grant-expired");
    }

    @Test
    void aMaximumBelowWhatHasPassedEndsItAtOnce() {
        String session = glass.open("ann", Glass.form("PT4H", List.of("release.deploy"), "payments/production"));
        Answer asked = glass.ask("ann", session, Scene.deploy("granted before"));
        scene.pass(Duration.ofMinutes(90));
        setting("breakGlassMaximum", "PT1H");
        assertThat(glass.show(session).path("endedWhy").asString()).isEqualTo("maximum-lowered");
        assertThat(scene.state(asked.body().path("request").path("number").asString()))
                .isEqualTo("revoked");
        assertThat(glass.ask("ann", session, Scene.deploy("over")).code()).isEqualTo("session-not-active");
    }

    @Test
    void whatHasEndedStaysAsItEndedWhateverTheMaximumIsLater() {
        String session = glass.open("ann", Glass.form("PT4H", List.of("release.deploy"), "payments/production"));
        scene.pass(Duration.ofHours(5));
        String ended = glass.show(session).path("endedAt").asString();
        assertThat(glass.show(session).path("endedWhy").asString()).isEqualTo("time");
        setting("breakGlassMaximum", "PT1H");
        assertThat(glass.show(session).path("endedWhy").asString()).isEqualTo("time");
        assertThat(glass.show(session).path("endedAt").asString()).isEqualTo(ended);
    }

    @Test
    void theOwnerIsRemindedOnceOfEachAndTheLateOnesAreTold() {
        String session = glass.open("ann", Glass.form("PT1H", List.of("release.deploy"), "payments/production"));
        scene.pass(Duration.ofMinutes(15));
        eventually(() -> reminders("idle") == 1);
        glass.ask("ann", session, Scene.deploy("busy"));
        scene.pass(Duration.ofMinutes(15));
        eventually(() -> reminders("idle") == 2);
        scene.pass(Duration.ofMinutes(20));
        eventually(() -> reminders("ends-soon") == 1);
        scene.pass(Duration.ofMinutes(10));
        eventually(() -> glass.entries("breakglass-ended").size() == 1);
        scene.pass(Duration.ofHours(24));
        eventually(() -> overdue("closure") == 1);
        assertThat(overdue("review")).isZero();
        JsonNode late = server.get("/api/v1/breakglass-sessions/overdue", scene.secret("bob"))
                .body()
                .path("items");
        assertThat(late.get(0).path("name").asString()).isEqualTo(session);
        scene.pass(Duration.ofDays(2));
        eventually(() -> overdue("review") == 1);
        scene.pass(Duration.ofDays(2));
        assertThat(reminders("idle")).isEqualTo(2);
        assertThat(reminders("ends-soon")).isEqualTo(1);
        assertThat(overdue("closure")).isEqualTo(1);
        assertThat(overdue("review")).isEqualTo(1);
    }

    private long reminders(String what) {
        return glass.entries("breakglass-reminder").stream()
                .filter(entry -> entry.path("entry").path("what").asString().equals(what))
                .count();
    }

    private long overdue(String what) {
        return glass.entries("breakglass-overdue").stream()
                .filter(entry -> entry.path("entry").path("what").asString().equals(what))
                .count();
    }
}
