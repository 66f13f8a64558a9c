package io.countersign.server.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The set-up as it is told.
 *
 * @param endsAt when it ends at the latest; none once it has ended
 * @param endedWhy {@code admin}, {@code production} or {@code time}
 */
record SetUpView(
        boolean active,
        @Nullable Instant endsAt,
        @Nullable Instant endedAt,
        @Nullable String endedWhy) {

    static SetUpView of(SetUp setUp, Instant now) {
        Instant end = setUp.end();
        if (setUp.covers(now)) {
            return new SetUpView(true, end, null, null);
        }
        boolean byTime = !end.equals(setUp.endedAt());
        return new SetUpView(false, null, end, byTime ? "time" : setUp.endedWhy());
    }
}
