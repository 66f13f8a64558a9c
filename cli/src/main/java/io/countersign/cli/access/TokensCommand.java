package io.countersign.cli.access;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Named;
import io.countersign.cli.command.Spans;
import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** API tokens: made, listed and revoked. */
@Command(name = "tokens", description = "Tokens for programs: made in your session, never wider than your own rights.")
public final class TokensCommand {

    private static final int MOST = 1000;

    private final Invocation invocation;

    public TokensCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Command(name = "list", description = "List tokens; their secrets are never shown again.")
    int list() {
        invocation.list(
                invocation.server().items("/tokens", MOST),
                "No tokens.",
                List.of("ID", "NAME", "FOR", "SCOPES", "EXPIRES", "STATE"),
                token -> Details.row(
                        token, invocation.when(), "id", "name", "principal", "scopes", "expiresAt", "state"));
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = {
                "Make a token; its secret is written to standard output, this once.",
                "Scopes: check, ask, redeem, read, vote, policy, directory, audit, freeze, revoke, on-behalf,",
                "cluster-token."
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "what it is for") String name,
            @Option(
                            names = "--scope",
                            required = true,
                            split = ",",
                            paramLabel = "SCOPE",
                            description = "what it may do; several with commas")
                    List<String> scopes,
            @Option(names = "--expires-in", defaultValue = "30d", paramLabel = "SPAN", description = "30d if not said")
                    String expiresIn,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = "for this service account or agent")
                    @Nullable
                    String account) {
        ServerClient server = invocation.server();
        ObjectNode body = Json.object().put("name", name);
        body.set("scopes", Json.array(scopes));
        body.put("expiresIn", Spans.iso(Spans.read("--expires-in", expiresIn)));
        String path = account == null ? "/tokens" : Call.path("accounts", Named.who(account), "tokens");
        JsonNode token = server.send(Call.post(path, body, invocation.key())).body();
        invocation.data(token, () -> {
            Screen screen = invocation.screen();
            screen.print(Json.text(token, "token"));
            screen.say("This is the only time the secret is shown. Hand it over as COUNTERSIGN_TOKEN.");
            screen.next("countersign tokens revoke " + Json.text(token, "id"), "when it is no longer needed");
        });
        return ExitCode.DONE;
    }

    @Command(name = "revoke", description = "Revoke a token; it stops working at once.")
    int revoke(
            @Parameters(paramLabel = "ID", description = "the token's id") String id,
            @Option(
                            names = "--compromised",
                            description = "it was in wrong hands: its votes on pending requests are void")
                    boolean compromised) {
        ObjectNode body = Json.object().put("compromised", compromised);
        JsonNode token = invocation
                .server()
                .send(Call.post(Call.path("tokens", id, "revocation"), body, invocation.key()))
                .body();
        invocation.data(token, () -> invocation.screen().say("Revoked."));
        return ExitCode.DONE;
    }
}
