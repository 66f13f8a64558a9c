package io.countersign.server.platform;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A call on a {@link ShortRoute}.
 *
 * @param id what the path has in the id's place, empty where it has none
 * @param key the caller's, or none; looked at by routes that heed one, and refused there when it is none
 */
@SuppressWarnings("ArrayRecordComponent") // a body on its way in; never compared
public record ShortCall(Caller caller, Origin origin, String id, byte[] body, Supplier<Optional<IdempotencyKey>> key) {}
