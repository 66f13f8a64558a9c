package io.countersign.core.policy;

import java.util.Set;

/**
 * How many and whose approvals are needed; all fields are combined with AND (policy guide, "Quorum Rules").
 *
 * @param minApprovals distinct people who must approve, at least 1
 * @param minDistinctTeams distinct teams the approvers must come from, 0 when not asked for
 * @param requiredUserIds each of these people must approve
 * @param requiredTeamIds each of these teams needs at least one member among the approvers
 * @param requiredOrgRoles each of these roles needs at least one holder among the approvers
 */
public record Quorum(
        int minApprovals,
        int minDistinctTeams,
        Set<String> requiredUserIds,
        Set<String> requiredTeamIds,
        Set<String> requiredOrgRoles) {

    /** The largest accepted value of either number. */
    public static final int MAX_COUNT = 100;

    /** The most people that can be required by name. */
    public static final int MAX_REQUIRED_USERS = 50;

    /** The most teams and the most roles that can be required. */
    public static final int MAX_REQUIRED_GROUPS = 10;

    public Quorum {
        requiredUserIds = Set.copyOf(requiredUserIds);
        requiredTeamIds = Set.copyOf(requiredTeamIds);
        requiredOrgRoles = Set.copyOf(requiredOrgRoles);
    }

    /** So many approvals and nothing else. */
    public static Quorum of(int minApprovals) {
        return new Quorum(minApprovals, 0, Set.of(), Set.of(), Set.of());
    }

    /** The people, teams and roles the quorum itself names. */
    public Approvers named() {
        return new Approvers(requiredUserIds, requiredTeamIds, requiredOrgRoles);
    }
}
