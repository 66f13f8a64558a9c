package io.countersign.client.wire;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as trees: reading what may be missing, and writing. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A list of texts. */
    public static ArrayNode array(Iterable<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    /** Throws {@link tools.jackson.core.JacksonException} when the text is no JSON. */
    public static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    /** As {@link #parse(String)}, for UTF-8. */
    public static JsonNode parse(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** Maps, lists and plain values as a tree. */
    public static JsonNode tree(@Nullable Object plain) {
        return MAPPER.valueToTree(plain);
    }

    /** On one line. */
    public static String compact(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** The one way to write a tree: names sorted, no blanks, UTF-8. */
    public static byte[] canonical(JsonNode node) {
        return MAPPER.writeValueAsBytes(sorted(node));
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            ObjectNode object = object();
            node.propertyNames().stream().sorted().forEach(name -> object.set(name, sorted(node.path(name))));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = array();
            node.values().forEach(element -> array.add(sorted(element)));
            return array;
        }
        return node;
    }

    /** Indented by two spaces, lines ended by a line feed. */
    public static String pretty(JsonNode node) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return MAPPER.writer()
                .with(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
                .writeValueAsString(node);
    }

    /** The value behind a path of field names, or an empty text where there is none; numbers and truths as written. */
    public static String text(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isValueNode() && !found.isNull() ? found.asString() : "";
    }

    /** The moment behind a path, where there is one. */
    public static Optional<Instant> instant(JsonNode node, String... path) {
        String text = text(node, path);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException noMoment) {
            return Optional.empty();
        }
    }

    /** Whether there is a {@code true} behind the path. */
    public static boolean yes(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isBoolean() && found.booleanValue();
    }

    /** The elements of the list behind the path; none where there is no list. */
    public static List<JsonNode> list(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isArray() ? List.copyOf(found.values()) : List.of();
    }

    /** The whole number behind the path, or 0. */
    public static long number(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isNumber() ? found.asLong(0) : 0;
    }

    /** What is behind the path; a missing node where there is nothing. */
    public static JsonNode at(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found;
    }
}
