package io.countersign.server.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Encrypts what the database keeps and only this server may read, with AES-256-GCM under a key from a file that is not in
 * the database. Every node needs the same file. Without it, or with another one, nothing is guessed at: what needs a secret
 * is refused with 503, and everything else goes on.
 */
@Component
public final class SealedSecrets {

    /** The file in the folder of an embedded database. */
    static final String FILE = "secrets.key";

    private static final String VERSION = "v1";
    private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LETTERS_OF_NAME = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Optional<Key> key;

    SealedSecrets(SecretsSettings settings, Database database) {
        this.key = read(settings.keyFile(), database);
    }

    /** The key, and the name by which what it sealed is known. */
    private record Key(SecretKeySpec secret, String name) {

        private static Key of(String hex) {
            SecretKeySpec secret = new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
            return new Key(
                    secret, Secrets.hash("countersign/sealing-key/" + hex).substring(0, LETTERS_OF_NAME));
        }
    }

    private static Optional<Key> read(String keyFile, Database database) {
        if (!keyFile.isBlank()) {
            return Optional.of(read(Path.of(keyFile)));
        }
        return database.embedded().map(postgres -> {
            try {
                return Key.of(
                        checked(postgres.home().secret(FILE), postgres.home().path(FILE)));
            } catch (IOException failed) {
                throw unreadable(postgres.home().path(FILE), failed);
            }
        });
    }

    private static Key read(Path file) {
        try {
            return Key.of(checked(Files.readString(file).strip(), file));
        } catch (IOException failed) {
            throw unreadable(file, failed);
        }
    }

    private static String checked(String text, Path file) {
        if (!KEY.matcher(text).matches()) {
            throw new StartRefused("the file `" + file + "` does not hold a key: it is 64 hexadecimal digits,"
                    + " for example from `openssl rand -hex 32`");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static StartRefused unreadable(Path file, IOException failed) {
        return new StartRefused(
                "the key in `" + file + "` (countersign.secrets.key-file) cannot be read: " + failed
                        + "; make one with `openssl rand -hex 32`, the same for every node",
                failed);
    }

    /**
     * Encrypts a secret.
     *
     * @param purpose what it is for; it can only be opened for the same
     * @return a text of letters, digits, {@code . - _}
     * @throws ProblemException 503 {@code secrets-key-missing} where this server has no key
     */
    public String seal(byte[] secret, String purpose) {
        Key with = demanded();
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] hidden = cipher(Cipher.ENCRYPT_MODE, with, nonce, purpose).doFinal(secret);
            byte[] all = ByteBuffer.allocate(nonce.length + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
            return VERSION + "." + with.name() + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    /**
     * What {@link #seal} encrypted, by this server or another with the same key.
     *
     * @throws ProblemException 503 {@code secrets-key-missing} where this server has no key, {@code secrets-key-wrong}
     *     where it was sealed with another one or for another purpose
     */
    public byte[] open(String sealed, String purpose) {
        Key with = demanded();
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION) || !parts[1].equals(with.name())) {
            throw wrongKey();
        }
        byte[] all = Base64.getUrlDecoder().decode(parts[2]);
        try {
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, with, nonce, purpose)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
        } catch (AEADBadTagException changed) {
            throw wrongKey();
        } catch (GeneralSecurityException everyJavaCan) {
            throw new IllegalStateException(everyJavaCan);
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, String purpose) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private Key demanded() {
        return key.orElseThrow(
                () -> Problem.of(503, "secrets-key-missing", "this server has no key to keep secrets under")
                        .remedy("the operator names the same file on every node in `countersign.secrets.key-file`")
                        .raise());
    }

    private static ProblemException wrongKey() {
        return Problem.of(503, "secrets-key-wrong", "this server cannot open a secret that was sealed with another key")
                .remedy("the operator gives every node the same file as `countersign.secrets.key-file`; if it is lost,"
                        + " a rotation with `compromised` makes new signing keys")
                .raise();
    }
}
