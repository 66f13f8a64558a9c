package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;

import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Signatures of requests to AWS, version 4. */
final class AwsFunctions {

    private static final List<String> CONFIG =
            List.of("aws_access_key", "aws_region", "aws_secret_access_key", "aws_service");
    private static final List<String> REQUEST = List.of("method", "url");
    private static final Set<String> UNSIGNED = Set.of("authorization", "user-agent", "x-amzn-trace-id");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private AwsFunctions() {}

    static void register() {
        add("providers.aws.sign_req", "object[string: any],object[string: any],number->object[any: any]", (host, a) -> {
            host.fits(a[0]);
            return sign(Operands.object(a, 0), Operands.object(a, 1), Operands.number(a, 2));
        });
    }

    private static void required(RegoObject object, List<String> names, int operand, String what) {
        Set<Value> missing = new TreeSet<>();
        Set<Value> invalid = new TreeSet<>();
        for (String name : names) {
            Value value = object.get(name);
            if (value == null) {
                missing.add(RegoString.of(name));
            } else if (!(value instanceof RegoString)) {
                invalid.add(RegoString.of(name));
            }
        }
        if (!missing.isEmpty()) {
            throw BuiltinFailure.operand(
                    operand, "missing required " + what + " parameters(s): " + RegoSet.of(missing));
        }
        if (!invalid.isEmpty()) {
            throw BuiltinFailure.operand(
                    operand, "invalid values for required " + what + " parameters(s): " + RegoSet.of(invalid));
        }
    }

    private static String text(RegoObject object, String name) {
        return object.get(name) instanceof RegoString s ? s.value() : "";
    }

    private static RegoObject sign(RegoObject request, RegoObject config, RegoNumber time) {
        required(request, REQUEST, 1, "request");
        required(config, CONFIG, 2, "AWS config");
        boolean unsigned = isUnsigned(config);
        String stamp = STAMP.format(moment(time));
        URI uri = uri(text(request, "url"));
        String payload = unsigned ? "UNSIGNED-PAYLOAD" : hash(body(request));
        Map<String, String> own = ownHeaders(config, uri, stamp, unsigned, payload);
        RegoObject.Builder headers = new RegoObject.Builder(8);
        Map<String, String> signed = new TreeMap<>(own);
        if (request.get("headers") instanceof RegoObject given) {
            for (Map.Entry<Value, Value> entry : given.entries()) {
                headers.put(entry.getKey(), entry.getValue());
                String name = entry.getKey() instanceof RegoString s ? s.value().toLowerCase(Locale.ROOT) : "";
                if (!UNSIGNED.contains(name)) {
                    Value value = entry.getValue();
                    signed.put(name, value instanceof RegoString s ? s.value() : value.toString());
                }
            }
        }
        String names = String.join(";", signed.keySet());
        String canonical = canonical(text(request, "method"), uri, signed, names, payload);
        List<String> scope =
                List.of(stamp.substring(0, 8), text(config, "aws_region"), text(config, "aws_service"), "aws4_request");
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + String.join("/", scope) + "\n"
                + hash(canonical.getBytes(StandardCharsets.UTF_8));
        own.forEach((name, value) -> headers.put(name, RegoString.of(value)));
        headers.put(
                "Authorization",
                RegoString.of("AWS4-HMAC-SHA256 Credential=" + text(config, "aws_access_key") + "/"
                        + String.join("/", scope) + ",SignedHeaders=" + names + ",Signature="
                        + signature(text(config, "aws_secret_access_key"), scope, toSign)));
        return request.with(RegoString.of("headers"), headers.build());
    }

    private static boolean isUnsigned(RegoObject config) {
        Value unsigned = config.get("disable_payload_signing");
        if (unsigned != null && !(unsigned instanceof RegoBoolean)) {
            throw BuiltinFailure.operand(2, "invalid value for 'disable_payload_signing' in AWS config");
        }
        return RegoBoolean.TRUE.equals(unsigned);
    }

    private static Instant moment(RegoNumber nanos) {
        if (!nanos.isIntegral() || nanos.exact().signum() < 0 || nanos.integer().bitLength() > 63) {
            throw BuiltinFailure.operand(3, "could not convert time_ns value into a unix timestamp");
        }
        return Instant.ofEpochSecond(nanos.integer().longValue() / 1_000_000_000L);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException wrong) {
            throw BuiltinFailure.error("parse url: " + wrong.getMessage());
        }
    }

    /** What signing itself adds to a request. */
    private static Map<String, String> ownHeaders(
            RegoObject config, URI uri, String stamp, boolean unsigned, String payload) {
        Map<String, String> own = new TreeMap<>();
        own.put("host", uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
        own.put("x-amz-date", stamp);
        if (text(config, "aws_service").equals("s3") || unsigned) {
            own.put("x-amz-content-sha256", payload);
        }
        String session = text(config, "aws_session_token");
        if (!session.isEmpty()) {
            own.put("x-amz-security-token", session);
        }
        return own;
    }

    private static String canonical(String method, URI uri, Map<String, String> signed, String names, String payload) {
        StringBuilder lines = new StringBuilder();
        signed.forEach((name, value) ->
                lines.append(name).append(':').append(value.strip()).append('\n'));
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return method + "\n" + path + "\n" + query + "\n" + lines + "\n" + names + "\n" + payload;
    }

    /** Signs with the key that is derived from the secret for this day, region and service. */
    private static String signature(String secret, List<String> scope, String toSign) {
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope) {
            key = CryptoFunctions.hmac("HmacSHA256", part.getBytes(StandardCharsets.UTF_8), key);
        }
        return HexFormat.of()
                .formatHex(CryptoFunctions.hmac("HmacSHA256", toSign.getBytes(StandardCharsets.UTF_8), key));
    }

    private static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(CryptoFunctions.digest("SHA-256", bytes));
    }

    private static byte[] body(RegoObject request) {
        Value body = request.get("body");
        if (request.get("raw_body") instanceof RegoString raw) {
            return Bytes.of(raw.value());
        }
        return body == null ? new byte[0] : Bytes.of(body.toJson());
    }
}
