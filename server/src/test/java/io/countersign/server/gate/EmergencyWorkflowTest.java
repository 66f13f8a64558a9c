package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An action of the organization's own that is its emergency workflow: shorter by a policy of its own, and as loud as a session. */
class EmergencyWorkflowTest {

    private static final String RESTORE = "service.restore";

    private final Scene scene = Scene.on(TestServer.shared());
    private final Glass glass = new Glass(scene);

    @BeforeEach
    void people() {
        scene.developer("ann", "sre")
                .developer("bob", "security")
                .person("sam", List.of("security_manager"), List.of("security"))
                .person("ada", List.of("admin"), List.of());
        scene.gate("Production", Map.of("minApprovals", 2), "sre", "security");
        scene.create("/api/v1/actions", form(RESTORE, true));
    }

    private static Map<String, Object> form(String id, boolean emergency) {
        return Map.of(
                "id",
                id,
                "title",
                "Restore the service",
                "risk",
                "high",
                "level",
                "environment",
                "deploying",
                true,
                "emergency",
                emergency);
    }

    private void shorter() {
        scene.bind(
                scene.template("Emergency", Map.of("minApprovals", 1), Map.of(), "security"),
                "payments/production",
                RESTORE);
    }

    private static Map<String, Object> restore(String payload) {
        Map<String, Object> ask = new HashMap<>(Scene.deploy(payload));
        ask.put("action", RESTORE);
        return ask;
    }

