package io.countersign.server.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.countersign.core.audit.SigningEntry;
import io.countersign.server.audit.AuditReconciliation;
import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server signs, as verifiers see it that share no code with it. */
class SigningKeysTest {

    private static final Instant NOW = Instant.parse("2030-03-01T12:00:00Z");

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);
    private final String path = "/organizations/" + acme.handle();

    private static Map<String, Object> claims(Instant now) {
        return Map.of("sub", "per_1", "groups", List.of("sre"), "aud", "prod-eu", "exp", now.getEpochSecond() + 600);
    }

    private String sign(TestServer by, KeyUse use) {
        return by.bean(SigningKeys.class).sign(acme.id(), use, claims(NOW), NOW).jws();
    }

    private Answer rotate(Map<String, Object> body) {
        Answer answer = acme.post("/signing-keys/rotation", acme.admin(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private Verifier verifier() {
        return new Verifier(server, path + "/.well-known/jwks.json");
    }

    @Test
    void publishesNothingBeforeSomethingIsSigned() {
        assertThat(verifier().keys().getKeys()).isEmpty();
    }

    @Test
    void othersVerifyWhatItSigns() throws ParseException {
        for (KeyUse use : KeyUse.values()) {
            String jws = sign(server, use);
            SignedJWT read = Verifier.parse(jws);
            assertThat(verifier().acceptsAsItIs(jws)).isTrue();
            assertThat(read.getJWTClaimsSet().getSubject()).isEqualTo("per_1");
            assertThat(read.getJWTClaimsSet().getAudience()).containsExactly("prod-eu");
            assertThat(read.getJWTClaimsSet().getStringListClaim("groups")).containsExactly("sre");
            assertThat(verifier().acceptsAsItIs(tampered(jws))).isFalse();
        }
        assertThat(Verifier.parse(sign(server, KeyUse.GRANTS))
                        .getHeader()
                        .getType()
                        .getType())
                .isEqualTo("countersign-grant+jwt");
        assertThat(Verifier.parse(sign(server, KeyUse.CLUSTER_TOKENS))
                        .getHeader()
                        .getAlgorithm()
                        .getName())
                .isEqualTo("ES256");
    }

    private static String tampered(String jws) {
        int dot = jws.indexOf('.');
        char letter = jws.charAt(dot + 20);
        return jws.substring(0, dot + 20) + (letter == 'A' ? 'B' : 'A') + jws.substring(dot + 21);
    }

    @Test
    void namesKeysByTheirThumbprintsAndShowsNoPrivateHalf() throws JOSEException {
        sign(server, KeyUse.GRANTS);
        sign(server, KeyUse.CLUSTER_TOKENS);
        List<JWK> keys = verifier().keys().getKeys();
        assertThat(keys).hasSize(4);
        for (JWK key : keys) {
            assertThat(key.computeThumbprint().toString()).isEqualTo(key.getKeyID());
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyUse().getValue()).isEqualTo("sig");
        }
        List<String> kept = server.database()
                .sql()
                .sql("SELECT private_key FROM signing_key WHERE org_id = :org")
                .param("org", acme.id())
                .query((row, _) -> row.getString(1))
                .list();
        assertThat(kept).hasSize(4).allMatch(text -> text.startsWith("v1."));
        assertThat(acme.get("/signing-keys", acme.admin()).text())
                .doesNotContain("v1.")
                .doesNotContain("\"d\"");
    }

    @Test
    void whatWasSignedBeforeARotationStillHolds() {
        String before = sign(server, KeyUse.CLUSTER_TOKENS);
        Verifier early = verifier();
        rotate(Map.of());
        String after = sign(server, KeyUse.CLUSTER_TOKENS);
        assertThat(Verifier.parse(after).getHeader().getKeyID())
                .isNotEqualTo(Verifier.parse(before).getHeader().getKeyID());
        assertThat(verifier().accepts(before)).isTrue();
        assertThat(early.acceptsAsItIs(after))
                .as("the next key was published before it signed")
                .isTrue();

        rotate(Map.of("use", "cluster-tokens"));
        rotate(Map.of("use", "cluster-tokens"));
        String latest = sign(server, KeyUse.CLUSTER_TOKENS);
        assertThat(early.acceptsAsItIs(latest)).isFalse();
        assertThat(early.accepts(latest))
                .as("looks again for a key it does not know")
                .isTrue();
        assertThat(early.accepts(before)).isTrue();
    }

    @Test
    void publishesARetiredKeyUntilWhatItSignedHasEnded() {
        Instant start = Instant.parse("2030-03-01T12:00:00Z");
        try (TestServer moved = TestServer.simulated(start)) {
            TestOrganization own = TestOrganization.on(moved);
            String jws = moved.bean(SigningKeys.class)
                    .sign(own.id(), KeyUse.GRANTS, claims(start), start)
                    .jws();
            Verifier verifier = new Verifier(moved, "/organizations/" + own.handle() + "/.well-known/jwks.json");
            assertThat(own.post("/signing-keys/rotation", own.admin(), Map.of()).status())
                    .isEqualTo(200);
            advance(moved, own, start.plus(SigningKeys.LONGEST));
            verifier.fetch();
            assertThat(verifier.acceptsAsItIs(jws)).isTrue();
            advance(moved, own, start.plus(SigningKeys.LONGEST).plus(Duration.ofHours(2)));
            verifier.fetch();
            assertThat(verifier.acceptsAsItIs(jws)).isFalse();
        }
    }

    private static void advance(TestServer server, TestOrganization own, Instant to) {
        assertThat(server.post("/api/v1/clock", own.bootstrap(), Map.of("to", to.toString()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withdrawsCompromisedKeysAtOnce() {
        String before = sign(server, KeyUse.GRANTS);
        Set<String> old = kids(verifier());
        rotate(Map.of("use", "grants", "compromised", true));
        assertThat(verifier().accepts(before)).isFalse();
        assertThat(kids(verifier())).doesNotContainAnyElementsOf(old).hasSize(2);
        assertThat(verifier().accepts(sign(server, KeyUse.GRANTS))).isTrue();
    }

    private static Set<String> kids(Verifier verifier) {
        Set<String> kids = new HashSet<>();
        verifier.keys().getKeys().forEach(key -> kids.add(key.getKeyID()));
        return kids;
    }

    @Test
    void letsVerifiersCacheTheKeysAndTellsWhenTheyAreTheSame() {
        sign(server, KeyUse.GRANTS);
        String keys = path + "/.well-known/jwks.json";
        Answer first = server.get(keys, null);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=300", "public");
        assertThat(server.call("GET", keys, null, null, "If-None-Match", tag).status())
                .isEqualTo(304);
        rotate(Map.of("use", "grants"));
        assertThat(server.call("GET", keys, null, null, "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void tellsAClusterWhereTheKeysAre() {
        Answer discovery = server.get(path + "/.well-known/openid-configuration", null);
        String issuer = discovery.body().path("issuer").asString();
        assertThat(issuer).isEqualTo(server.url() + path);
        assertThat(discovery.body().path("jwks_uri").asString()).isEqualTo(issuer + "/.well-known/jwks.json");
        assertThat(discovery
                        .body()
                        .path("id_token_signing_alg_values_supported")
                        .path(0)
                        .asString())
                .isEqualTo("ES256");
        assertThat(discovery.body().path("response_types_supported").path(0).asString())
                .isEqualTo("id_token");
        assertThat(discovery.body().path("subject_types_supported").path(0).asString())
                .isEqualTo("public");
        assertThat(server.bean(Issuers.class).of(acme.id())).isEqualTo(issuer);

        Answer first = server.get("/.well-known/openid-configuration", null);
        assertThat(first.body().path("issuer").asString()).isEqualTo(server.url());
        assertThat(server.get("/.well-known/jwks.json", null).status()).isEqualTo(200);
        assertThat(server.get("/organizations/nobody/.well-known/jwks.json", null)
                        .code())
                .isEqualTo("organization-not-found");
    }

    @Test
    void writesDownWhichKeysWereMadeAndRotated() {
        sign(server, KeyUse.GRANTS);
        rotate(Map.of("use", "grants"));
        assertThat(entries("signing-key-made")).isEqualTo(3);
        assertThat(entries("signing-key-rotated")).isEqualTo(1);
    }

    @Test
    void everyKeyHasItsEntryInTheLog() {
        sign(server, KeyUse.GRANTS);
        sign(server, KeyUse.CLUSTER_TOKENS);
        rotate(Map.of());
        rotate(Map.of("compromised", true));
        AuditReconciliation.of(server.database())
                .each("SELECT org_id, kid FROM signing_key", SigningEntry.SigningKeyMade.class, "kid")
                .holds();
    }

    private long entries(String type) {
        return server.database()
                .owner()
                .sql("SELECT count(*) FROM audit_event WHERE org_id = :org AND type = :type")
                .param("org", acme.id())
                .param("type", type)
                .query(Long.class)
                .single();
    }

    @Test
    void rotatesOnceForOneIdempotencyKey() {
        Answer first = server.call(
                "POST",
                "/api/v1/signing-keys/rotation",
                acme.admin(),
                Map.of("use", "grants"),
                "Idempotency-Key",
                "one-rotation");
        Answer again = server.call(
                "POST",
                "/api/v1/signing-keys/rotation",
                acme.admin(),
                Map.of("use", "grants"),
                "Idempotency-Key",
                "one-rotation");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(verifier().keys().getKeys()).hasSize(3);
    }

    @Test
    void twoNodesSignWithOneKey() throws InterruptedException {
        try (TestServer node = server.beside()) {
            Set<String> kids = Collections.synchronizedSet(new HashSet<>());
            List<Thread> threads = List.of(server, node, server, node).stream()
                    .map(by -> Thread.ofVirtual()
                            .start(() -> kids.add(Verifier.parse(sign(by, KeyUse.CLUSTER_TOKENS))
                                    .getHeader()
                                    .getKeyID())))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(kids).hasSize(1);
            rotate(Map.of("use", "cluster-tokens"));
            String after = sign(node, KeyUse.CLUSTER_TOKENS);
            assertThat(kids).doesNotContain(Verifier.parse(after).getHeader().getKeyID());
            assertThat(verifier().accepts(after)).isTrue();
            assertThat(new Verifier(node, path + "/.well-known/jwks.json").accepts(after))
                    .isTrue();
        }
    }

    @Test
    void signsNothingWithoutTheRightKeyFile(@TempDir Path folder) throws IOException {
        sign(server, KeyUse.GRANTS);
        Path other = Files.writeString(folder.resolve("other.key"), "ab".repeat(32));
        try (TestServer node = server.beside("--countersign.secrets.key-file=" + other)) {
            assertThatThrownBy(() -> sign(node, KeyUse.GRANTS))
                    .isInstanceOfSatisfying(ProblemException.class, refused -> {
                        assertThat(refused.problem().status()).isEqualTo(503);
                        assertThat(refused.problem().code()).isEqualTo("secrets-key-wrong");
                        assertThat(refused.problem().remedy()).contains("countersign.secrets.key-file");
                    });
            assertThat(node.get(path + "/.well-known/jwks.json", null).status()).isEqualTo(200);
        }
        try (TestServer node = server.beside("--countersign.secrets.key-file=")) {
            assertThatThrownBy(() -> sign(node, KeyUse.GRANTS))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("secrets-key-missing");
        }
    }

    @Test
    void refusesToStartOnAKeyFileItCannotRead(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.key");
        assertThatThrownBy(() -> server.beside("--countersign.secrets.key-file=" + missing))
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining("countersign.secrets.key-file");
        Path wrong = Files.writeString(folder.resolve("wrong.key"), "secret-" + "0".repeat(40));
        assertThatThrownBy(() -> server.beside("--countersign.secrets.key-file=" + wrong))
                .rootCause()
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("64 hexadecimal digits")
                .hasMessageNotContaining("secret-");
    }

    @Test
    void refusesToSignWhatNeverEndsOrTooLate() {
        SigningKeys keys = server.bean(SigningKeys.class);
        assertThatThrownBy(() -> keys.sign(acme.id(), KeyUse.GRANTS, Map.of("sub", "x"), NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.sign(acme.id(), KeyUse.GRANTS, claims(NOW.plus(Duration.ofDays(2))), NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
