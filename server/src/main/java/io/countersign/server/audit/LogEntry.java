package io.countersign.server.audit;

import io.countersign.core.audit.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry at its place in the log.
 *
 * @param leafIndex its place among the entries of its organization, from 0, without gaps
 * @param type name of the kind of entry, such as {@code vote-cast}
 */
public record LogEntry(
        String organizationId,
        long leafIndex,
        Instant at,
        String type,
        String actorId,
        @Nullable String requestId,
        @Nullable String requestNumber,
        boolean prominent,
        Entry entry) {

    /** Its type as CloudEvents name it, such as {@code io.countersign.vote.cast}. */
    public String eventType() {
        return CloudEvent.typeOf(type);
    }
}
