package io.countersign.server.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator's metrics say of the requests that wait. */
class RequestFiguresTest {

    @Test
    void aRequestThatWaitsForTooLongIsCounted() {
        try (TestServer server = TestServer.simulated(
                Instant.parse("2026-03-02T09:00:00Z"),
                "--countersign.access.session-lifetime=30d",
                "--countersign.access.session-idle=30d")) {
            TestOrganization acme = TestOrganization.on(server);
            String ben = acme.signedIn("ben", "developer");
            acme.person("cem", "developer");
            acme.team("sre", "@ben", "@cem");
            acme.post("/projects", acme.admin(), Map.of("name", "web"));
            acme.post(
                    "/environments",
                    acme.admin(),
                    Map.of("projectId", "web", "name", "production", "tier", "production"));
            Map<String, Object> template = Map.of(
                    "name",
                    "Gate",
                    "scope",
                    List.of("environment"),
                    "approvers",
                    Map.of("teams", List.of("@sre")),
                    "quorum",
                    Map.of("minApprovals", 1));
            String id = acme.post("/templates", acme.admin(), template)
                    .body()
                    .path("id")
                    .asString();
            acme.post(
                    "/bindings",
                    acme.admin(),
                    Map.of("templateId", id, "level", "environment", "targetId", "web/production"));
            Map<String, Object> ask = Map.of(
                    "action",
                    "release.deploy",
                    "resource",
                    Map.of("type", "environment", "id", "web/production", "to", "v2"),
                    "payload",
                    Map.of("text", "a"));
            assertThat(acme.post("/asks", ben, ask).status()).isEqualTo(201);
            assertThat(counted(server)).contains("requests_pending 1.0", "requests_stale 0.0");
            acme.post("/clock", acme.admin(), Map.of("to", "2026-03-03T10:00:00Z"));
            assertThat(counted(server))
                    .contains("requests_pending 1.0", "requests_stale 1.0", "requests_unsatisfiable 0.0");
        }
    }

    private static String counted(TestServer server) {
        server.bean(OutlookJob.class).count();
        return server.get("/metrics", null).text();
    }
}
