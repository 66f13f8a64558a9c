package io.countersign.core.policy;

import java.util.Set;

/** Who may approve: people by id, members of teams (nested ones count), holders of organization roles. */
public record Approvers(Set<String> users, Set<String> teams, Set<String> orgRoles) {

    /** The most people that can be listed. */
    public static final int MAX_USERS = 1_000;

    /** The most teams and the most roles that can be listed. */
    public static final int MAX_GROUPS = 100;

    public Approvers {
        users = Set.copyOf(users);
        teams = Set.copyOf(teams);
        orgRoles = Set.copyOf(orgRoles);
    }

    /** Nobody; an empty list never means anyone. */
    public static Approvers nobody() {
        return new Approvers(Set.of(), Set.of(), Set.of());
    }

    /** Whether nobody is named at all. */
    public boolean isEmpty() {
        return users.isEmpty() && teams.isEmpty() && orgRoles.isEmpty();
    }
}
