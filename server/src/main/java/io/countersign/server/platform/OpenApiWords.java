package io.countersign.server.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What parameters and fields mean, from {@code words.json}, for those that say nothing themselves. */
final class OpenApiWords {

    private final JsonNode parameters;
    private final JsonNode fields;

    OpenApiWords() {
        JsonNode words = OpenApiFiles.read("words.json");
        this.parameters = words.path("parameters");
        this.fields = words.path("fields");
    }

    /** Describes the parameters by their names, or by the operation and their names. */
    void describe(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getDescription() == null)
                    .forEach(parameter -> parameter.setDescription(
                            find(parameters, operation.getOperationId(), parameter.getName(), true)));
        }
    }

    /** Describes the fields of what is sent by their names; those of answers only where they are named with their schema. */
    void describe(OpenAPI document, Set<String> sent) {
        document.getComponents().getSchemas().forEach((name, raw) -> {
            Schema<?> schema = raw;
            Map<String, ?> properties = schema.getProperties();
            if (properties != null) {
                properties.forEach((field, written) -> {
                    Schema<?> property = (Schema<?>) written;
                    if (property.getDescription() == null) {
                        property.setDescription(find(fields, name, field, sent.contains(name)));
                    }
                });
            }
        });
    }

    private static @Nullable String find(JsonNode words, String owner, String name, boolean alone) {
        JsonNode own = words.path(owner + "." + name);
        JsonNode found = own.isMissingNode() && alone ? words.path(name) : own;
        return found.isTextual() ? found.asText() : null;
    }
}
