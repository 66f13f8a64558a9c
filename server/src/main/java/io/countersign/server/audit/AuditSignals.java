package io.countersign.server.audit;

import org.springframework.stereotype.Component;

/** The bells of this node: one rings when entries were committed, one when they got their places. */
@Component
final class AuditSignals {

    private final Bell appended = new Bell();
    private final Bell sequenced = new Bell();

    Bell appended() {
        return appended;
    }

    Bell sequenced() {
        return sequenced;
    }
}
