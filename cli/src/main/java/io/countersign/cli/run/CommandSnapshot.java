package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.run.RunManifest.Argument;
import io.countersign.cli.run.RunManifest.Interpreter;
import io.countersign.cli.run.RunManifest.NamedFile;
import io.countersign.client.wire.PayloadBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A snapshot that lies in its folder.
 *
 * @param folder private to its owner; beside the copies it holds the manifest and the record
 */
record CommandSnapshot(Path folder, RunManifest manifest) {

    static final String MANIFEST = "manifest.json";

    /** Reads the manifest of the snapshot in this folder; refuses when it is not the one with this digest. */
    static CommandSnapshot read(Path folder, String digest) {
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve(MANIFEST));
            if (!PayloadBytes.of(RunManifest.MEDIA_TYPE, bytes).digest().equals(digest)) {
                throw changed("the manifest is not the one that was asked for");
            }
            return new CommandSnapshot(folder, RunManifest.read(bytes));
        } catch (IOException gone) {
            throw changed("the manifest cannot be read");
        }
    }

    /** Compares every copy, byte by byte through its hash, with the manifest; refuses what differs, lacks or was added. */
    void verify() {
        Set<Path> expected = new HashSet<>(Set.of(folder.resolve(MANIFEST), folder.resolve(RunRecord.NAME)));
        if (manifest.executable().copied()) {
            Path program = program();
            expected.add(program);
            compare(program, manifest.executable().file(), true);
        } else {
            compare(program(), manifest.executable().file(), false);
        }
        if (!Files.isDirectory(workingFolder())) {
            throw changed("the folder `" + workingFolder() + "` is not there");
        }
        for (Interpreter interpreter : manifest.executable().interpreters()) {
            Path path = Path.of(interpreter.path());
            if (!Files.isRegularFile(path) || !CopiedFile.of(path).sha256().equals(interpreter.sha256())) {
                throw changed("the interpreter `" + path + "` is not the one it was");
            }
        }
        for (NamedFile file : manifest.files()) {
            Path copy = folder.resolve(file.copy());
            expected.add(copy);
            compare(copy, file.file(), true);
        }
        try (Stream<Path> present = Files.walk(folder)) {
            present.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !expected.contains(path))
                    .findFirst()
                    .ifPresent(path -> {
                        throw changed("`" + folder.relativize(path) + "` was added");
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The words to execute: the program's path, then the arguments with the copies' paths put in. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(program().toString()));
        for (Argument argument : manifest.arguments()) {
            words.add(
                    argument.file() < 0
                            ? argument.word()
                            : argument.prefix()
                                    + folder.resolve(manifest.files()
                                            .get(argument.file())
                                            .copy()));
        }
        return words;
    }

    /** All the variables it will have; the secret ones are taken from those given here. */
    Map<String, String> environment(Map<String, String> present) {
        Map<String, String> environment = new HashMap<>(manifest.environment());
        for (String name : manifest.secrets()) {
            String value = present.get(name);
            if (value == null) {
                throw new CommandFailure(
                        ExitCode.USAGE, "the variable " + name + " is not set", "it was declared with --secret-env");
            }
            environment.put(name, value);
        }
        return environment;
    }

    /** Where it runs. */
    Path workingFolder() {
        return manifest.folder().isPrivate()
                ? folder.resolve(SnapshotTaker.WORK)
                : Path.of(manifest.folder().path());
    }

    private Path program() {
        return manifest.executable().copied()
                ? folder.resolve(SnapshotTaker.PROGRAMS)
                        .resolve(manifest.executable().name())
                : Path.of(manifest.executable().path());
    }

    private void compare(Path present, CopiedFile expected, boolean copy) {
        if (!Files.isRegularFile(present, LinkOption.NOFOLLOW_LINKS)) {
            throw changed("`" + present + "` is missing");
        }
        CopiedFile found = CopiedFile.of(present);
        if (found.size() != expected.size() || !found.sha256().equals(expected.sha256())) {
            throw changed("`" + present + "` differs from what was asked for");
        }
        String mode = !copy ? expected.mode() : expected.executable() ? "0500" : "0400";
        if (!found.mode().equals(mode)) {
            throw changed("the mode of `" + present + "` was changed to " + found.mode());
        }
    }

    private static CommandFailure changed(String what) {
        return new CommandFailure(
                ExitCode.ERROR,
                "not run: " + what,
                "ask again with `countersign run`; what is there now needs an approval");
    }
}
