package io.countersign.server.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.SignedJWT;
import io.countersign.server.platform.TestServer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A verifier like others write them, with libraries that share no code with the server: keeps its keys, and looks again. */
public final class Verifier {

    private final TestServer server;
    private final String path;
    private JWKSet keys;

    /** A verifier that has fetched the keys at this path. */
    public Verifier(TestServer server, String path) {
        this.server = server;
        this.path = path;
        this.keys = fetch();
    }

    public JWKSet keys() {
        return keys;
    }

    public JWKSet fetch() {
        try {
            keys = JWKSet.parse(server.get(path, null).text());
            return keys;
        } catch (ParseException notOne) {
            throw new AssertionError(notOne);
        }
    }

    /** Whether it holds; a key that is not known is looked for once more. */
    public boolean accepts(String jws) {
        String kid = parse(jws).getHeader().getKeyID();
        if (keys.getKeyByKeyId(kid) == null) {
            fetch();
        }
        return acceptsAsItIs(jws);
    }

    /** The same with the keys that are known already. */
    public boolean acceptsAsItIs(String jws) {
        SignedJWT jwt = parse(jws);
        JWK key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
        if (key == null || !key.getAlgorithm().equals(jwt.getHeader().getAlgorithm())) {
            return false;
        }
        try {
            return key.getKeyType().equals(KeyType.OKP)
                    ? edwards(key, jws)
                    : jwt.verify(new ECDSAVerifier(key.toECKey()));
        } catch (JOSEException failed) {
            throw new AssertionError(failed);
        }
    }

    private static boolean edwards(JWK key, String jws) {
        byte[] message = jws.substring(0, jws.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, new Ed25519PublicKeyParameters(key.toOctetKeyPair().getDecodedX(), 0));
        signer.update(message, 0, message.length);
        return signer.verifySignature(parse(jws).getSignature().decode());
    }

    public static SignedJWT parse(String jws) {
        try {
            return SignedJWT.parse(jws);
        } catch (ParseException notOne) {
            throw new AssertionError(notOne);
        }
    }
}
