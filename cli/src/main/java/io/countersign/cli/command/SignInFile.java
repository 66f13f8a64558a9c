package io.countersign.cli.command;

import io.countersign.client.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The file that keeps the sign-in: {@code countersign/sign-in.json} below the configuration folder, readable by its owner
 * alone.
 */
public record SignInFile(Path file) {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    /** Below this configuration folder. */
    public static SignInFile below(Path configuration) {
        return new SignInFile(configuration.resolve("countersign").resolve("sign-in.json"));
    }

    /** What is kept, or nothing; throws {@link IllegalStateException} in words when others could have read it. */
    public Optional<SignIn> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            for (PosixFilePermission permission : Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)) {
                if (OTHERS.contains(permission)) {
                    throw new IllegalStateException("`" + file + "` can be read or written by others; "
                            + "if it should not have been, sign in again, otherwise `chmod 600` it");
                }
            }
            return Optional.of(SignIn.read(Json.parse(Files.readAllBytes(file))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new IllegalStateException(
                    "`" + file + "` is not what this program wrote; remove it and sign in again", broken);
        }
    }

    /** Keeps the sign-in in place of any before it. */
    public void write(SignIn signIn) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IllegalStateException("`" + file + "` is no file in a folder");
            }
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path fresh = Files.createTempFile(
                    folder,
                    "sign-in",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, Json.pretty(signIn.json()) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
