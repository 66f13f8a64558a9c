package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Live events and the log of a real organization, with its people and their credentials. */
class LiveAccessTest {

    private static final Duration SECONDS = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    private static SseReader open(TestServer server, String secret) {
        return SseReader.open(server.url() + "/api/v1/events", secret);
    }

    @Test
    void endsTheStreamsOfASessionThatWasSignedOut() {
        String ben = acme.signedIn("ben", "developer");
        try (SseReader stream = open(server, ben)) {
            assertThat(acme.delete("/sessions/current", ben).status()).isEqualTo(204);
            assertThat(stream.awaitEnd(SECONDS)).isTrue();
        }
    }

    @Test
    void endsTheStreamsOfARevokedTokenOnEveryNode() {
        String ben = acme.signedIn("ben", "developer");
        Answer token = acme.post("/tokens", ben, Map.of("name", "live", "scopes", List.of("read")));
        try (TestServer other = server.beside();
                SseReader stream = open(other, token.body().path("token").asString())) {
            Answer revoked = acme.post(
                    "/tokens/" + token.body().path("id").asString() + "/revocation", ben, Map.of("compromised", false));
            assertThat(revoked.status()).as(revoked.text()).isLessThan(300);
            assertThat(stream.awaitEnd(SECONDS)).isTrue();
        }
    }

    @Test
    void goesOnWhileTheCredentialStands() {
        String eve = acme.signedIn("eve", "compliance_officer");
        try (SseReader stream = open(server, eve)) {
            assertThat(stream.awaitEnd(Duration.ofSeconds(3))).isFalse();
            acme.person("late", "developer");
            assertThat(stream.awaitType("person-created", SOON)
                            .data()
                            .path("actorId")
                            .asString())
                    .isEqualTo(acme.adminId());
        }
    }

    @Test
    void tellsTheWholeLogToThoseWhoReadItOnly() {
        String ben = acme.signedIn("ben", "developer");
        String eve = acme.signedIn("eve", "compliance_officer");
        try (SseReader all = open(server, eve);
                SseReader part = open(server, ben)) {
            acme.person("late", "developer");
            assertThat(all.awaitType("person-created", SOON).data().has("requestId"))
                    .isFalse();
            assertThat(part.awaitEnd(Duration.ofSeconds(1))).isFalse();
            assertThat(part.waiting()).isZero();
        }
        assertThat(acme.get("/audit-entries", ben).status()).isEqualTo(403);
    }

    @Test
    void findsWhatTheAdministratorDidByHisHandle() {
        String late = acme.person("late", "developer");
        String eve = acme.signedIn("eve", "compliance_officer");
        JsonNode found = awaitEntry("/audit-entries?actor=@admin&type=person-created&text=" + late, eve);
        assertThat(found.at("/actor/handle").asString()).isEqualTo("admin");
        assertThat(found.at("/entry/handle").asString()).isEqualTo("late");
        assertThat(acme.get("/audit-entries?actor=@nobody", eve).status()).isEqualTo(404);
    }

    private JsonNode awaitEntry(String path, String secret) {
        long end = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < end) {
            Answer answer = acme.get(path, secret);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            if (!answer.body().path("items").isEmpty()) {
                return answer.body().path("items").get(0);
            }
        }
        throw new AssertionError("no entry in time");
    }
}
