package io.countersign.rego.tool;

import io.countersign.rego.Input;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.JsonWriter;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The signature of a bundle as OPA defines it: a signed token in `.signatures.json` that lists a digest for every file. */
final class BundleSignatures {

    static final String FILE = ".signatures.json";

    private static final Set<String> ALGORITHMS = Set.of(
            "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
            "EdDSA");
    private static final Policy TOKENS =
            Policy.compile(Map.of(), RegoObject.EMPTY, PolicyOptions.DEFAULT.strictErrors());

    private BundleSignatures() {}

    /**
     * What a bundle must be signed with.
     *
     * @param key a secret for HS algorithms; else a PEM public key or certificate, a JWK, or a set of them
     * @param algorithm such as RS256; the token's own word for it is not believed
     * @param scope what the token must be for, or nothing
     * @param excluded files that need not be signed
     */
    record Trusted(String key, String algorithm, String scope, List<String> excluded) {
        Trusted {
            if (!ALGORITHMS.contains(algorithm)) {
                throw new IllegalArgumentException(
                        "there is no signature algorithm `" + algorithm + "`; there are " + new TreeSet<>(ALGORITHMS));
            }
        }
    }

    /** Fails unless every file of a bundle is as it was signed, and none is missing. */
    static void verify(String bundle, Map<String, byte[]> files, Trusted trusted) throws IOException {
        byte[] signatures = files.get(FILE);
        if (signatures == null) {
            throw new IOException(bundle + " is not signed: it holds no " + FILE);
        }
        RegoObject payload = payload(bundle, object(bundle, JsonReader.read(text(signatures))), trusted);
        String scope = payload.get("scope") instanceof RegoString s ? s.value() : "";
        if (!scope.equals(trusted.scope())) {
            throw new IOException(bundle + ": the signature's scope is `" + scope + "`, not `" + trusted.scope() + "`");
        }
        Set<String> unsigned = new TreeSet<>(files.keySet());
        unsigned.remove(FILE);
        unsigned.removeIf(name -> trusted.excluded().contains(name));
        if (payload.get("files") instanceof RegoArray listed) {
            for (Value one : listed.list()) {
                RegoObject entry = object(bundle, one);
                String name = string(bundle, entry, "name").replaceFirst("^/+", "");
                byte[] content = files.get(name);
                if (content == null && !trusted.excluded().contains(name)) {
                    throw new IOException(
                            bundle + ": the signature lists " + name + ", and the bundle does not hold it");
                }
                if (content != null && unsigned.remove(name)) {
                    String found = digest(name, content, string(bundle, entry, "algorithm"));
                    if (!found.equalsIgnoreCase(string(bundle, entry, "hash"))) {
                        throw new IOException(
                                bundle + ": " + name + " is not as it was signed: its digest is " + found);
                    }
                }
            }
        }
        if (!unsigned.isEmpty()) {
            throw new IOException(bundle + ": the signature does not list " + String.join(", ", unsigned));
        }
    }

    private static RegoObject payload(String bundle, RegoObject signatures, Trusted trusted) throws IOException {
        if (!(signatures.get("signatures") instanceof RegoArray tokens)
                || tokens.size() != 1
                || !(tokens.get(0) instanceof RegoString token)) {
            throw new IOException(bundle + ": " + FILE + " must hold exactly one token under `signatures`");
        }
        RegoObject input = new RegoObject.Builder(2)
                .put("token", token)
                .put("key", RegoString.of(trusted.key()))
                .build();
        String function = "io.jwt.verify_" + trusted.algorithm().toLowerCase(Locale.ROOT);
        if (!RegoBoolean.TRUE.equals(answer(bundle, function + "(input.token, input.key)", input))) {
            throw new IOException(bundle + ": the signature was not made with this key");
        }
        Value decoded = answer(bundle, "io.jwt.decode(input.token)[1]", input);
        return object(bundle, decoded == null ? RegoObject.EMPTY : decoded);
    }

    private static @Nullable Value answer(String bundle, String term, RegoObject input) throws IOException {
        try {
            List<RegoObject> found = TOKENS.query("x = " + term).run(Input.of(input));
            return found.isEmpty() ? null : found.get(0).get("x");
        } catch (RegoFailure failure) {
            throw new IOException(bundle + ": the signature cannot be read: " + failure.getMessage(), failure);
        }
    }

    /**
     * The content of `.signatures.json` for these files.
     *
     * @param key a secret for HS algorithms; else a PEM private key or a JWK
     */
    static String sign(Map<String, byte[]> files, String key, String algorithm, String scope) throws IOException {
        List<Value> listed = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!file.getKey().equals(FILE)) {
                listed.add(new RegoObject.Builder(3)
                        .put("name", RegoString.of(file.getKey()))
                        .put("hash", RegoString.of(digest(file.getKey(), file.getValue(), "SHA-256")))
                        .put("algorithm", RegoString.of("SHA-256"))
                        .build());
            }
        }
        RegoObject.Builder payload = new RegoObject.Builder(2).put("files", RegoArray.of(listed));
        if (!scope.isEmpty()) {
            payload.put("scope", RegoString.of(scope));
        }
        RegoObject input = new RegoObject.Builder(3)
                .put("header", RegoObject.of(RegoString.of("alg"), RegoString.of(algorithm)))
                .put("payload", payload.build())
                .put("key", BundleKeys.of(key, algorithm))
                .build();
        Value token = answer("signing", "io.jwt.encode_sign(input.header, input.payload, input.key)", input);
        return JsonWriter.pretty(
                        RegoObject.of(
                                RegoString.of("signatures"), RegoArray.of(java.util.Objects.requireNonNull(token))),
                        "",
                        "  ",
                        false)
                + "\n";
    }

    /** Documents are digested as their shortest JSON, so that spaces and the order of keys do not count; others as bytes. */
    static String digest(String name, byte[] content, String algorithm) throws IOException {
        String java = switch (algorithm) {
            case "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512" -> algorithm;
            case "SHA-512-224" -> "SHA-512/224";
            case "SHA-512-256" -> "SHA-512/256";
            default -> throw new IOException("there is no digest algorithm `" + algorithm + "`");
        };
        String last = name.substring(name.lastIndexOf('/') + 1);
        byte[] digested = switch (last) {
            case "data.json", ".manifest" ->
                JsonWriter.compact(JsonReader.read(text(content))).getBytes(StandardCharsets.UTF_8);
            case "data.yaml", "data.yml" ->
                JsonWriter.compact(YamlReader.read(text(content))).getBytes(StandardCharsets.UTF_8);
            default -> content;
        };
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(java).digest(digested));
        } catch (NoSuchAlgorithmException missing) {
            throw new IOException("this Java has no " + java, missing);
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    private static RegoObject object(String bundle, Value value) throws IOException {
        if (value instanceof RegoObject object) {
            return object;
        }
        throw new IOException(bundle + ": an object was expected, and there is " + value.typeName());
    }

    private static String string(String bundle, RegoObject entry, String field) throws IOException {
        if (entry.get(field) instanceof RegoString s) {
            return s.value();
        }
        throw new IOException(bundle + ": the signature's entry " + entry + " has no " + field);
    }
}
