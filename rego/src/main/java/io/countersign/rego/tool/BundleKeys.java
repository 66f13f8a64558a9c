package io.countersign.rego.tool;

import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Keys to sign with, as JWK: made of a secret, of a PKCS #8 key as PEM, or read as they are. */
final class BundleKeys {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";

    private BundleKeys() {}

    static RegoObject of(String key, String algorithm) throws IOException {
        if (algorithm.startsWith("HS")) {
            return jwk("oct", Map.of("k", key.getBytes(StandardCharsets.UTF_8)));
        }
        if (key.contains("-----BEGIN")) {
            return ofPem(key, algorithm);
        }
        if (JsonReader.read(key) instanceof RegoObject jwk) {
            return jwk;
        }
        throw new IOException("the signing key is neither a PEM key nor a JWK");
    }

    private static RegoObject ofPem(String pem, String algorithm) throws IOException {
        int begin = pem.indexOf(BEGIN);
        if (begin < 0) {
            throw new IOException("the signing key is no PKCS #8 key: `openssl pkcs8 -topk8 -nocrypt` makes one of it");
        }
        String content = pem.substring(begin + BEGIN.length(), Math.max(begin, pem.indexOf("-----END", begin)));
        String family = algorithm.startsWith("ES") ? "EC" : algorithm.equals("EdDSA") ? "Ed25519" : "RSA";
        try {
            byte[] der = Base64.getMimeDecoder().decode(content);
            PrivateKey key = KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(der));
            return switch (key) {
                case RSAPrivateCrtKey rsa ->
                    jwk(
                            "RSA",
                            Map.of(
                                    "n", bytes(rsa.getModulus(), 0),
                                    "e", bytes(rsa.getPublicExponent(), 0),
                                    "d", bytes(rsa.getPrivateExponent(), 0),
                                    "p", bytes(rsa.getPrimeP(), 0),
                                    "q", bytes(rsa.getPrimeQ(), 0)));
                case ECPrivateKey ec -> {
                    int bits = ec.getParams().getCurve().getField().getFieldSize();
                    RegoObject jwk = jwk("EC", Map.of("d", bytes(ec.getS(), (bits + 7) / 8)));
                    yield jwk.with(RegoString.of("crv"), RegoString.of("P-" + bits));
                }
                case EdECPrivateKey ed ->
                    jwk("OKP", Map.of("d", ed.getBytes().orElseThrow()))
                            .with(RegoString.of("crv"), RegoString.of("Ed25519"));
                default -> throw new IOException("the signing key is of a kind that is not known here");
            };
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IOException("the signing key is no " + family + " key: " + wrong.getMessage(), wrong);
        }
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        int from = signed[0] == 0 ? 1 : 0;
        byte[] out = new byte[Math.max(length, signed.length - from)];
        System.arraycopy(signed, from, out, out.length - signed.length + from, signed.length - from);
        return out;
    }

    private static RegoObject jwk(String type, Map<String, byte[]> parts) {
        Map<String, Value> fields = new HashMap<>();
        fields.put("kty", RegoString.of(type));
        parts.forEach((name, bytes) -> fields.put(
                name, RegoString.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))));
        return RegoObject.of(fields);
    }
}
