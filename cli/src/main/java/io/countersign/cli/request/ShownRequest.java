package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.wire.Call;
import io.countersign.cli.wire.Json;
import io.countersign.cli.wire.ServerClient;
import io.countersign.cli.wire.ServerRefusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as it was read, with the bytes that it is about where this reader may see them; the bytes fit the digest, or
 * nothing is shown.
 */
record ShownRequest(JsonNode facts, @Nullable PayloadBytes payload) {

    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;

    static ShownRequest read(ServerClient server, String number) {
        JsonNode facts = server.get(Call.path("requests", number));
        return new ShownRequest(facts, payload(server, number, facts));
    }

    String number() {
        String number = Json.text(facts, "number");
        return number.startsWith("AR-") ? number : "AR-" + number;
    }

    String digest() {
        return Json.text(facts, "payloadDigest");
    }

    private static @Nullable PayloadBytes payload(ServerClient server, String number, JsonNode facts) {
        byte[] bytes;
        try {
            bytes = server.bytes(Call.path("requests", number, "payload"));
        } catch (ServerRefusal refusal) {
            int status = refusal.problem().status();
            if (status == FORBIDDEN || status == MISSING) {
                return null;
            }
            throw refusal;
        }
        PayloadBytes payload = PayloadBytes.of(Json.text(facts, "payload", "mediaType"), bytes);
        if (!payload.digest().equals(Json.text(facts, "payloadDigest"))) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "the payload that came is not the one that " + number + " is about: " + payload.digest(),
                    "tell a security manager; nobody should decide on this request");
        }
        return payload;
    }
}
