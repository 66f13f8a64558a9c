package io.countersign.cli.command;

import io.countersign.cli.terminal.Facts;
import io.countersign.cli.terminal.Text;
import io.countersign.cli.terminal.When;
import io.countersign.client.wire.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One thing of the server described field by field, for things that need no drawing of their own. */
public final class Details {

    private Details() {}

    /** Adds every field with a value; objects inside are told by what they are called. */
    public static void add(Facts facts, JsonNode thing, When when) {
        thing.properties().forEach(field -> facts.add(label(field.getKey()), words(field.getValue(), when)));
    }

    /** A value in words: moments with their distance, lists with commas. */
    public static String words(JsonNode value, When when) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isArray()) {
            return List.copyOf(value.values()).stream()
                    .map(one -> words(one, when))
                    .collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return name(value);
        }
        return value.isString() ? moment(value.stringValue(), when) : value.asString();
    }

    /** What an object is called: its handle, its name, its number or its id; everything where it has none of them. */
    public static String name(JsonNode thing) {
        String handle = Json.text(thing, "handle");
        if (!handle.isEmpty()) {
            return handle.startsWith("@") ? handle : "@" + handle;
        }
        for (String field : List.of("name", "number", "id")) {
            String text = Json.text(thing, field);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return thing.isValueNode() ? Json.text(thing) : Json.compact(thing);
    }

    /** A line of a table: the fields in words. */
    public static List<Text> row(JsonNode thing, When when, String... fields) {
        return List.of(fields).stream()
                .map(field -> Text.of(words(Json.at(thing, field.split("\\.")), when)))
                .toList();
    }

    private static String moment(String text, When when) {
        if (text.length() < 20 || text.charAt(4) != '-' || !text.endsWith("Z")) {
            return text;
        }
        try {
            return when.full(Instant.parse(text));
        } catch (DateTimeParseException plain) {
            return text;
        }
    }

    /** {@code expiresAt} becomes {@code expires at}. */
    private static String label(String field) {
        return field.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
