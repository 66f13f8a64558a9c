package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.ReasonOptions;
import io.countersign.client.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** What several commands send or say alike. */
final class Bodies {

    private Bodies() {}

    /** A reason where one was given, else nothing. */
    static ObjectNode reason(ReasonOptions options, Invocation invocation) {
        ObjectNode body = Json.object();
        String reason = options.read(invocation.surroundings());
        return reason == null ? body : body.put("reason", reason);
    }

    static CommandFailure noGrant(String request) {
        return new CommandFailure(
                ExitCode.ERROR, request + " has no grant", "look at it: `countersign show " + request + "`");
    }
}
