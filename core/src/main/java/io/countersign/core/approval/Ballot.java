package io.countersign.core.approval;

import java.util.Set;

/**
 * One person as a quorum sees him.
 *
 * @param teams all teams he fills a required place for
 * @param orgRoles all roles he fills a required place for
 * @param distinctTeams the teams he may stand for when distinct teams are counted
 */
record Ballot(String personId, Set<String> teams, Set<String> orgRoles, Set<String> distinctTeams) {

    Ballot {
        teams = Set.copyOf(teams);
        orgRoles = Set.copyOf(orgRoles);
        distinctTeams = Set.copyOf(distinctTeams);
    }
}
