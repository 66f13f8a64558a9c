package io.countersign.core.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of exactly the bytes that will be acted on: SHA-256 over a domain prefix, the length and the raw
 * bytes, written {@code sha256:} and 64 lower-case hexadecimal digits.
 */
public record PayloadDigest(String value) {

    private static final byte[] DOMAIN = "countersign/payload/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String ALGORITHM = "sha256:";
    private static final int LENGTH = ALGORITHM.length() + 64;

    /** Throws {@link IllegalArgumentException} when the text is not of that form. */
    public PayloadDigest {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "a payload digest is `sha256:` and 64 lower-case hexadecimal digits, not `" + value + "`");
        }
    }

    /** The digest of these bytes. */
    public static PayloadDigest of(byte[] payload) {
        MessageDigest sha256 = sha256();
        sha256.update(DOMAIN);
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
        return new PayloadDigest(ALGORITHM + HexFormat.of().formatHex(sha256.digest(payload)));
    }

    private static boolean isWellFormed(String value) {
        if (value.length() != LENGTH || !value.startsWith(ALGORITHM)) {
            return false;
        }
        for (int i = ALGORITHM.length(); i < LENGTH; i++) {
            char digit = value.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
