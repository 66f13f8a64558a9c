package io.countersign.server.platform;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Forgets old idempotency keys, every few minutes. */
@Component
final class IdempotencyJob {

    private static final int BATCH = 5_000;

    IdempotencyJob(Ticker ticker, IdempotencyStore store) {
        ticker.every(Duration.ofMinutes(5), "idempotency", () -> {
            int forgotten;
            do {
                forgotten = store.forget(BATCH);
            } while (forgotten == BATCH);
        });
    }
}
