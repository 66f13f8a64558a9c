package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The key that a caller draws for one act, so that trying again does it once; a route that takes it as a parameter
 * demands the header, unless it may be null: then it is heeded where it is given.
 *
 * @param fingerprint of method, address and body, once the body has been read
 */
public record IdempotencyKey(String value, Supplier<String> fingerprint) {

    /** The header that carries it. */
    public static final String HEADER = "Idempotency-Key";

    private static final Pattern DECENT = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** The key that was given with a call; refused when it is none. */
    static IdempotencyKey of(String given, HttpServletRequest request, Supplier<byte[]> body) {
        if (!DECENT.matcher(given).matches()) {
            throw ProblemException.badField(
                    "wrong-value", HEADER, "`" + HEADER + "` is 1 to 128 visible ASCII characters");
        }
        String route = request.getMethod() + " " + request.getRequestURI();
        return new IdempotencyKey(
                given, () -> Secrets.hash(route + "\n" + new String(body.get(), StandardCharsets.ISO_8859_1)));
    }
}
