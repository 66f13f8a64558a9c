package io.countersign.cli.git;

import java.io.Serial;

/** Thrown when git wrote more than was wanted. */
final class TooMuchOutput extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    TooMuchOutput(long mostBytes) {
        super("more than " + mostBytes + " bytes");
    }
}
