package io.countersign.cli.declaration;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file, as compilers and editors write it.
 *
 * @param line from 1; 0 where only the file is known
 * @param column from 1
 */
record FilePlace(String file, int line, int column) {

    /** Something wrong at a place. */
    record Complaint(
            FilePlace spot,
            String code,
            String sentence,
            @Nullable FilePlace elsewhere) {

        String words() {
            return spot.words() + ": " + sentence
                    + (elsewhere == null ? "" : "; the other one is " + elsewhere.words());
        }
    }

    String words() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
