package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void publishesADocumentThatKeepsOurRules() throws IOException {
        Answer answer = TestServer.shared().get("/openapi.json", null);
        assertThat(answer.status()).isEqualTo(200);
        Files.writeString(Path.of("target", "openapi.json"), answer.text());
        assertThat(answer.body().path("openapi").asString()).startsWith("3.1");
        assertThat(answer.body().at("/paths/~1api~1v1~1clock/post/x-permission").asString())
                .isEqualTo("clock-write");
        assertThat(answer.body()
                        .at("/components/schemas/ClockTarget/required/0")
                        .asString())
                .isEqualTo("to");
        assertThat(fields(answer.body(), "BreakglassViewsSessionDetail", "required"))
                .as("what is unwrapped into a record is there like its own")
                .contains("actions", "incident", "you");
        assertThat(answer.body()
                        .at("/paths/~1api~1v1~1breakglass-sessions~1{session}~1closure/post/responses/201/content")
                        .at("/application~1json/schema/$ref")
                        .asString())
                .endsWith("/BreakglassViewsSessionDetail");
        assertThat(answer.body().at("/components/schemas/JsonNode").isMissingNode())
                .as("JSON that may be anything is an open schema")
                .isTrue();
        assertThat(complaints(answer.body())).isEmpty();
    }

    @Test
    void tellsWhatAClientHasToKnowToAskAndToBeHeld() {
        JsonNode document = TestServer.shared().get("/openapi.json", null).body();
        JsonNode paths = document.path("paths");
        assertThat(document.at("/info/description").asString())
                .contains("`countersign/payload/v1` and a line feed", "Idempotency-Key", "executionId");
        assertThat(paths.path("/api/v1/asks").at("/post/responses").propertyNames())
                .contains("200", "201");
        assertThat(paths.path("/api/v1/breakglass-sessions")
                        .at("/post/responses/202/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/BreakglassViewsSessionDetail");
        JsonNode bind = paths.path("/api/v1/bindings").path("post");
        assertThat(bind.at("/responses/202/content/application~1json/schema/$ref")
                        .asString())
                .endsWith("/HeldCall");
        assertThat(bind.path("parameters").findValuesAsString("name"))
                .contains(IdempotencyKey.HEADER, OwnCall.REASON, OwnCall.BREAK_GLASS);
        assertThat(paths.path("/api/v1/environments/{environment}")
                        .at("/patch/parameters")
                        .findValuesAsString("name"))
                .contains("If-Match");
        assertThat(paths.path("/api/v1/bindings/{binding}")
                        .at("/delete/responses")
                        .propertyNames())
                .contains("204", "202")
                .doesNotContain("200");
        assertThat(paths.path("/api/v1/notification-destinations")
                        .at("/post/responses")
                        .propertyNames())
                .as("no door holds it")
                .doesNotContain("202");
        assertThat(document.at("/components/schemas/RequestsVoteForm/properties/vote/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("approve", "deny");
    }

    @Test
    void findsWhatBreaksTheRules() {
        String document = """
                {"openapi": "3.1.0",
                 "components": {"schemas": {"Problem": {}}},
                 "paths": {
                  "/api/v1/one": {"get": {"operationId": "same", "summary": "", "responses": {"200": {}}}},
                  "/api/v1/two": {"get": {"operationId": "same", "summary": "x", "x-permission": "fly",
                                          "parameters": [{"name": "call", "schema":
                                            {"$ref": "#/components/schemas/Problem"}}],
                                          "responses": {"default": {}}}},
                  "/api/v1/three": {"get": {"summary": "x", "x-permission": "public", "responses": {
                    "default": {"content": {"application/problem+json":
                      {"schema": {"$ref": "#/components/schemas/Lost"}}}}}}}}}
                """;
        assertThat(complaints(JSON.readTree(document)))
                .containsExactlyInAnyOrder(
                        "get /api/v1/one: no summary",
                        "get /api/v1/one: no permission",
                        "get /api/v1/one: no problem response",
                        "get /api/v1/two: operationId `same` is not its own",
                        "get /api/v1/two: no such permission `fly`",
                        "get /api/v1/two: parameter `call` is an object nobody can send",
                        "get /api/v1/two: no problem response",
                        "get /api/v1/three: no operationId",
                        "nothing at #/components/schemas/Lost");
    }

    private static List<String> fields(JsonNode document, String schema, String part) {
        return document.path("components")
                .path("schemas")
                .path(schema)
                .path(part)
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Everything in the document that breaks a rule, one line each. */
    private static List<String> complaints(JsonNode document) {
        List<String> complaints = new ArrayList<>();
        Set<String> operationIds = new HashSet<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> complain(
                                entry.getKey() + " " + path.getKey(), entry.getValue(), operationIds, complaints)));
        references(document)
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .distinct()
                .forEach(reference -> complaints.add("nothing at " + reference));
        return complaints;
    }

    private static void complain(String where, JsonNode operation, Set<String> operationIds, List<String> complaints) {
        String id = operation.path("operationId").asString("");
        if (id.isEmpty()) {
            complaints.add(where + ": no operationId");
        } else if (!operationIds.add(id) || id.matches(".*_\\d+")) {
            complaints.add(where + ": operationId `" + id + "` is not its own");
        }
        if (operation.path("summary").asString("").isBlank()) {
            complaints.add(where + ": no summary");
        }
        String permission = operation.path("x-permission").asString("");
        if (permission.isEmpty()) {
            complaints.add(where + ": no permission");
        } else if (List.of(Permission.values()).stream()
                .noneMatch(known -> known.id().equals(permission))) {
            complaints.add(where + ": no such permission `" + permission + "`");
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.at("/schema/$ref").isString()) {
                complaints.add(
                        where + ": parameter `" + parameter.path("name").asString() + "` is an object nobody can send");
            }
        }
        if (operation.at("/responses/default/content/application~1problem+json").isMissingNode()) {
            complaints.add(where + ": no problem response");
        }
    }

    private static Stream<String> references(JsonNode node) {
        return node.findValuesAsString("$ref").stream().filter(reference -> reference.startsWith("#"));
    }
}
