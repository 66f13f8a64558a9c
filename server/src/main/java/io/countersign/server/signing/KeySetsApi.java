package io.countersign.server.signing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.Requires;
import io.countersign.server.platform.Secrets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What verifiers fetch: the public keys (RFC 7517), and where they are (OpenID Connect Discovery 1.0). */
@RestController
@Tag(name = "Signing", description = "The keys that grants and cluster tokens are signed with")
class KeySetsApi {

    /** How long a verifier may do without looking again; a key is published at least one rotation before it signs. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final String OF_ONE = "/organizations/{organization}";

    private final SigningKeys keys;
    private final Issuers issuers;

    KeySetsApi(SigningKeys keys, Issuers issuers) {
        this.keys = keys;
        this.issuers = issuers;
    }

    /** A set of public keys. */
    record KeySet(List<Map<String, String>> keys) {}

    /** What a cluster must know to take tokens of this issuer; nobody signs in here, so there is nothing else. */
    record Discovery(
            String issuer,
            @JsonProperty("jwks_uri") String jwksUri,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("subject_types_supported") List<String> subjectTypes,

            @JsonProperty("id_token_signing_alg_values_supported")
            List<String> algorithms,

            @JsonProperty("claims_supported") List<String> claims) {}

    @GetMapping(Issuers.KEYS)
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "getKeySet", summary = "The public keys of the first organization, as a JWK set")
    ResponseEntity<KeySet> keys() {
        return keySet(issuers.first());
    }

    @GetMapping(OF_ONE + Issuers.KEYS)
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "getKeySetOf", summary = "The public keys of the organization with this handle")
    ResponseEntity<KeySet> keysOf(@PathVariable String organization) {
        return keySet(issuers.named(organization));
    }

    @GetMapping("/.well-known/openid-configuration")
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "getIssuer", summary = "What a cluster must know to take tokens of the first organization")
    ResponseEntity<Discovery> discovery() {
        return discovery(issuers.of(issuers.first()));
    }

    @GetMapping(OF_ONE + "/.well-known/openid-configuration")
    @Requires(Permission.PUBLIC)
    @Operation(operationId = "getIssuerOf", summary = "What a cluster must know to take tokens of this organization")
    ResponseEntity<Discovery> discoveryOf(@PathVariable String organization) {
        String issuer = issuers.of(issuers.named(organization));
        if (!issuer.endsWith("/organizations/" + organization)) {
            throw Problem.of(404, "issuer-elsewhere", "the issuer of `" + organization + "` is `" + issuer + "`")
                    .remedy("name that one")
                    .raise();
        }
        return discovery(issuer);
    }

    private ResponseEntity<KeySet> keySet(String orgId) {
        KeySet set = new KeySet(keys.published(orgId));
        String kids =
                String.join(" ", set.keys().stream().map(key -> key.get("kid")).toList());
        return cached(kids).body(set);
    }

    private static ResponseEntity<Discovery> discovery(String issuer) {
        return cached(issuer)
                .body(new Discovery(
                        issuer,
                        issuer + Issuers.KEYS,
                        List.of("id_token"),
                        List.of("public"),
                        List.of(KeyUse.CLUSTER_TOKENS.algorithm().id()),
                        List.of("iss", "sub", "preferred_username", "aud", "groups", "iat", "nbf", "exp", "jti")));
    }

    private static ResponseEntity.BodyBuilder cached(String content) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .eTag("\"" + Secrets.hash(content).substring(0, 32) + "\"");
    }
}
