package io.countersign.cli.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The executions of a repository whose outcome is not reported yet: one file each, in a folder for each push, named
 * after the receiving process. They outlive that process, so that a crash or a server that is away loses none.
 */
final class OwedOutcomes {

    private static final Pattern NAME = Pattern.compile("([0-9]+)-([0-9]+)-.*");

    private final Path folder;

    OwedOutcomes(Path repository) {
        this.folder = repository.resolve("countersign").resolve("executions");
    }

    /** One push: the process of git that receives it, and what distinguishes it from others with the same number. */
    record Receiver(long pid, long startedAt) {

        /** The process that called this hook. */
        static Receiver ofThisHook() {
            ProcessHandle parent = ProcessHandle.current()
                    .parent()
                    .orElseThrow(() -> new IllegalStateException("this hook was called by no process"));
            return new Receiver(parent.pid(), startedAt(parent));
        }

        boolean alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startedAt(process) == startedAt)
                    .isPresent();
        }

        private static long startedAt(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        }
    }

    /** Writes one down, before it is redeemed; or again, with what the gate answered. */
    void write(Receiver receiver, PushExecution execution) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve(receiver.pid() + "-" + receiver.startedAt() + "-" + execution.id());
            Path fresh = folder.resolve("new-" + execution.id());
            Files.write(fresh, execution.bytes());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Those of one push. */
    List<PushExecution> of(Receiver receiver) {
        return all().entrySet().stream()
                .filter(entry -> entry.getValue().equals(receiver))
                .map(entry -> entry.getKey())
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those of pushes that are over, one way or another. */
    List<PushExecution> ofEndedPushes() {
        return all().entrySet().stream()
                .filter(entry -> !entry.getValue().alive())
                .map(entry -> entry.getKey())
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Forgets one whose outcome is known to the gate. */
    void settled(PushExecution execution) {
        for (Path file : all().keySet()) {
            if (file.getFileName().toString().endsWith("-" + execution.id())) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            }
        }
    }

    private Map<Path, Receiver> all() {
        Map<Path, Receiver> all = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : new ArrayList<>(files.sorted().toList())) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    all.put(file, new Receiver(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
                }
            }
            return all;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Another process may have settled it meanwhile. */
    private Optional<PushExecution> read(Path file) {
        try {
            return Optional.of(PushExecution.read(Files.readAllBytes(file)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
