package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where snapshots wait for their approval: one folder for each, named by its digest, open to its owner alone.
 *
 * @param folder {@code countersign/runs} below the state folder
 */
record RunFolder(Path folder) {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r-x------");
    private static final String UNFINISHED = "new-";

    static RunFolder of(Surroundings surroundings) {
        Path folder = surroundings.state().resolve("countersign").resolve("runs");
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            others.removeAll(OWNER);
            if (!others.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.ERROR, "`" + folder + "` is open to others", "`chmod 700` it, and see what is inside");
            }
            return new RunFolder(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Takes a snapshot; an equal one that waits already is replaced by it. */
    CommandSnapshot take(Surroundings surroundings, RunAsk ask, UnaryOperator<CommandSnapshot> finish) {
        try {
            Path fresh = Files.createTempDirectory(folder, UNFINISHED, PosixFilePermissions.asFileAttribute(OWNER));
            boolean kept = false;
            try {
                Files.createDirectories(fresh.resolve(SnapshotTaker.WORK));
                RunManifest manifest = new SnapshotTaker(surroundings, ask, fresh).take();
                CommandSnapshot snapshot = finish.apply(new CommandSnapshot(fresh, manifest));
                Path place = place(snapshot.manifest().payload().digest());
                byte[] bytes = snapshot.manifest().payload().bytes();
                Path written = Files.write(fresh.resolve(CommandSnapshot.MANIFEST), bytes);
                Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("r--------"));
                lock(fresh);
                forget(place, surroundings);
                Files.move(fresh, place);
                kept = true;
                return new CommandSnapshot(place, snapshot.manifest());
            } finally {
                if (!kept) {
                    remove(fresh);
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /**
     * Removes what nobody comes back to: snapshots that were never finished or never asked about, after a day; and those
     * of requests that have ended otherwise than by running. What was started and not reported stays.
     *
     * @param over whether the request of a snapshot has ended without it
     */
    void prune(Instant now, Predicate<RunRecord> over) {
        Instant yesterday = now.minus(Duration.ofDays(1));
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path one : inside.filter(Files::isDirectory).toList()) {
                if (changedAt(one).isBefore(yesterday) && abandoned(one, over)) {
                    pruneUnlessLocked(one);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean abandoned(Path snapshot, Predicate<RunRecord> over) {
        if (!Files.exists(snapshot.resolve(RunRecord.NAME))) {
            return true;
        }
        RunRecord record;
        try {
            record = RunRecord.read(snapshot);
        } catch (UncheckedIOException | IllegalStateException notOurs) {
            return false;
        }
        return record.started().isEmpty()
                && record.executionId().isEmpty()
                && (record.number().isEmpty() || over.test(record));
    }

    private static void pruneUnlessLocked(Path snapshot) throws IOException {
        try (FileChannel channel = openLock(snapshot);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                remove(snapshot);
                Files.deleteIfExists(lockOf(snapshot));
            }
        }
    }

    private static Instant changedAt(Path path) throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    }

    /** The folder in which the snapshot of a request waits. */
    Path find(String server, String number) {
        return all().stream()
                .filter(one -> {
                    RunRecord record = RunRecord.read(one);
                    return record.server().equals(server) && record.number().equals(number);
                })
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.ERROR,
                        "there is no snapshot of " + number + " here",
                        "resume where it was asked, as the same user; or ask again"));
    }

    /** Makes room for an equal snapshot, unless the one that is there is being executed. */
    private static void forget(Path place, Surroundings surroundings) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        try (FileChannel channel = openLock(place);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new CommandFailure(ExitCode.ERROR, "not run: another process is running exactly this", "");
            }
            Optional<RunRecord> unfinished = Optional.of(place)
                    .filter(folder -> Files.exists(folder.resolve(RunRecord.NAME)))
                    .map(RunRecord::read)
                    .filter(record -> !record.started().isEmpty());
            if (unfinished.isPresent()) {
                RunRecord record = unfinished.get();
                surroundings
                        .err()
                        .println("countersign: the same was started at " + record.started() + " as execution "
                                + record.executionId() + ", and how it ended was not reported");
            }
            remove(place);
        }
    }

    /** The file that a process locks while it runs the snapshot; it lies beside it. */
    static FileChannel openLock(Path snapshot) throws IOException {
        return FileChannel.open(lockOf(snapshot), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    static Path lockOf(Path snapshot) {
        return snapshot.resolveSibling(snapshot.getFileName() + ".lock");
    }

    private Path place(String digest) {
        return folder.resolve(digest.replace(':', '-'));
    }

    private List<Path> all() {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(one -> Files.exists(one.resolve(RunRecord.NAME)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Takes the right to write from every folder inside. */
    private static void lock(Path snapshot) throws IOException {
        try (Stream<Path> inside = Files.walk(snapshot)) {
            for (Path one : inside.filter(path -> !path.equals(snapshot)).toList()) {
                if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(one, READ_ONLY);
                }
            }
        }
    }

    /** Removes a snapshot with all that is in it. */
    static void remove(Path snapshot) {
        if (!Files.exists(snapshot, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            List<Path> all;
            unlock(snapshot);
            try (Stream<Path> inside = Files.walk(snapshot)) {
                all = inside.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : all) {
                Files.delete(one);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }

    private static void unlock(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, OWNER);
        try (Stream<Path> inside = Files.list(directory)) {
            for (Path one : inside.toList()) {
                if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
                    unlock(one);
                }
            }
        }
    }
}
