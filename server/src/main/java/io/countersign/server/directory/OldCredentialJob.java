package io.countersign.server.directory;

import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Forgets sign-ins and one-time links a month after they expired, some at a time. */
@Component
final class OldCredentialJob {

    static final Duration KEPT = Duration.ofDays(30);
    private static final int BATCH = 5_000;

    OldCredentialJob(Ticker ticker, SessionStore sessions, LinkStore links, ServerClock clock) {
        ticker.every(Duration.ofMinutes(1), "old credentials", () -> {
            Instant before = clock.now().minus(KEPT);
            sessions.forget(before, BATCH);
            links.forget(before, BATCH);
        });
    }
}
