package io.countersign.server.platform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call to something that Countersign does itself, as it was sent: approvers see these bytes, and only the same bytes are
 * done once they approved.
 *
 * @param permission what the route demands
 * @param route method and address, with the query
 * @param ifMatch the header {@code If-Match}, or none
 * @param reason the header {@code Countersign-Reason}, decoded, or none; it is no part of the payload
 * @param body once the body has been read
 * @param key what makes trying again harmless, on routes that demand one
 * @param breakGlass the header {@code Countersign-Break-Glass}, or none; it is no part of the payload
 */
public record OwnCall(
        Caller caller,
        Permission permission,
        Origin origin,
        String route,
        @Nullable String ifMatch,
        @Nullable String reason,
        Supplier<byte[]> body,
        @Nullable IdempotencyKey key,
        @Nullable String breakGlass) {

    /** The header that names a break-glass session of the caller by which the act is to pass. */
    public static final String BREAK_GLASS = "Countersign-Break-Glass";

    /** The header that says why, for calls whose body does not. */
    public static final String REASON = "Countersign-Reason";

    /** The media type of {@link #payload()}: a call as RFC 9112 writes it, with the one header that matters. */
    public static final String MEDIA_TYPE = "message/http";

    /** The same call, done once for its key, if it has one. */
    public OwnCall once(@Nullable IdempotencyKey newKey) {
        return new OwnCall(caller, permission, origin, route, ifMatch, reason, body, newKey, breakGlass);
    }

    /** The same call with the reason its body gives, where it gives one. */
    public OwnCall because(@Nullable String given) {
        return given == null
                ? this
                : new OwnCall(caller, permission, origin, route, ifMatch, given, body, key, breakGlass);
    }

    /** The same call, of which approvers see what it would do instead of what was sent: then exactly that is approved. */
    public OwnCall showing(Supplier<byte[]> effect) {
        return new OwnCall(caller, permission, origin, route, ifMatch, reason, effect, key, breakGlass);
    }

    /** Method, address, {@code If-Match} and body: exactly this is approved. */
    public byte[] payload() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((route + "\n").getBytes(StandardCharsets.UTF_8));
        if (ifMatch != null) {
            bytes.writeBytes(("If-Match: " + ifMatch + "\n").getBytes(StandardCharsets.UTF_8));
        }
        bytes.write('\n');
        bytes.writeBytes(body.get());
        return bytes.toByteArray();
    }
}
