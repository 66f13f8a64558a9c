package io.countersign.server.change;

import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a JSON value one member a line, in the order of the bytes, with every text and number as it is written there. */
final class JsonRendering {

    private static final String STEP = "  ";

    private final boolean opens;
    private final List<String> lines = new ArrayList<>();

    private JsonRendering(boolean opens) {
        this.opens = opens;
    }

    static List<String> lines(JsonPart part) {
        return lines(part, false);
    }

    /** The same, with the lines of a text that has several below each other, so that they can be compared. */
    static List<String> openLines(JsonPart part) {
        return lines(part, true);
    }

    private static List<String> lines(JsonPart part, boolean opens) {
        JsonRendering rendering = new JsonRendering(opens);
        rendering.write("", "", part, "");
        return rendering.lines;
    }

    /** On one line. */
    static String compact(JsonPart part) {
        return switch (part) {
            case Scalar scalar -> scalar.written();
            case Elements elements ->
                elements.all().stream().map(JsonRendering::compact).collect(Collectors.joining(", ", "[", "]"));
            case Members members ->
                members.all().stream()
                        .map(member -> member.name().written() + ": " + compact(member.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private void write(String indent, String lead, JsonPart part, String trail) {
        switch (part) {
            case Scalar scalar
            when opens && scalar.text().indexOf('\n') >= 0 -> {
                lines.add(indent + lead + "|");
                TextDifference.lines(scalar.text()).forEach(line -> lines.add(indent + STEP + line));
            }
            case Scalar scalar -> lines.add(indent + lead + scalar.written() + trail);
            case Members members when members.all().isEmpty() -> lines.add(indent + lead + "{}" + trail);
            case Elements elements when elements.all().isEmpty() -> lines.add(indent + lead + "[]" + trail);
            case Members members -> {
                lines.add(indent + lead + "{");
                int left = members.all().size();
                for (JsonPart.Member member : members.all()) {
                    write(indent + STEP, member.name().written() + ": ", member.value(), --left > 0 ? "," : "");
                }
                lines.add(indent + "}" + trail);
            }
            case Elements elements -> {
                lines.add(indent + lead + "[");
                int left = elements.all().size();
                for (JsonPart element : elements.all()) {
                    write(indent + STEP, "", element, --left > 0 ? "," : "");
                }
                lines.add(indent + "]" + trail);
            }
        }
    }
}
