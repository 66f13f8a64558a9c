package io.countersign.core.breakglass;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is owed after a session has ended.
 *
 * @param closedAt when the closure was filed, or none
 * @param reviewedAt when the review was, or none
 */
public record Aftermath(
        Instant endedAt,
        @Nullable Instant closedAt,
        @Nullable Instant reviewedAt) {

    /** Whether both are there. */
    public boolean settled() {
        return closedAt != null && reviewedAt != null;
    }

    /** Whether the closure is missing for longer than allowed. */
    public boolean closureOverdue(Duration within, Instant now) {
        return closedAt == null && !now.isBefore(endedAt.plus(within));
    }

    /** Whether the review is missing for longer than allowed. */
    public boolean reviewOverdue(Duration within, Instant now) {
        return reviewedAt == null && !now.isBefore(endedAt.plus(within));
    }
}
