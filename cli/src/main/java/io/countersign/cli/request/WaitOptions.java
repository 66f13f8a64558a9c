package io.countersign.cli.request;

import io.countersign.cli.command.Spans;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long to wait. */
public final class WaitOptions {

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "wait no longer than this, for example 45m; then end with 3")
    private @Nullable String timeout;

    /** The longest wait, or nothing for as long as it takes. */
    @Nullable
    Duration longest() {
        return timeout == null ? null : Spans.read("--timeout", timeout);
    }
}
