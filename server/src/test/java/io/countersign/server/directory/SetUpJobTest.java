package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SetUpJobTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void writesDownOnceThatTheTimeOfASetUpRanOut() {
        try (TestServer server = TestServer.simulated(START)) {
            TestOrganization acme = TestOrganization.on(server);
            SetUpJob job = server.bean(SetUpJob.class);
            job.look();
            assertThat(entries(acme, server)).isEmpty();
            assertThat(server.post(
                                    "/api/v1/clock",
                                    TestServer.ADMIN_TOKEN,
                                    Map.of("to", START.plus(Duration.ofDays(8)).toString()))
                            .status())
                    .isEqualTo(200);
            job.look();
            job.look();
            assertThat(entries(acme, server)).containsExactly("time");
            Answer session = acme.signIn("admin");
            JsonNode setUp = acme.get("/me", session.body().path("secret").asString())
                    .body()
                    .path("organization")
                    .path("setUp");
            assertThat(setUp.path("active").asBoolean()).isFalse();
            assertThat(setUp.path("endedWhy").asString()).isEqualTo("time");
            assertThat(Instant.parse(setUp.path("endedAt").asString()))
                    .isBefore(START.plus(Duration.ofDays(7)).plusSeconds(600));
        }
    }

    private static List<String> entries(TestOrganization acme, TestServer server) {
        return server.database()
                .owner()
                .sql("""
                        SELECT convert_from(body, 'UTF8')::jsonb #>> '{entry,why}' FROM audit_event
                         WHERE org_id = :org AND type = 'set-up-ended'
                        """)
                .param("org", acme.id())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
