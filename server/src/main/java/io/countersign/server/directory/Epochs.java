package io.countersign.server.directory;

import io.countersign.server.directory.EpochStore.Counters;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which state of an organization's directory and policies is in force: a number that rises with every change. Changes
 * raise it first and thereby wait for every decision that holds it; decisions hold it until they end.
 */
@Component
public class Epochs {

    /** How old knowledge may be that an answer from memory rests on. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private static final Duration REST = Duration.ofMillis(200);

    private final EpochStore store;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private volatile long provenAt;
    private volatile boolean everProven;
    private volatile long failedAt = System.nanoTime() - REST.toNanos();
    private final ReentrantLock polling = new ReentrantLock();

    /** The highest counters of an organization this node has seen committed. */
    private record Known(long epoch, long credentialEpoch) {

        Known risen(Known other) {
            return new Known(Math.max(epoch, other.epoch), Math.max(credentialEpoch, other.credentialEpoch));
        }
    }

    /** What a transaction knows of an organization's epoch. */
    private sealed interface Mark extends TransactionSynchronization {
        String organizationId();

        long epoch();
    }

    /** Marks a transaction that changes an organization, whose sight of it is nobody else's yet. */
    private record Changing(Epochs epochs, String organizationId, long epoch) implements Mark {

        @Override
        public void afterCommit() {
            epochs.learn(organizationId, new Known(epoch, 0));
        }
    }

    /** Marks a transaction that holds an organization still: while it lasts, only its own changes raise the epoch. */
    private record Holding(String organizationId, long epoch) implements Mark {}

    Epochs(EpochStore store) {
        this.store = store;
    }

    /**
     * Call it first in every transaction that changes the organization's policies: it waits for the decisions in progress
     * and lets none begin before the transaction ends. Directory changes are this room's own.
     *
     * @return the epoch that the change makes
     */
    public long change(String organizationId) {
        return change(organizationId, false);
    }

    /** The same for a change to the directory itself. */
    long changeDirectory(String organizationId) {
        return change(organizationId, true);
    }

    private long change(String organizationId, boolean directory) {
        demandTransaction();
        long epoch = store.change(organizationId, directory).orElseThrow(() -> unknown(organizationId));
        TransactionSynchronizationManager.registerSynchronization(new Changing(this, organizationId, epoch));
        return epoch;
    }

    /**
     * Call it first in every transaction that decides: until it ends nobody changes directory or policies.
     *
     * @return the epoch in force
     */
    public long hold(String organizationId) {
        demandTransaction();
        OptionalLong known = known(organizationId);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long epoch = store.hold(organizationId).orElseThrow(() -> unknown(organizationId));
        TransactionSynchronizationManager.registerSynchronization(new Holding(organizationId, epoch));
        return epoch;
    }

    /** What this transaction has held or changed already, so that the database is asked once. */
    private OptionalLong known(String organizationId) {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Mark.class::isInstance)
                .map(Mark.class::cast)
                .filter(mark -> mark.organizationId().equals(organizationId))
                .mapToLong(Mark::epoch)
                .max();
    }

    /** Waits for the decisions in progress and keeps others from beginning, without changing anything they rest on. */
    public void lock(String organizationId) {
        demandTransaction();
        if (!store.lock(organizationId)) {
            throw unknown(organizationId);
        }
    }

    /** Makes every node forget, within a second, what it remembers of the organization's credentials. */
    void forgetCredentials(String organizationId) {
        demandTransaction();
        long epoch = store.forgetCredentials(organizationId);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                learn(organizationId, new Known(0, epoch));
            }
        });
    }

    /**
     * The epoch from memory, at most a second old.
     *
     * @throws ProblemException 503 {@code not-fresh} when that cannot be proven
     */
    public long fresh(String organizationId) {
        return freshly(organizationId).epoch();
    }

    /** The number of times credentials were to be forgotten, at most a second old. */
    long freshCredentials(String organizationId) {
        return freshly(organizationId).credentialEpoch();
    }

    private Known freshly(String organizationId) {
        if (!isProven()) {
            proveNow();
        }
        if (!isProven()) {
            throw Problem.of(503, "not-fresh", "the database does not answer, and what is known is older than a second")
                    .remedy("try again in a moment")
                    .raise();
        }
        Known there = known.get(organizationId);
        if (there != null) {
            return there;
        }
        Counters counters = store.counters(organizationId).orElseThrow(() -> unknown(organizationId));
        return learn(organizationId, new Known(counters.epoch(), counters.credentialEpoch()));
    }

    private boolean isProven() {
        return everProven && System.nanoTime() - provenAt <= FRESH.toNanos();
    }

    /**
     * Polls out of turn: on a machine that is too busy for the poller, being asked is a reason to look. One call has it done
     * while the others wait a little for what it finds; after a failure nobody tries again for a moment.
     */
    private void proveNow() {
        try {
            if (!polling.tryLock(FRESH.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            try {
                if (!isProven() && System.nanoTime() - failedAt > REST.toNanos()) {
                    // On a thread of its own: within a transaction it would see what only that one has changed.
                    Thread.ofVirtual().start(this::pollOrRest).join(FRESH);
                }
            } finally {
                polling.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pollOrRest() {
        try {
            poll();
        } catch (DataAccessException away) {
            failedAt = System.nanoTime();
        }
    }

    private Known learn(String organizationId, Known seen) {
        return known.merge(organizationId, seen, Known::risen);
    }

    /** Reads every organization's counters; all of them are proven fresh as of the moment it began. */
    void poll() {
        long begun = System.nanoTime();
        for (Counters counters : store.all()) {
            learn(counters.organizationId(), new Known(counters.epoch(), counters.credentialEpoch()));
        }
        provenAt = begun;
        everProven = true;
    }

    /** Whether the present transaction has changed this organization. */
    boolean changingNow(String organizationId) {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.getSynchronizations().stream()
                        .anyMatch(one -> one instanceof Changing changing
                                && changing.organizationId().equals(organizationId));
    }

    Optional<Counters> counters(String organizationId) {
        return store.counters(organizationId);
    }

    private static void demandTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an epoch is changed or held for the length of a transaction");
        }
    }

    private static ProblemException unknown(String organizationId) {
        return ProblemException.notFound("organization", organizationId);
    }
}
