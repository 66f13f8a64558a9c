package io.countersign.server.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Whether a value is what a schema of an OpenAPI document says: the words of JSON Schema that our document uses. A field
 * that an object's schema does not name is a fault, as it is for a strict reader.
 */
final class SchemaCheck {

    private final JsonNode document;

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What is wrong with the value, one line each, with the place in it. */
    List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check("", schema, value, faults);
        return faults;
    }

    private void check(String at, JsonNode given, JsonNode value, List<String> faults) {
        JsonNode schema = resolve(given);
        String place = at.isEmpty() ? "it" : at;
        List<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> is(type, value))) {
            faults.add(place + " is no " + String.join(" or ", types));
            return;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(allowed -> allowed.equals(value))) {
            faults.add(place + " is none of the enum: " + value);
        }
        if (value.isNumber()
                && (value.asDouble() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
                        || value.asDouble() > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY))) {
            faults.add(place + " is out of bounds");
        }
        for (String word : List.of("oneOf", "anyOf")) {
            if (schema.has(word)
                    && schema.path(word)
                            .valueStream()
                            .noneMatch(one -> faults(one, value).isEmpty())) {
                faults.add(place + " is nothing of " + word);
            }
        }
        if (value.isArray() && schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "[" + i + "]", schema.path("items"), value.path(i), faults);
            }
        }
        if (value.isObject() && !schema.has("oneOf") && !schema.has("anyOf")) {
            object(at, schema, value, faults);
        }
    }

    private void object(String at, JsonNode schema, JsonNode value, List<String> faults) {
        String prefix = at.isEmpty() ? "" : at + ".";
        Map<String, JsonNode> properties = new TreeMap<>();
        Set<String> required = new TreeSet<>();
        collect(schema, properties, required);
        required.stream()
                .filter(field -> !value.has(field))
                .forEach(field -> faults.add(prefix + field + " is missing"));
        JsonNode others = schema.path("additionalProperties");
        value.propertyStream().forEach(entry -> {
            JsonNode known = properties.get(entry.getKey());
            if (known != null) {
                check(prefix + entry.getKey(), known, entry.getValue(), faults);
            } else if (others.isObject()) {
                check(prefix + entry.getKey(), others, entry.getValue(), faults);
            } else if (!properties.isEmpty() && !others.asBoolean(false)) {
                faults.add(prefix + entry.getKey() + " is unknown");
            }
        });
    }

    private void collect(JsonNode given, Map<String, JsonNode> properties, Set<String> required) {
        JsonNode schema = resolve(given);
        schema.path("properties").propertyStream().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
        schema.path("required").valueStream().map(JsonNode::asString).forEach(required::add);
        schema.path("allOf").valueStream().forEach(part -> collect(part, properties, required));
    }

    private JsonNode resolve(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : resolve(document.at(reference.substring(1)));
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return (type.isArray() ? type.valueStream() : Stream.of(type))
                .map(one -> one.asString(""))
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("no such type: " + type);
        };
    }
}
