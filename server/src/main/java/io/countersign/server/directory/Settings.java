package io.countersign.server.directory;

import io.countersign.core.policy.VoteReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What an organization decides for itself.
 *
 * @param zone the zone of windows that name none
 * @param staleAfter how long a request may be pending before it is flagged
 * @param denialMemory how long an equal ask is answered with an earlier denial
 * @param ownChangeWindow how far before an ask the asking side's own changes are looked for, at most 30 days
 * @param voteReasonRequired when every vote of the organization must carry a note, whatever a rule says
 * @param asksPerMinute how many requests one subject may open in a minute
 * @param payloadLimit the largest payload in bytes
 * @param outcomeAfter how long an execution may go without an outcome before it is flagged
 * @param breakglass the bounds of its break-glass sessions, and what is owed after them
 */
public record Settings(
        String handle,
        String name,
        ZoneId zone,
        Duration staleAfter,
        Duration denialMemory,
        Duration ownChangeWindow,
        VoteReason voteReasonRequired,
        int asksPerMinute,
        long payloadLimit,
        Duration outcomeAfter,
        BreakglassRules breakglass) {

    /** Whether nobody has told how an execution went for longer than is allowed, if nobody has told yet. */
    public boolean outcomeIsLate(Instant begunAt, Instant now) {
        return begunAt.plus(outcomeAfter).isBefore(now);
    }
}
