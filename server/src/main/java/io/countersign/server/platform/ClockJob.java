package io.countersign.server.platform;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Keeps the clock's high-water mark, once a second. */
@Component
final class ClockJob {

    ClockJob(Ticker ticker, ServerClock clock) {
        ticker.every(Duration.ofSeconds(1), "clock", clock::tick);
    }
}
