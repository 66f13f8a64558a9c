package io.countersign.cli.access;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.SignIn;
import io.countersign.cli.terminal.Screen;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What follows a successful sign-in: it is kept, and told without its secret. */
final class NewSession {

    private NewSession() {}

    static void keep(Invocation invocation, ServerClient server, JsonNode session, String typedHandle) {
        String secret = Json.text(session, "secret");
        if (secret.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.ERROR, "the server signed you in but gave no session to keep", "sign in again");
        }
        String told = Json.text(session, "person", "handle");
        String handle = told.isEmpty() ? typedHandle : told;
        invocation.signInFile().write(new SignIn(server.server(), handle, secret, Json.text(session, "expiresAt")));
        ObjectNode shown = Json.object().put("server", server.server().toString());
        session.properties().stream()
                .filter(field -> !field.getKey().equals("secret"))
                .forEach(field -> shown.set(field.getKey(), field.getValue()));
        invocation.data(shown, () -> {
            Screen screen = invocation.screen();
            String until = Json.instant(session, "expiresAt")
                    .map(end -> ", until " + invocation.when().end(end))
                    .orElse("");
            screen.say("Signed in at " + server.server() + " as @" + handle + until + ".");
            screen.next("countersign requests", "what waits for you");
        });
    }
}
