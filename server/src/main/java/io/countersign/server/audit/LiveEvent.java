package io.countersign.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That something happened, as it is told live: what it is about, never what was written in it.
 *
 * @param type the kind of entry, such as {@code vote-cast}
 * @param leafIndex place of the entry in the log of its organization
 * @param number number of the request it is about
 */
record LiveEvent(
        String type,
        Instant time,
        long leafIndex,
        @Nullable String requestId,
        @Nullable String number,
        String actorId) {

    /** Whether somebody sees it who reads requests but not the whole log. */
    boolean aboutRequest() {
        return requestId != null;
    }
}
