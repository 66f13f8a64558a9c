package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class InstallationTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void showsTheTimeOfTheMachine() {
        try (TestDatabase database = TestDatabase.fresh()) {
            InstallationStore store = new InstallationStore(database.sql());
            assertThat(Duration.between(store.now(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(2));
            assertThat(store.simulated()).isFalse();
        }
    }

    @Test
    void startsASimulatedClockAtItsInstantAndLetsItRun() throws InterruptedException {
        try (TestDatabase database = TestDatabase.simulated(MONDAY)) {
            InstallationStore store = new InstallationStore(database.sql());
            Instant first = store.now();
            Thread.sleep(20);
            assertThat(first).isBetween(MONDAY, MONDAY.plusSeconds(5));
            assertThat(store.now()).isAfter(first);
        }
    }

    @Test
    void movesASimulatedClockForwardOnly() {
        try (TestDatabase database = TestDatabase.simulated(MONDAY)) {
            InstallationStore store = new InstallationStore(database.sql());
            Instant later = MONDAY.plus(Duration.ofDays(200));
            assertThat(store.advance(later)).isTrue();
            assertThat(store.now()).isBetween(later, later.plusSeconds(5));
            assertThat(store.advance(MONDAY)).isFalse();
            assertThat(store.now()).isAfter(later);
        }
    }

    @Test
    void neverShowsATimeBelowTheHighWaterMark() {
        try (TestDatabase database = TestDatabase.fresh()) {
            InstallationStore store = new InstallationStore(database.sql());
            Instant future = Instant.now().plusSeconds(3600);
            database.owner()
                    .sql("UPDATE installation SET clock_high_water = clock_timestamp() + interval '1 hour'")
                    .update();
            assertThat(store.now()).isAfterOrEqualTo(future.minusSeconds(1));
            assertThat(store.secondsBehind()).isBetween(3590.0, 3601.0);
        }
    }

    @Test
    void letsTheApplicationNeitherChangeTheKindNorMoveARealClock() {
        try (TestDatabase database = TestDatabase.fresh()) {
            assertThatThrownBy(() -> database.sql()
                            .sql("UPDATE installation SET simulated = true")
                            .update())
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("permission denied");
            assertThatThrownBy(() -> database.sql()
                            .sql("UPDATE installation SET clock_offset = interval '1 hour'")
                            .update())
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("check constraint");
            assertThat(new InstallationStore(database.sql()).advance(MONDAY.plus(Duration.ofDays(900))))
                    .isFalse();
        }
    }
}
