package io.countersign.core.approval;

import io.countersign.core.policy.Requirement;
import java.util.List;
import java.util.Set;

/**
 * How one requirement stands: whose approvals count now, whose no longer do, and what is still missing.
 *
 * @param missing what is lacking; empty when it is met
 * @param lapsed people who approved and no longer count
 */
public record Tally(Requirement requirement, Set<String> counted, Set<String> lapsed, List<Missing> missing) {

    public Tally {
        counted = Set.copyOf(counted);
        lapsed = Set.copyOf(lapsed);
        missing = List.copyOf(missing);
    }

    /** Whether every part of the quorum is there. */
    public boolean met() {
        return missing.isEmpty();
    }
}
