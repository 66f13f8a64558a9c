package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done with a key is done once, whatever becomes of the answer, and one key stands for one call. */
class KeyedCallsTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);
    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void people() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("cem", "sre");
        scene.gate("Two of sre", Map.of("minApprovals", 2), "sre");
    }

    private Answer keyed(String who, String path, @Nullable Object body) {
        String secret = who.equals("admin") ? scene.admin() : scene.secret(who);
        return server.call("POST", "/api/v1" + path, secret, body, "Idempotency-Key", key);
    }

    /** Entries are found once they have their place in the log, a moment later. */
    private long entries(String type) {
        long found = 0;
        for (int i = 0; i < 100 && found == 0; i++) {
            found = placed(type);
            LockSupport.parkNanos(50_000_000);
        }
        return found;
    }

    private long placed(String type) {
        return server.get("/api/v1/audit-entries?type=" + type, scene.admin())
                .body()
                .path("items")
                .size();
    }

    private void sameTwice(String who, String path, @Nullable Object body, String entry) {
        Answer first = keyed(who, path, body);
        Answer second = keyed(who, path, body);
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(entries(entry)).isEqualTo(1);
    }

    @Test
    void anAskWithTheSameKeyIsTheSameAskAndNoOther() {
        Answer asked = keyed("ann", "/asks", Scene.deploy("one"));
        assertThat(asked.status()).isEqualTo(201);
        Answer again = keyed("ann", "/asks", Scene.deploy("one"));
        assertThat(again.body().at("/request/number")).isEqualTo(asked.body().at("/request/number"));
        Answer other = keyed("ann", "/asks", Scene.deploy("two"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
        assertThat(server.get("/api/v1/requests", scene.secret("ann")).body().path("items"))
                .hasSize(1);
        Answer ofSomebodyElse = keyed("bob", "/asks", Scene.deploy("two"));
        assertThat(ofSomebodyElse.status()).isEqualTo(201);
    }

    @Test
    void aKeyOfVisibleCharactersOnly() {
        Answer refused = server.call(
                "POST", "/api/v1/asks", scene.secret("ann"), Scene.deploy("one"), "Idempotency-Key", "k".repeat(129));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().at("/violations/0/field").asString()).isEqualTo("Idempotency-Key");
        Answer check = server.call(
                "POST", "/api/v1/checks", scene.secret("ann"), Scene.deploy("one"), "Idempotency-Key", "k".repeat(129));
        assertThat(check.status()).as("what heeds no key looks at none").isEqualTo(200);
    }

    @Test
    void withdrawnOnce() {
        String number = scene.held("ann", Scene.deploy("one"));
        scene.approve("bob", number);
        sameTwice("bob", "/requests/" + number + "/withdrawal", null, "vote-withdrawn");
    }

    @Test
    void cancelledOnce() {
        String number = scene.held("ann", Scene.deploy("one"));
        sameTwice("ann", "/requests/" + number + "/cancellation", null, "request-cancelled");
        Answer other = keyed("ann", "/requests/" + number + "/withdrawal", null);
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void revokedOnce() {
        String number = scene.held("ann", Scene.deploy("one"));
        scene.approve("bob", number);
        scene.approve("cem", number);
        String grant = scene.show("ann", number).body().at("/grant/id").asString();
        sameTwice("ann", "/grants/" + grant + "/revocation", null, "grant-revoked");
    }

    @Test
    void frozenAndArchivedOnce() {
        sameTwice("admin", "/environments/payments~staging/freeze", Map.of("reason", "the sale"), "environment-frozen");
        Answer other = keyed("admin", "/templates/Two of sre/archival".replace(" ", "%20"), null);
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }
}
