package io.countersign.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An entry as it is read over HTTP.
 *
 * @param leafIndex its place in the log of its organization, from 0, without gaps
 * @param type the kind of entry, such as {@code vote-cast}
 * @param prominent whether it stands out
 * @param number number of the request it is about
 * @param entry what happened; its members depend on the type
 */
record FoundEntry(
        long leafIndex,
        Instant time,
        String type,
        boolean prominent,
        Doer actor,
        @Nullable String requestId,
        @Nullable String number,
        JsonNode entry) {

    /** Who did it; the handle is the present one. */
    record Doer(String id, @Nullable String handle, String kind, String credentialId, String channel, String callId) {}

    /** The same with what its actor is called. */
    FoundEntry called(@Nullable String handle) {
        Doer named = new Doer(actor.id, handle, actor.kind, actor.credentialId, actor.channel, actor.callId);
        return new FoundEntry(leafIndex, time, type, prominent, named, requestId, number, entry);
    }
}
