package io.countersign.cli.request;

import io.countersign.cli.command.Details;
import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A requirement as an item of a checklist: what it is, whether it is met, what is missing and who could close it. */
final class RequirementLines {

    private static final int MOST_NAMES = 8;

    private RequirementLines() {}

    static void print(JsonNode requirement, Consumer<Text> to, Screen screen) {
        boolean met = Json.yes(requirement, "met");
        String box = met ? (screen.unicode() ? "[✓] " : "[x] ") : "[ ] ";
        String needed = Json.text(requirement, "needed");
        to.accept(Text.of(met ? Style.GOOD : Style.CAUTION, "  " + box)
                .and(Style.STRONG, Json.text(requirement, "name"))
                .and(Style.DIM, " (version " + Json.text(requirement, "version") + ")")
                .and(needed.isEmpty() ? "" : "  " + Json.text(requirement, "approvals") + " of " + needed));
        line(to, "approved by", names(requirement, "counted"));
        line(to, "no longer counted", names(requirement, "lapsed"));
        line(
                to,
                "missing",
                Json.list(requirement, "missing").stream()
                        .map(missing -> missing.asString(""))
                        .collect(Collectors.joining(", ")));
        if (!met) {
            line(to, "can be closed by", names(requirement, "closers"));
        }
        if (Json.yes(requirement, "unsatisfiable")) {
            to.accept(Text.of(Style.BAD, "        nobody can meet this as people and rules are now"));
        }
    }

    private static void line(Consumer<Text> to, String label, String words) {
        if (!words.isEmpty()) {
            to.accept(Text.of(Style.DIM, "        " + label + ": ").and(words));
        }
    }

    private static String names(JsonNode requirement, String field) {
        List<JsonNode> people = Json.list(requirement, field);
        String named = people.stream().limit(MOST_NAMES).map(Details::name).collect(Collectors.joining(", "));
        return people.size() > MOST_NAMES ? named + " and others" : named;
    }
}
