package io.countersign.server.directory;

import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Argon2id with 19 MiB, two passes and one lane (the first choice of OWASP's password storage sheet). */
@Component
final class PasswordHash {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int KIBIBYTES = 19_456;
    private static final int PASSES = 2;

    /** So many at once, so that a storm of sign-ins takes neither all memory nor all processors. */
    private static final int AT_ONCE = 2;

    /** A hash that no password has, of the same cost as everybody's: salt and digest are zeros. */
    private static final String NOBODYS = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(KIBIBYTES, PASSES, LANES, zeros(SALT_BYTES), zeros(HASH_BYTES));

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** What is kept of a password. */
    String of(String password) {
        turns.acquireUninterruptibly();
        try {
            return String.valueOf(argon2.encode(normal(password)));
        } finally {
            turns.release();
        }
    }

    /** Whether it is the password of this hash; without a hash it takes as long, and is not. */
    boolean matches(String password, @Nullable String hash) {
        turns.acquireUninterruptibly();
        try {
            boolean matches = argon2.matches(normal(password), hash == null ? NOBODYS : hash);
            return matches && hash != null;
        } finally {
            turns.release();
        }
    }

    private static String zeros(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }

    /** One form for all ways of typing the same characters. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
