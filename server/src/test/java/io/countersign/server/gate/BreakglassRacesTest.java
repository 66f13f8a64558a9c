package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import tools.jackson.databind.JsonNode;

/** Break-glass at the same moment: whoever comes first, the log explains it. */
class BreakglassRacesTest {

    private final Scene scene = Scene.on(TestServer.shared());
    private final Glass glass = new Glass(scene);

    @BeforeEach
    void people() {
        scene.developer("ann", "sre")
                .developer("bob", "security")
                .person("sam", List.of("security_manager"), List.of("security"));
        scene.gate("Production", Map.of("minApprovals", 1), "security");
        glass.allow("ann");
    }

    @RepeatedTest(3)
    void ofTwoOpeningsAtOnceOneWins() {
        List<Callable<Answer>> acts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            acts.add(() -> glass.tryOpen("ann", Glass.form()));
        }
        List<Answer> answers = AtOnce.all(acts);
        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.code().equals("session-open")))
                .hasSize(5);
        assertThat(glass.entries("breakglass-opened")).hasSize(1);
    }

    @RepeatedTest(5)
    void noAskPassesBehindTheRevocation() {
        String session = glass.open("ann");
        List<Callable<Answer>> acts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> deploy = Scene.deploy("race " + i);
            acts.add(() -> {
                Answer asked = glass.ask("ann", session, deploy);
                return asked.status() == 201 ? glass.redeem("ann", deploy, asked) : asked;
            });
        }
        acts.add(4, () -> glass.revoke("sam", session));
        List<Answer> answers = AtOnce.all(acts);
        Scene.expect(200, answers.get(4));
        Scene.expect(409, glass.ask("ann", session, Scene.deploy("afterwards")));
        List<JsonNode> told =
                glass.entries("request-bypassed", "grant-redeemed", "grant-revoked", "breakglass-revoked");
        int end = told.stream()
                .map(entry -> entry.path("type").asString())
                .toList()
                .indexOf("breakglass-revoked");
        assertThat(told.subList(end + 1, told.size()))
                .as("after the revocation")
                .isEmpty();
        long passed = count(told, "request-bypassed");
        assertThat(count(told, "grant-redeemed") + count(told, "grant-revoked")).isEqualTo(passed);
        assertThat(glass.show(session).path("actionsTaken").asLong()).isEqualTo(passed);
    }

    private static long count(List<JsonNode> entries, String type) {
        return entries.stream()
                .filter(entry -> entry.path("type").asString().equals(type))
                .count();
    }
}
