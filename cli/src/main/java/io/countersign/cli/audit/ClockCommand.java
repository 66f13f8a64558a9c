package io.countersign.cli.audit;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Spans;
import io.countersign.cli.terminal.Facts;
import io.countersign.cli.wire.Call;
import io.countersign.cli.wire.Json;
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
        return told(invocation
                .server()
                .send(Call.post(
                        "/clock", Json.object().put("advance", Spans.iso(Spans.read("SPAN", span))), invocation.key()))
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
