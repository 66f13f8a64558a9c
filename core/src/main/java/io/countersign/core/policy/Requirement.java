package io.countersign.core.policy;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one applicable rule demands of one ask, frozen with the rule's version.
 *
 * @param expiresAfter how long the request may stay open because of this rule
 * @param grantValidFor how long the grant may be used because of this rule
 */
public record Requirement(
        RequirementSource source,
        String name,
        String description,
        Approvers approvers,
        Quorum quorum,
        boolean requesterCanApprove,
        VoteReason voteReasonRequired,
        Duration expiresAfter,
        Duration grantValidFor,
        @Nullable Escalation escalation) {

    /** Identifies the rule in this version on this binding; equal ids are the same demand. */
    public String id() {
        return source.id();
    }

    /** Whether people of the escalation may approve too, at this moment. */
    public boolean escalated(Instant openedAt, Instant now) {
        return escalation != null && !now.isBefore(openedAt.plus(escalation.after()));
    }
}
