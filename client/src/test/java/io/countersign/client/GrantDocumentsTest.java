package io.countersign.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.action.PayloadDigest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What an offline check believes, and above all what it does not. */
class GrantDocumentsTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);
    private static final Intent INTENT = Intent.to(
                    "release.deploy",
                    ResourceName.environment("payments/production").fromTo("v41", "v42"))
            .withPayload("replicas: 3");
    private static final String HEADER = "{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"typ\":\"countersign-grant+jwt\"}";

    private final KeyPair pair = draw();
    private final KeySet keys = KeySet.parse("https://countersign.example", jwks(pair));

    private static KeyPair draw() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String jwks(KeyPair pair) {
        byte[] x509 = pair.getPublic().getEncoded();
        return """
                {"keys":[
                  {"kty":"EC","crv":"P-256","kid":"k2","x":"AAAA","y":"AAAA"},
                  {"kty":"OKP","crv":"Ed25519","kid":"k1","use":"sig","x":"%s"}]}
                """.formatted(base64(Arrays.copyOfRange(x509, x509.length - 32, x509.length)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String claims() {
        return """
                {"iss":"https://countersign.example","sub":"per_1","jti":"grt_1","iat":1899999000,"exp":1900003600,
                 "organization":"org_1","request":"AR-42","action":"release.deploy",
                 "resource":{"type":"environment","id":"env_1","name":"payments/production","from":"v41","to":"v42",
                             "attributes":{}},
                 "payloadDigest":"%s","subject":{"id":"per_1","handle":"dora"},
                 "approvals":[{"by":{"id":"per_2","handle":"sam"},"at":"2030-03-17T17:30:00Z","requirements":["r"]}]}
                """.formatted(INTENT.payloadDigest().value());
    }

    private String signed(String header, String claims) {
        return signed(pair, header, claims);
    }

    private static String signed(KeyPair with, String header, String claims) {
        try {
            String message = base64(header) + "." + base64(claims);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(with.getPrivate());
            signature.update(message.getBytes(StandardCharsets.US_ASCII));
            return message + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private String document() {
        return signed(HEADER, claims());
    }

    private void refuses(String code, String jws, Instant now, Intent intent) {
        assertThatThrownBy(() -> GrantDocuments.verify(jws, keys, now, intent))
                .as(code)
                .isInstanceOfSatisfying(
                        GrantNotProvenException.class,
                        no -> assertThat(no.code()).isEqualTo(code));
    }

    @Test
    void provesWhatWasApprovedAndByWhom() {
        GrantProof proof = GrantDocuments.verify(document(), keys, NOW, INTENT);
        assertThat(proof.grantId()).isEqualTo("grt_1");
        assertThat(proof.request()).isEqualTo("AR-42");
        assertThat(proof.resourceName()).isEqualTo("payments/production");
        assertThat(proof.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_900_003_600));
        assertThat(proof.approvals())
                .containsExactly(new GrantProof.Approval("per_2", "sam", Instant.parse("2030-03-17T17:30:00Z")));
        assertThat(GrantDocuments.verify(document(), keys, NOW, INTENT.onBehalfOf("@dora")))
                .isEqualTo(proof);
    }

    @Test
    void refusesADocumentWithAnyLetterChanged() {
        String document = document();
        for (int i = 0; i < document.length(); i++) {
            char letter = document.charAt(i) == 'A' ? 'B' : 'A';
            String changed = document.substring(0, i) + letter + document.substring(i + 1);
            assertThatThrownBy(() -> GrantDocuments.verify(changed, keys, NOW, INTENT))
                    .isInstanceOf(GrantNotProvenException.class);
        }
    }

    @Test
    void refusesOtherThingsThanTheOneThatWasApproved() {
        refuses("other-action", document(), NOW, change("rollback.execute", INTENT.resource()));
        refuses(
                "other-resource",
                document(),
                NOW,
                change(
                        "release.deploy",
                        ResourceName.environment("payments/staging").fromTo("v41", "v42")));
        refuses(
                "other-resource",
                document(),
                NOW,
                change(
                        "release.deploy",
                        ResourceName.environment("payments/production").fromTo("v41", "v43")));
        refuses(
                "other-resource",
                document(),
                NOW,
                change(
                        "release.deploy",
                        ResourceName.cluster("payments/production").fromTo("v41", "v42")));
        refuses(
                "other-resource",
                document(),
                NOW,
                change("release.deploy", INTENT.resource().release("rel_1")));
        refuses(
                "other-resource",
                document(),
                NOW,
                change("release.deploy", INTENT.resource().attribute("namespace", "web")));
        refuses("other-payload", document(), NOW, INTENT.withPayload("replicas: 4"));
        refuses("other-payload", document(), NOW, INTENT.withDigest(PayloadDigest.of(new byte[] {1})));
        refuses("other-subject", document(), NOW, INTENT.onBehalfOf("@sam"));
    }

    private static Intent change(String action, ResourceName resource) {
        return Intent.to(action, resource).withPayload("replicas: 3");
    }

    @Test
    void refusesWhatHasEndedOrHasNotBegun() {
        refuses("expired", document(), Instant.ofEpochSecond(1_900_003_600), INTENT);
        refuses("not-yet", document(), Instant.ofEpochSecond(1_899_999_000).minus(Duration.ofMinutes(2)), INTENT);
    }

    @Test
    void refusesOtherKeysIssuersAndAlgorithms() {
        refuses("bad-signature", signed(draw(), HEADER, claims()), NOW, INTENT);
        refuses("unknown-key", signed(HEADER.replace("k1", "k9"), claims()), NOW, INTENT);
        refuses("unknown-key", signed(HEADER.replace("k1", "k2"), claims()), NOW, INTENT);
        refuses("wrong-issuer", signed(HEADER, claims().replace("countersign.example", "evil.example")), NOW, INTENT);
        for (String algorithm : new String[] {"none", "HS256", "ES256", "Ed25519", ""}) {
            refuses("wrong-type", signed(HEADER.replace("EdDSA", algorithm), claims()), NOW, INTENT);
        }
        refuses("wrong-type", signed(HEADER.replace("countersign-grant+jwt", "JWT"), claims()), NOW, INTENT);
        refuses("wrong-type", signed(HEADER.replace("{", "{\"crit\":[\"x\"],"), claims()), NOW, INTENT);
        String unsigned = document().substring(0, document().lastIndexOf('.') + 1);
        refuses("bad-signature", unsigned, NOW, INTENT);
    }

    @Test
    void refusesWhatIsNoDocument() {
        for (String text :
                new String[] {"", ".", "..", "a.b", "a.b.c.d", "!.!.!", "e30.e30.e30=", "A".repeat(300_000)}) {
            assertThatThrownBy(() -> GrantDocuments.verify(text, keys, NOW, INTENT))
                    .isInstanceOf(GrantNotProvenException.class);
        }
        refuses("malformed", signed(HEADER, "{\"iss\":\"https://countersign.example\"}"), NOW, INTENT);
        refuses("malformed", signed(HEADER, claims().replace("1900003600", "\"soon\"")), NOW, INTENT);
        refuses("malformed", signed(HEADER, claims().replace("1900003600", "9223372036854775807")), NOW, INTENT);
        refuses("malformed", signed(HEADER, claims().replace("\"iat\"", "\"exp\":1900003600,\"iat\"")), NOW, INTENT);
    }

    @Test
    void readsOnlyKeysThatGrantsAreSignedWith() {
        assertThat(keys.size()).isEqualTo(1);
        assertThatThrownBy(() -> KeySet.parse("x", "{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeySet.parse("x", "keys")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeySet.parse("x", jwks(pair).replaceAll("\"x\":\"[^\"]+\"", "\"x\":\"AAAA\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes");
    }
}
