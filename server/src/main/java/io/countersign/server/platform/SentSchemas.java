package io.countersign.server.platform;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schemas of what callers send, and of everything in it. */
final class SentSchemas {

    private final OpenAPI document;
    private final Set<String> found = new HashSet<>();

    SentSchemas(OpenAPI document) {
        this.document = document;
    }

    Set<String> names() {
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .map(PathItem::readOperations)
                    .flatMap(List::stream)
                    .flatMap(SentSchemas::contents)
                    .flatMap(content -> content.values().stream())
                    .forEach(media -> add(media.getSchema()));
        }
        return found;
    }

    private static Stream<Content> contents(Operation operation) {
        return operation.getRequestBody() == null || operation.getRequestBody().getContent() == null
                ? Stream.empty()
                : Stream.of(operation.getRequestBody().getContent());
    }

    private void add(@Nullable Schema<?> schema) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            String name = schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1);
            if (found.add(name)) {
                add(document.getComponents().getSchemas().get(name));
            }
            return;
        }
        add(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            add(values);
        }
        Map<String, ?> properties = schema.getProperties();
        addAll(properties == null ? null : properties.values());
        addAll(schema.getOneOf());
        addAll(schema.getAnyOf());
        addAll(schema.getAllOf());
    }

    private void addAll(@Nullable Collection<?> schemas) {
        if (schemas != null) {
            schemas.forEach(one -> add((Schema<?>) one));
        }
    }
}
