package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import io.countersign.client.wire.PayloadBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what exactly will be done: bytes in a file, or read from standard input. */
final class PayloadOptions {

    @Option(
            names = {"-p", "--payload"},
            paramLabel = "FILE",
            description = "exactly what will be done, as approvers see it; - is standard input")
    private @Nullable String file;

    @Option(
            names = "--media-type",
            paramLabel = "TYPE",
            description = "how the payload is to be read; told by the file's name if not said")
    private @Nullable String mediaType;

    /** The payload, or nothing where none was named. */
    @Nullable
    PayloadBytes read(Surroundings surroundings) {
        if (file == null) {
            return null;
        }
        try {
            byte[] bytes = file.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.workingFolder().resolve(file));
            return PayloadBytes.of(mediaType != null ? mediaType : guess(file), bytes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As {@link #read}, where there has to be one. */
    PayloadBytes demand(Surroundings surroundings, String why) {
        PayloadBytes payload = read(surroundings);
        if (payload == null) {
            throw new CommandFailure(ExitCode.USAGE, "missing: --payload", why);
        }
        return payload;
    }

    private static String guess(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "diff", "patch" -> "text/x-diff";
            case "json" -> "application/json";
            case "yaml", "yml" -> "application/yaml";
            case "txt", "md", "sql", "sh", "tf" -> "text/plain";
            default -> name.equals("-") ? "text/plain" : "application/octet-stream";
        };
    }
}
