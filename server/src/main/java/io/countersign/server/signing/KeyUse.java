package io.countersign.server.signing;

import java.util.Arrays;
import java.util.Optional;

/** What a signing key signs, and with it how. */
public enum KeyUse {
    /** Grants as documents: Ed25519. */
    GRANTS("grants", "countersign-grant+jwt", JoseAlgorithm.EDDSA),

    /** Tokens for clusters: ECDSA on P-256, because Kubernetes takes no EdDSA. */
    CLUSTER_TOKENS("cluster-tokens", "JWT", JoseAlgorithm.ES256);

    private final String id;
    private final String type;
    private final JoseAlgorithm algorithm;

    KeyUse(String id, String type, JoseAlgorithm algorithm) {
        this.id = id;
        this.type = type;
        this.algorithm = algorithm;
    }

    /** The word for it in the API and in the database. */
    public String id() {
        return id;
    }

    /** The {@code typ} of what is signed, so that nobody takes a grant for a token (RFC 8725, section 3.11). */
    String type() {
        return type;
    }

    JoseAlgorithm algorithm() {
        return algorithm;
    }

    static Optional<KeyUse> named(String id) {
        return Arrays.stream(values()).filter(use -> use.id.equals(id)).findFirst();
    }
}
