package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;

/** The two scripts that git calls in a guarded repository. */
final class GitHooks {

    private static final List<String> NAMES = List.of("pre-receive", "post-receive");
    private static final String MARK = "# Written by countersign; it is replaced when it is installed again.";

    private GitHooks() {}

    /**
     * Puts the hooks into a repository; somebody else's hook is never replaced.
     *
     * @param command the words that start this program
     */
    static void install(Path repository, List<String> command) {
        try {
            Path hooks = Files.createDirectories(repository.resolve("hooks"));
            for (String name : NAMES) {
                Path hook = hooks.resolve(name);
                if (Files.exists(hook) && !Files.readString(hook).contains(MARK)) {
                    throw new CommandFailure(
                            ExitCode.ERROR,
                            "`" + hook + "` is there already and is not ours",
                            "move it away, or call `countersign git hook " + name + "` from it");
                }
                Path fresh = Files.createTempFile(
                        hooks,
                        name,
                        ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.writeString(fresh, script(name, command));
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(fresh, hook, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String script(String name, List<String> command) {
        return """
                #!/bin/sh
                %s
                exec %s git hook %s
                """.formatted(MARK, command.stream().map(GitHooks::quoted).collect(Collectors.joining(" ")), name);
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
