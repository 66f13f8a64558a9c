package io.countersign.core.approval;

import io.countersign.core.policy.Requirement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One command in one state and what came of it, as the invariants look at it.
 *
 * @param spent which grants had been redeemed before, bit by bit
 */
record Step(
        Model model, ApprovalRequest before, Command command, Circumstances circumstances, Change change, int spent) {

    ApprovalRequest after() {
        return change.request();
    }

    Instant now() {
        return circumstances.now();
    }

    RequestState stateBefore() {
        return before.stateAt(now());
    }

    RequestState stateAfter() {
        return after().stateAt(now());
    }

    Event.@Nullable Voted voted() {
        return find(Event.Voted.class);
    }

    Event.@Nullable Approved approved() {
        return find(Event.Approved.class);
    }

    Event.@Nullable Bypassed bypassed() {
        return find(Event.Bypassed.class);
    }

    /** The grant that was made, on whatever ground. */
    @Nullable
    Grant granted() {
        Event.Approved approved = approved();
        Event.Bypassed bypassed = bypassed();
        return approved != null ? approved.grant() : bypassed != null ? bypassed.grant() : null;
    }

    Event.@Nullable Redeemed redeemed() {
        return find(Event.Redeemed.class);
    }

    <E extends Event> @Nullable E find(Class<E> kind) {
        for (Event event : change.events()) {
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
        return null;
    }

    /** What the outcome is judged by: the request's votes as they are after the command, in these circumstances. */
    Oracle oracle() {
        return new Oracle(after(), circumstances);
    }

    /** Every requirement that must be met: those the request carried and those in force now. */
    List<Requirement> demanded() {
        return demanded(before, circumstances);
    }

    /** The same of any request. */
    static List<Requirement> demanded(ApprovalRequest request, Circumstances circumstances) {
        List<Requirement> all = new ArrayList<>(request.requirements());
        Set<String> ids = new HashSet<>();
        request.requirements().forEach(requirement -> ids.add(requirement.id()));
        circumstances.inForce().stream()
                .filter(requirement -> ids.add(requirement.id()))
                .forEach(all::add);
        return all;
    }

    int spentAfter() {
        Event.Redeemed redeemed = redeemed();
        return redeemed == null ? spent : spent | bit(redeemed.grant());
    }

    boolean spentBefore(Grant grant) {
        return (spent & bit(grant)) != 0;
    }

    private static int bit(Grant grant) {
        return 1 << Integer.parseInt(grant.id().substring("grant-".length()));
    }
}
