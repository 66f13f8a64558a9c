package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;

/**
 * A call on a {@link ShortRoute}.
 *
 * @param id what the path has in the id's place, empty where it has none
 * @param key the caller's, or none
 */
@SuppressWarnings("ArrayRecordComponent") // a body on its way in; never compared
public record ShortCall(
        Caller caller,
        Origin origin,
        String id,
        byte[] body,
        @Nullable IdempotencyKey key) {}
