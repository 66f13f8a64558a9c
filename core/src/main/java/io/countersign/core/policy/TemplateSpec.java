package io.countersign.core.policy;

import io.countersign.core.action.ResourceLevel;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one version of an approval policy template says (policy guide, "Template Structure").
 *
 * @param scope the levels it may be bound to
 * @param expiresAfter 5 minutes to 90 days
 * @param grantValidFor 1 minute to 24 hours, counted from the approval
 */
public record TemplateSpec(
        String name,
        String description,
        Set<ResourceLevel> scope,
        Approvers approvers,
        Quorum quorum,
        Conditions conditions,
        boolean requesterCanApprove,
        VoteReason voteReasonRequired,
        Duration expiresAfter,
        Duration grantValidFor,
        @Nullable Escalation escalation) {

    public static final Duration MIN_EXPIRY = Duration.ofMinutes(5);
    public static final Duration MAX_EXPIRY = Duration.ofDays(90);
    public static final Duration DEFAULT_EXPIRY = Duration.ofDays(7);
    public static final Duration MIN_GRANT = Duration.ofMinutes(1);
    public static final Duration MAX_GRANT = Duration.ofHours(24);
    public static final Duration DEFAULT_GRANT = Duration.ofHours(1);
    public static final Duration MIN_ESCALATION = Duration.ofMinutes(5);

    public TemplateSpec {
        scope = Set.copyOf(scope);
    }

    /** Those who may approve: the list, or those the quorum names when the list is empty. */
    public Approvers effectiveApprovers() {
        return approvers.isEmpty() ? quorum.named() : approvers;
    }
}
