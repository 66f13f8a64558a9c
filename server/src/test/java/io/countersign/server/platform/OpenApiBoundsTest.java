package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The document of the API says of every text and list that is sent how long it may be. */
class OpenApiBoundsTest {

    private final JsonNode document =
            TestServer.shared().get("/openapi.json", null).body();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> unbounded = new TreeSet<>();

    @Test
    void everyTextAndListOfABodyHasItsBound() {
        document.path("paths")
                .forEach(path -> path.forEach(operation -> walk(
                        operation.path("operationId").asString(""),
                        operation.at("/requestBody/content/application~1json/schema"))));
        assertThat(seen).hasSizeGreaterThan(40);
        assertThat(unbounded)
                .as("only the organization's payload limit bounds these")
                .containsExactly("AskFormPayloadForm.base64", "AskFormPayloadForm.text");
    }

    private void walk(String place, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            if (seen.add(reference)) {
                walk(reference.substring(reference.lastIndexOf('/') + 1), document.at(reference.substring(1)));
            }
            return;
        }
        boolean free = is(schema, "string") && !schema.has("format") && !schema.has("enum");
        if ((free && !schema.has("maxLength")) || (is(schema, "array") && !schema.has("maxItems"))) {
            unbounded.add(place);
        }
        schema.path("properties")
                .propertyStream()
                .forEach(property -> walk(place + "." + property.getKey(), property.getValue()));
        schema.optional("items").ifPresent(items -> walk(place + "[]", items));
        schema.optional("additionalProperties").ifPresent(values -> walk(place + "{}", values));
        for (String choice : new String[] {"oneOf", "anyOf", "allOf"}) {
            schema.path(choice).forEach(one -> walk(place, one));
        }
    }

    private static boolean is(JsonNode schema, String type) {
        JsonNode types = schema.path("type");
        return types.isArray()
                ? types.valueStream().anyMatch(one -> one.asString().equals(type))
                : types.asString("").equals(type);
    }
}
