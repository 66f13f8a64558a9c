package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Map<String, String> secrets = new HashMap<>(Map.of("bootstrap", ServerCalls.ADMIN_TOKEN));

    @Test
    void everyExampleIsTakenAndAnsweredAsTheDocumentShows() throws IOException {
        try (TestServer server =
                TestServer.simulated(START, "--countersign.server.public-url=https://countersign.acme.example")) {
            JsonNode document = server.get("/openapi.json", null).body();
            ExampleStory story = new ExampleStory(server, START, document);
            LogWitness witness = new LogWitness(server);
            List<String> untoldChanges = new ArrayList<>();
            try {
                for (String line : lines()) {
                    happen(server, story, line.split(" ", 3));
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

    private static List<String> lines() {
        try (InputStream in =
                Objects.requireNonNull(OpenApiExamplesTest.class.getResourceAsStream("/openapi-story.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void happen(TestServer server, ExampleStory story, String... words) {
        switch (words[0]) {
            case "enrol" -> enrol(server, words[1]);
            case "+" -> {
                String[] call = words[2].split(" ", 2);
                expect(201, server.post("/api/v1" + call[0], secrets.get(words[1]), call[1]));
            }
            default -> {
                JsonNode answer = story.tell(secrets.get(words[0]), words[1], words[2]);
                String secret = answer.path("secret").asString("");
                if (secret.startsWith("cs_s_")) {
                    secrets.put(answer.path("person").path("handle").asString().replace("@", ""), secret);
                }
            }
        }
    }

    private void enrol(TestServer server, String handle) {
        Answer link = expect(
                201,
                server.post(
                        "/api/v1/people/@" + handle + "/enrolment-links",
                        secrets.get("olivia"),
                        Map.of("kind", "enrolment")));
        Map<String, String> form = Map.of(
                "link",
                link.body().path("link").asString(),
                "password",
                "correct horse battery",
                "transport",
                "bearer");
        Answer session = expect(201, server.post("/api/v1/enrolments", null, form));
        secrets.put(handle, session.body().path("secret").asString());
    }

    private static Answer expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }
}
