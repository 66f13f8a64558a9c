package io.countersign.server.directory;

import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks every fifth of a second which epochs are in force. */
@Component
final class EpochJob {

    private static final Duration PAUSE = Duration.ofMillis(200);

    EpochJob(Ticker ticker, Epochs epochs) {
        epochs.poll();
        ticker.every(PAUSE, "epochs", epochs::poll);
    }
}
