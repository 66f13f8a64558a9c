package io.countersign.server.platform;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes into the schemas of bodies how long a text and a list may be at most; readers of single fields take less. */
final class SentBounds {

    private SentBounds() {}

    /**
     * Describes all that is sent.
     *
     * @param bodies the names of the schemas of bodies, and of everything in them
     */
    static void describe(OpenAPI document, Set<String> bodies, SchemaNames names) {
        document.getComponents().getSchemas().forEach((name, raw) -> {
            Schema<?> schema = raw;
            Map<String, ?> properties = schema.getProperties();
            if (bodies.contains(name) && properties != null) {
                properties.forEach((field, property) -> {
                    if (!names.mayBeLong(name, field)) {
                        bound((Schema<?>) property);
                    }
                });
            }
        });
    }

    private static void bound(@Nullable Schema<?> schema) {
        if (schema == null || schema.get$ref() != null) {
            return;
        }
        if (is(schema, "string")
                && schema.getFormat() == null
                && schema.getEnum() == null
                && schema.getMaxLength() == null) {
            schema.setMaxLength(Bounds.LONGEST_TEXT);
        }
        if (is(schema, "array") && schema.getMaxItems() == null) {
            schema.setMaxItems(Bounds.LONGEST_LIST);
        }
        bound(schema.getItems());
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            bound(values);
        }
    }

    private static boolean is(Schema<?> schema, String type) {
        return type.equals(schema.getType())
                || (schema.getTypes() != null && schema.getTypes().contains(type));
    }
}
