package io.countersign.server.directory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An organization's first days, in which changes are exempt from separation of duties: from its creation until the first
 * of an admin's word, the first redemption on a production-tier environment, and 7 days.
 *
 * @param endedAt when it was ended before its time, or null
 * @param endedWhy {@code admin} or {@code production}, or null
 */
public record SetUp(
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String endedWhy) {

    /** How long it lasts when nothing ends it before. */
    public static final Duration LIMIT = Duration.ofDays(7);

    /** The first instant that no longer belongs to it, as far as is known now. */
    public Instant end() {
        Instant limit = createdAt.plus(LIMIT);
        return endedAt != null && endedAt.isBefore(limit) ? endedAt : limit;
    }

    /** Whether this instant lies in it. */
    public boolean covers(Instant instant) {
        return instant.isBefore(end());
    }
}
