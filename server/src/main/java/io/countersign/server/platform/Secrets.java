package io.countersign.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Draws secrets and makes what may be stored of them. */
public final class Secrets {

    private static final int BYTES = 32;
    private static final int LETTERS = 52;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Never fed: to copy it costs less than to look for one among the providers. */
    private static final MessageDigest EMPTY = sha256();

    private Secrets() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** A new secret of 256 random bits behind a prefix such as {@code cs_t_}. */
    public static String draw(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + Ids.base32(bytes, LETTERS);
    }

    /** SHA-256 in 64 hexadecimal digits: enough for secrets of 256 random bits, never for a password. */
    public static String hash(String secret) {
        try {
            MessageDigest sha256 = (MessageDigest) EMPTY.clone();
            return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    /** Whether both are the same, in a time that does not tell where they differ. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
