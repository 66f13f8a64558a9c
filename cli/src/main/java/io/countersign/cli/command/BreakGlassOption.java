package io.countersign.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The option that names a break-glass session; it is never taken from a file or a variable. */
public final class BreakGlassOption {

    @Option(
            names = "--break-glass",
            paramLabel = "SESSION",
            description = "pass by this break-glass session of yours, for example BG-7; only where you name it")
    private @Nullable String session;

    /** Names the session in an ask, where there is one. */
    public void nameIn(ObjectNode ask) {
        if (session != null) {
            ask.put("breakGlassSession", session);
        }
    }
}
