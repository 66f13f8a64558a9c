package io.countersign.cli.access;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Facts;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
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
            JsonNode organization = me.path("organization");
            new Facts()
                    .add("server", server.server().toString())
                    .add("organization", Json.text(organization, "name"))
                    .add("handle", "@" + Json.text(me, "handle"))
                    .add("name", Json.text(me, "name"))
                    .add("kind", Json.text(me, "kind"))
                    .add("roles", Details.words(me.path("roles"), invocation.when()))
                    .add("teams", Details.words(me.path("teams"), invocation.when()))
                    .add("may", Details.words(me.path("permissions"), invocation.when()))
                    .add("signed in by", Json.text(me, "credential", "kind"))
                    .add("until", Details.words(Json.at(me, "credential", "expiresAt"), invocation.when()))
                    .print(invocation.screen());
            if (Json.yes(organization, "setUp", "active")) {
                invocation
                        .screen()
                        .say(Text.of(Style.CAUTION, "This organization is in set-up: ")
                                .and("changes made now never stand in the way of anybody's vote."));
            }
        });
        return ExitCode.DONE;
    }
}
