package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node knows of what another one did. */
class NodesTest {

    private static TestServer first;
    private static TestServer second;

    private TestOrganization acme;

    @BeforeAll
    static void startTwoNodes() {
        first = TestServer.start();
        second = first.beside();
    }

    @AfterAll
    static void stopThem() {
        second.close();
        first.close();
    }

    @BeforeEach
    void makeAnOrganization() {
        acme = TestOrganization.on(first);
    }

    private static int statusOnSecond(String secret) {
        return second.get("/api/v1/me", secret).status();
    }

    private static Duration until(BooleanSupplier done) throws InterruptedException {
        long begun = System.nanoTime();
        while (!done.getAsBoolean()
                && System.nanoTime() - begun < Duration.ofSeconds(10).toNanos()) {
            Thread.sleep(10);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void takesASessionOnEveryNode() {
        String ben = acme.signedIn("ben", "developer");
        assertThat(statusOnSecond(ben)).isEqualTo(200);
    }

    @Test
    void forgetsARevokedTokenHereAtOnceAndThereWithinASecond() throws InterruptedException {
        String ben = acme.signedIn("ben", "developer");
        String token = acme.token(ben, "read");
        String id =
                acme.get("/tokens", ben).body().path("items").path(0).path("id").asString();
        assertThat(acme.get("/me", token).status()).isEqualTo(200);
        assertThat(statusOnSecond(token)).isEqualTo(200);

        assertThat(acme.post("/tokens/" + id + "/revocation", ben, Map.of("compromised", false))
                        .status())
                .isEqualTo(200);
        assertThat(acme.get("/me", token).status()).isEqualTo(401);
        assertThat(until(() -> statusOnSecond(token) == 401)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void locksADeactivatedPersonOutEverywhere() throws InterruptedException {
        String ben = acme.signedIn("ben", "developer");
        String token = acme.token(ben, "read");
        assertThat(statusOnSecond(ben)).isEqualTo(200);
        assertThat(statusOnSecond(token)).isEqualTo(200);

        assertThat(acme.patch("/people/@ben", acme.admin(), Map.of("active", false))
                        .status())
                .isEqualTo(200);
        assertThat(acme.get("/me", ben).status()).isEqualTo(401);
        assertThat(acme.get("/me", token).status()).isEqualTo(401);
        assertThat(until(() -> statusOnSecond(ben) == 401)).isLessThan(Duration.ofSeconds(1));
        assertThat(statusOnSecond(token)).isEqualTo(401);

        assertThat(acme.signIn("ben").status()).isEqualTo(401);
        assertThat(acme.patch("/people/@ben", acme.admin(), Map.of("active", true))
                        .status())
                .isEqualTo(200);
        assertThat(acme.get("/me", ben).status()).isEqualTo(401);
        assertThat(acme.get("/me", token).status()).isEqualTo(401);
        assertThat(acme.signIn("ben").status()).isEqualTo(201);
    }

    @Test
    void letsARoleCountHereAtOnceAndThereWithinASecond() throws InterruptedException {
        String ben = acme.signedIn("ben");
        assertThat(acme.get("/people", ben).status()).isEqualTo(403);
        assertThat(second.get("/api/v1/people", ben).status()).isEqualTo(403);
        assertThat(acme.put("/roles/viewer/holders/@ben", acme.admin()).status())
                .isEqualTo(204);
        assertThat(acme.get("/people", ben).status()).isEqualTo(200);
        assertThat(until(() -> second.get("/api/v1/people", ben).status() == 200))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void keepsSessionsAcrossARestart() {
        String ben = acme.signedIn("ben", "developer");
        try (TestServer later = first.beside()) {
            assertThat(later.get("/api/v1/me", ben).status()).isEqualTo(200);
        }
    }

    @Test
    void knowsTheAdministrationTokenOnlyWhereItIsSet() {
        try (TestServer without = first.beside("--COUNTERSIGN_ADMIN_TOKEN=")) {
            assertThat(without.get("/api/v1/me", TestServer.ADMIN_TOKEN).status())
                    .isEqualTo(401);
            assertThat(without.get("/api/v1/me", acme.admin()).status()).isEqualTo(200);
        }
        assertThat(acme.get("/me", TestServer.ADMIN_TOKEN).status()).isEqualTo(200);
    }
}
