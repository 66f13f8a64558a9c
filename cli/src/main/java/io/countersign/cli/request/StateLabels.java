package io.countersign.cli.request;

import io.countersign.cli.terminal.Style;
import io.countersign.client.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The state of a request in words, and in a colour that only repeats them. */
final class StateLabels {

    private StateLabels() {}

    /** The request inside an answer that tells more about it, or the answer itself where that is one. */
    static JsonNode request(JsonNode answer) {
        return answer.path("request").isObject() ? answer.path("request") : answer;
    }

    /** The state's word, such as {@code pending}. */
    static String state(JsonNode answer) {
        return Json.text(request(answer), "state");
    }

    /** For example {@code pending}, {@code executed, succeeded} or {@code pending, stale}. */
    static String of(JsonNode answer) {
        String state = state(answer);
        String result = Json.text(answer, "outcome", "result");
        String words = result.isEmpty() ? state : state + ", " + result.replace('-', ' ');
        String unknown = Json.yes(answer, "execution", "outcomeUnknown") ? ", outcome unknown" : "";
        return words + unknown + (Json.yes(request(answer), "stale") ? ", stale" : "");
    }

    static Style style(String state) {
        return switch (state) {
            case "approved", "executed" -> Style.GOOD;
            case "denied", "revoked", "expired", "grant-expired" -> Style.BAD;
            case "pending", "executing" -> Style.CAUTION;
            default -> Style.DIM;
        };
    }

    /** How far the approvals are, one requirement after the other. */
    static String progress(JsonNode answer) {
        List<JsonNode> progress = Json.list(request(answer), "progress");
        return String.join(
                "; ",
                progress.stream()
                        .map(one -> Json.text(one, "name") + ": " + Json.text(one, "approvals") + " of "
                                + Json.text(one, "needed") + (Json.yes(one, "met") ? ", met" : ""))
                        .toList());
    }
}
