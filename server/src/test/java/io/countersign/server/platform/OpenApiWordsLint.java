package io.countersign.server.platform;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds words that describe nothing in an OpenAPI document: what they were for is gone, or has other words. */
final class OpenApiWordsLint {

    private final Set<List<String>> told = new HashSet<>();

    private OpenApiWordsLint() {}

    /** The words for parameters that describe none, as {@code name} or {@code operation.name}. */
    static List<String> idleParameters(JsonNode document, JsonNode words) {
        OpenApiWordsLint lint = new OpenApiWordsLint();
        document.path("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .path("parameters")
                        .forEach(parameter -> lint.tell(
                                operation.path("operationId").asString(""),
                                parameter.path("name").asString(""),
                                parameter))));
        return lint.idle(words);
    }

    /** The words for fields that describe none, as {@code name} or {@code Schema.name}. */
    static List<String> idleFields(JsonNode document, JsonNode words) {
        OpenApiWordsLint lint = new OpenApiWordsLint();
        document.path("components")
                .path("schemas")
                .propertyStream()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .propertyStream()
                        .forEach(field -> lint.tell(schema.getKey(), field.getKey(), field.getValue())));
        return lint.idle(words);
    }

    private void tell(String owner, String name, JsonNode described) {
        String description = described.path("description").asString("");
        told.add(List.of(name, description));
        told.add(List.of(owner + "." + name, description));
    }

    private List<String> idle(JsonNode words) {
        return words.propertyStream()
                .flatMap(word -> word.getValue().isObject()
                        ? word.getValue()
                                .propertyStream()
                                .map(own -> List.of(
                                        word.getKey() + "." + own.getKey(),
                                        own.getValue().asString("")))
                        : Stream.of(List.of(word.getKey(), word.getValue().asString(""))))
                .filter(word -> !told.contains(word))
                .map(List::getFirst)
                .toList();
    }
}
