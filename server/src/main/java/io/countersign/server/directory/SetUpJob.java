package io.countersign.server.directory;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.ServerClock;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down where the time of an organization's set-up has run out; it has ended at that moment with or without this. */
@Component
class SetUpJob {

    private static final int AT_ONCE = 100;

    private final TransactionTemplate transactions;
    private final DirectoryStore store;
    private final ServerClock clock;
    private final AuditLog log;

    SetUpJob(Ticker ticker, TransactionTemplate transactions, DirectoryStore store, ServerClock clock, AuditLog log) {
        this.transactions = transactions;
        this.store = store;
        this.clock = clock;
        this.log = log;
        ticker.every(Duration.ofSeconds(10), "set-up", this::look);
    }

    void look() {
        transactions.executeWithoutResult(_ -> store.setUpsRunOut(clock.now(), SetUp.LIMIT, AT_ONCE)
                .forEach(orgId -> log.append(Actor.system(orgId), new DirectoryEntry.SetUpEnded("time"), null)));
    }
}
