package io.countersign.cli.access;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Lists where somebody is signed in. */
@Command(
        name = "sessions",
        description = "List where you are signed in; `countersign logout --everywhere` ends them all.")
public final class SessionsCommand implements Callable<Integer> {

    private final Invocation invocation;

    public SessionsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.list(
                Json.list(invocation.server().get("/sessions"), "items"),
                "No sessions.",
                List.of("ID", "SIGNED IN", "LAST SEEN", "EXPIRES", ""),
                session -> row(session, invocation.when()));
        return ExitCode.DONE;
    }

    private static List<Text> row(JsonNode session, When when) {
        List<Text> row = new ArrayList<>(Details.row(session, when, "id", "signedInAt", "lastSeenAt", "expiresAt"));
        row.add(Text.of(Json.yes(session, "current") ? "this one" : ""));
        return row;
    }
}
