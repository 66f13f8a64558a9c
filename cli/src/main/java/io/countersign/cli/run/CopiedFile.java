package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file as it was when it was copied; the hash was computed of the very bytes that were written.
 *
 * @param mode the permission bits, in octal
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
record CopiedFile(String mode, long size, String sha256) {

    private static final int PERMISSIONS = 07777;
    private static final int SET_ID = 06000;
    private static final int EXECUTE = 0111;

    /** Copies and hashes in one reading; the copy can be read, and executed where its source could, by its owner alone. */
    static CopiedFile copy(Path source, Path target) {
        try {
            if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
                throw new CommandFailure(ExitCode.ERROR, "`" + source + "` is not a regular file", "name a file");
            }
            int mode = mode(source);
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            MessageDigest hash = hasher();
            long size;
            try (InputStream in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS);
                    OutputStream out =
                            Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                size = in.transferTo(new DigestOutputStream(out, hash));
            }
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString((mode & EXECUTE) != 0 ? "r-x------" : "r--------"));
            return new CopiedFile(octal(mode), size, HexFormat.of().formatHex(hash.digest()));
        } catch (IOException lost) {
            throw unreadable(source, lost);
        }
    }

    /** What is there now, read without being copied. */
    static CopiedFile of(Path present) {
        MessageDigest hash = hasher();
        try (InputStream in = Files.newInputStream(present, LinkOption.NOFOLLOW_LINKS)) {
            long size = in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), hash));
            return new CopiedFile(octal(mode(present)), size, HexFormat.of().formatHex(hash.digest()));
        } catch (IOException lost) {
            throw unreadable(present, lost);
        }
    }

    /** The first bytes, at most so many. */
    static byte[] start(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (IOException lost) {
            throw unreadable(file, lost);
        }
    }

    /** Whether running it would give the rights of its owner or group. */
    static boolean setsId(Path file) {
        try {
            return (mode(file) & SET_ID) != 0;
        } catch (IOException lost) {
            throw unreadable(file, lost);
        }
    }

    boolean executable() {
        return (Integer.parseInt(mode, 8) & EXECUTE) != 0;
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
    }

    private static String octal(int mode) {
        return "%04o".formatted(mode);
    }

    private static CommandFailure unreadable(Path file, IOException why) {
        return new CommandFailure(
                ExitCode.ERROR,
                "`" + file + "` cannot be read (" + why.getClass().getSimpleName() + ")",
                "");
    }

    private static MessageDigest hasher() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
