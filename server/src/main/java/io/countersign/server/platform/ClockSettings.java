package io.countersign.server.platform;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Whether time is simulated, for demonstrations, training and acceptance tests. */
@ConfigurationProperties("countersign.clock")
record ClockSettings(
        @Setting(
                "instant at which the clock of a new database starts; it stays simulated for life, empty means real time")
        @DefaultValue("")
        String simulated) {

    /** The instant, if the clock is to be simulated; refuses what is not an instant. */
    Optional<Instant> start() {
        if (simulated.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(simulated));
        } catch (DateTimeParseException notAnInstant) {
            throw new StartRefused(
                    "countersign.clock.simulated is an instant such as `2026-03-02T09:00:00Z`, not `" + simulated + "`",
                    notAnInstant);
        }
    }
}
