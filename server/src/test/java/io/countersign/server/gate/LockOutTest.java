package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.Errand;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LockOutTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @Test
    void refusesToGateTheRulesByARuleThatOneAbsenceCouldBreak() {
        scene.developer("ann", "sre").developer("bob", "sre");
        String two = scene.template("Two", Map.of("minApprovals", 2), Map.of(), "sre");
        Answer refused = bind(two);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("would-lock-out");
        scene.developer("cid", "sre");
        assertThat(bind(two).status()).isEqualTo(201);
    }

    @Test
    void refusesANewVersionBehindTheGateThatWouldLockEverybodyOut() {
        scene.developer("ann", "sre").developer("bob", "sre");
        String one = scene.template("One", Map.of("minApprovals", 1), Map.of(), "sre");
        assertThat(bind(one).status()).isEqualTo(201);
        Map<String, Object> stricter = Map.of(
                "name",
                "One",
                "description",
                "",
                "scope",
                List.of("organization"),
                "approvers",
                Map.of("teams", List.of("@sre")),
                "quorum",
                Map.of("minApprovals", 2));
        Answer refused = server.call("PUT", "/api/v1/templates/" + one, scene.admin(), stricter, "If-Match", "\"1\"");
        assertThat(refused.code()).isEqualTo("would-lock-out");
    }

    @Test
    void recoversOnTheServersOwnMachineAndSaysSo() throws Exception {
        scene.developer("ann", "sre").developer("bob", "sre");
        String one = scene.template("One", Map.of("minApprovals", 1), Map.of(), "sre");
        String binding = bind(one).body().path("id").asString();
        for (String who : List.of("ann", "bob")) {
            Scene.expect(204, server.call("DELETE", "/api/v1/people/@" + who, scene.admin(), null));
        }
        Answer locked = server.call("DELETE", "/api/v1/bindings/" + binding, scene.admin(), null);
        assertThat(locked.status()).as("nobody is left to approve it").isEqualTo(202);

        assertThat(run()).contains(binding).contains("`One` in " + scene.handle());
        assertThat(run("--binding", binding)).startsWith("Removed " + binding);
        assertThat(run()).doesNotContain(binding);

        assertThat(bind(
                                scene.template("Free", Map.of("requiredOrgRoles", List.of("admin")), Map.of()),
                                "release.deploy")
                        .status())
                .isEqualTo(201);
        assertThatThrownBy(() -> run("--binding", binding))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("no binding `" + binding + "`");
        String log = "";
        for (int look = 0; look < 100 && !log.contains("lock-out-recovered"); look++) {
            Thread.sleep(50);
            log = server.get("/api/v1/audit-entries?prominent=true&limit=5", scene.admin())
                    .text();
        }
        assertThat(log).contains("lock-out-recovered").contains(binding);
    }

    private String run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        server.bean(Errand.class).run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private Answer bind(String template) {
        return bind(template, "policy.change");
    }

    private Answer bind(String template, String action) {
        return server.post(
                "/api/v1/bindings",
                scene.admin(),
                Map.of("templateId", template, "level", "organization", "actions", List.of(action)));
    }
}
