package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

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
        assertThat(OpenApiLint.complaints(answer.body())).isEmpty();
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

    private static List<String> fields(JsonNode document, String schema, String part) {
        return document.path("components")
                .path("schemas")
                .path(schema)
                .path(part)
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
