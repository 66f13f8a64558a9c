package io.countersign.server.platform;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an act that carries an {@link IdempotencyKey}.
 *
 * @param status HTTP status, 200 to 299
 * @param body what is answered now, or nothing
 * @param again what is answered to the same act tried again: the body, or the body without its secrets
 * @param kept whether it is kept at all; what was only held is judged anew each time
 */
public record Reply(
        int status, @Nullable Object body, @Nullable Object again, boolean kept) {

    /** An answer that is repeated word by word. */
    public static Reply of(int status, @Nullable Object body) {
        return new Reply(status, body, body, true);
    }

    /** An answer with a secret that is shown once; tried again, the other body is answered. */
    public static Reply onceOnly(int status, Object body, Object withoutSecret) {
        return new Reply(status, body, withoutSecret, true);
    }

    /** An answer that is not kept: trying again means asking again. */
    public static Reply judgedAnew(int status, @Nullable Object body) {
        return new Reply(status, body, body, false);
    }
}
