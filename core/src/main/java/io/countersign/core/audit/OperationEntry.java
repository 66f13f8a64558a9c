package io.countersign.core.audit;

import java.time.Instant;

/** What happened to the installation itself. */
public sealed interface OperationEntry extends Entry {

    /** The simulated clock was moved forward. */
    record ClockAdvanced(Instant from, Instant to) implements OperationEntry {

        @Override
        public boolean prominent() {
            return true;
        }
    }

    /** A declaration was applied; what it added, altered and removed has entries of its own. */
    record DeclarationApplied(String digest, long added, long altered, long removed, boolean pruned)
            implements OperationEntry {}
}
