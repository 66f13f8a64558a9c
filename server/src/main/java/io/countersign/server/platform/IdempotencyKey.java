package io.countersign.server.platform;

import java.util.function.Supplier;

/**
 * The key that a caller draws for one act, so that trying again does it once; a route that takes it as a parameter
 * demands the header.
 *
 * @param fingerprint of method, address and body, once the body has been read
 */
public record IdempotencyKey(String value, Supplier<String> fingerprint) {

    /** The header that carries it. */
    public static final String HEADER = "Idempotency-Key";
}
