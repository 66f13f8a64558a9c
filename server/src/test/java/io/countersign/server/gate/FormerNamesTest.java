package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody gets around a rule by moving the place it protects aside and giving the place's name to a new one. */
class FormerNamesTest {

    private static final Map<String, Object> ONE = Map.of("minApprovals", 1);

    private static TestServer server;
    private Scene scene;

    @BeforeAll
    static void start() {
        server = TestServer.simulatedForMonths(Instant.parse("2026-03-02T09:00:00Z"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void people() {
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "sre");
    }

    @Test
    void aProjectIsRenamedOnlyWithTheApprovalThatItsEnvironmentsDemand() {
        String template = scene.template("Production", ONE, Map.of(), "sre");
        scene.bind(template, "payments/production", "release.deploy", "environment.policy.update");
        afterSetUp();
        Map<String, Object> rename = Map.of("name", "payments-old");
        Answer held = change("projects/payments", rename);
        assertThat(held.status()).isEqualTo(202);
        String number = held.body().at("/requests/0/request/number").asString();
        assertThat(scene.ask("ann", Scene.deploy("still gated")).status()).isEqualTo(201);
        Scene.expect(200, scene.approve("bob", number));
        Scene.expect(200, change("projects/payments", rename));
        assertThat(change("projects/payments-old", Map.of("description", "cards"))
                        .status())
                .as("words about it move nothing")
                .isEqualTo(200);
    }

    @Test
    void theNameOfAProjectThatWasMovedAsideReachesNothingNewForADay() {
        scene.gate("Production", ONE, "sre");
        afterSetUp();
        Scene.expect(200, change("projects/payments", Map.of("name", "payments-old")));
        assertThat(add("projects", Map.of("name", "Payments")).code()).isEqualTo("name-reserved");
        scene.create("/api/v1/projects", Map.of("name", "other"));
        assertThat(change("projects/other", Map.of("name", "payments")).code()).isEqualTo("name-reserved");
        assertThat(scene.ask("ann", Scene.deploy("swapped")).code()).isEqualTo("unknown-resource");
        scene.pass(Duration.ofHours(23));
        assertThat(add("projects", Map.of("name", "payments")).code()).isEqualTo("name-reserved");
        Scene.expect(200, change("projects/payments-old", Map.of("name", "payments")));
        assertThat(scene.ask("ann", Scene.deploy("back again")).status()).isEqualTo(201);
    }

    @Test
    void aDayLaterTheNameIsFree() {
        afterSetUp();
        Scene.expect(200, change("projects/payments", Map.of("name", "payments-old")));
        scene.pass(Duration.ofHours(24));
        Scene.expect(201, add("projects", Map.of("name", "payments")));
    }

    @Test
    void aClusterIsRenamedOnlyWithTheApprovalThatTheEnvironmentsOnItDemand() {
        String template = scene.template("Production", ONE, Map.of(), "sre");
        scene.bind(template, "payments/production", "environment.policy.update");
        afterSetUp();
        assertThat(change("clusters/prod-eu", Map.of("name", "prod-eu-old")).status())
                .isEqualTo(202);
    }

    @Test
    void theNameOfAClusterReachesNothingNewForADayWhetherItWasMovedOrRemoved() {
        afterSetUp();
        Scene.expect(200, change("clusters/prod-eu", Map.of("name", "prod-eu-old")));
        assertThat(add("clusters", Map.of("name", "prod-eu")).code()).isEqualTo("name-reserved");
        Scene.expect(204, server.call("DELETE", "/api/v1/clusters/prod-eu-old", scene.admin(), null));
        assertThat(add("clusters", Map.of("name", "prod-eu-old")).code()).isEqualTo("name-reserved");
    }

    @Test
    void theNameOfAnEnvironmentIsReservedInItsProjectAlone() {
        afterSetUp();
        Scene.expect(204, server.call("DELETE", "/api/v1/environments/payments~staging", scene.admin(), null));
        Map<String, Object> again = Map.of("projectId", "payments", "name", "staging", "tier", "staging");
        assertThat(add("environments", again).code()).isEqualTo("name-reserved");
        scene.create("/api/v1/projects", Map.of("name", "other"));
        Scene.expect(201, add("environments", Map.of("projectId", "other", "name", "staging", "tier", "staging")));
    }

    @Test
    void theNameOfAProjectThatWasDeletedIsReservedToo() {
        afterSetUp();
        Scene.expect(204, server.call("DELETE", "/api/v1/projects/payments", scene.admin(), null));
        assertThat(add("projects", Map.of("name", "payments")).code()).isEqualTo("name-reserved");
    }

    @Test
    void anApplicationOfFilesIsHeldToTheSame() {
        afterSetUp();
        Scene.expect(200, change("projects/payments", Map.of("name", "payments-old")));
        Map<String, Object> declared = Map.of(
                "documents", List.of(Map.of("countersign", "v1", "projects", List.of(Map.of("name", "payments")))));
        Answer applied = server.post("/api/v1/declarations", scene.admin(), declared);
        assertThat(applied.code()).as(applied.text()).isEqualTo("name-reserved");
    }

    @Test
    void inSetUpNamesAreFreeAtOnce() {
        Scene.expect(200, change("projects/payments", Map.of("name", "payments-old")));
        Scene.expect(201, add("projects", Map.of("name", "payments")));
    }

    private void afterSetUp() {
        scene.pass(Duration.ofDays(8));
    }

    private Answer add(String shelf, Map<String, Object> thing) {
        return server.post("/api/v1/" + shelf, scene.admin(), thing);
    }

    private Answer change(String path, Map<String, Object> patch) {
        Answer now = server.get("/api/v1/" + path, scene.admin());
        return server.call(
                "PATCH",
                "/api/v1/" + path,
                scene.admin(),
                patch,
                "If-Match",
                now.headers().firstValue("ETag").orElseThrow());
    }
}
