package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;

import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.net.URI;
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
        Value unsignedPayload = config.get("disable_payload_signing");
        if (unsignedPayload != null && !(unsignedPayload instanceof RegoBoolean)) {
            throw BuiltinFailure.operand(2, "invalid value for 'disable_payload_signing' in AWS config");
        }
        if (!time.isIntegral() || time.exact().signum() < 0 || time.integer().bitLength() > 63) {
            throw BuiltinFailure.operand(3, "could not convert time_ns value into a unix timestamp");
        }
        Instant when = Instant.ofEpochSecond(time.integer().longValue() / 1_000_000_000L);
        URI uri;
        try {
            uri = new URI(text(request, "url"));
        } catch (java.net.URISyntaxException wrong) {
            throw BuiltinFailure.error("parse url: " + wrong.getMessage());
        }
        String service = text(config, "aws_service");
        byte[] body = body(request);
        boolean unsigned = RegoBoolean.TRUE.equals(unsignedPayload);
        String payload =
                unsigned ? "UNSIGNED-PAYLOAD" : HexFormat.of().formatHex(CryptoFunctions.digest("SHA-256", body));
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(when);
        Map<String, String> own = new TreeMap<>();
        own.put("host", uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
        own.put("x-amz-date", stamp);
        if (service.equals("s3") || unsigned) {
            own.put("x-amz-content-sha256", payload);
        }
        String session = text(config, "aws_session_token");
        if (!session.isEmpty()) {
            own.put("x-amz-security-token", session);
        }
        Map<String, String> signed = new TreeMap<>(own);
        RegoObject.Builder headers = new RegoObject.Builder(8);
        if (request.get("headers") instanceof RegoObject given) {
            for (Map.Entry<Value, Value> entry : given.entries()) {
                headers.put(entry.getKey(), entry.getValue());
                String name = entry.getKey() instanceof RegoString s ? s.value().toLowerCase(Locale.ROOT) : "";
                if (!UNSIGNED.contains(name)) {
                    signed.put(
                            name,
                            entry.getValue() instanceof RegoString s
                                    ? s.value()
                                    : entry.getValue().toString());
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        signed.forEach((name, value) ->
                lines.append(name).append(':').append(value.strip()).append('\n'));
        String names = String.join(";", signed.keySet());
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String canonical = text(request, "method") + "\n" + path + "\n"
                + (uri.getRawQuery() == null ? "" : uri.getRawQuery()) + "\n" + lines + "\n" + names + "\n" + payload;
        String day = stamp.substring(0, 8);
        String scope = day + "/" + text(config, "aws_region") + "/" + service + "/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n"
                + HexFormat.of()
                        .formatHex(CryptoFunctions.digest("SHA-256", canonical.getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + text(config, "aws_secret_access_key")).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(day, text(config, "aws_region"), service, "aws4_request")) {
            key = CryptoFunctions.hmac("HmacSHA256", part.getBytes(StandardCharsets.UTF_8), key);
        }
        String signature = HexFormat.of()
                .formatHex(CryptoFunctions.hmac("HmacSHA256", toSign.getBytes(StandardCharsets.UTF_8), key));
        own.forEach((name, value) -> headers.put(name, RegoString.of(value)));
        headers.put(
                "Authorization",
                RegoString.of("AWS4-HMAC-SHA256 Credential=" + text(config, "aws_access_key") + "/" + scope
                        + ",SignedHeaders=" + names + ",Signature=" + signature));
        return request.with(RegoString.of("headers"), headers.build());
    }

    private static byte[] body(RegoObject request) {
        Value body = request.get("body");
        if (request.get("raw_body") instanceof RegoString raw) {
            return Bytes.of(raw.value());
        }
        return body == null ? new byte[0] : Bytes.of(body.toJson());
    }
}
