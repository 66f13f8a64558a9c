package io.countersign.server.directory;

import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.ServerClock;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The frame of every change to the directory: one transaction that first raises the epoch and then looks at the clock. */
@Component
class Changes {

    private final TransactionTemplate transactions;
    private final Epochs epochs;
    private final ServerClock clock;
    private final AuditLog log;
    private final ObjectProvider<RearrangedPlaces> rules;
    private final ObjectProvider<DirectoryWatch> watches;

    Changes(
            TransactionTemplate transactions,
            Epochs epochs,
            ServerClock clock,
            AuditLog log,
            ObjectProvider<RearrangedPlaces> rules,
            ObjectProvider<DirectoryWatch> watches) {
        this.transactions = transactions;
        this.epochs = epochs;
        this.clock = clock;
        this.log = log;
        this.rules = rules;
        this.watches = watches;
    }

    /** Makes a change, in the present transaction if there is one; nobody decides anything meanwhile. */
    <T> T make(Actor actor, Function<DirectoryChange, T> work) {
        return transactions.execute(_ -> {
            epochs.changeDirectory(actor.organizationId());
            return watched(actor, work);
        });
    }

    /** Makes a change after which other rules may apply to a place; what is pending there is judged by them again. */
    <T> T rearrange(Actor actor, Function<DirectoryChange, T> work) {
        return transactions.execute(_ -> {
            long epoch = epochs.changeDirectory(actor.organizationId());
            rules.orderedStream().forEach(told -> told.rearranged(actor.organizationId(), epoch));
            return watched(actor, work);
        });
    }

    private <T> T watched(Actor actor, Function<DirectoryChange, T> work) {
        T done = work.apply(begin(actor));
        watches.orderedStream().forEach(told -> told.changed(actor));
        return done;
    }

    /** Does something that decisions do not rest on, such as signing in. */
    <T> T aside(Actor actor, Function<DirectoryChange, T> work) {
        return transactions.execute(_ -> work.apply(begin(actor)));
    }

    private DirectoryChange begin(Actor actor) {
        return new DirectoryChange(actor, clock.now(), entry -> log.append(actor, entry, null));
    }
}
