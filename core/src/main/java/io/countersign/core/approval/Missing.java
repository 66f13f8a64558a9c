package io.countersign.core.approval;

/** One thing a requirement still lacks. */
public sealed interface Missing {

    /** So many more approvals. */
    record Approvals(int more) implements Missing {}

    /** Approvers out of so many more distinct teams. */
    record DistinctTeams(int more) implements Missing {}

    /** The approval of this very person. */
    record RequiredUser(String personId) implements Missing {}

    /** The approval of somebody in this team. */
    record RequiredTeam(String teamId) implements Missing {}

    /** The approval of somebody who holds this role. */
    record RequiredRole(String role) implements Missing {}
}
