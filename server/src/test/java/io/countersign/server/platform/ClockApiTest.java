package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockApiTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void movesASimulatedClockForwardAndNeverBack() {
        try (TestServer server = TestServer.simulated(MONDAY, TrialApi.SETTING)) {
            Answer reading = server.get("/api/v1/clock", "session");
            assertThat(reading.body().path("simulated").asBoolean()).isTrue();
            assertThat(Instant.parse(reading.body().path("now").asString())).isBetween(MONDAY, MONDAY.plusSeconds(60));
            Instant friday = Instant.parse("2026-03-06T17:00:00Z");
            Answer moved = server.post("/api/v1/clock", "session", Map.of("to", friday.toString()));
            assertThat(moved.status()).isEqualTo(200);
            assertThat(Instant.parse(moved.body().path("now").asString())).isBetween(friday, friday.plusSeconds(60));
            assertThat(server.bean(ServerClock.class).nearly()).isBetween(friday, friday.plusSeconds(60));
            TestServer.Answer back = server.post("/api/v1/clock", "session", Map.of("to", MONDAY.toString()));
            assertThat(back.code()).isEqualTo("clock-goes-forward");
            assertThat(back.body().path("remedy").asString()).contains("a new database");
            assertThat(server.post("/api/v1/clock", "session", Map.of("to", "+12000-01-01T00:00:00Z"))
                            .code())
                    .isEqualTo("wrong-value");
        }
    }

    @Test
    void leavesARealClockAlone() {
        try (TestServer server = TestServer.start(TrialApi.SETTING)) {
            assertThat(server.post("/api/v1/clock", "session", Map.of("to", "2100-01-01T00:00:00Z"))
                            .code())
                    .isEqualTo("clock-not-simulated");
            assertThat(server.post("/api/v1/clock", "asker", Map.of("to", "2100-01-01T00:00:00Z"))
                            .code())
                    .isEqualTo("permission-missing");
        }
    }
}
