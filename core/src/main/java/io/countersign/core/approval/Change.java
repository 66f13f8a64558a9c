package io.countersign.core.approval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a command: the request as it is now, what happened, and the refusal if there was one. A refusal nearly always
 * leaves all as it was; a redemption that finds rules changed is refused and reopens the request.
 *
 * @param replayed whether the same answer as before was given again and nothing happened
 */
public record Change(
        ApprovalRequest request,
        List<Event> events,
        @Nullable Refusal refusal,
        boolean replayed) {

    public Change {
        events = List.copyOf(events);
    }

    static Change done(ApprovalRequest request, List<Event> events) {
        return new Change(request, events, null, false);
    }

    static Change refused(ApprovalRequest request, Refusal refusal) {
        return new Change(request, List.of(), refusal, false);
    }

    /** Whether something must be saved. */
    public boolean changed() {
        return !events.isEmpty();
    }
}
