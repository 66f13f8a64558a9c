package io.countersign.cli.git;

import java.io.Serial;

/** Thrown when git could not do what it was told; the words are git's. */
final class GitFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    GitFailure(String command, String words) {
        super("`git " + command + "` failed: " + words);
    }
}
