package io.countersign.cli.yaml;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;

/**
 * A place in a file that people look up in their editor.
 *
 * @param line from 1
 * @param column from 1
 */
public record Spot(String file, int line, int column) {

    /** What is wrong here. */
    public CommandFailure fault(String what, String remedy) {
        return new CommandFailure(ExitCode.USAGE, this + ": " + what, remedy);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
