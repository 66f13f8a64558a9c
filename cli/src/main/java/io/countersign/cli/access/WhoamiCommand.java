package io.countersign.cli.access;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Facts;
import io.countersign.cli.wire.ServerClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Says who is signed in, where, and with which rights. */
@Command(name = "whoami", description = "Say who you are to the server, and with which rights.")
public final class WhoamiCommand implements Callable<Integer> {

    private final Invocation invocation;

    public WhoamiCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ServerClient server = invocation.server();
        JsonNode me = server.get("/me");
        invocation.data(me, () -> {
            Facts facts = new Facts();
            facts.add("server", server.server().toString());
            Details.add(facts, me, invocation.when());
            facts.print(invocation.screen());
        });
        return ExitCode.DONE;
    }
}
