package io.countersign.server.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Brings a crashed embedded database back, some seconds after. */
@Component
final class PostgresJob {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    PostgresJob(Ticker ticker, Database database) {
        database.embedded()
                .ifPresent(postgres -> ticker.every(PAUSE, "postgres", () -> {
                    try {
                        postgres.reviveAfterCrash();
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                }));
    }
}
