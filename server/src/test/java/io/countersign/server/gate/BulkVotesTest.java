package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One vote on many requests: who may, on what, and how each is answered. */
class BulkVotesTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @Test
    void votesOnEachByItselfAndAnswersRowByRow() {
        staff();
        String one = scene.held("ann", Scene.deploy("one"));
        String own = scene.held("cora", Scene.deploy("own"));
        String three = scene.held("ann", Scene.deploy("three"));
        JsonNode rows = Scene.expect(200, bulk("cora", UUID.randomUUID().toString(), one, own, three))
                .body()
                .path("items");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).path("status").asInt()).isEqualTo(200);
        assertThat(rows.get(0).path("state").asString()).isEqualTo("approved");
        assertThat(rows.get(1).path("status").asInt()).isEqualTo(403);
        assertThat(rows.get(1).at("/problem/code").asString()).isEqualTo("not-eligible");
        assertThat(scene.state(one)).isEqualTo("approved");
        assertThat(scene.state(own)).isEqualTo("pending");
        assertThat(scene.state(three)).isEqualTo("approved");
    }

    @Test
    void theSameKeyAgainVotesOnceAndAnotherBodyUnderItIsRefused() {
        staff();
        String one = scene.held("ann", Scene.deploy("one"));
        String two = scene.held("ann", Scene.deploy("two"));
        String key = UUID.randomUUID().toString();
        Scene.expect(200, bulk("cora", key, one));
        JsonNode again = Scene.expect(200, bulk("cora", key, one)).body().path("items");
        assertThat(again.get(0).path("status").asInt()).isEqualTo(200);
        assertThat(again.get(0).path("state").asString()).isEqualTo("approved");
        assertThat(scene.show("cora", one).body().path("votes")).hasSize(1);
        assertThat(bulk("cora", key, two).code()).isEqualTo("idempotency-key-reused");
        assertThat(scene.state(two)).isEqualTo("pending");
    }

    @Test
    void isForAdminsAndComplianceOfficersOnly() {
        staff();
        String one = scene.held("ann", Scene.deploy("one"));
        Answer refused = bulk("bob", UUID.randomUUID().toString(), one);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("permission-missing");
        assertThat(me("bob").at("/bulkVoting/allowed").asBoolean()).isFalse();
        assertThat(me("bob").at("/bulkVoting/why").asString()).contains("compliance officer");
        assertThat(me("cora").at("/bulkVoting/allowed").asBoolean()).isTrue();
    }

    @Test
    void neverOnWhatIsCriticalOrLargerThanWhatIsShown() {
        staff();
        String template = scene.template("Cluster", Map.of("minApprovals", 1), Map.of(), "sre");
        scene.create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        template,
                        "level",
                        "cluster",
                        "targetId",
                        "prod-eu",
                        "actions",
                        List.of("command.execute")));
        Map<String, Object> command = Scene.deploy("rm -rf /tmp/x");
        command.put("action", "command.execute");
        command.put("resource", Map.of("type", "cluster", "id", "prod-eu"));
        String critical = scene.held("ann", command);
        String large = scene.held("ann", Scene.deploy("x".repeat(256 * 1024 + 1)));
        JsonNode rows = Scene.expect(200, bulk("cora", UUID.randomUUID().toString(), critical, large))
                .body()
                .path("items");
        assertThat(rows.get(0).at("/problem/code").asString()).isEqualTo("critical-in-bulk");
        assertThat(rows.get(1).at("/problem/code").asString()).isEqualTo("too-large-in-bulk");
        assertThat(scene.state(critical)).isEqualTo("pending");
        assertThat(scene.state(large)).isEqualTo("pending");
    }

    private void staff() {
        scene.developer("ann").developer("bob", "sre");
        scene.person("cora", List.of("compliance_officer"), List.of("sre"));
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
    }

    private JsonNode me(String who) {
        return server.get("/api/v1/me", scene.secret(who)).body();
    }

    private Map<String, Object> item(String number) {
        return Map.of("request", number, "payloadDigest", scene.digest(number));
    }

    private Answer bulk(String who, String key, String... numbers) {
        return server.call(
                "POST",
                "/api/v1/requests/votes",
                scene.secret(who),
                Map.of(
                        "vote",
                        "approve",
                        "items",
                        Stream.of(numbers).map(this::item).toList()),
                "Idempotency-Key",
                key);
    }
}
