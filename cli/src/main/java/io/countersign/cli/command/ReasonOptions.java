package io.countersign.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say why: in words, from a file, or from standard input. */
public final class ReasonOptions {

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            description = "why, in words that others will read")
    private @Nullable String text;

    @Option(
            names = {"-F", "--reason-file"},
            paramLabel = "FILE",
            description = "read why from this file; - is standard input")
    private @Nullable String file;

    /** Why, without the blanks around it, or nothing when nothing was said. */
    public @Nullable String read(Surroundings surroundings) {
        if (text != null && file != null) {
            throw new CommandFailure(ExitCode.USAGE, "there are two reasons: --reason and --reason-file", "give one");
        }
        if (file == null) {
            return text == null || text.isBlank() ? null : text.strip();
        }
        try {
            byte[] bytes = file.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.workingFolder().resolve(file));
            String read = new String(bytes, StandardCharsets.UTF_8).strip();
            return read.isEmpty() ? null : read;
        } catch (IOException unreadable) {
            throw new CommandFailure(ExitCode.ERROR, "the reason in `" + file + "` cannot be read", "");
        }
    }
}
