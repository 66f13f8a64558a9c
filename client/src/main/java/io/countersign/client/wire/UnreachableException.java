package io.countersign.client.wire;

import java.io.Serial;
import java.net.URI;

/** Thrown when no answer came from the server. */
public final class UnreachableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    UnreachableException(URI server, String why, Throwable cause) {
        super("no answer from " + server + ": " + why, cause);
    }
}
