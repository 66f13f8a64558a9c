package io.countersign.server.breakglass;

import io.countersign.core.audit.BreakglassEntry.Glass;
import io.countersign.core.breakglass.Session;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stands in the database: the value the rules judge, and what only people read.
 *
 * @param most the longest it may last, by the lowest maximum there was since it was opened
 * @param key the idempotency key it was opened with
 * @param requestId the request that gates its opening, or none
 * @param requestNumber the same as people write it
 * @param endBy who ended it before its time, or none
 * @param ended its end as it stands in the audit log, or none while it does not
 */
record KeptSession(
        String orgId,
        Session session,
        String closureOwnerId,
        @Nullable Duration most,
        Instant openedAt,
        String key,
        @Nullable String requestId,
        @Nullable String requestNumber,
        @Nullable String endBy,
        @Nullable String endNote,
        @Nullable RecordedEnd ended,
        Told told) {

    /** An end that was written down. */
    record RecordedEnd(Instant at, String why) {}

    /** What was written down of a running session so far; nothing is decided by it. */
    record Told(boolean opened, boolean endsSoon, @Nullable Instant idleSince, boolean closureDue, boolean reviewDue) {}

    String id() {
        return session.id();
    }

    /** The longest it may last, where the organization allows so much now; how long it lasted does not change any more. */
    Duration mostOf(Duration allowedNow) {
        if (ended != null) {
            return most == null ? session.duration() : most;
        }
        return most == null || allowedNow.compareTo(most) < 0 ? allowedNow : most;
    }

    /** It, as entries of the audit log name it. */
    Glass glass() {
        return new Glass(session.id(), session.name(), session.ownerId(), session.reason(), session.incident());
    }
}
