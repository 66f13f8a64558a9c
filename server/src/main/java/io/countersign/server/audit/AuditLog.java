package io.countersign.server.audit;

import io.countersign.core.audit.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Where every change writes down what it did, inside its own transaction. */
@Component
public class AuditLog {

    private final AuditEventStore events;
    private final AuditSignals signals;

    AuditLog(AuditEventStore events, AuditSignals signals) {
        this.events = events;
        this.signals = signals;
    }

    /**
     * Appends an entry to the log of the actor's organization; it commits or rolls back with the change it tells of,
     * and is given its place in the log after the commit. Call it after the rows that the change is about are locked,
     * so that the entries of one request keep their order.
     *
     * @param requestId id of the request it is about, or none
     * @throws IllegalStateException outside of a transaction that may write
     */
    public void append(Actor actor, Entry entry, @Nullable String requestId) {
        demandTransaction(entry);
        events.insert(actor, entry, requestId);
        ringAfterCommit();
    }

    /** Appends the entries of a change that is about many things, in their order; as {@link #append} each of them. */
    public void appendAll(Actor actor, List<Entry> entries) {
        if (!entries.isEmpty()) {
            demandTransaction(entries.getFirst());
            events.insertAll(actor, entries);
            ringAfterCommit();
        }
    }

    private static void demandTransaction(Entry entry) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException("an audit entry belongs into the transaction of its change: "
                    + EntryTypes.nameOf(entry.getClass()));
        }
    }

    private void ringAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                signals.appended().ring();
            }
        });
    }
}
