package io.countersign.cli.declaration;

import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Shows a difference: what is added, altered and removed, field by field. */
final class DifferencePainter {

    private static final int LONGEST = 240;
    private static final int MOST_NAMED = 12;

    private final Screen screen;

    DifferencePainter(Screen screen) {
        this.screen = screen;
    }

    void paint(JsonNode difference) {
        for (JsonNode change : Json.list(difference, "changes")) {
            String word = Json.text(change, "change");
            screen.print(Text.of(style(word), sign(word) + " " + Json.text(change, "kind") + " ")
                    .and(Style.STRONG, Json.text(change, "name")));
            for (JsonNode field : Json.list(change, "fields")) {
                if (!isSaid(change, field)) {
                    screen.print(field(word, field));
                }
            }
        }
        screen.print(sum(difference));
    }

    /** Of a new thing, what its name says already; a binding's name says everything. */
    private static boolean isSaid(JsonNode change, JsonNode field) {
        return Json.text(change, "change").equals("add")
                && (Json.text(change, "kind").equals("binding")
                        || Json.text(field, "after").equals(Json.text(change, "name")));
    }

    private static Text field(String word, JsonNode field) {
        Text line = Text.of(Style.DIM, "    " + Json.text(field, "field") + ": ");
        JsonNode before = field.path("before");
        JsonNode after = field.path("after");
        if (before.isArray() && after.isArray() && isPlain(before) && isPlain(after)) {
            return names(line, before, after);
        }
        if (word.equals("add")) {
            return line.and(said(after));
        }
        return line.and(Style.BAD, before.isMissingNode() ? "nothing" : said(before))
                .and(Style.DIM, " -> ")
                .and(Style.GOOD, after.isMissingNode() ? "nothing" : said(after));
    }

    /** Of two lists of words only those that come and go. */
    private static Text names(Text line, JsonNode before, JsonNode after) {
        Set<String> gone = words(before);
        Set<String> come = words(after);
        gone.removeAll(words(after));
        come.removeAll(words(before));
        Text text = line;
        if (!come.isEmpty()) {
            text = text.and(Style.GOOD, some("+", come));
        }
        if (!gone.isEmpty()) {
            text = text.and(come.isEmpty() ? "" : "  ").and(Style.BAD, some("-", gone));
        }
        return text;
    }

    private static String some(String sign, Set<String> names) {
        List<String> shown =
                names.stream().limit(MOST_NAMED).map(name -> sign + name).toList();
        String rest = names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "";
        return String.join(" ", shown) + rest;
    }

    private static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        list.values().forEach(value -> words.add(value.asString()));
        return words;
    }

    private static boolean isPlain(JsonNode list) {
        return list.values().stream().allMatch(JsonNode::isString);
    }

    private static String said(JsonNode value) {
        if (value.isArray() && isPlain(value)) {
            return value.isEmpty() ? "none" : some("", words(value));
        }
        String text = value.isString() ? value.asString() : Json.compact(value);
        String line = text.replace("\n", "\\n");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    private static String sign(String word) {
        return switch (word) {
            case "add" -> "+";
            case "remove" -> "-";
            default -> "~";
        };
    }

    private static Style style(String word) {
        return switch (word) {
            case "add" -> Style.GOOD;
            case "remove" -> Style.BAD;
            default -> Style.CAUTION;
        };
    }

    /** In one line, how much there is. */
    static Text sum(JsonNode difference) {
        List<String> parts = new ArrayList<>();
        parts.add(Json.number(difference, "added") + " to add");
        parts.add(Json.number(difference, "altered") + " to change");
        parts.add(Json.number(difference, "removed") + " to remove");
        return Json.list(difference, "changes").isEmpty()
                ? Text.of("No difference: the organization is as declared.")
                : Text.of(Style.STRONG, String.join(", ", parts) + ".");
    }
}
