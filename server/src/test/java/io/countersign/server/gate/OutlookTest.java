package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of pending requests when people leave and places move. */
class OutlookTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @Test
    void flagsWhatNobodyCanMeetAnyMoreAndTellsRequesterAndOwnerOfTheRule() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("dan", "security");
        scene.gate("Two teams", Map.of("minApprovals", 2, "minDistinctTeams", 2), "sre", "security");
        String number = scene.held("ann", Scene.deploy("replicas: 3"));
        assertThat(request(number).has("unsatisfiableSince")).isFalse();

        edit("/api/v1/people/@dan", Map.of("active", false));
        await(() -> request(number).has("unsatisfiableSince"));

        assertThat(request(number)
                        .path("requirements")
                        .get(0)
                        .path("unsatisfiable")
                        .asBoolean())
                .isTrue();
        await(() -> !entries("request-unsatisfiable").isEmpty());
        assertThat(entries("request-unsatisfiable")).hasSize(1).first().satisfies(entry -> {
            assertThat(entry.path("number").asString()).isEqualTo(number);
            assertThat(entry.path("missing").toString()).contains("Two teams: ");
            assertThat(entry.path("addressees").toString()).contains(id("ann")).contains(id("root"));
        });

        edit("/api/v1/people/@dan", Map.of("active", true));
        await(() -> !request(number).has("unsatisfiableSince"));
        await(() -> !entries("request-satisfiable").isEmpty());
        assertThat(entries("request-satisfiable")).hasSize(1);
        assertThat(entries("request-unsatisfiable")).hasSize(1);
    }

    @Test
    void opensAndFlagsWhatOnlyItsRequesterCouldApprove() {
        scene.developer("ann", "sre");
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        String number = scene.held("ann", Scene.deploy("replicas: 4"));
        await(() -> request(number).has("unsatisfiableSince"));
        scene.developer("bob", "sre");
        await(() -> !request(number).has("unsatisfiableSince"));
    }

    @Test
    void addsTheRulesOfAClusterToWhatIsPendingWhenAnEnvironmentMovesThere() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("dan", "security");
        scene.create("/api/v1/clusters", Map.of("name", "prod-us"));
        String template = scene.template("American", Map.of("minApprovals", 1), Map.of(), "security");
        scene.create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        template,
                        "level",
                        "cluster",
                        "targetId",
                        "prod-us",
                        "actions",
                        List.of("release.deploy")));
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        String number = scene.held("ann", Scene.deploy("replicas: 5"));
        assertThat(request(number).path("requirements")).hasSize(1);

        edit("/api/v1/environments/payments~production", Map.of("clusterId", "prod-us"));

        await(() -> request(number).path("requirements").size() == 2);
        await(() -> entries("requirements-added").size() == 1);
        scene.approve("bob", number);
        assertThat(scene.state(number)).isEqualTo("pending");
        scene.approve("dan", number);
        assertThat(scene.state(number)).isEqualTo("approved");
    }

    private JsonNode request(String number) {
        return scene.show("ann", number).body();
    }

    private String id(String handle) {
        return server.get("/api/v1/people/@" + handle, scene.admin())
                .body()
                .path("id")
                .asString();
    }

    private void edit(String path, Map<String, Object> patch) {
        String version =
                server.get(path, scene.admin()).headers().firstValue("ETag").orElse("");
        Answer edited = server.call("PATCH", path, scene.admin(), patch, "If-Match", version);
        assertThat(edited.status()).as(edited.text()).isEqualTo(200);
    }

    private List<JsonNode> entries(String type) {
        return List.copyOf(server.get("/api/v1/audit-entries?type=" + type, scene.admin())
                        .body()
                        .path("items")
                        .values())
                .stream()
                .map(item -> item.path("entry"))
                .toList();
    }

    private static void await(BooleanSupplier there) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come within a minute");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
