package io.countersign.cli.command;

import java.io.Serial;

/** Thrown when a command cannot go on: what went wrong in one sentence, and what to do about it. */
public final class CommandFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String remedy;

    public CommandFailure(int exitCode, String what, String remedy) {
        super(what);
        this.exitCode = exitCode;
        this.remedy = remedy;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What to do about it, or empty. */
    public String remedy() {
        return remedy;
    }
}
