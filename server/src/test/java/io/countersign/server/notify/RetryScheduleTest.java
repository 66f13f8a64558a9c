package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private static Duration pause(int attempts, double chance) {
        return Duration.between(
                NOW, RetrySchedule.next(attempts, NOW, null, chance).orElseThrow());
    }

    @Test
    void pausesAsStandardWebhooksRecommends() {
        List<String> pauses = new ArrayList<>();
        for (int attempts = 1; attempts < RetrySchedule.ATTEMPTS; attempts++) {
            pauses.add(pause(attempts, 0).toString());
        }
        assertThat(pauses).containsExactly("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
        assertThat(RetrySchedule.next(RetrySchedule.ATTEMPTS, NOW, null, 0)).isEmpty();
    }

    @Test
    void waitsUpToAFifthLonger() {
        assertThat(pause(2, 0.5)).isEqualTo(Duration.ofMinutes(5).plusSeconds(30));
        assertThat(pause(2, 1)).isEqualTo(Duration.ofMinutes(6));
    }

    @Test
    void heedsALongerWishAndNoneBeyondADay() {
        assertThat(wished(Duration.ofMinutes(10))).contains(NOW.plus(Duration.ofMinutes(10)));
        assertThat(wished(Duration.ofSeconds(1))).contains(NOW.plus(Duration.ofSeconds(5)));
        assertThat(wished(Duration.ofDays(400))).contains(NOW.plus(Duration.ofHours(24)));
    }

    private static Optional<Instant> wished(Duration wish) {
        return RetrySchedule.next(1, NOW, wish, 0);
    }
}
