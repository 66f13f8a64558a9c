package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.JsonWriter;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** JSON Web Tokens: decoding never verifies, verifying never trusts the header alone. */
@SuppressWarnings("ArrayRecordComponent")
final class TokenFunctions {

    private static final List<String> ALGORITHMS = List.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512",
            "EdDSA");
    private static final RegoArray REFUSED = RegoArray.of(RegoBoolean.FALSE, RegoObject.EMPTY, RegoObject.EMPTY);

    private TokenFunctions() {}

    /** A token in its three parts. */
    private record Token(String headerText, String payloadText, RegoObject header, byte[] payload, byte[] signature) {
        byte[] signed() {
            return (headerText + "." + payloadText).getBytes(StandardCharsets.US_ASCII);
        }
    }

    static void register() {
        add(
                "io.jwt.decode",
                "string->array<object[any: any], object[any: any], string>",
                (host, a) -> decode(string(a, 0)));
        for (String algorithm : ALGORITHMS) {
            String name = "io.jwt.verify_" + algorithm.toLowerCase(Locale.ROOT);
            add(name, "string,string->boolean", (host, a) -> verify(string(a, 0), string(a, 1), algorithm));
        }
        String decoded = "array<boolean, object[any: any], object[any: any]>";
        add(
                        "io.jwt.decode_verify",
                        "string,object[string: any]->" + decoded,
                        (host, a) -> decodeVerify(host, string(a, 0), Operands.object(a, 1)))
                .nondeterministic();
        add("io.jwt.encode_sign", "object[string: any],object[string: any],object[string: any]->string", (host, a) -> {
            host.fits(a[0]);
            host.fits(a[1]);
            return sign(JsonWriter.compact(a[0]), JsonWriter.compact(a[1]), Operands.object(a, 2));
        });
        add("io.jwt.encode_sign_raw", "string,string,string->string", (host, a) -> {
            Value key;
            header(string(a, 0));
            try {
                key = JsonReader.read(string(a, 2));
            } catch (JsonFault fault) {
                throw BuiltinFailure.error("failed to parse JWK key: " + fault.getMessage());
            }
            if (!(key instanceof RegoObject jwk)) {
                throw BuiltinFailure.error("failed to parse JWK key");
            }
            return sign(string(a, 0), string(a, 1), jwk);
        });
    }

    private static byte[] part(String text, String name) {
        try {
            return EncodingFunctions.decodeUrl(text);
        } catch (BuiltinFailure failure) {
            throw BuiltinFailure.error("JWT " + name + " had invalid encoding: " + failure.message());
        }
    }

    private static RegoObject object(byte[] json, String name) {
        try {
            if (JsonReader.read(Bytes.text(json)) instanceof RegoObject object) {
                return object;
            }
        } catch (JsonFault fault) {
            throw BuiltinFailure.error("JWT " + name + " had invalid JSON: " + fault.getMessage());
        }
        throw BuiltinFailure.error("JWT " + name + " is not an object");
    }

    private static Token token(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw BuiltinFailure.error("encoded JWT must have 3 sections, found " + parts.length);
        }
        RegoObject header = object(part(parts[0], "header"), "header");
        if (header.get("enc") != null) {
            throw BuiltinFailure.error("JWT is a JWE object, which is not supported");
        }
        return new Token(parts[0], parts[1], header, part(parts[1], "payload"), part(parts[2], "signature"));
    }

    private static boolean isNested(Token token) {
        return token.header().get("cty") instanceof RegoString s && s.value().equalsIgnoreCase("JWT");
    }

    private static String inner(Token token) {
        String text = Bytes.text(token.payload());
        return text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static Value decode(String text) {
        Token token = token(text);
        for (int depth = 0; isNested(token); depth++) {
            if (depth > 10) {
                throw BuiltinFailure.error("JWT is nested too deeply");
            }
            token = token(inner(token));
        }
        RegoObject payload = object(token.payload(), "payload");
        String signature = java.util.HexFormat.of().formatHex(token.signature());
        return RegoArray.of(token.header(), payload, RegoString.of(signature));
    }

    private static Value verify(String text, String key, String algorithm) {
        Token token = token(text);
        if (algorithm.startsWith("HS")) {
            Key secret = secret(key);
            return RegoBoolean.of(matches(token, secret, algorithm));
        }
        String kid = token.header().get("kid") instanceof RegoString s ? s.value() : "";
        for (Jwk jwk : Jwk.all(key)) {
            if ((kid.isEmpty() || jwk.kid().isEmpty() || kid.equals(jwk.kid()))
                    && matches(token, jwk.key(), algorithm)) {
                return RegoBoolean.TRUE;
            }
        }
        return RegoBoolean.FALSE;
    }

    private static Key secret(String text) {
        byte[] bytes = Bytes.of(text);
        return new SecretKeySpec(bytes.length == 0 ? new byte[1] : bytes, "HMAC");
    }

    private static String digest(String algorithm) {
        return algorithm.endsWith("256") ? "256" : algorithm.endsWith("384") ? "384" : "512";
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        String bits = digest(algorithm);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "PS" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                String sha = "SHA-" + bits;
                pss.setParameter(
                        new PSSParameterSpec(sha, "MGF1", new MGF1ParameterSpec(sha), Integer.parseInt(bits) / 8, 1));
                yield pss;
            }
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            default -> Signature.getInstance("Ed25519");
        };
    }

    private static String keyType(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> "RSA";
            case "ES" -> "EC";
            case "HS" -> "HMAC";
            default -> "EdDSA";
        };
    }

    private static boolean matches(Token token, Key key, String algorithm) {
        try {
            if (!key.getAlgorithm().equals(keyType(algorithm))) {
                return false;
            }
            if (algorithm.startsWith("HS")) {
                return MessageDigest.isEqual(mac(token.signed(), key, algorithm), token.signature());
            }
            if (!(key instanceof PublicKey publicKey)) {
                return false;
            }
            Signature signature = signature(algorithm);
            signature.initVerify(publicKey);
            signature.update(token.signed());
            return signature.verify(token.signature());
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }

    private static byte[] mac(byte[] content, Key key, String algorithm) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + digest(algorithm));
        mac.init(key);
        return mac.doFinal(content);
    }

    // --- Decoding with constraints ---

    private static Value decodeVerify(Host host, String text, RegoObject constraints) {
        String alg = "";
        String iss = null;
        String aud = null;
        String secret = null;
        String cert = null;
        BigDecimal now = BigDecimal.valueOf(host.nowNanos());
        host.fits(constraints);
        for (Map.Entry<Value, Value> entry : constraints.entries()) {
            String name = entry.getKey() instanceof RegoString s
                    ? s.value()
                    : entry.getKey().toString();
            switch (name) {
                case "cert" -> cert = constraint(name, entry.getValue());
                case "secret" -> secret = constraint(name, entry.getValue());
                case "alg" -> alg = constraint(name, entry.getValue());
                case "iss" -> iss = constraint(name, entry.getValue());
                case "aud" -> aud = constraint(name, entry.getValue());
                case "time" -> {
                    if (!(entry.getValue() instanceof RegoNumber number)
                            || number.exact().signum() < 0) {
                        throw BuiltinFailure.error("token time constraint: must be a number that is not negative");
                    }
                    now = number.exact();
                }
                default -> throw BuiltinFailure.error("unknown token validation constraint: " + name);
            }
        }
        if (cert != null && secret != null) {
            throw BuiltinFailure.error("duplicate key constraints");
        }
        List<Jwk> keys = List.of();
        if (cert != null) {
            keys = Jwk.all(cert);
        } else if (secret != null) {
            keys = List.of(new Jwk(secret(secret), "", ""));
        } else {
            throw BuiltinFailure.error("no key constraint");
        }
        return checked(token(text), keys, alg, iss, aud, now, 0);
    }

    private static String constraint(String name, Value value) {
        if (value instanceof RegoString s) {
            return s.value();
        }
        throw BuiltinFailure.error(name + " constraint: must be a string");
    }

    private static Value checked(
            Token token,
            List<Jwk> keys,
            String alg,
            @Nullable String iss,
            @Nullable String aud,
            BigDecimal now,
            int depth) {
        RegoObject header = token.header();
        if (!(header.get("alg") instanceof RegoString headerAlg)
                || header.get("crit") != null
                || !ALGORITHMS.contains(headerAlg.value())
                || (!alg.isEmpty() && !alg.equals(headerAlg.value()))) {
            return REFUSED;
        }
        String kid = header.get("kid") instanceof RegoString s ? s.value() : "";
        boolean named =
                !kid.isEmpty() && keys.stream().anyMatch(key -> key.kid().equals(kid));
        boolean verified = keys.stream()
                .filter(key -> !named || key.kid().equals(kid))
                .filter(key -> key.alg().isEmpty() || key.alg().equals(headerAlg.value()))
                .anyMatch(key -> matches(token, key.key(), headerAlg.value()));
        if (!verified) {
            return REFUSED;
        }
        if (isNested(token)) {
            if (depth > 10) {
                throw BuiltinFailure.error("JWT is nested too deeply");
            }
            return checked(token(inner(token)), keys, alg, iss, aud, now, depth + 1);
        }
        RegoObject payload = object(token.payload(), "payload");
        if (iss != null
                && !(payload.get("iss") instanceof RegoString s && s.value().equals(iss))) {
            return REFUSED;
        }
        Value audience = payload.get("aud");
        if (audience != null ? aud == null || !contains(audience, aud) : aud != null) {
            return REFUSED;
        }
        BigDecimal exp = seconds(payload, "exp");
        BigDecimal nbf = seconds(payload, "nbf");
        if ((exp != null && now.compareTo(exp) >= 0) || (nbf != null && now.compareTo(nbf) < 0)) {
            return REFUSED;
        }
        return RegoArray.of(RegoBoolean.TRUE, header, payload);
    }

    private static boolean contains(Value audience, String wanted) {
        return audience instanceof RegoString s
                ? s.value().equals(wanted)
                : audience instanceof RegoArray list && list.list().contains(RegoString.of(wanted));
    }

    private static @Nullable BigDecimal seconds(RegoObject payload, String name) {
        Value value = payload.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof RegoNumber number)) {
            throw BuiltinFailure.error(name + " value must be a number");
        }
        return number.exact().movePointRight(9);
    }

    // --- Signing ---

    private static RegoObject header(String text) {
        String missing = "missing or invalid 'alg' header: ";
        if (text.isEmpty()) {
            throw BuiltinFailure.error(missing + "cannot parse JSON: cannot parse empty string");
        }
        Value header = null;
        try {
            header = JsonReader.read(text);
        } catch (JsonFault fault) {
            if (text.contains("{")) {
                throw BuiltinFailure.error(missing + "cannot parse JSON: " + fault.getMessage());
            }
        }
        if (!(header instanceof RegoObject object) || !(object.get("alg") instanceof RegoString)) {
            throw BuiltinFailure.error(missing + "jwsbb: header \"alg\" not found");
        }
        return object;
    }

    private static Value sign(String headerText, String payload, RegoObject jwk) {
        RegoObject header = header(headerText);
        String alg = header.get("alg") instanceof RegoString s ? s.value() : "";
        boolean plain =
                header.get("typ") instanceof RegoString typ && !typ.value().equalsIgnoreCase("JWT");
        boolean typed = header.get("typ") instanceof RegoString;
        if (typed && !plain) {
            try {
                JsonReader.read(payload);
            } catch (JsonFault fault) {
                throw BuiltinFailure.error("type is JWT but payload is not JSON");
            }
        }
        if (!ALGORITHMS.contains(alg)) {
            throw BuiltinFailure.error("unknown signature algorithm: " + alg);
        }
        Key key = Jwk.signingKey(jwk);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String content = encoder.encodeToString(Bytes.of(headerText)) + "." + encoder.encodeToString(Bytes.of(payload));
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] signed;
            if (alg.startsWith("HS")) {
                signed = mac(bytes, key, alg);
            } else {
                Signature signature = signature(alg);
                signature.initSign((PrivateKey) key);
                signature.update(bytes);
                signed = signature.sign();
            }
            return RegoString.of(content + "." + encoder.encodeToString(signed));
        } catch (GeneralSecurityException | ClassCastException failed) {
            throw BuiltinFailure.error("failed to sign message: " + failed.getMessage());
        }
    }
}
