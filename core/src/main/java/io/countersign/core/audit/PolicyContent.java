package io.countersign.core.audit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a policy says beside its name, as its entry keeps it; lists are sorted.
 *
 * @param scope the levels it may be bound to, such as {@code environment}
 * @param voteReasonRequired {@code never}, {@code on-deny} or {@code always}
 */
public record PolicyContent(
        String description,
        List<String> scope,
        Who approvers,
        Needed quorum,
        When conditions,
        boolean requesterCanApprove,
        String voteReasonRequired,
        Duration expiresAfter,
        Duration grantValidFor,
        @Nullable Later escalation) {

    /** People by id, teams by id, roles by name. */
    public record Who(List<String> users, List<String> teams, List<String> orgRoles) {}

    /**
     * How many and whose approvals are needed.
     *
     * @param minDistinctTeams 0 when not asked for
     */
    public record Needed(
            int minApprovals,
            int minDistinctTeams,
            List<String> requiredUserIds,
            List<String> requiredTeamIds,
            List<String> requiredOrgRoles) {}

    /** When it applies; what is empty or absent holds always. */
    public record When(
            List<String> environments,
            @Nullable String environmentPattern,
            @Nullable Hours window,
            List<Hours> schedules,
            @Nullable String timezone,
            boolean requireReason) {}

    /** Hours of these weekdays, of all seven when none is named. */
    public record Hours(List<String> weekdays, int startHour, int endHour) {}

    /** Who may approve as well, from how long after the opening on. */
    public record Later(Who approvers, Duration after) {}
}
