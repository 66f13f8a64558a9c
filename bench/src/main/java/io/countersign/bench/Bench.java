package io.countersign.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The main program: measures what is named, or everything, and prints one JSON line for each figure. A run of
 * everything writes docs/benchmarks.md.
 */
public final class Bench {

    private static final List<String> ALL =
            List.of("core", "cli", "start", "gate", "cycle", "replay", "inbox", "web", "apply");

    private static final Set<String> SERVERLESS = Set.of("core", "cli");

    /** What loads the server before its memory is measured. */
    private static final List<String> LOADS = List.of("gate", "cycle", "replay");

    private Bench() {}

    /** Runs the parts named; an unknown one ends with 2. */
    public static void main(String[] parts) throws Exception {
        Set<String> wanted = parts.length == 0 ? Set.copyOf(ALL) : Set.of(parts);
        if (!ALL.containsAll(wanted)) {
            System.err.println("countersign: bench knows " + String.join(", ", ALL));
            System.exit(2);
        }
        if (wanted.contains("core")) {
            CoreFigures.measure();
        }
        if (wanted.contains("cli")) {
            CliFigures.measure();
        }
        if (!SERVERLESS.containsAll(wanted)) {
            try (ServerProcess server = ServerProcess.start()) {
                server.reportStarts();
                Town town = Town.build(new TownClient(server.url()));
                if (wanted.contains("gate")) {
                    GateFigures.measure(server, town);
                }
                if (wanted.contains("cycle")) {
                    CycleFigures.measure(server, town);
                }
                if (wanted.contains("replay")) {
                    ReplayFigures.measure(server, town);
                }
                server.reportMemory(LOADS.stream().filter(wanted::contains).toList());
                if (wanted.contains("inbox") || wanted.contains("web")) {
                    InboxFigures inbox = InboxFigures.among(server, town);
                    if (wanted.contains("inbox")) {
                        inbox.measure();
                    }
                    if (wanted.contains("web")) {
                        WebFigures.measure(server, town, inbox.fullHouse());
                    }
                }
                if (wanted.contains("apply")) {
                    ApplyFigures.measure(town);
                }
            }
        }
        if (wanted.containsAll(ALL)) {
            Report.write(Path.of(ServerProcess.launcher()).resolveSibling("docs/benchmarks.md"), Figure.printed());
        }
        System.exit(0);
    }
}
