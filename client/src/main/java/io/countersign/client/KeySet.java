package io.countersign.client;

import io.countersign.client.wire.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Public keys that grants are checked with, by name; Ed25519 only, whatever else was in the set. */
public final class KeySet {

    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;

    private final String issuer;
    private final Map<String, PublicKey> keys;

    private KeySet(String issuer, Map<String, PublicKey> keys) {
        this.issuer = issuer;
        this.keys = Map.copyOf(keys);
    }

    /**
     * The keys of a JWK set (RFC 7517), as {@code /.well-known/jwks.json} gives it out.
     *
     * @param issuer the one whose keys they are; a grant of another is refused
     * @throws IllegalArgumentException when the text is no such set
     */
    public static KeySet parse(String issuer, String jwks) {
        try {
            JsonNode set = Json.parse(jwks);
            if (!Json.at(set, "keys").isArray()) {
                throw new IllegalArgumentException("it is no JWK set: it has no list `keys`");
            }
            Map<String, PublicKey> keys = new HashMap<>();
            Json.list(set, "keys").forEach(jwk -> add(jwk, keys));
            return new KeySet(issuer, keys);
        } catch (JacksonException noJson) {
            throw new IllegalArgumentException("it is no JWK set: it is no JSON", noJson);
        }
    }

    /** The keys that an organization ever signed with, but for compromised ones. */
    static KeySet ofOrganization(JsonNode answer) {
        Map<String, PublicKey> keys = new HashMap<>();
        Json.list(answer, "items").stream()
                .filter(key -> !Json.yes(key, "withdrawn"))
                .forEach(key -> add(Json.at(key, "publicKey"), keys));
        return new KeySet(Json.text(answer, "issuer"), keys);
    }

    private static void add(JsonNode jwk, Map<String, PublicKey> keys) {
        String use = Json.text(jwk, "use");
        boolean ours = Json.text(jwk, "kty").equals("OKP")
                && Json.text(jwk, "crv").equals("Ed25519")
                && (use.isEmpty() || use.equals("sig"))
                && !Json.text(jwk, "kid").isEmpty();
        if (ours) {
            keys.put(Json.text(jwk, "kid"), key(Json.text(jwk, "x")));
        }
    }

    private static PublicKey key(String x) {
        byte[] point = Base64.getUrlDecoder().decode(x);
        if (point.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + point.length);
        }
        byte[] encoded = new byte[X509_PREFIX.length + KEY_BYTES];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(point, 0, encoded, X509_PREFIX.length, KEY_BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException noKey) {
            throw new IllegalArgumentException("it is no Ed25519 key", noKey);
        }
    }

    /** Whose keys they are. */
    String issuer() {
        return issuer;
    }

    Optional<PublicKey> find(String kid) {
        return Optional.ofNullable(keys.get(kid));
    }

    /** How many keys there are. */
    public int size() {
        return keys.size();
    }
}
