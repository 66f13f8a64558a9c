package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.countersign.core.policy.Finding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a replay.
 *
 * @param policy the template that was tried
 * @param sentence what it comes to
 * @param days one row for each day of the window, on the organization's wall clock
 * @param actions at most 50 rows, those most changed first; so with environments and subjects
 * @param unknownActions asks left out because the organization no longer knows their action
 * @param ownFacts what was taken from the ask as it was recorded
 * @param todaysFacts what was taken as it is now
 */
record ReplayView(
        String policy,
        String sentence,
        Window window,
        ReplayCounts totals,
        List<DayRow> days,
        List<Share> actions,
        List<Share> environments,
        List<Share> subjects,
        Examples examples,
        List<Finding> warnings,
        long unknownActions,
        List<String> ownFacts,
        List<String> todaysFacts) {

    /** How many rows a breakdown has at most. */
    static final int MOST_ROWS = 50;

    /**
     * The time the replay looked at: asks after {@code from} and until {@code to}.
     *
     * @param recordedSince the moment of the oldest ask that is kept, none when nothing is
     * @param coveredFrom from when on every ask of the window is known, none when none is
     */
    record Window(
            Instant from,
            Instant to,
            long days,
            String timezone,
            @Nullable Instant recordedSince,
            @Nullable Instant coveredFrom) {}

    /** One day of the series; {@code day} is its date. */
    record DayRow(String day, @JsonUnwrapped ReplayCounts counts) {}

    /** One action, environment or subject and its asks. */
    record Share(String id, String name, @JsonUnwrapped ReplayCounts counts) {}

    /** Somebody or something with what people call it. */
    record Named(String id, String name) {}

    /**
     * Who could have approved what one tried rule demands.
     *
     * @param eligible how many people
     * @param approvers some of them
     * @param fewestApprovals with how many it would have been met; none when it could not have been
     */
    record Demand(
            String policy,
            int eligible,
            List<Named> approvers,
            @Nullable Integer fewestApprovals) {}

    /**
     * One ask that the change means something to.
     *
     * @param shift what it means, or {@code none} when it could only not have been met
     * @param now what the rules in force say: permit, hold or deny
     * @param then what they would say
     * @param requestNumber the request it opened or found, if any
     */
    record Example(
            String id,
            Instant at,
            String shift,
            String action,
            Named subject,
            Named resource,
            List<String> environments,
            @Nullable String reason,
            String now,
            String then,
            boolean couldNotBeMet,
            List<Demand> demands,
            @Nullable String requestNumber) {}

    /** A page of examples, newest first. */
    record Examples(List<Example> items, @Nullable String nextCursor, int limit) {}
}
