package io.countersign.cli.directory;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A token for a cluster, told as the secret alone or as kubectl's credential plugins tell it. */
final class ClusterToken {

    private final Invocation invocation;

    ClusterToken(Invocation invocation) {
        this.invocation = invocation;
    }

    int issue(Call call, boolean execCredential) {
        JsonNode made = invocation.server().send(call).body();
        String token = Json.text(made, "token");
        if (token.isEmpty()) {
            throw new CommandFailure(ExitCode.ERROR, "the token was shown already", "issue another one");
        }
        if (execCredential) {
            invocation.screen().print(Json.compact(execCredential(made, token)));
            return ExitCode.DONE;
        }
        invocation.data(made, () -> {
            invocation.screen().print(token);
            invocation
                    .screen()
                    .say("It is for the audience " + Json.text(made, "audience") + " and lasts until "
                            + Json.instant(made, "expiresAt")
                                    .map(invocation.when()::end)
                                    .orElse(""));
        });
        return ExitCode.DONE;
    }

    /** The answer of a client-go credential plugin, {@code client.authentication.k8s.io/v1}. */
    private static JsonNode execCredential(JsonNode made, String token) {
        ObjectNode credential = Json.object()
                .put("apiVersion", "client.authentication.k8s.io/v1")
                .put("kind", "ExecCredential");
        credential
                .putObject("status")
                .put("expirationTimestamp", Json.text(made, "expiresAt"))
                .put("token", token);
        return credential;
    }
}
