package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import io.countersign.server.signing.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClusterTokensTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOKENS = "/api/v1/clusters/prod-eu/tokens";

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @BeforeEach
    void people() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("dan", "security", "sre");
    }

    @Test
    void issuesATokenThatTheClusterVerifiesByThePublishedKeys() {
        Answer made = scene.server().post(TOKENS, scene.secret("dan"), Map.of("expiresIn", "PT10M"));
        assertThat(made.status()).isEqualTo(201);
        String token = made.body().path("token").asString();
        JsonNode claims = claims(token);
        assertThat(claims.path("aud").asString())
                .isEqualTo(scene.server()
                        .get("/api/v1/clusters/prod-eu", scene.admin())
                        .body()
                        .path("id")
                        .asString());
        assertThat(claims.path("preferred_username").asString()).isEqualTo("dan");
        assertThat(claims.path("groups").toString()).isEqualTo("[\"security\",\"sre\"]");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(598L, 600L);
        String discovery = claims.path("iss").asString() + "/.well-known/openid-configuration";
        String keys = scene.server()
                .get(discovery.substring(server.url().length()), null)
                .body()
                .path("jwks_uri")
                .asString();
        Verifier cluster = new Verifier(server, keys.substring(server.url().length()));
        assertThat(cluster.accepts(token)).isTrue();
        String forged = token.replaceFirst(
                "\\.[^.]+\\.",
                "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(claims.toString()
                                        .replace("\"dan\"", "\"root\"")
                                        .getBytes(StandardCharsets.UTF_8))
                        + ".");
        assertThat(cluster.accepts(forged)).isFalse();
    }

    @Test
    void issuesOnceWhatWasApprovedAndAsksAnewForTheNext() {
        String template = scene.template("Tokens", Map.of("minApprovals", 1), Map.of(), "sre");
        scene.create("/api/v1/bindings", Map.of("templateId", template, "level", "cluster", "targetId", "prod-eu"));
        Map<String, Object> body = Map.of("groups", List.of("@sre"), "reason", "look at the pods");
        Answer held = scene.server().post(TOKENS, scene.secret("ann"), body);
        assertThat(held.status()).isEqualTo(202);
        String number = held.body()
                .path("requests")
                .path(0)
                .path("request")
                .path("number")
                .asString();
        assertThat(held.text()).doesNotContain("\"token\"");
        scene.approve("bob", number);
        Answer made = scene.server().post(TOKENS, scene.secret("ann"), body);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.body().path("token").asString()).matches("[^.]+\\.[^.]+\\.[^.]+");
        Answer next = scene.server().post(TOKENS, scene.secret("ann"), body);
        assertThat(next.status()).isEqualTo(202);
        assertThat(next.text()).doesNotContain("\"" + number + "\"");
    }

    @Test
    void refusesTeamsHeIsNotInAndLifetimesThatAreNotShort() {
        Answer notMine = scene.server().post(TOKENS, scene.secret("ann"), Map.of("groups", List.of("@security")));
        assertThat(notMine.code()).isEqualTo("not-a-member");
        Answer twice = scene.server().post(TOKENS, scene.secret("ann"), Map.of("groups", List.of("sre", "@sre")));
        assertThat(twice.code()).isEqualTo("duplicate-id");
        assertThat(twice.body().at("/violations/0/field").asString()).isEqualTo("groups[1]");
        assertThat(scene.server()
                        .post(TOKENS, scene.secret("ann"), Map.of("expiresIn", "PT61M"))
                        .text())
                .contains("expiresIn");
        assertThat(scene.server()
                        .post("/api/v1/clusters/nowhere/tokens", scene.secret("ann"), Map.of())
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode claims(String token) {
        return JSON.readTree(Verifier.parse(token).getPayload().toString());
    }
}
