package io.countersign.core.approval;

import java.util.OptionalInt;
import java.util.Set;

/**
 * Who could close a requirement that is not met.
 *
 * @param eligible everybody who may still approve it
 * @param furtherApprovals the smallest number of further approvals that would meet it, or nothing when all who are
 *     eligible together could not
 * @param closers the eligible people each of whose approval alone leaves fewer to go
 */
public record Outlook(Tally tally, Set<String> eligible, OptionalInt furtherApprovals, Set<String> closers) {

    public Outlook {
        eligible = Set.copyOf(eligible);
        closers = Set.copyOf(closers);
    }

    /** Whether nobody's further approval could ever meet it as people and rules are now. */
    public boolean unsatisfiable() {
        return furtherApprovals.isEmpty();
    }
}
