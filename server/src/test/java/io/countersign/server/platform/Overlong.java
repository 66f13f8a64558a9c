package io.countersign.server.platform;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A body in which one text, list or map at a time is longer than anything should be: each that stands in it, and each that
 * the OpenAPI document lets stand there.
 */
final class Overlong {

    static final int CHARACTERS = 20_000;
    static final int MEMBERS = 10_001;

    private static final String TEXT = "x".repeat(CHARACTERS);
    private static final int DEEPEST = 8;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What lists hold that stand in no example: a list of what is known here is refused for its length alone. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("users", "\"@ann\""),
            Map.entry("teams", "\"@sre\""),
            Map.entry("orgRoles", "\"developer\""),
            Map.entry("requiredUserIds", "\"@ann\""),
            Map.entry("requiredTeamIds", "\"@sre\""),
            Map.entry("requiredOrgRoles", "\"developer\""),
            Map.entry("authors", "\"@bob\""),
            Map.entry("environments", "\"production\""),
            Map.entry("weekdays", "\"monday\""),
            Map.entry("schedules", "{\"weekdays\": [\"monday\"]}"),
            Map.entry("actions", "\"release.deploy\""),
            Map.entry("scope", "\"environment\""));

    private final JsonNode document;
    private final ObjectNode root;
    private final BiConsumer<String, JsonNode> taker;

    private Overlong(JsonNode document, ObjectNode root, BiConsumer<String, JsonNode> taker) {
        this.document = document;
        this.root = root;
        this.taker = taker;
    }

    /**
     * Makes one thing after the other too long in this body, which is one of the operation's.
     *
     * @param taker gets the field that is too long, and the body until the next one
     */
    static void in(JsonNode document, String operation, ObjectNode body, BiConsumer<String, JsonNode> taker) {
        Overlong overlong = new Overlong(document, body.deepCopy(), taker);
        overlong.object("", overlong.root, overlong.resolved(schema(document, operation)), 0);
    }

    private static JsonNode schema(JsonNode document, String operation) {
        return document.path("paths")
                .valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(one -> one.path("operationId").asString("").equals(operation))
                .map(one -> one.at("/requestBody/content/application~1json/schema"))
                .findFirst()
                .orElseThrow();
    }

    /** The schema itself in place of a reference to it, or of a choice between it and nothing. */
    private JsonNode resolved(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(document.at(schema.path("$ref").asString().substring(1)));
        }
        return Stream.of("oneOf", "anyOf", "allOf")
                .flatMap(choice -> schema.path(choice).valueStream())
                .map(this::resolved)
                .filter(one -> !type(one).equals("null"))
                .findFirst()
                .orElse(schema);
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.valueStream()
                        .map(JsonNode::asString)
                        .filter(word -> !word.equals("null"))
                        .findFirst()
                        .orElse("")
                : type.asString("");
    }

    private void object(String path, ObjectNode object, JsonNode schema, int depth) {
        Set<String> names = new LinkedHashSet<>(object.propertyNames());
        names.addAll(schema.path("properties").propertyNames());
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject() && depth > 0) {
            map(path, object, resolved(others));
        }
        for (String name : names) {
            JsonNode below = resolved(schema.path("properties").path(name));
            @Nullable JsonNode given = object.get(name);
            JsonNode value = given == null || given.isNull() ? sample(below) : given;
            object.set(name, value);
            member(path.isEmpty() ? name : path + "." + name, object, name, value, below, depth + 1);
            if (given == null) {
                object.remove(name);
            } else {
                object.set(name, given);
            }
        }
    }

    private void member(String path, ObjectNode parent, String name, JsonNode value, JsonNode schema, int depth) {
        if (value.isString()) {
            note(path, parent, name, NODES.stringNode(TEXT));
        } else if (value instanceof ArrayNode list) {
            String known = KNOWN.get(name);
            JsonNode first = !list.isEmpty()
                    ? list.path(0)
                    : known == null
                            ? sample(resolved(schema.path("items")))
                            : JsonMapper.shared().readTree(known);
            ArrayNode many = NODES.arrayNode();
            for (int i = 0; i < MEMBERS; i++) {
                many.add(first);
            }
            note(path, parent, name, many);
            ArrayNode one = NODES.arrayNode().add(first.deepCopy());
            parent.set(name, one);
            element(path + "[0]", one, resolved(schema.path("items")), depth + 1);
        } else if (value instanceof ObjectNode below && depth < DEEPEST) {
            object(path, below, schema, depth);
        }
    }

    private void element(String path, ArrayNode list, JsonNode schema, int depth) {
        JsonNode first = list.path(0);
        if (first.isString()) {
            list.set(0, NODES.stringNode(TEXT));
            taker.accept(path, root);
        } else if (first instanceof ObjectNode below && depth < DEEPEST) {
            object(path, below, schema, depth);
        }
    }

    /** A value, a name, and too many of both. */
    private void map(String path, ObjectNode map, JsonNode values) {
        JsonNode value = map.isEmpty() ? sample(values) : map.iterator().next();
        ObjectNode before = map.deepCopy();
        map.set(TEXT, value);
        taker.accept(path, root);
        map.removeAll();
        for (int i = 0; i < MEMBERS; i++) {
            map.set("k" + i, value);
        }
        taker.accept(path, root);
        map.removeAll();
        map.set("k", value.isString() ? NODES.stringNode(TEXT) : value);
        taker.accept(path, root);
        map.removeAll();
        map.setAll(before);
    }

    private void note(String path, ObjectNode parent, String name, JsonNode spoiled) {
        JsonNode before = parent.path(name);
        parent.set(name, spoiled);
        taker.accept(path, root);
        parent.set(name, before);
    }

    /** The least that may stand there. */
    private JsonNode sample(JsonNode schema) {
        return switch (type(schema)) {
            case "string" -> NODES.stringNode(schema.path("enum").path(0).asString(sampleText(schema)));
            case "array" -> NODES.arrayNode();
            case "object" -> {
                ObjectNode least = NODES.objectNode();
                schema.path("required")
                        .forEach(name -> least.set(
                                name.asString(),
                                sample(resolved(schema.path("properties").path(name.asString())))));
                yield least;
            }
            case "boolean" -> NODES.booleanNode(true);
            default -> NODES.numberNode(1);
        };
    }

    private static String sampleText(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "date-time" -> "2026-11-23T09:00:00Z";
            case "date" -> "2026-11-24";
            case "duration" -> "PT1H";
            default -> "x";
        };
    }
}
