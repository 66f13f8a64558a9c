package io.countersign.cli.mapping;

import java.io.Serial;

/** Thrown when the words of a command cannot be told apart because of a flag that is not known. */
final class UnknownFlag extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String remedy;

    UnknownFlag(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
