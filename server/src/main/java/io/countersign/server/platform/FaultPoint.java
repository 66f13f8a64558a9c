package io.countersign.server.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The named moments of a decision at which a crash test stops the process: {@code .locked} once its rows are locked,
 * {@code .written} before the commit, {@code .committed} before the answer. In a server that no crash test has started they
 * are nothing.
 */
public final class FaultPoint {

    /** The system property that names a file; whoever writes a moment's name into it stops the next call there. */
    static final String SWITCH = "io.countersign.fault-point";

    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final @Nullable Path FILE = file(System.getProperty(SWITCH));

    private FaultPoint() {}

    /** To be called in the transaction of a decision when its rows are locked. */
    public static void within(String decision) {
        if (FILE == null) {
            return;
        }
        reached(FILE, decision + ".locked");
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                reached(FILE, decision + ".written");
            }

            @Override
            public void afterCommit() {
                reached(FILE, decision + ".committed");
            }
        });
    }

    private static @Nullable Path file(@Nullable String name) {
        return name == null ? null : Path.of(name);
    }

    /** Where {@code file} is renamed to by the call that stops; the call goes on when it is deleted. */
    static Path reachedMark(Path file) {
        return file.resolveSibling(file.getFileName() + ".reached");
    }

    private static void reached(Path file, String moment) {
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(moment)) {
                return;
            }
            Path mark = reachedMark(file);
            Files.move(file, mark, StandardCopyOption.ATOMIC_MOVE);
            while (Files.exists(mark)) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (IOException anotherCallWasFaster) {
            return;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
