package io.countersign.server.gate;

import static io.countersign.server.gate.Scene.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import io.countersign.server.signing.Verifier;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A grant as a document: who approved what, until when, provable to somebody who was not there. */
class SignedGrantsTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene =
            Scene.on(server).developer("dora").developer("sam", "sre").developer("sue", "sre");
    private final Verifier verifier =
            new Verifier(server, "/organizations/" + scene.handle() + "/.well-known/jwks.json");

    private String approved() {
        scene.gate("two of sre", Map.of("minApprovals", 2), "sre");
        String number = scene.held("dora", Scene.deploy("v2"));
        expect(200, scene.approve("sam", number));
        expect(200, scene.approve("sue", number));
        return number;
    }

    private String grantOf(String number) {
        return scene.show("dora", number).body().path("grant").path("id").asString();
    }

    private Answer document(String who, String grant) {
        return server.get("/api/v1/grants/" + grant + "/document", scene.secret(who));
    }

    @Test
    void provesWhoApprovedWhatUntilWhen() throws ParseException {
        String number = approved();
        String grant = grantOf(number);
        Answer answer = expect(200, document("dora", grant));
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/jose");
        assertThat(verifier.accepts(answer.text())).isTrue();

        SignedJWT document = Verifier.parse(answer.text());
        assertThat(document.getHeader().getAlgorithm().getName()).isEqualTo("EdDSA");
        assertThat(document.getJWTClaimsSet().getJWTID()).isEqualTo(grant);
        assertThat(document.getJWTClaimsSet().getIssuer()).isEqualTo(server.url() + "/organizations/" + scene.handle());
        JsonNode claims = JsonMapper.shared().readTree(document.getPayload().toString());
        assertThat(claims.path("request").asString()).isEqualTo(number);
        assertThat(claims.path("action").asString()).isEqualTo("release.deploy");
        assertThat(claims.at("/resource/name").asString()).isEqualTo("payments/production");
        assertThat(claims.at("/resource/to").asString()).isEqualTo("v2");
        assertThat(claims.path("payloadDigest").asString()).isEqualTo(scene.digest(number));
        assertThat(claims.path("approvals").findValuesAsString("handle")).containsExactly("sam", "sue");
        assertThat(claims.at("/requirements/0/name").asString()).isEqualTo("two of sre");
        assertThat(claims.at("/approvals/0/requirements/0").asString())
                .isEqualTo(claims.at("/requirements/0/id").asString());
    }

    @Test
    void readsTheSameBytesWhateverHappensToTheGrant() {
        Map<String, Object> ask = Scene.deploy("v2");
        String number = approved();
        String grant = grantOf(number);
        String first = document("dora", grant).text();
        assertThat(document("sam", grant).text()).isEqualTo(first);
        expect(200, server.post("/api/v1/signing-keys/rotation", scene.admin(), Map.of()));
        String execution = Scene.executionId();
        expect(200, scene.redeem("dora", ask, scene.digest(number), execution));
        assertThat(document("dora", grant).text()).isEqualTo(first);
        assertThat(verifier.accepts(first)).isTrue();
        assertThat(made(number)).isEqualTo(1);
    }

    @Test
    void isMadeAnewWhenTheKeyOfTheFirstWasCompromised() {
        String number = approved();
        String grant = grantOf(number);
        String first = document("dora", grant).text();
        expect(200, server.post("/api/v1/signing-keys/rotation", scene.admin(), Map.of("compromised", true)));
        String second = document("dora", grant).text();
        assertThat(second).isNotEqualTo(first);
        verifier.fetch();
        assertThat(verifier.accepts(first)).isFalse();
        assertThat(verifier.accepts(second)).isTrue();
        // An entry stands in the timeline once it has its place in the log.
        long end = System.nanoTime() + 20_000_000_000L;
        while (made(number) < 2 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(made(number)).isEqualTo(2);
    }

    private int made(String number) {
        int made = 0;
        for (JsonNode item : expect(200, server.get("/api/v1/requests/" + number + "/timeline", scene.admin()))
                .body()
                .path("items")) {
            made += item.path("type").asString().equals("grant-document-made") ? 1 : 0;
        }
        return made;
    }

    @Test
    void isMadeOnceForManyReadersAtOnce() throws InterruptedException {
        String number = approved();
        String grant = grantOf(number);
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        Thread[] readers = new Thread[8];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = Thread.ofVirtual()
                    .start(() -> seen.merge(document("dora", grant).text(), 1, Integer::sum));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(seen).hasSize(1).containsValue(8);
    }

    @Test
    void hasNothingToShowBeforeThereIsAGrant() {
        assertThat(document("dora", "grt_00000000000000000000000000").code()).isEqualTo("grant-not-found");
    }
}
