package io.countersign.server.change;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names bytes that are not shown. */
final class Folds {

    private Folds() {}

    static ChangeView.Folded of(String what, byte[] bytes) {
        return new ChangeView.Folded(what, bytes.length, sha256(bytes));
    }

    /** In hexadecimal digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
