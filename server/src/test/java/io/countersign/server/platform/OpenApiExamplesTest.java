package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The examples of the OpenAPI document are one story, told in the order of {@code openapi-story.txt}. What the server answers
 * is written to {@code target/openapi-examples}: whoever has changed an answer copies it from there.
 */
class OpenApiExamplesTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final Path WRITTEN = Path.of("target", "openapi-examples");

    /** What changes something and has no example, each with the reason. */
    private static final Map<String, String> WITHOUT_EXAMPLE =
            Map.of("retryNotificationDelivery", "needs a message that has failed for a day");

    @Test
    void everyExampleIsTakenAndAnsweredAsTheDocumentShows() throws IOException {
        try (TestServer server =
                TestServer.simulated(START, "--countersign.server.public-url=https://countersign.acme.example")) {
            JsonNode document = server.get("/openapi.json", null).body();
            ExampleStory story = new ExampleStory(server, START, document);
            LogWitness witness = new LogWitness(server);
            List<String> untoldChanges = new ArrayList<>();
            try {
                StoryTeller teller = new StoryTeller(server, story);
                for (String line : StoryTeller.lines()) {
                    teller.happen(line);
                    untoldChanges.addAll(witness.untoldAfter(line));
                }
            } finally {
                story.write(WRITTEN);
            }
            assertThat(untoldChanges)
                    .as("changes of which the log does not tell")
                    .isEmpty();
            assertThat(witness.blobs())
                    .as("texts in the log that are to be taken apart")
                    .isEmpty();
            assertThat(story.untold()).as("examples that nobody sends").isEmpty();
            assertThat(story.changingWithoutExample())
                    .as("operations that change something, and nobody shows how")
                    .containsExactlyInAnyOrderElementsOf(WITHOUT_EXAMPLE.keySet());
            assertThat(story.wrong())
                    .as("examples that are not true; the true ones are in " + WRITTEN)
                    .isEmpty();
        }
    }
}
