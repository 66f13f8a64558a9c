package io.countersign.server.audit;

import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Writes down, every few seconds, how many refusals were only counted. */
@Component
final class RefusalJob {

    RefusalJob(Ticker ticker, Refusals refusals) {
        ticker.every(Duration.ofSeconds(5), "refusals", () -> refusals.settle(System.nanoTime()));
    }
}
