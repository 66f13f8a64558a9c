package io.countersign.cli.request;

import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Shows a Terraform plan by what it changes, what it destroys first; sensitive values stay covered. */
final class PlanPainter {

    private static final int LONGEST_VALUE = 200;

    private PlanPainter() {}

    /** What is done to one resource, in the order of how much it hurts. */
    private enum Operation {
        DESTROY("- destroy", Style.BAD),
        REPLACE("-/+ replace", Style.BAD),
        UPDATE("~ update", Style.CAUTION),
        CREATE("+ create", Style.GOOD),
        READ("<= read", Style.DIM),
        NOTHING("", Style.DIM);

        private final String words;
        private final Style style;

        Operation(String words, Style style) {
            this.words = words;
            this.style = style;
        }

        static Operation of(JsonNode change) {
            List<String> actions = Json.list(change, "change", "actions").stream()
                    .map(action -> action.asString(""))
                    .toList();
            if (actions.size() > 1) {
                return REPLACE;
            }
            return switch (actions.isEmpty() ? "" : actions.getFirst()) {
                case "delete" -> DESTROY;
                case "update" -> UPDATE;
                case "create" -> CREATE;
                case "read" -> READ;
                default -> NOTHING;
            };
        }
    }

    static List<Text> lines(JsonNode plan) {
        List<JsonNode> changes = Json.list(plan, "resource_changes").stream()
                .filter(change -> Operation.of(change) != Operation.NOTHING)
                .sorted(Comparator.comparing(Operation::of))
                .toList();
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(Style.STRONG, "  Terraform plan: " + counts(changes)));
        for (JsonNode change : changes) {
            Operation operation = Operation.of(change);
            lines.add(Text.of(operation.style, "  " + operation.words + " ").and(Json.text(change, "address")));
            attributes(change.path("change"), lines);
        }
        plan.path("output_changes").properties().stream()
                .filter(output ->
                        !Json.list(output.getValue(), "actions").toString().contains("no-op"))
                .forEach(output -> lines.add(Text.of("  output " + output.getKey() + " changes")));
        return lines;
    }

    private static String counts(List<JsonNode> changes) {
        if (changes.isEmpty()) {
            return "no resource changes";
        }
        return changes.stream()
                .collect(Collectors.groupingBy(Operation::of, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " to " + entry.getKey().words.replaceFirst("^\\S+ ", ""))
                .collect(Collectors.joining(", "));
    }

    private static void attributes(JsonNode change, List<Text> lines) {
        TreeSet<String> names = new TreeSet<>();
        names.addAll(change.path("before").propertyNames());
        names.addAll(change.path("after").propertyNames());
        names.addAll(change.path("after_unknown").propertyNames());
        for (String name : names) {
            String before = value(change, "before", name);
            String after =
                    Json.yes(change, "after_unknown", name) ? "(known after apply)" : value(change, "after", name);
            if (!before.equals(after)) {
                lines.add(Text.of(Style.DIM, "      " + name + ": ")
                        .and(before.isEmpty() ? after : before + " -> " + (after.isEmpty() ? "nothing" : after)));
            } else if (!Json.at(change, "before", name).equals(Json.at(change, "after", name))) {
                lines.add(Text.of(Style.DIM, "      " + name + ": ").and("changes"));
            }
        }
    }

    private static String value(JsonNode change, String side, String name) {
        JsonNode value = Json.at(change, side, name);
        JsonNode covered = Json.at(change, side + "_sensitive", name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if ((covered.isBoolean() && covered.booleanValue()) || (covered.isContainer() && !covered.isEmpty())) {
            return "(sensitive)";
        }
        String text = Json.compact(value);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }
}
