package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was said wrongly is refused with what to do about it, where the detail does not say that itself. */
class RefusalRemediesTest {

    private final Scene scene = Scene.on(TestServer.shared());

    @BeforeEach
    void people() {
        scene.developer("ann", "sre");
    }

    private static void assertRefused(Answer answer, String code, String remedy) {
        assertThat(answer.code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.body().path("remedy").asString()).contains(remedy);
        assertThat(answer.body().path("detail").asString()).doesNotContain(remedy);
    }

    @Test
    void saysWhereActionsAreListed() {
        Map<String, Object> ask = Scene.deploy("x");
        ask.put("action", "release.undo");
        assertRefused(scene.ask("ann", ask), "unknown-action", "`GET /api/v1/actions` lists");
    }

    @Test
    void saysHowAuthorsAreNamed() {
        Map<String, Object> ask = Scene.deploy("x");
        ask.put("authors", List.of("@nobody-here"));
        assertRefused(scene.ask("ann", ask), "unknown-author", "by handle or id");
    }

    @Test
    void saysHowAnOutcomeIsReported() {
        String report = "/api/v1/executions/" + Scene.executionId() + "/outcome";
        assertRefused(
                scene.server().post(report, scene.secret("ann"), Map.of("result", "fine")),
                "unknown-word",
                "whatever did not end well");
        assertRefused(
                scene.server().post(report, scene.secret("ann"), Map.of("result", "failed", "link", "ci build 12")),
                "bad-link",
                "leave it out");
    }

    @Test
    void saysInGoodEnglishThatANameIsTaken() {
        Answer taken = scene.server()
                .post(
                        "/api/v1/environments",
                        scene.admin(),
                        Map.of("projectId", "payments", "name", "production", "tier", "production"));
        assertThat(taken.code()).isEqualTo("name-taken");
        assertThat(taken.body().path("detail").asString())
                .isEqualTo("there is another environment `production` already");
    }
}
