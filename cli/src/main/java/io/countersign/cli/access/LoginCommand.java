package io.countersign.cli.access;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs a person in and keeps the session for the commands that follow. */
@Command(
        name = "login",
        description = {
            "Sign in with your handle and password.",
            "The session is kept in a file that only you can read, until `countersign logout`."
        })
public final class LoginCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(arity = "0..1", paramLabel = "HANDLE", description = "your handle, for example ada")
    private @Nullable String handle;

    @Option(names = "--organization", paramLabel = "NAME", description = "where the server has several")
    private @Nullable String organization;

    @Option(names = "--password-stdin", description = "read the password from standard input")
    private boolean passwordStdin;

    public LoginCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ServerClient server = invocation.anonymousServer("");
        String who = handle != null ? handle : invocation.questions().answer("Handle: ", "HANDLE");
        String plain = who.startsWith("@") ? who.substring(1) : who;
        String password = invocation.questions().secret("Password: ", passwordStdin);
        ObjectNode body =
                Json.object().put("handle", plain).put("password", password).put("transport", "bearer");
        if (organization != null) {
            body.put("organization", organization);
        }
        JsonNode session =
                server.send(Call.post("/sessions", body, invocation.key())).body();
        NewSession.keep(invocation, server, session, plain);
        return ExitCode.DONE;
    }
}