    private List<JsonNode> changes(String query) {
        return scene.server()
                .get("/api/v1/emergency-changes" + query, scene.secret("bob"))
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    @Test
    void isHeldByThePolicyThatIsBoundToItAlone() {
        shorter();
        String number = scene.held("ann", restore("fix"));
        JsonNode request = scene.show("bob", number).body();
        assertThat(request.path("action").path("emergency").asBoolean()).isTrue();
        assertThat(request.path("action").path("title").asString()).isEqualTo("Restore the service");
        assertThat(request.path("requirements")).hasSize(1);
        assertThat(request.path("requirements").get(0).path("name").asString()).isEqualTo("Emergency");
        Scene.expect(200, scene.approve("bob", number));
        Scene.expect(200, scene.redeem("ann", restore("fix"), scene.digest(number), Scene.executionId()));
        assertThat(scene.state(number)).isEqualTo("executing");
        String ordinary = scene.held("ann", Scene.deploy("as always"));
        assertThat(scene.show("bob", ordinary)
                        .body()
                        .path("action")
                        .path("emergency")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void demandsAReasonWhateverItsPolicySays() {
        shorter();
        Map<String, Object> silent = restore("fix");
        silent.put("reason", "  ");
        Answer refused = scene.ask("ann", silent);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/violations/0/code").asString()).isEqualTo("reason-required");
        assertThat(scene.server()
                        .post("/api/v1/checks", scene.secret("ann"), silent)
                        .text())
                .contains("reason-required");
    }

    @Test
    void isNeverPermittedWithoutAPolicy() {
        Answer refused = scene.ask("ada", restore("fix"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/violations/0/code").asString()).isEqualTo("emergency-without-policy");
        assertThat(scene.redeem("ada", restore("fix"), "sha256:" + "0".repeat(64), Scene.executionId())
                        .status())
                .isEqualTo(422);
        assertThat(changes("")).isEmpty();
    }

    @Test
    void isStoppedByAFreeze() {
        shorter();
        Scene.expect(
                200,
                scene.server()
                        .post(
                                "/api/v1/environments/payments~production/freeze",
                                scene.admin(),
                                Map.of("reason", "quarter end")));
        assertThat(scene.ask("ann", restore("fix"))
                        .body()
                        .at("/violations/0/code")
                        .asString())
                .isEqualTo("environment-frozen");
    }

    @Test
    void isLoudFromTheAskToItsOutcome() {
        shorter();
        String number = scene.held("ann", restore("fix"));
        scene.approve("bob", number);
        String execution = Scene.executionId();
        Scene.expect(200, scene.redeem("ann", restore("fix"), scene.digest(number), execution));
        Scene.expect(
                204,
                scene.server()
                        .post(
                                "/api/v1/executions/" + execution + "/outcome",
                                scene.secret("ann"),
                                Map.of("result", "succeeded")));
        List<JsonNode> entries =
                glass.entries("request-opened", "request-approved", "grant-redeemed", "request-executed");
        assertThat(entries).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.path("prominent").asBoolean()).isTrue();
            assertThat(entry.path("entry").path("emergency").asBoolean()).isTrue();
            assertThat(entry.path("entry").path("number").asString()).isEqualTo(number);
        });
        assertThat(glass.entries("action-type-added"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.path("prominent").asBoolean()).isTrue());
        scene.held("ann", Scene.deploy("quiet"));
        assertThat(glass.entries("request-opened").getLast().path("prominent").asBoolean(true))
                .isFalse();
    }

    @Test
    void isMadeByAnAdministratorWhoHasSignedInAndNobodyElse() {
        assertThat(scene.server()
                        .post("/api/v1/actions", scene.secret("sam"), form("a.b", true))
                        .status())
                .isEqualTo(403);
        String token = Scene.expect(
                        201,
                        scene.server()
                                .post(
                                        "/api/v1/tokens",
                                        scene.secret("ada"),
                                        Map.of("name", "t", "scopes", List.of("read", "directory"))))
                .body()
                .path("token")
                .asString();
        Answer byToken = scene.server().post("/api/v1/actions", token, form("a.b", true));
        assertThat(byToken.status()).isEqualTo(403);
        assertThat(byToken.code()).isEqualTo("session-required");
        Scene.expect(201, scene.server().post("/api/v1/actions", token, form("a.b", false)));
        Answer made = Scene.expect(201, scene.server().post("/api/v1/actions", scene.secret("ada"), form("a.c", true)));
        assertThat(made.body().path("emergency").asBoolean()).isTrue();
        Set<String> emergencies = new HashSet<>();
        scene.server()
                .get("/api/v1/actions", scene.secret("ann"))
                .body()
                .path("items")
                .forEach(action -> {
                    if (action.path("emergency").asBoolean()) {
                        emergencies.add(action.path("id").asString());
                    }
                });
        assertThat(emergencies).containsExactlyInAnyOrder(RESTORE, "a.c");
    }

    @Test
    void standsInOneListWithWhatPassedByBreakGlass() {
        shorter();
        glass.allow("ann");
        String first = scene.held("ann", restore("one"));
        scene.approve("bob", first);
        String session = glass.open("ann");
        glass.ask("ann", session, Scene.deploy("two"));
        String third = scene.held("ann", restore("three"));
        scene.deny("bob", third);
        scene.held("ann", Scene.deploy("not an emergency"));

        List<JsonNode> all = changes("");
        assertThat(all)
                .extracting(change -> change.path("kind").asString())
                .containsExactly("emergency-workflow", "break-glass", "emergency-workflow");
        assertThat(all.getFirst().path("request").asString()).isEqualTo(third);
        assertThat(all.getFirst().path("state").asString()).isEqualTo("denied");
        assertThat(all.get(1).path("session").asString()).isEqualTo(session);
        assertThat(all.get(1).path("state").asString()).isEqualTo("approved");
        JsonNode workflow = all.getLast();
        assertThat(workflow.path("request").asString()).isEqualTo(first);
        assertThat(workflow.has("session")).isFalse();
        assertThat(workflow.path("justification").asString()).isEqualTo("the customers wait for it");
        assertThat(workflow.path("subject").path("handle").asString()).isEqualTo("ann");
        assertThat(workflow.path("resource").path("name").asString()).isEqualTo("payments/production");
        assertThat(workflow.path("action").path("title").asString()).isEqualTo("Restore the service");
        assertThat(workflow.path("approvedBy").get(0).path("handle").asString()).isEqualTo("bob");
        assertThat(workflow.path("bypassed")).isEmpty();

        assertThat(pageByPage())
                .isEqualTo(
                        all.stream().map(change -> change.path("id").asString()).toList());
        assertThat(changes("?to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(changes("?from=2020-01-01T00:00:00Z")).hasSize(3);
    }

    private List<String> pageByPage() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = scene.server()
                    .get("/api/v1/emergency-changes?limit=1" + cursor, scene.secret("bob"))
                    .body();
            page.path("items").forEach(change -> ids.add(change.path("id").asString()));
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    @Test
    void isASessionsWhereOneLetItPass() {
        shorter();
        glass.allow("ann", List.of(RESTORE), List.of("payments/production"));
        String session = glass.open("ann", Glass.form("PT30M", List.of(RESTORE), "payments/production"));
        String number = scene.held("ann", restore("waits"));
        assertThat(changes("")).hasSize(1);
        Scene.expect(200, glass.ask("ann", session, restore("waits")));
        assertThat(changes("")).singleElement().satisfies(change -> {
            assertThat(change.path("kind").asString()).isEqualTo("break-glass");
            assertThat(change.path("request").asString()).isEqualTo(number);
        });
    }
}
