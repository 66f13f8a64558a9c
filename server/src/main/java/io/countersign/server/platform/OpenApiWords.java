package io.countersign.server.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What parameters and fields mean, for those that say nothing themselves. Each file below {@code words} has texts by name,
 * and those that hold in one operation or schema alone below its name; a name may mean one thing in what is sent and another
 * in what is answered.
 */
final class OpenApiWords {

    private final JsonNode parameters = OpenApiFiles.read("words/parameters.json");
    private final JsonNode bodies = OpenApiFiles.read("words/bodies.json");
    private final JsonNode answers = ((ObjectNode) OpenApiFiles.read("words/answers.json"))
            .<JsonNode>setAll((ObjectNode) OpenApiFiles.read("words/changes.json"));

    /** Describes the parameters of an operation. */
    void describe(Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getDescription() == null)
                    .forEach(parameter -> parameter.setDescription(
                            find(parameters, operation.getOperationId(), parameter.getName())));
        }
    }

    /** Describes the fields of all schemas; what is unwrapped into a record as in its own. */
    void describe(OpenAPI document, Set<String> sent, SchemaNames names) {
        document.getComponents().getSchemas().forEach((name, raw) -> {
            Schema<?> schema = raw;
            Map<String, ?> properties = schema.getProperties();
            if (properties != null) {
                properties.forEach((field, written) -> {
                    Schema<?> property = (Schema<?>) written;
                    if (property.getDescription() == null) {
                        String home = names.home(name, field);
                        property.setDescription(find(sent.contains(home) ? bodies : answers, home, field));
                    }
                });
            }
        });
    }

    private static @Nullable String find(JsonNode words, String owner, String name) {
        return Stream.of(words.path(owner).path(name), words.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
    }
}
