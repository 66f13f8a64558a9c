package io.countersign.server.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a delivery that did not arrive is tried again: after the pauses that Standard Webhooks 1.0 recommends, each up to a
 * fifth longer, so that what failed together does not come back together. The last attempt is three days after the first.
 */
final class RetrySchedule {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** How often a delivery is tried. */
    static final int ATTEMPTS = PAUSES.size() + 1;

    private static final Duration LONGEST_WISH = Duration.ofHours(24);
    private static final double JITTER = 0.2;

    private RetrySchedule() {}

    /**
     * The moment of the next attempt; nothing when there is none any more.
     *
     * @param attempts how many there were
     * @param wish how long the other side asks to be left alone; more than a day is not believed
     * @param chance from 0 to 1, how much of the jitter is taken
     */
    static Optional<Instant> next(int attempts, Instant now, @Nullable Duration wish, double chance) {
        if (attempts >= ATTEMPTS) {
            return Optional.empty();
        }
        Duration pause = PAUSES.get(Math.max(0, attempts - 1));
        Duration jittered = pause.plusMillis((long) (pause.toMillis() * JITTER * chance));
        if (wish == null) {
            return Optional.of(now.plus(jittered));
        }
        Duration believed = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
        return Optional.of(now.plus(believed.compareTo(jittered) > 0 ? believed : jittered));
    }
}
