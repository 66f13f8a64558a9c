package io.countersign.server.signing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The two ways of signing that are spoken here, done by the JDK; RFC 7518 and RFC 8037 say how they are written down. */
enum JoseAlgorithm {
    EDDSA("EdDSA", "Ed25519", "Ed25519", "Ed25519"),
    ES256("ES256", "EC", "secp256r1", "SHA256withECDSAinP1363Format");

    private static final int COORDINATE_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String id;
    private final String keys;
    private final String curve;
    private final String signature;

    JoseAlgorithm(String id, String keys, String curve, String signature) {
        this.id = id;
        this.keys = keys;
        this.curve = curve;
        this.signature = signature;
    }

    /** The word in {@code alg}. */
    String id() {
        return id;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keys);
            if (this == ES256) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    /** A private key from its PKCS #8 form. */
    PrivateKey privateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(keys).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException notOne) {
            throw new IllegalStateException("a kept private key is none", notOne);
        }
    }

    /** The signature as JOSE writes it: for ES256 the two numbers, 32 bytes each. */
    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    /** The members of a JWK that make the key what it is, in the order of the alphabet. */
    Map<String, String> members(byte[] x509) {
        return new TreeMap<>(
                switch (this) {
                    case EDDSA ->
                        Map.of(
                                "crv",
                                "Ed25519",
                                "kty",
                                "OKP",
                                "x",
                                base64(Arrays.copyOfRange(x509, x509.length - COORDINATE_BYTES, x509.length)));
                    case ES256 -> {
                        ECPublicKey key = (ECPublicKey) publicKey(x509);
                        yield Map.of(
                                "crv",
                                "P-256",
                                "kty",
                                "EC",
                                "x",
                                coordinate(key.getW().getAffineX()),
                                "y",
                                coordinate(key.getW().getAffineY()));
                    }
                });
    }

    /** The public key as a JWK, with its thumbprint as {@code kid}. */
    Map<String, String> jwk(byte[] x509) {
        Map<String, String> jwk = new LinkedHashMap<>(members(x509));
        jwk.put("alg", id);
        jwk.put("kid", thumbprint(x509));
        jwk.put("use", "sig");
        return jwk;
    }

    /** RFC 7638: SHA-256 over the members that make the key, without blanks, in the order of the alphabet. */
    String thumbprint(byte[] x509) {
        try {
            return base64(MessageDigest.getInstance("SHA-256")
                    .digest(JSON.writeValueAsString(members(x509)).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    private PublicKey publicKey(byte[] x509) {
        try {
            return KeyFactory.getInstance(keys).generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException notOne) {
            throw new IllegalStateException("a kept public key is none", notOne);
        }
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return base64(fixed);
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
