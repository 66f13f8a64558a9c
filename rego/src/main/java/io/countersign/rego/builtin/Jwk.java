package io.countersign.rego.builtin;

import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for tokens, with what was said about it.
 *
 * @param kid the name of the key, or nothing
 * @param alg the algorithm it is for, or nothing
 */
record Jwk(Key key, String kid, String alg) {

    /** All keys of a text: a JWK, a set of them, or PEM certificates and public keys. */
    static List<Jwk> all(String text) {
        if (text.contains("-----BEGIN")) {
            List<Jwk> keys = new ArrayList<>();
            Pem.publicKeys(text).forEach(key -> keys.add(new Jwk(key, "", "")));
            return keys;
        }
        Value value;
        try {
            value = JsonReader.read(text);
        } catch (JsonFault fault) {
            throw BuiltinFailure.error("failed to parse a JWK key (set): " + fault.getMessage());
        }
        if (!(value instanceof RegoObject object)) {
            throw BuiltinFailure.error("failed to parse a JWK key (set)");
        }
        List<Jwk> keys = new ArrayList<>();
        if (object.get("keys") instanceof RegoArray set) {
            set.list().forEach(one -> keys.add(read(one)));
        } else {
            keys.add(read(object));
        }
        return keys;
    }

    private static String text(RegoObject object, String name) {
        return object.get(name) instanceof RegoString s ? s.value() : "";
    }

    private static BigInteger number(RegoObject object, String name) {
        return new BigInteger(1, EncodingFunctions.decodeUrl(text(object, name)));
    }

    /** A key out of numbers. */
    @FunctionalInterface
    private interface Making {
        Key make() throws GeneralSecurityException;
    }

    /** The providers refuse some numbers with an exception of the checked kind, and others with one that is not. */
    private static Key made(Making making) {
        try {
            return making.make();
        } catch (BuiltinFailure known) {
            throw known;
        } catch (GeneralSecurityException | RuntimeException wrong) {
            throw BuiltinFailure.error("failed to parse a JWK key (set): " + wrong.getMessage());
        }
    }

    private static Jwk read(Value value) {
        if (!(value instanceof RegoObject jwk)) {
            throw BuiltinFailure.error("failed to parse a JWK key (set): a key is an object");
        }
        return new Jwk(made(() -> publicKey(jwk)), text(jwk, "kid"), text(jwk, "alg"));
    }

    private static Key publicKey(RegoObject jwk) throws GeneralSecurityException {
        return switch (text(jwk, "kty")) {
            case "RSA" ->
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            case "EC" ->
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                new ECPoint(number(jwk, "x"), number(jwk, "y")), curve(text(jwk, "crv"))));
            case "OKP" -> edPublic(jwk);
            case "oct" -> new SecretKeySpec(EncodingFunctions.decodeUrl(text(jwk, "k")), "HMAC");
            default -> throw BuiltinFailure.error("unknown key type " + jwk.get("kty"));
        };
    }

    private static Key edPublic(RegoObject jwk) throws GeneralSecurityException {
        byte[] x = EncodingFunctions.decodeUrl(text(jwk, "x"));
        if (x.length == 0) {
            throw BuiltinFailure.error("failed to parse a JWK key (set): x is missing");
        }
        boolean odd = (x[x.length - 1] & 0x80) != 0;
        byte[] y = new byte[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[x.length - 1 - i];
        }
        y[0] &= 0x7f;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }

    /** The key to sign with. */
    static Key signingKey(RegoObject jwk) {
        return made(() -> privateKey(jwk));
    }

    private static Key privateKey(RegoObject jwk) throws GeneralSecurityException {
        return switch (text(jwk, "kty")) {
            case "RSA" -> rsaPrivate(jwk);
            case "EC" ->
                KeyFactory.getInstance("EC")
                        .generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), curve(text(jwk, "crv"))));
            case "OKP" ->
                KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(
                                NamedParameterSpec.ED25519, EncodingFunctions.decodeUrl(text(jwk, "d"))));
            case "oct" -> new SecretKeySpec(EncodingFunctions.decodeUrl(text(jwk, "k")), "HMAC");
            default -> throw BuiltinFailure.error("failed to parse JWK: unknown key type");
        };
    }

    private static Key rsaPrivate(RegoObject jwk) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        if (jwk.get("p") == null || jwk.get("q") == null) {
            return factory.generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d")));
        }
        BigInteger p = number(jwk, "p");
        BigInteger q = number(jwk, "q");
        BigInteger d = number(jwk, "d");
        return factory.generatePrivate(new RSAPrivateCrtKeySpec(
                number(jwk, "n"),
                number(jwk, "e"),
                d,
                p,
                q,
                d.mod(p.subtract(BigInteger.ONE)),
                d.mod(q.subtract(BigInteger.ONE)),
                q.modInverse(p)));
    }

    private static ECParameterSpec curve(String name) throws GeneralSecurityException {
        String standard = switch (name) {
            case "P-256" -> "secp256r1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            default -> throw BuiltinFailure.error("invalid curve " + name);
        };
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(standard));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}
