package io.countersign.server.directory;

import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Forgets failed sign-ins that no longer count, once a minute. */
@Component
final class AttemptJob {

    AttemptJob(Ticker ticker, AttemptStore attempts, ServerClock clock, AccessSettings settings) {
        ticker.every(
                Duration.ofMinutes(1), "sign-in attempts", () -> attempts.purge(clock.now(), settings.failureWindow()));
    }
}
