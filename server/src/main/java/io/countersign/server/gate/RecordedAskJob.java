package io.countersign.server.gate;

import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Forgets asks that were kept long enough, some at a time. */
@Component
final class RecordedAskJob {

    private static final int BATCH = 5_000;

    RecordedAskJob(Ticker ticker, RecordedAskStore asks, GateSettings settings) {
        ticker.every(Duration.ofMinutes(1), "recorded asks", () -> asks.forget(settings.keepAsks(), BATCH));
    }
}
