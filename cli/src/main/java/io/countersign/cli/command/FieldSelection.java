package io.countersign.cli.command;

import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which fields of JSON are wanted.
 *
 * @param fields names with commas between; a dot goes into an object; empty for everything
 */
record FieldSelection(String fields) {

    /** The data with the wanted fields only, {@code null} where one is missing; a field that nobody has is told. */
    JsonNode of(JsonNode data, Consumer<String> told) {
        if (fields.isBlank()) {
            return data;
        }
        List<String> wanted = List.of(fields.strip().split("\\s*,\\s*"));
        List<JsonNode> items = data.isArray() ? List.copyOf(data.values()) : List.of(data);
        for (String field : wanted) {
            if (!items.isEmpty()
                    && items.stream().allMatch(item -> find(item, field).isMissingNode())) {
                told.accept("no field `" + field + "` here; there are: " + String.join(", ", known(items)));
            }
        }
        if (!data.isArray()) {
            return pick(data, wanted);
        }
        ArrayNode picked = Json.array();
        items.forEach(item -> picked.add(pick(item, wanted)));
        return picked;
    }

    private static ObjectNode pick(JsonNode item, List<String> wanted) {
        ObjectNode picked = Json.object();
        for (String field : wanted) {
            ObjectNode place = picked;
            List<String> path = List.of(field.split("\\."));
            for (String name : path.subList(0, path.size() - 1)) {
                place = place.get(name) instanceof ObjectNode there ? there : place.putObject(name);
            }
            JsonNode found = find(item, field);
            if (found.isMissingNode()) {
                place.putNull(path.getLast());
            } else {
                place.set(path.getLast(), found);
            }
        }
        return picked;
    }

    private static JsonNode find(JsonNode item, String field) {
        return Json.at(item, field.split("\\."));
    }

    private static List<String> known(List<JsonNode> items) {
        List<String> names = new ArrayList<>();
        items.forEach(item -> item.propertyNames().stream()
                .filter(name -> !names.contains(name))
                .forEach(names::add));
        return names;
    }
}
