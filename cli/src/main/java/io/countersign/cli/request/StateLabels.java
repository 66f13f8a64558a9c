package io.countersign.cli.request;

import io.countersign.cli.terminal.Style;
import io.countersign.cli.wire.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The state of a request in words and in a colour that only repeats them. */
final class StateLabels {

    private StateLabels() {}

    /** For example {@code pending}, {@code executed, succeeded} or {@code pending, stale}. */
    static String of(JsonNode request) {
        String state = Json.text(request, "state");
        String result = Json.text(request, "outcome", "result");
        String words = result.isEmpty() ? state : state + ", " + result;
        return Json.yes(request, "stale") ? words + ", stale" : words;
    }

    static Style style(String state) {
        return switch (state) {
            case "approved", "executed" -> Style.GOOD;
            case "denied", "revoked", "expired", "grant-expired" -> Style.BAD;
            case "pending", "executing" -> Style.CAUTION;
            default -> Style.DIM;
        };
    }

    /** How far the approvals are. */
    static String progress(JsonNode request) {
        List<JsonNode> requirements = Json.list(request, "requirements");
        long met = requirements.stream()
                .filter(requirement -> Json.yes(requirement, "met"))
                .count();
        return met + " of " + requirements.size() + (requirements.size() == 1 ? " requirement" : " requirements")
                + " met";
    }
}
