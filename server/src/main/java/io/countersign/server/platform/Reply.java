package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The answer to an act that carries an {@link IdempotencyKey}.
 *
 * @param status HTTP status, 200 to 299
 * @param body what is answered now, or nothing
 * @param again what is answered to the same act tried again: the body, or the body without its secrets
 * @param kept whether it is kept at all; what was only held is judged anew each time
 * @param version of the thing that is answered, for its {@code ETag}, or none
 * @param replayed whether it was kept before and is repeated now
 */
public record Reply(
        int status,
        @Nullable Object body,
        @Nullable Object again,
        boolean kept,
        @Nullable Long version,
        boolean replayed) {

    /** An answer that is repeated word by word. */
    public static Reply of(int status, @Nullable Object body) {
        return new Reply(status, body, body, true, null, false);
    }

    /** An answer with a secret that is shown once; tried again, the other body is answered. */
    public static Reply onceOnly(int status, Object body, Object withoutSecret) {
        return new Reply(status, body, withoutSecret, true, null, false);
    }

    /** An answer that is not kept: trying again means asking again. */
    public static Reply judgedAnew(int status, @Nullable Object body) {
        return new Reply(status, body, body, false, null, false);
    }

    /** The answer to an edit, with the version that it made. */
    public static Reply edited(Object body, long version) {
        return new Reply(200, body, body, true, version, false);
    }

    /** The answer to something that leaves nothing to show. */
    public static Reply nothing() {
        return of(204, null);
    }

    static Reply again(int status, @Nullable Object body) {
        return new Reply(status, body, body, true, null, true);
    }

    /** It as HTTP. */
    public ResponseEntity<Object> respond() {
        ResponseEntity.BodyBuilder response = ResponseEntity.status(status);
        if (replayed) {
            response.header("Idempotency-Replayed", "true");
        }
        if (version != null) {
            response.eTag("\"" + version + "\"");
        }
        return body == null
                ? response.build()
                : response.contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
