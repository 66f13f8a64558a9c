package io.countersign.server.platform;

import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Makes ids: a prefix that names the type, and 26 letters and digits that rise with time. */
public final class Ids {

    private static final char[] CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LETTERS = 26;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id such as {@code req_01k9w3...}: 48 bits of milliseconds, 80 random bits (the split of a ULID). */
    public static String next(String prefix) {
        return next(prefix, RANDOM);
    }

    /** One of the same kind for what is soon gone: its letters may be foreseen, and take less time to make. */
    static String passing(String prefix) {
        return next(prefix, ThreadLocalRandom.current());
    }

    private static String next(String prefix, Random random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        long millis = System.currentTimeMillis();
        for (int i = 5; i >= 0; i--) {
            bytes[i] = (byte) millis;
            millis >>>= 8;
        }
        return prefix + "_" + base32(bytes, LETTERS);
    }

    /** The bytes as a whole number, written with so many Crockford digits. */
    static String base32(byte[] bytes, int letters) {
        char[] text = new char[letters];
        int bits = 0;
        int pending = 0;
        int next = bytes.length - 1;
        for (int i = letters - 1; i >= 0; i--) {
            if (pending < 5 && next >= 0) {
                bits |= (bytes[next--] & 0xff) << pending;
                pending += 8;
            }
            text[i] = CROCKFORD[bits & 31];
            bits >>>= 5;
            pending = Math.max(0, pending - 5);
        }
        return new String(text);
    }
}
