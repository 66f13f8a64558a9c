package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the lines of {@code openapi-story.txt} happen on a server, each as the one who is named in it. */
final class StoryTeller {

    private final TestServer server;
    private final ExampleStory story;
    private final Map<String, String> secrets = new HashMap<>(Map.of("bootstrap", ServerCalls.ADMIN_TOKEN));

    StoryTeller(TestServer server, ExampleStory story) {
        this.server = server;
        this.story = story;
    }

    /** An example as a line names it, with the secret of who sends it. */
    record Told(@Nullable String secret, String operation, String name) {}

    static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(StoryTeller.class.getResourceAsStream("/openapi-story.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The example that this line sends, if it sends one. */
    Optional<Told> example(String line) {
        String[] words = line.split(" ", 3);
        return words[0].equals("enrol") || words[0].equals("+")
                ? Optional.empty()
                : Optional.of(new Told(secrets.get(words[0]), words[1], words[2]));
    }

    void happen(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "enrol" -> enrol(words[1]);
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

    private void enrol(String handle) {
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
