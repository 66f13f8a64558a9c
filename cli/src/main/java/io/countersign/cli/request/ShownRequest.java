package io.countersign.cli.request;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Download;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as it was read, with the bytes that it is about where this reader may see them; the bytes fit the digest, or
 * nothing is shown.
 *
 * @param facts all that the server tells about it
 * @param payload what it is about; with likely secrets covered it does not have the request's digest
 * @param covered how many likely secrets are covered in it
 */
record ShownRequest(JsonNode facts, @Nullable PayloadBytes payload, int covered) {

    private static final int FORBIDDEN = 403;
    private static final int MISSING = 404;

    /** Reads it with likely secrets covered. */
    static ShownRequest read(ServerClient server, String number) {
        return read(server, number, coveredPayload(number));
    }

    /** Reads it with nothing covered; the server writes down who looked. */
    static ShownRequest reveal(ServerClient server, String number) {
        return read(server, number, truePayload(number));
    }

    /** The call for the payload with likely secrets covered. */
    static Call coveredPayload(String number) {
        return Call.get(Call.path("requests", number, "payload"));
    }

    /** The call for the very bytes. */
    static Call truePayload(String number) {
        return Call.post(
                Call.path("requests", number, "payload", "reveal"),
                Json.object(),
                UUID.randomUUID().toString());
    }

    private static ShownRequest read(ServerClient server, String number, Call call) {
        JsonNode facts = server.get(Call.path("requests", number));
        Download download = download(server, call);
        if (download == null) {
            return new ShownRequest(facts, null, 0);
        }
        int covered = covered(download);
        PayloadBytes payload = PayloadBytes.of(download.label(), download.bytes());
        if (covered == 0 && !payload.digest().equals(digest(facts))) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "the payload that came is not the one that " + number + " is about: " + payload.digest(),
                    "tell a security manager; nobody should decide on this request");
        }
        return new ShownRequest(facts, payload, covered);
    }

    /** How many likely secrets are covered in a payload that was got. */
    static int covered(Download download) {
        String covered = download.label(1);
        return covered.matches("[0-9]{1,9}") ? Integer.parseInt(covered) : 0;
    }

    /** The headers that a payload comes with. */
    static String[] payloadHeaders() {
        return new String[] {"X-Payload-Media-Type", "X-Payload-Covered"};
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

    private static @Nullable Download download(ServerClient server, Call call) {
        try {
            return server.download(call, payloadHeaders());
        } catch (ServerRefusal refusal) {
            int status = refusal.problem().status();
            if (call.method().equals("GET") && (status == FORBIDDEN || status == MISSING)) {
                return null;
            }
            throw refusal;
        }
    }
}
