package io.countersign.server.audit;

import io.countersign.core.audit.OperationEntry;
import io.countersign.server.platform.ClockMoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down, in the same transaction, that somebody moved the simulated clock: the platform cannot. */
@Component
class ClockWitness {

    private final AuditLog log;

    ClockWitness(AuditLog log) {
        this.log = log;
    }

    @EventListener
    void moved(ClockMoved news) {
        log.append(
                Actor.of(news.caller(), news.origin()), new OperationEntry.ClockAdvanced(news.from(), news.to()), null);
    }
}
