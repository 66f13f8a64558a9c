package io.countersign.server.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/**
 * The examples in the OpenAPI document: calls of one story, and what a server answered them. They stand in
 * {@code openapi/examples}, one file for an operation; a test sends each of them and compares the answer.
 */
final class OpenApiExamples {

    /** Puts an operation's examples to its parameters, its body and its answers. */
    void describe(Operation operation) {
        OpenApiFiles.find("examples/" + operation.getOperationId() + ".json")
                .ifPresent(calls -> calls.forEach(call -> describe(operation, call)));
    }

    private static void describe(Operation operation, JsonNode call) {
        String name = call.path("name").asText();
        String summary = call.path("summary").asText();
        call.path("parameters")
                .properties()
                .forEach(given -> operation.getParameters().stream()
                        .filter(parameter -> parameter.getName().equals(given.getKey()))
                        .forEach(parameter -> add(parameter, given.getValue())));
        if (call.has("request") && operation.getRequestBody() != null) {
            add(operation.getRequestBody().getContent(), name, summary, call.get("request"));
        }
        ApiResponse response = operation.getResponses().get(call.path("status").asText());
        if (call.has("response") && response != null) {
            add(response.getContent(), name, summary, call.get("response"));
        }
    }

    private static void add(Parameter parameter, JsonNode value) {
        if (parameter.getExample() == null) {
            parameter.setExample(value);
        }
    }

    private static void add(@Nullable Content content, String name, String summary, JsonNode value) {
        if (content != null) {
            for (MediaType media : content.values()) {
                media.addExamples(name, new Example().summary(summary).value(value));
            }
        }
    }
}
