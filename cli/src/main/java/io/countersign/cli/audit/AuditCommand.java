package io.countersign.cli.audit;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The audit log: everything that was done, by whom, when. */
@Command(name = "audit", description = "The audit log: everything that was done, by whom, when.")
public final class AuditCommand {

    private final Invocation invocation;

    public AuditCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "search", description = "Search the log, newest first.")
    int search(
            @Option(names = "--type", defaultValue = "", paramLabel = "TYPE", description = "for example vote-cast")
                    String type,
            @Option(names = "--actor", defaultValue = "", paramLabel = "WHO", description = "@handle or id")
                    String actor,
            @Option(names = "--request", defaultValue = "", paramLabel = "AR-n", description = "about this request")
                    String request,
            @Option(names = "--from", defaultValue = "", paramLabel = "INSTANT", description = "not before")
                    String from,
            @Option(names = "--to", defaultValue = "", paramLabel = "INSTANT", description = "before") String to,
            @Option(
                            names = {"-q", "--search"},
                            defaultValue = "",
                            paramLabel = "WORDS",
                            description = "words inside")
                    String words,
            @Option(names = "--prominent", description = "only what must not be overlooked") boolean prominent,
            @Option(
                            names = "--limit",
                            defaultValue = "50",
                            paramLabel = "N",
                            description = "at most so many; 50 if not said")
                    int limit) {
        String path = Call.query(
                "/audit-entries",
                "type",
                type,
                "actor",
                actor,
                "requestId",
                request,
                "from",
                from,
                "to",
                to,
                "text",
                words,
                "prominent",
                prominent ? "true" : "");
        invocation.list(
                invocation.server().items(path, limit),
                "No entries.",
                List.of("INDEX", "TIME", "TYPE", "ACTOR", "REQUEST"),
                AuditCommand::row);
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show one entry with everything in it.")
    int show(@Parameters(paramLabel = "INDEX", description = "its leaf index") String index) {
        JsonNode entry = invocation.server().get(Call.path("audit-entries", index));
        invocation.data(entry, () -> invocation.screen().json(Json.pretty(entry)));
        return ExitCode.DONE;
    }

    private static List<Text> row(JsonNode entry) {
        boolean prominent = Json.yes(entry, "prominent");
        return List.of(
                Text.of(Json.text(entry, "leafIndex")),
                Text.of(Json.text(entry, "time")),
                Text.of(prominent ? Style.CAUTION : Style.PLAIN, Json.text(entry, "type") + (prominent ? " !" : "")),
                Text.of(Details.name(entry.path("actor"))),
                Text.of(Json.text(entry, "number")));
    }
}
