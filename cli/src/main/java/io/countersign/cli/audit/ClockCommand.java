package io.countersign.cli.audit;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Spans;
import io.countersign.cli.terminal.Facts;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The server's clock; a simulated one can be moved forward. */
@Command(
        name = "clock",
        description = "The server's clock; a simulated one, for demos and tests, can be moved forward.")
public final class ClockCommand {

    private final Invocation invocation;

    public ClockCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "show", description = "Say what time it is for the server.")
    int show() {
        return told(invocation.server().get("/clock"));
    }

    @Command(name = "advance", description = "Move a simulated clock forward.")
    int advance(@Parameters(paramLabel = "SPAN", description = "for example 90m, 24h or 7d") String span) {
        Duration forward = Spans.read("SPAN", span);
        ServerClient server = invocation.server();
        Instant now = Json.instant(server.get("/clock"), "now").orElseThrow();
        return to(server, now.plus(forward));
    }

    @Command(name = "set", description = "Move a simulated clock forward to a moment.")
    int set(@Parameters(paramLabel = "INSTANT", description = "for example 2026-11-21T22:00:00Z") Instant moment) {
        return to(invocation.server(), moment);
    }

    private int to(ServerClient server, Instant moment) {
        return told(server.send(Call.post("/clock", Json.object().put("to", moment.toString()), invocation.key()))
                .body());
    }

    private int told(JsonNode clock) {
        invocation.data(clock, () -> {
            Facts facts = new Facts();
            Details.add(facts, clock, invocation.when());
            facts.print(invocation.screen());
        });
        return ExitCode.DONE;
    }
}
