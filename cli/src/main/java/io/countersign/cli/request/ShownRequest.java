package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.wire.Call;
import io.countersign.cli.wire.Download;
import io.countersign.cli.wire.Json;
import io.countersign.cli.wire.ServerClient;
import io.countersign.cli.wire.ServerRefusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as it was read, with the bytes that it is about where this reader may see them; the bytes fit the digest, or
 * nothing is shown.
 *
 * @param facts all that the server tells about it
 */
record ShownRequest(JsonNode facts, @Nullable PayloadBytes payload) {

    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;

    static ShownRequest read(ServerClient server, String number) {
        JsonNode facts = server.get(Call.path("requests", number));
        return new ShownRequest(facts, payload(server, number, digest(facts)));
    }

    /** The request itself, as lists have it too. */
    JsonNode request() {
        return StateLabels.request(facts);
    }

    String number() {
        return Json.text(request(), "number");
    }

    String state() {
        return StateLabels.state(facts);
    }

    String risk() {
        return Json.text(request(), "action", "risk");
    }

    boolean canApprove() {
        return Json.yes(request(), "canApprove");
    }

    String digest() {
        return digest(facts);
    }

    private static String digest(JsonNode facts) {
        return Json.text(StateLabels.request(facts), "payloadDigest");
    }

    private static @Nullable PayloadBytes payload(ServerClient server, String number, String digest) {
        Download download;
        try {
            download = server.download(Call.path("requests", number, "payload"), "X-Payload-Media-Type");
        } catch (ServerRefusal refusal) {
            int status = refusal.problem().status();
            if (status == FORBIDDEN || status == MISSING) {
                return null;
            }
            throw refusal;
        }
        PayloadBytes payload = PayloadBytes.of(download.label(), download.bytes());
        if (!payload.digest().equals(digest)) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "the payload that came is not the one that " + number + " is about: " + payload.digest(),
                    "tell a security manager; nobody should decide on this request");
        }
        return payload;
    }
}
